"""What `run` and `compare` have in common: loading, playing with progress, saying what was played."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from results.documents import Provenance
from results.runs import FOLDER
from results.wording import length
from scenarios import load, load_against
from watermelon._version import __version__
from watermelon.cli.engine import ready
from watermelon.cli.mistakes import INTERRUPTED
from watermelon.cli.options import Playing
from watermelon.cli.output import note, warn
from watermelon.cli.progress import progress
from watermelon.files import aside
from watermelon.plan import LogFile, Plan
from watermelon.provenance import versions
from watermelon.runs import held, played
from watermelon.shelf import Shelf
from watermelon.simulation import play_plan
from watermelon.store import RECORD, other_run

if TYPE_CHECKING:
    from scenarios import Scenario
    from watermelon.runs import Runs

DRAWS = 50
"""Draws of what is not known of a learnt organisation, unless -r says otherwise; each is played twice."""

STOPPING = "stopping after the replications in hand; press Ctrl-C again to stop now"


def loaded(name: str, wanted: Playing, against: str | None = None) -> Scenario:
    """Load a scenario (or an override of ``against``) as the options want it."""
    if against is None:
        return load(name, wanted.sets, wanted.until)
    return load_against(against, name, wanted.sets, wanted.until)


def pass_on_warnings(scenarios: Iterable[Scenario]) -> None:
    """Say what scenarios warn of, each sentence once."""
    for sentence in dict.fromkeys(text for scenario in scenarios for text in scenario.warnings):
        warn(sentence)


def drawn_twice(scenario: Scenario, wanted: Playing) -> tuple[Playing, int]:
    """The options, and how many draws are played twice: all of them where a base was learnt from a log.

    Only so can what is not known of the organisation be told from luck.
    """
    if not (wanted.uncertainty and scenario.learnt):
        return wanted, 0
    source = click.get_current_context().get_parameter_source("replications")
    if source is ParameterSource.DEFAULT:
        wanted = replace(wanted, replications=DRAWS)
    return wanted, wanted.replications


def play(
    scenarios: dict[str, Scenario],
    wanted: Playing,
    out: Path | None = None,
    log: tuple[Path, str] | None = None,
    again: int = 0,
) -> Runs:
    """Play scenarios by label; ends the command if nothing was finished when somebody stopped it.

    What the folder ``out`` holds of this run is read instead, and what is played is kept there. ``again`` is
    as in ``Plan``.
    """
    pass_on_warnings(scenarios.values())
    if log is None:
        return _play(scenarios, wanted, out, None, again)
    path, ending = log
    with aside(path) as beside:
        return _play(scenarios, wanted, out, LogFile(beside, ending), again)


def _play(
    scenarios: dict[str, Scenario], wanted: Playing, out: Path | None, log: LogFile | None, again: int
) -> Runs:
    plan = Plan(scenarios, wanted.replications, wanted.seed, wanted.uncertainty, log, wanted.engine, again)
    shelf = None if out is None else Shelf(out, plan)
    known = 0 if shelf is None else len(shelf.known)
    if shelf is not None:
        _say_what_was_there(shelf, out, len(plan))
    if known < len(plan):
        ready(wanted.engine)
    with progress(len(plan) - known) as report:
        runs = play_plan(plan, wanted.jobs, report, shelf, lambda: note(STOPPING))
    if not runs.replications:
        if out is not None and (out / FOLDER).exists():
            note(f"{out}: holds single replications; the same command with this --out goes on from them")
        raise click.Abort
    for label, summaries in runs.summaries.items():
        broken = {name for summary in summaries for name in summary.broken_checks}
        if broken:
            names = ", ".join(sorted(broken))
            warn(f"{label}: do not trust these results; tickets or hours do not add up ({names})")
    return runs


def _say_what_was_there(shelf: Shelf, out: Path | None, wanted: int) -> None:
    """Say how much was read from a folder instead of being played, and what there was not to be trusted."""
    if shelf.untrusted:
        number, first = len(shelf.untrusted), shelf.untrusted[0]
        which = "1 replication" if number == 1 else f"{number} replications"
        warn(f"{which} in {out} can't be trusted and will be played again; {first}")
    if shelf.known:
        note(f"{out}: {len(shelf.known)} of {wanted} replications are there already and are read from it")


def provenance_of(runs: Runs, command: str = "") -> Provenance:
    """What was played, with what, for documents and reports. The digest is that of the first scenario."""
    label = runs.plan.labels[0]
    model = runs.plan.model(label)
    return Provenance(
        version=__version__,
        engine=runs.engine,
        seed=runs.seed,
        replications=len(runs.replications),
        horizon_hours=model.horizon / 3600,
        warmup_hours=model.warmup / 3600,
        uncertainty=runs.uncertainty,
        model_hash=runs.scenarios[label].digest,
        command=command,
        details=tuple(versions().items()),
    )


def heading(runs: Runs) -> str:
    """One sentence above a table: what was played, how often, and what the intervals are about."""
    label = runs.plan.labels[0]
    period = length(runs.plan.model(label).horizon)
    number = len(runs.replications)
    return (
        f"{runs.scenarios[label].title}: {period}, {played(number, runs.again)} "
        f"(seed {runs.seed}); {held(runs.uncertainty)}.\n"
    )


def note_other_run(folder: Path, runs: Runs) -> None:
    """Say so when the results of another run are about to be replaced, and take away their record.

    A folder without a record is not complete, so that a mixture, left by whoever is stopped while writing,
    does not look so.
    """
    if other_run(folder, runs):
        note(f"{folder}: held another run, which is replaced")
        (folder / RECORD).unlink()


def say_interrupted(runs: Runs, out: Path | None) -> None:
    """End with the exit code of an interruption, saying how much was finished and how to go on."""
    if runs.interrupted:
        from watermelon.reporting import cut_short

        on = "" if out is None else f" The same command with --out {shlex.quote(str(out))} plays the rest."
        click.echo(f"watermelon: {cut_short(runs)}.{on}", err=True)
        sys.exit(INTERRUPTED)
