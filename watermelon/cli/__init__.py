"""The command line. One file a command; nothing heavy is imported before the command that needs it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from watermelon.cli.group import commands
from watermelon.startup import hiding_file


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    if sentence := hiding_file():
        sys.stderr.write(f"watermelon: {sentence}\n")
        sys.exit(2)
    commands.main(args=None if arguments is None else list(arguments), prog_name="watermelon")
