"""The group of commands: finds a command by name, and turns every mistake into one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from watermelon._version import __version__
from watermelon.cli.mistakes import INTERRUPTED, nearest, sentence_of, silence_output

_COMMANDS = ("scenarios", "show", "run", "compare", "roi", "calibrate", "backtest", "claims")
_LATER = {
    "sensitivity": "sensitivity analysis",
    "optimise": "optimisation",
    "tipping": "the search for tipping points",
    "staffing": "staffing",
    "init": "the guided start",
    "serve": "the web studio",
}


class Commands(click.Group):
    """Commands in the order in which one meets them, each read from its file when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names for ``--help``."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Read the command from its file; None if there is no such command."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"watermelon.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which name is nearest."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            if name.startswith("-"):
                raise click.NoSuchOption(name, ctx=ctx)
            if name in _LATER:
                raise click.UsageError(
                    f"no command '{name}' yet: {_LATER[name]} comes in a later version", ctx=ctx
                )
            raise click.UsageError(f"no command '{name}'{nearest(name, _COMMANDS)}", ctx=ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; that its reader has read enough (``| head``) is no mistake."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            silence_output()
            return 0

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end the process: 0 done, 1 a check said no, 2 bad input, 130 interrupted."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        _be_lenient_with_encodings()
        args = list(sys.argv[1:] if args is None else args) or ["--help"]
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except BrokenPipeError:  # `| head` has read enough
            silence_output()
            code = 0
        except (click.Abort, KeyboardInterrupt) as stop:
            _say("interrupted; no file was left half-written.")
            code = INTERRUPTED
            if type(stop.__cause__ or stop).__name__ == "Abandoned":
                _end_at_once(code)
        except Exception as mistake:
            known = sentence_of(mistake)
            if known is None:
                raise
            _say(known)
            code = 2
        sys.exit(code if isinstance(code, int) else 0)


def _say(sentence: str) -> None:
    try:
        click.echo(f"watermelon: {sentence}", err=True)
    except BrokenPipeError:
        silence_output()


def _end_at_once(code: int) -> NoReturn:
    """End without waiting for threads that still play: all that they hold is unwanted."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _be_lenient_with_encodings() -> None:
    """A terminal that can't show an arrow shows a question mark instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example:  watermelon compare small automation siloed_it -r 10",
)
@click.version_option(__version__, prog_name="watermelon", message="%(prog)s %(version)s")
def commands() -> None:
    """Watermelon: what misalignment between IT and the business costs, and what fixing it is worth.

    A scenario is a whole organisation (a base) with changes to it (overrides), written
    BASE+override+override. `watermelon scenarios` lists what is shipped.
    """
