"""From an export to a base: the whole way, with a report on what was found and how well it fits."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from calibration.exports.log import Reject, read_log
from calibration.exports.mapping import load_mapping
from calibration.exports.unused import Unused
from calibration.findings import Finding
from calibration.fit import level, unseen
from calibration.fit.observed import inferred_weeks, seen, spread, unseen_finding
from calibration.fit.organisation import Organisation, learn
from calibration.quality import Fit, FitRow, fit_of, incident_levels, table_text
from calibration.replay import FOLLOW_WEEKS, HOURS_A_WEEK, MOST_WEEKS, replays, together
from calibration.score import Distance
from calibration.write import base_text, write_base
from calibration.write.business import business_side
from calibration.write.mapping import write_mapping, write_rejects
from scenarios import Scenario, load
from scenarios.errors import BadInput
from scenarios.read import check_there

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, what)``: steps done of all, and what is being done now."""

TICKETS_PER_USER_MONTH = 1.05
"""Source: numerify, 50 tickets a day per 1,000 users (21 working days)."""

DAYS_A_MONTH = 30.44
REPLICATIONS = 4
LARGEST_HOLDOUT = 0.9


@dataclass(frozen=True, slots=True)
class Calibration:
    """What ``calibrate`` found and wrote.

    Parameters
    ----------
    path
        The base.
    findings
        What a reader should know of the log and of what was made of it.
    rejects
        Rows that were not used.
    rejects_path
        File that lists them; None if there are none.
    mapping_path
        The mapping that was used: a second run with it gives the same base.
    fit
        The log beside the model; None if the replay was left out.
    assumed
        Families of outcomes that rest on assumptions, and which.
    cases, rows
        Cases learnt from, and rows read.
    first_day, last_day
        The days that were learnt from.
    unused
        Columns of the export that nothing was read from.
    """

    path: Path
    findings: list[Finding]
    rejects: list[Reject]
    rejects_path: Path | None
    mapping_path: Path
    fit: Fit | None
    assumed: list[str]
    cases: int
    rows: int
    first_day: date
    last_day: date
    unused: list[Unused] = field(default_factory=list)

    @property
    def table(self) -> list[FitRow]:
        """The log beside the model, row by row."""
        return self.fit.table if self.fit else []

    @property
    def distances(self) -> list[Distance]:
        """Distances of durations, beside two yardsticks."""
        return self.fit.distances if self.fit else []

    def report(self) -> str:
        """The quality report as text."""
        lines = [
            f"{self.rows:,} rows read, {len(self.rejects):,} dropped.",
            f"Learnt from {self.cases:,} tickets opened {self.first_day} to {self.last_day}.",
            "",
            "What was found",
            *(f"- {finding}" for finding in self.findings),
        ]
        if self.fit:
            lines += ["", "Log beside model", "", table_text(self.fit), "", self.fit.verdict]
        lines += ["", "What rests on assumptions", *(f"- {text}" for text in self.assumed)]
        return "\n".join(lines)

    def document(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "base": str(self.path),
            "from": str(self.first_day),
            "to": str(self.last_day),
            "rows": self.rows,
            "cases": self.cases,
            "rejected": len(self.rejects),
            "rejects": None if self.rejects_path is None else str(self.rejects_path),
            "mapping": str(self.mapping_path),
            "findings": [
                {"name": item.name, "text": item.text, "count": item.count, "rows": list(item.rows)}
                for item in self.findings
            ],
            "unused_columns": [
                {"column": item.column, "first": item.first, "like": item.like or None}
                for item in self.unused
            ],
            "table": [
                {
                    "measure": item.measure,
                    "log": item.log,
                    "model": item.model,
                    "unit": item.unit,
                    "log_low": item.low,
                    "log_high": item.high,
                    "far": item.far,
                }
                for item in self.table
            ],
            "distances": {
                item.name: {
                    "value": item.value,
                    "resampling": item.resampling,
                    "noise_floor": item.noise_floor,
                }
                for item in self.distances
            },
            "verdict": self.fit.verdict if self.fit else None,
            "assumed": self.assumed,
        }


