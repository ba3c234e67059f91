"""``watermelon roi``: what scenarios are worth."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermelon.cli.options import Place, Playing, as_json, as_playing, out_folder, playing

if TYPE_CHECKING:
    from results.finance.page import Page
    from scenarios import Scenario
    from watermelon.appraising import Appraised

DRAWS = 128
ENDINGS = {"xlsx": (".xlsx",), "pdf": (".pdf",), "html": (".html", ".htm")}
"""How the files of an option end: under another name no program opens them."""


@click.command(
    "roi",
    short_help="Cash flows, net present value, and how sure they are.",
    epilog="Example:  watermelon roi small automation --years 3 -r 16 --xlsx case.xlsx",
)
@click.argument("base")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@click.option(
    "--years",
    type=click.Choice(["3", "5"]),
    default="3",
    show_default=True,
    help="Years that are played and counted.",
)
@playing(replications=DRAWS, without=("until", "uncertainty"))
@click.option(
    "--modes",
    is_flag=True,
    help="Hold every assumption at its most likely value, instead of drawing all in each replication.",
)
@click.option(
    "--confirm",
    "confirm_wanted",
    is_flag=True,
    help="Play the strongest assumptions of each OTHER that stand out from chance, five at most, at both "
    "ends of their range; takes as long again.",
)
@click.option("--xlsx", type=Place(), metavar="FILE", help="Write a workbook with live formulas.")
@click.option(
    "--pdf", type=Place(), metavar="FILE", help="Write the page for the board (needs the extra report)."
)
@click.option("--html", type=Place(), metavar="FILE", help="Write the same page as HTML.")
@out_folder("Nothing is kept by default.")
@as_json()
def command(
    base: str,
    others: tuple[str, ...],
    years: str,
    modes: bool,
    confirm_wanted: bool,
    json_wanted: bool,
    **values: Any,
) -> None:
    """Appraise every OTHER beside BASE: what it costs and brings, year by year, and what that is worth.

    BASE is what happens if nothing is done; it is played too, and drifts. Each replication draws all
    assumptions anew, the same for all scenarios. An OTHER that is an override is applied to BASE. How money
    is reckoned stands in the base under `finance` (--set finance.discount_rate="12 %").
    """
    from watermelon.appraising import horizon_hours
    from watermelon.cli.output import note, print_json
    from watermelon.cli.playing import say_interrupted

    places = {name: values.pop(name) for name in ("xlsx", "pdf", "html", "out")}
    wanted = as_playing({**values, "until": horizon_hours(int(years)), "uncertainty": not modes})
    _check(places)
    if confirm_wanted:
        _check_confirm(wanted)
    found, confirmed = _appraise(base, others, int(years), wanted, places["out"], confirm_wanted)
    document = _document(found, confirmed)
    page = _page(found, _typed(base, others, int(years), wanted))
    for path in _write(places, page, document):
        note(f"written: {path}")
    if json_wanted:
        print_json(document)
    else:
        from watermelon.cli.roi_tables import show

        show(found, confirmed)
    say_interrupted(found.runs, places["out"])


def _check(places: dict[str, Path | None]) -> None:
    """See that everything can be written before anything is played."""
    from scenarios.errors import BadInput
    from watermelon.extras import need
    from watermelon.files import check_file

    for name, endings in ENDINGS.items():
        place = places[name]
        if place is not None:
            check_file(place, f"--{name}")
            if place.suffix.lower() not in endings:
                raise BadInput(f"--{name} {place}: must end in {' or '.join(endings)}")
    if places["pdf"] is not None:
        need("typst", "report", "--pdf")


def _check_confirm(wanted: Playing) -> None:
    """See that there will be drivers to confirm."""
    from results.finance.drivers import FEWEST
    from scenarios.errors import BadInput

    if not wanted.uncertainty:
        raise BadInput("--confirm: with --modes no assumption moves, so that there is none to confirm")
    if wanted.replications < FEWEST:
        raise BadInput(f"--confirm: needs -r {FEWEST} or more, or no assumption can be told to matter")


def _appraise(
    base: str, others: tuple[str, ...], years: int, wanted: Playing, out: Path | None, confirm_wanted: bool
) -> tuple[Appraised, dict[str, Any]]:
    from contextlib import nullcontext

    from watermelon.appraising import appraised, check_terms, confirmed, confirming, to_confirm, twice
    from watermelon.cli.playing import loaded, play
    from watermelon.cli.progress import progress
    from watermelon.files import folder_for
    from watermelon.naming import labels
    from watermelon.simulation import check_comparable

    names = labels([base, *others])
    scenarios: dict[str, Scenario] = {names[0]: loaded(base, wanted)}
    for label, other in zip(names[1:], others, strict=True):
        scenarios[label] = loaded(other, wanted, against=base)
    check_comparable(scenarios)
    check_terms(scenarios, modes=not wanted.uncertainty)
    with folder_for(out, "--out") if out is not None else nullcontext():
        runs = play(scenarios, wanted, out, again=twice(wanted.replications, modes=not wanted.uncertainty))
    found = appraised(runs, years)
    checked: dict[str, Any] = {}
    if confirm_wanted and not runs.interrupted:
        for label in found.verdicts.appraisals:
            if not to_confirm(found, label):
                checked[label] = []
                continue
            with progress(confirming(found, label), f"replications that confirm {label}") as report:
                checked[label] = confirmed(found, label, wanted.jobs, report)
    return found, checked


def _document(found: Appraised, confirmed: dict[str, Any]) -> dict[str, Any]:
    from results.finance.document import roi_document
    from watermelon.cli.playing import provenance_of

    provenance = provenance_of(found.runs)
    document = roi_document(found.verdicts, found.assumed)
    for label, items in confirmed.items():
        document["scenarios"][label]["confirmed"] = [
            {
                "assumption": item.driver.name,
                "npv_at_p10": item.at_low,
                "npv_at_p90": item.at_high,
                "difference": {"mean": item.difference, "ci_low": item.low, "ci_high": item.high},
                "agrees": item.agrees,
            }
            for item in items
        ]
    return {
        **document,
        "engine": provenance.engine,
        "seed": provenance.seed,
        "model_hash": provenance.model_hash,
        "version": provenance.version,
    }


def _page(found: Appraised, typed: str) -> Page:
    from results.finance.page import Page
    from watermelon.cli.playing import provenance_of

    base = found.runs.scenarios[found.verdicts.base]
    return Page(
        found.verdicts,
        found.assumed,
        provenance_of(found.runs, typed),
        base.targets(),
        base.merged.base.start,
    )


def _write(places: dict[str, Path | None], page: Page, document: dict[str, Any]) -> list[Path]:
    from watermelon.cli.output import json_text
    from watermelon.files import aside, write_text

    written = []
    if (place := places["xlsx"]) is not None:
        from results.finance.workbook.write import write_workbook

        with aside(place) as beside:
            write_workbook(beside, page)
        written.append(place)
    if (place := places["html"]) is not None:
        from results.report.board import render_html

        write_text(place, render_html(page))
        written.append(place)
    if (place := places["pdf"]) is not None:
        from results.report.board import write_pdf

        with aside(place) as beside:
            write_pdf(beside, page)
        written.append(place)
    if (out := places["out"]) is not None:
        write_text(out / "roi.json", json_text(document))
        written.append(out / "roi.json")
    return written


def _typed(base: str, others: tuple[str, ...], years: int, wanted: Playing) -> str:
    """The command as one would type it again."""
    parts = ["watermelon", "roi", base, *others, "--years", str(years)]
    parts += ["-r", str(wanted.replications), "--seed", str(wanted.seed)]
    for change in wanted.sets:
        parts += ["--set", change]
    if not wanted.uncertainty:
        parts.append("--modes")
    return shlex.join(parts)
