"""Approval of changes: how strict? ``python -m docs.approval`` plays, draws, and writes the page."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.plots.style import BLUE, INK, ORANGE, QUIET, styled
from results.statistics.intervals import mean_and_half_width
from watermelon import load, simulate

HERE = Path(__file__).resolve().parent
PAGE, PICTURE = HERE / "approval.md", HERE / "images" / "approval.svg"
REPLICATIONS, WEEKS = 40, 52
OUTCOMES = ("change_lead_hours_mean", "change_failure_share")

Numbers = NDArray[np.float64]

RIGOURS = (0, 25, 50, 75, 100)
ROOMS = (17, 15)
"""Changes that a meeting can approve with full rigour, where it has less room than the 20 of the baseline."""


def play(sets: list[str], replications: int) -> Numbers:
    """[outcomes, replications] What comes out of the baseline with changes."""
    scenario = load("baseline", sets, until_hours=168 * WEEKS)
    outcomes = simulate(scenario, replications=replications, seed=1).outcomes
    return np.array([outcomes[name].to_numpy() for name in OUTCOMES])


def frontier(replications: int) -> tuple[dict[int, Numbers], dict[int, Numbers]]:
    """Lead time and failures by rigour; and by the room of a meeting with full rigour."""
    points = {rigour: play([f"change_enablement.rigour={rigour} %"], replications) for rigour in RIGOURS}
    strictest = "change_enablement.rigour=100 %"
    slow = {room: play([strictest, f"change_enablement.capacity={3 * room}"], replications) for room in ROOMS}
    return points, slow


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


HEAD = """# Approval of changes: how strict?

The texts that define this project say that fast change which breaks things is no gain, and that weeks to
approve a routine change are no alignment. This is the baseline with more and less rigour, played
{replications} times for a year (under the same luck; 95% intervals). Written by `python -m docs.approval`;
what `watermelon claims` makes of it is in [claims](claims.md), C61.

![Share of changes that fail against days to going live, by rigour](images/approval.svg)

| rigour | days from raised to live | changes that fail |
| --- | ---: | ---: |
{rows}

Rigour finds some of the failures before they happen, and takes time: of the people who assess, and of the
meeting, which approves fewer changes. As long as the meeting has room the price is small. When it has not,
changes wait for the next one, and the next: the last steps of rigour buy little safety for days of waiting,
and all that is built on those changes comes later too. That full rigour prevents a fifth of the failures is
an assumption; DORA (2019) found that approval by a board hardly lowers them.
"""


def row(words: str, found: Numbers) -> str:
    """A row of the table."""
    (lead, lead_half), (share, share_half) = (mean_and_half_width(values) for values in found)
    assert lead_half is not None, "there are at least two"
    assert share_half is not None, "there are at least two"
    return f"| {words} | {lead / 24:.1f} ± {lead_half / 24:.1f} | {share:.2%} ± {share_half:.2%} |"


def main() -> None:
    """Play, draw and write."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS
    points, slow = frontier(replications)
    draw(points, slow)
    rows = [row(f"{rigour}%", found) for rigour, found in points.items()]
    rows += [row(f"100%, room for {room} a week instead of 20", found) for room, found in slow.items()]
    PAGE.write_text(HEAD.format(replications=replications, rows="\n".join(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