def calibrate(
    log: Path,
    mapping: str,
    out: Path,
    business: Path | None = None,
    holdout: float | None = None,
    progress: Progress | None = None,
    *,
    start: date | None = None,
    end: date | None = None,
    replay: bool = True,
    activities: Path | None = None,
    rejects: Path | None = None,
) -> Calibration:
    """Learn a base from a ticket export.

    Parameters
    ----------
    log
        The export: .csv or .xes, compressed or not.
    mapping
        Name of a shipped mapping (``auto`` recognises one), or path of a mapping file.
    out
        The base to write.
    business
        A file of kind ``business`` (or a base) with what no log holds; left out, the default is assumed.
    holdout
        Share of the stable window, in whole days at its end, that is not learnt from.
    progress
        Called as ``progress(done, total, what)``.
    start, end
        Override the stable window; ``end`` is the first day that is not used.
    activities
        A second file with the activities of the tickets, where the mapping knows one.
    rejects
        Where to list the rows that were dropped; left out, beside the base.
    replay
        Whether to play the base: to infer what the log can't tell directly, and to compare it with the log.

    Raises
    ------
    BadInput
        With one sentence on what is wrong and what would be accepted. Nothing is written then.
    """
    step = Steps(progress, 3 + (REPLICATIONS + unseen.TRIES + level.PLAYS if replay else 0))
    if holdout is not None and not 0 < holdout <= LARGEST_HOLDOUT:
        raise BadInput(f"holdout = {holdout:g}: must be a share above 0 and at most {LARGEST_HOLDOUT:g}")
    if not out.absolute().parent.is_dir():
        raise BadInput(f"{out}: there is no folder {out.parent}; make it first")
    chosen = load_mapping(mapping)
    if business is not None:
        check_there(business)
    step("reading the log")
    rows = read_log(log, chosen, activities)
    step("learning")
    organisation = learn(rows, start, end, holdout)
    side = business_side(business, users(organisation))
    if replay:
        weeks = inferred_weeks(organisation)
        length = weeks + unseen.FOLLOW_WEEKS
        text = base_text(organisation, side, as_seen=True)
        rough = loaded(out, text, length, business or log, [unseen.WARMUP])
        report = step.shifted("inferring by simulation what the log can't tell", unseen.TRIES)
        found = unseen.infer(rough, seen(organisation, weeks), spread(organisation), weeks, workers(), report)
        organisation.unseen, organisation.tuned = found, found.medians
        organisation.findings.append(unseen_finding(found))
        report = step.shifted("how much a later week may differ", level.PLAYS)
        if organisation.drift is not None and organisation.drift.spread > 0:
            organisation.level = level.level_factors(
                rough, found.medians, organisation.drift, weeks, len(found.draws), workers(), report
            )
    weeks = played_weeks(organisation) + FOLLOW_WEEKS
    fit = None
    if replay:
        alike = loaded(out, base_text(organisation, side, as_seen=True), weeks, business or log)
        report = step.shifted("playing the base", REPLICATIONS)
        played = replays(alike, played_weeks(organisation), REPLICATIONS, workers(), report)
        fit = fit_of(organisation, played, played_weeks(organisation))
        organisation.modelled = incident_levels(together(played))
    step("writing the base")
    scenario = loaded(out, base_text(organisation, side), weeks, business or log, keep=True)
    rejects_path = write_rejects(rejects or out.with_name(f"{out.stem}.rejects.csv"), rows.rejects)
    mapping_path = write_mapping(out, rows.mapping)
    step.done()
    window = organisation.window
    return Calibration(
        path=out,
        findings=[*rows.findings, *organisation.findings],
        rejects=rows.rejects,
        rejects_path=rejects_path,
        mapping_path=mapping_path,
        fit=fit,
        assumed=scenario.assumed,
        cases=len(organisation.cases),
        rows=rows.read,
        first_day=window.start.date(),
        last_day=(
            window.trained - (window.end - window.start) / max(1, (window.end - window.start).days)
        ).date(),
        unused=rows.unused,
    )


def loaded(
    out: Path, text: str, weeks: int, cause: Path, sets: Sequence[str] = (), *, keep: bool = False
) -> Scenario:
    """A base, measuring so many weeks; written to ``out`` if it is to be kept, but only if it loads."""
    aside = out.with_name(f".{out.stem}.part.yaml")
    write_base(aside, text)
    try:
        scenario = load(str(aside), sets, float(weeks * HOURS_A_WEEK))
        if keep:
            aside.replace(out)
    except BadInput as mistake:
        raise BadInput(f"{cause}: the base made with it is not sound: {mistake}") from None
    finally:
        aside.unlink(missing_ok=True)
    return scenario


class Steps:
    """Counts steps for the progress report."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress = progress
        self.total = total
        self.count = 0

    def __call__(self, what: str) -> None:
        """Say what is done now."""
        if self.progress is not None:
            self.progress(self.count, self.total, what)
        self.count += 1

    def shifted(self, what: str, steps: int) -> Callable[[int, int], None]:
        """Progress of a part of so many steps as progress of the whole."""
        before = self.count
        self.count += steps
        if self.progress is not None:
            self.progress(before, self.total, what)

        def report(done: int, _: int) -> None:
            if self.progress is not None:
                self.progress(before + done, self.total, what)

        return report

    def done(self) -> None:
        """Everything is done."""
        if self.progress is not None:
            self.progress(self.total, self.total, "done")


def users(organisation: Organisation) -> float:
    """Employees who use IT: at least the callers in the log, else by the usual number of tickets a head."""
    monthly = len(organisation.cases) / max(1, organisation.window.days) * DAYS_A_MONTH
    return float(max(organisation.callers, round(monthly / TICKETS_PER_USER_MONTH), 10))


def played_weeks(organisation: Organisation) -> int:
    """Weeks of arrivals in the replay: as many as were learnt from, at most eight."""
    return min(MOST_WEEKS, max(2, math.ceil(organisation.window.weeks)))


def workers() -> int:
    """Processors for the replay."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, REPLICATIONS)
