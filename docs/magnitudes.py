"""Figures named by the texts that define the project, played: ``python -m docs.magnitudes``.

Writes docs/magnitudes.md and the picture of the frontier between approving fast and approving safely.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.metrics.measures import MEASURES
from results.metrics.record import Record
from results.metrics.scope import Scope
from results.plots.style import BLUE, INK, ORANGE, QUIET, styled
from results.statistics.bootstrap import ratio_interval
from results.statistics.intervals import defined, mean_and_half_width
from scenarios import Scenario, load
from sim.experiment import Job, play_many
from sim.history.tables import History
from sim.spec.calendars import WEEK

HERE = Path(__file__).resolve().parent
PAGE, PICTURE = HERE / "magnitudes.md", HERE / "images" / "approval.svg"
REPLICATIONS = 40

Numbers = NDArray[np.float64]

FULL_COVERAGE = "requests[automatable].automation=77 %"


@dataclass(frozen=True, slots=True)
class Ask:
    """An outcome (of a service, or of all with "") over weeks [``first``, ``last``) of a run."""

    outcome: str
    service: str
    first: int
    last: int


def play(name: str, asks: Sequence[Ask], replications: int, sets: Sequence[str] = ()) -> Numbers:
    """[asks, replications] What came out of a scenario."""
    scenario: Scenario = load(name, sets, until_hours=168 * max(ask.last for ask in asks))
    model, prices = scenario.model(), scenario.prices()
    places = {service.name: number for number, service in enumerate(model.services)} | {"": -1}

    def measure(_: Job, history: History) -> list[float]:
        record = Record(model, prices, history)
        return [
            MEASURES[ask.outcome](record, Scope(ask.first * WEEK, ask.last * WEEK, places[ask.service]))
            for ask in asks
        ]

    jobs = [Job(name, model, 1, replication) for replication in range(replications)]
    return np.array(play_many(jobs, measure)).T


def ratio(above: Numbers, below: Numbers) -> str:
    """Ratio of two means with its interval, pairs kept together and undefined ones left out."""
    both = ~np.isnan(above) & ~np.isnan(below)
    interval = ratio_interval(above[both], below[both])
    assert interval is not None, "there are at least two replications"
    return f"{above[both].mean() / below[both].mean():.2f} ({interval[0]:.2f} to {interval[1]:.2f})"


def row(*cells: str) -> str:
    """A row of the table: ID, claim, what was played, claimed, what came out, why."""
    return "| " + " | ".join(cells) + " |"


def silos(replications: int) -> list[str]:
    """C11 and C21: time to market and turnover of siloed IT against the baseline."""
    asks = [Ask(name, "", 0, 156) for name in ("time_to_market_hours_mean", "attrition_rate_yearly")]
    base, other = (play(name, asks, replications) for name in ("baseline", "baseline+siloed_it"))
    return [
        row(
            "C11",
            "misaligned firms are 40% slower to market",
            "`siloed_it`: time to market over three years, ratio to the baseline",
            "1.40",
            ratio(other[0], base[0]),
            "comes out of queues: planned work gets the time that handoffs and rework leave, and a part of it"
            " is built twice",
        ),
        row(
            "C21",
            "25% more people leave",
            "`siloed_it`: people who leave a year, ratio",
            "1.25",
            ratio(other[1], base[1]),
            "1.12 of it is put in, the rest is overload; 1.18 instead of 1.12 would reach it",
        ),
    ]


def automation(replications: int) -> list[str]:
    """C39: tickets that people handle, with the shipped automation and with more of it."""
    asks = [Ask(name, "", 52, 104) for name in ("incidents", "requests", "automated_request_share")]

    def handled(name: str, sets: Sequence[str] = ()) -> Numbers:
        incidents, requests, automated = play(name, asks, replications, sets)
        tickets: Numbers = incidents + requests * (1 - automated)
        return tickets

    base = handled("baseline")
    return [
        row(
            "C39",
            "automation cut tickets by 30%",
            "`automation`: tickets that people handle in the second year, ratio",
            "0.70",
            ratio(handled("baseline+automation"), base),
            "two of three tickets are requests, seven of ten of those can be automated, and half of them are",
        ),
        row(
            "",
            "",
            f"the same with `--set '{FULL_COVERAGE}'` instead",
            "0.70",
            ratio(handled("baseline", [FULL_COVERAGE]), base),
            "reaches it, and is more than agents with language models are said to take over (40 to 60%)",
        ),
    ]


def portal(replications: int) -> list[str]:
    """C53: mean time to restore the web shop after major incidents, in the third and fourth quarter."""
    ask = [Ask("major_restore_hours_mean", "ecommerce", 26, 52)]
    base, faster = (play(name, ask, replications)[0] for name in ("baseline", "baseline+faster_restoration"))
    before, after = (f"{defined(found).mean():.1f}" for found in (base, faster))
    return [
        row(
            "C53",
            "time to restore the sales portal from 90 to 30 minutes within two quarters",
            "`faster_restoration`: web shop, priority 1, second half of the year, ratio",
            "0.33",
            ratio(faster, base),
            f"from {before} to {after} hours: what nobody has seen before takes longer than half an hour,"
            " whoever is called. A third needs the work halved once more: standby systems that take over",
        )
    ]


RIGOURS = (0, 25, 50, 75, 100)
ROOMS = (17, 15)
"""Changes that a meeting can approve with full rigour, where it has less room than the 20 of the baseline."""


def frontier(replications: int) -> list[str]:
    """C61: lead time against failures, by rigour of approval; and a meeting once in three weeks."""
    asks = [Ask(name, "", 0, 52) for name in ("change_lead_hours_mean", "change_failure_share")]
    points = {
        rigour: play("baseline", asks, replications, [f"change_enablement.rigour={rigour} %"])
        for rigour in RIGOURS
    }
    strictest = "change_enablement.rigour=100 %"
    slow = {
        room: play("baseline", asks, replications, [strictest, f"change_enablement.capacity={3 * room}"])
        for room in ROOMS
    }
    draw(points, slow)
    loose, strict = points[RIGOURS[0]], points[RIGOURS[-1]]
    return [
        row(
            "C61",
            "approval that is too strict costs weeks, too lax breaks things",
            "rigour from 0 to 100% in the baseline: lead time of changes, ratio",
            "above 1",
            ratio(strict[0], loose[0]),
            "once the meeting is full, changes wait for the next one; see the picture",
        ),
        row(
            "",
            "",
            "the same: share of changes that fail, ratio",
            "below 1",
            ratio(strict[1], loose[1]),
            "a board hardly lowers failures (DORA 2019); here full rigour prevents a fifth, an assumption",
        ),
    ]


def draw(points: dict[int, Numbers], slow: dict[int, Numbers]) -> None:
    """Lead time against failures, with intervals."""
    with styled():
        figure = Figure(figsize=(7.2, 4.6), layout="constrained")
        ax = figure.add_subplot()
        means = np.array([found.mean(axis=1) for found in (*points.values(), *slow.values())])
        ax.plot(means[:, 0] / 24, 100 * means[:, 1], color=BLUE, linewidth=1, zorder=1)
        marks = [(f"rigour {rigour}%", found, BLUE) for rigour, found in points.items()]
        marks += [
            (f"100%, room for {room}\na week instead of 20", found, ORANGE) for room, found in slow.items()
        ]
        for words, found, colour in marks:
            (lead, lead_half), (share, share_half) = (mean_and_half_width(row) for row in found)
            ax.errorbar(
                lead / 24,
                100 * share,
                xerr=None if lead_half is None else lead_half / 24,
                yerr=None if share_half is None else 100 * share_half,
                fmt="o",
                color=colour,
                ecolor=QUIET,
                elinewidth=1,
                capsize=2,
            )
            ax.annotate(
                words,
                (lead / 24, 100 * share),
                xytext=(7, 6),
                textcoords="offset points",
                fontsize=8,
                color=INK,
            )
        ax.set_xlabel("Days from raising a change to going live (mean, with 95% interval)")
        ax.set_ylabel("Changes that fail (%)")
        ax.set_title("The last steps of strictness cost weeks")
        ax.set_ylim(bottom=6)
        ax.set_xlim(left=0)
        figure.savefig(PICTURE, metadata={"Date": None, "Creator": None})


HEAD = """# Magnitudes that the defining texts name

The texts that define this project name figures, without a method behind most of them. Here they stand beside
what comes out of the baseline, played {replications} times at the most likely values of all assumptions
(paired; 95% intervals of the luck alone). A figure that is not reached is not tuned until it is: the last
column says why, and what would reach it. Written by `python -m docs.magnitudes`.

| | claim | played | claimed | comes out | why, and what would reach it |
| --- | --- | --- | --- | --- | --- |
{rows}

## Approval: how strict?

![Share of changes that fail against days to going live, by rigour](images/approval.svg)

Rigour finds some of the failures before they happen, and takes time: of the people who assess, and of the
meeting, which approves fewer changes. As long as the meeting has room the price is small. When it has not,
changes wait for the next one, and the next: the last steps of rigour buy little safety for days of waiting,
and all that is built on those changes comes later too.
"""


def main() -> None:
    """Play, draw and write."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS
    rows: list[str] = []
    for part in (silos, automation, portal, frontier):
        print(part.__doc__, file=sys.stderr)
        rows += part(replications)
    PAGE.write_text(HEAD.format(replications=replications, rows="\n".join(rows)))


if __name__ == "__main__":
    main()
