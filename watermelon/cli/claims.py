"""``watermelon claims``: what the defining texts say, beside what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermelon.cli.options import MOST_REPLICATIONS, Place, Whole, as_json, jobs_option, seed_option

if TYPE_CHECKING:
    from watermelon.claims.playing import Answer

REPLICATIONS = 40
STYLES = {"reproduced": "blue", "in range": "bold", "not reached": "dark_orange"}
SIGNS = {"reproduced": "✓", "in range": "≈", "not reached": "✗"}


@click.command(
    "claims",
    short_help="Check what the defining texts say against what comes out.",
    epilog="Example:  watermelon claims --only C33,C64 -r 5",
)
@click.option(
    "-r",
    "--replications",
    type=Whole(2, MOST_REPLICATIONS, ": an interval needs two"),
    default=REPLICATIONS,
    show_default=True,
    metavar="N",
    help="How often each scenario is played, each time with other luck.",
)
@seed_option()
@click.option(
    "--only",
    metavar="C01,C02,...",
    help="Check these alone. An item without a figure to check is listed with where it is expressed.",
)
@jobs_option("Threads")
@click.option(
    "--out",
    type=Place(),
    metavar="DIR",
    help="Folder for claims.json, the same document as with --json; it is made if need be.",
)
@as_json()
def command(
    replications: int, seed: int, only: str | None, jobs: int, out: Path | None, json_wanted: bool
) -> None:
    """Check what the texts that define this project say against what comes out.

    Each claim is reproduced, in range, or not reached, by one rule (docs/claims.md). Ends with 1 if a verdict
    is another one than in the committed table; with other replications or another seed that can be luck.
    """
    from contextlib import nullcontext

    from watermelon.claims.committed import differing
    from watermelon.claims.playing import answers, scenarios_of
    from watermelon.claims.table import claims, items
    from watermelon.cli.engine import ready
    from watermelon.cli.output import json_text, note, print_json, warn
    from watermelon.cli.progress import progress
    from watermelon.files import folder_for, write_text

    numbers = _numbers(only, list(items()))
    wanted = [claim for number, claim in claims().items() if number in numbers]
    with nullcontext() if out is None else folder_for(out, "--out"):
        found: list[Answer] = []
        if wanted:
            ready("compiled")
            with progress(len(scenarios_of(wanted)) * replications) as report:
                found = answers(wanted, replications, seed, jobs, report)
        others = {number: items()[number] for number in numbers if number not in claims()}
        differs = differing(found)
        document = _document(found, others, differs, replications, seed)
        if out is not None:
            write_text(out / "claims.json", json_text(document))
            note(f"written: {out / 'claims.json'}")
    if json_wanted:
        print_json(document)
    else:
        _show(found, others)
    for number, (now, before) in differs.items():
        warn(f"{number}: {now}; the committed table says {before}")
    if differs:
        click.get_current_context().exit(1)


def _numbers(only: str | None, known: list[str]) -> list[str]:
    """The items that are wanted, in the order of their numbers."""
    from scenarios.errors import BadInput

    if only is None:
        return known
    wanted = [part.strip().upper() for part in only.split(",") if part.strip()]
    if not wanted:
        raise BadInput("--only: names no claim; give numbers such as C40,C53")
    for number in wanted:
        if number not in known:
            raise BadInput(f"--only {number}: no such claim{_instead(number, known)}")
    return [number for number in known if number in wanted]


def _instead(number: str, known: list[str]) -> str:
    """The number that is nearest: slips of letters for digits and a zero left out first."""
    import difflib

    digits = number.translate(str.maketrans("OIL", "011"))[1:]
    close = difflib.get_close_matches(number[:10], known, n=1)
    for likely in (f"C{digits:>02}", *close):
        if likely in known:
            return f"; did you mean '{likely}'?"
    return f"; there are {known[0]} to {known[-1]}"


def _document(
    found: list[Answer],
    others: dict[str, dict[str, str]],
    differs: dict[str, tuple[str, str]],
    replications: int,
    seed: int,
) -> dict[str, Any]:
    from watermelon._version import __version__
    from watermelon.claims.words import document

    return {
        "version": __version__,
        "engine": "compiled",
        "seed": seed,
        "replications": replications,
        "claims": {answer.claim.number: document(answer) for answer in found},
        "expressed": others,
        "differs": {number: {"now": now, "committed": before} for number, (now, before) in differs.items()},
    }


def _show(found: list[Answer], others: dict[str, dict[str, str]]) -> None:
    from collections import Counter

    from rich.markup import escape
    from rich.table import Table

    from watermelon.claims.verdict import VERDICTS
    from watermelon.claims.words import comes_out, published, title
    from watermelon.cli.output import console

    screen = console()
    for answer in found:
        claim, verdict = answer.claim, answer.verdict
        style = STYLES[verdict]
        screen.print(f"[{style}]{SIGNS[verdict]} {claim.number} {verdict}[/{style}]: {escape(claim.says)}")
        grid = Table.grid(padding=(0, 1, 0, 0))
        for result in answer.results:
            told = f"{title(result.check)}: {comes_out(result)}; published: {published(result.check)}. "
            grid.add_row("   -", escape(f"{told}{result.judgement.verdict}: {result.judgement.because}."))
        if claim.reach is not None and answer.reached is not None:
            told = f"{comes_out(answer.reached)}, {answer.reached.judgement.verdict}"
            grid.add_row("   -", escape(f"Another setting: {claim.reach.says}: {told}."))
        if claim.unreached:
            grid.add_row("   -", escape(f"{claim.unreached}."))
        grid.add_row("   -", f"[dim]{escape(claim.caution)}.[/dim]")
        screen.print(grid)
        screen.print()
    if others:
        screen.print("[bold]Held, without a figure that could be checked[/bold]")
        grid = Table.grid(padding=(0, 1, 0, 0))
        for number, item in others.items():
            grid.add_row(f" {number}", escape(f"{item['what']}. Expressed by: {item['where']}."))
        screen.print(grid)
        screen.print()
    counts = Counter(answer.verdict for answer in found)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    screen.print(f"{len(found)} claims checked: {told}; {len(others)} listed with where they are expressed.")
