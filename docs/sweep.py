"""Every lever moved one at a time over its range: ``python -m docs.sweep`` writes docs/sweep.md.

Elementary effects as Morris means them: in each of many worlds, in which all assumptions of the baseline are
drawn from their ranges, one lever goes from low to high and everything else, luck included, stays. The mean
of the differences says how much it matters, their spread how much that depends on the rest.

Source: Morris (1991), 'Factorial sampling plans for preliminary computational experiments', Technometrics
33(2), 161-174; worlds drawn at random instead of on a grid.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from docs.sweep_levers import LEVERS, Lever
from results.catalogue import OUTCOMES
from results.plots.style import INK, styled
from results.statistics.intervals import defined, mean_and_half_width
from watermelon import load, simulate

HERE = Path(__file__).resolve().parent
PAGE, PICTURE = HERE / "sweep.md", HERE / "images" / "sweep.svg"
WORLDS = 12
WEEKS = 52

WATCHED = {
    "restore_hours_mean": "time to\nrestore",
    "downtime_hours": "downtime",
    "customers_lost": "customers\nlost",
    "employee_hours_lost": "working\ntime lost",
    "request_fulfilment_hours_mean": "wait for\nrequests",
    "sla_attainment_share": "service\nlevels kept",
    "incidents": "incidents",
    "recurring_incident_share": "repeats",
    "change_failure_share": "changes\nthat fail",
    "change_lead_hours_mean": "lead time\nof changes",
    "time_to_market_hours_mean": "time to\nmarket",
    "attrition_rate_yearly": "people\nwho leave",
    "firefighting_hours_share": "fire-\nfighting",
    "business_loss_total": "loss to the\nbusiness",
}
"""Outcome -> heading of its column."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What raising a lever does to an outcome: mean over worlds, its 95% interval, spread, worth of it.

    ``relative`` is the mean over the outcome's mean at the low end; ``better`` says whether the mean is good.
    """

    mean: float
    low: float
    high: float
    spread: float
    relative: float
    better: bool

    @property
    def clear(self) -> bool:
        """Whether the interval does not hold zero, and the effect is at least half a percent."""
        return (self.low > 0 or self.high < 0) and abs(self.relative) >= 0.005


def play(lever: Lever, folder: Path, worlds: int) -> dict[str, Effect]:
    """Effects of raising a lever from its low to its high end in the same worlds."""
    scenarios = []
    for end in ("low", "high"):
        path = folder / f"{end}.yaml"
        size = getattr(lever, end)
        change = f"to: {size}" if lever.kind == "set" else f"by: {size}"
        path.write_text(
            f"watermelon: 1\nkind: override\ntitle: '{lever.title}, {end}'\nsince: always\n"
            f"changes:\n  - {lever.kind}: {lever.key}\n    {change}\n    why: sweep\n"
        )
        scenarios.append(load(f"baseline+{path}", until_hours=WEEKS * 168))
    runs = simulate(*scenarios, replications=worlds, uncertainty=True)
    low, high = (runs.outcomes.loc[label] for label in runs.scenarios)
    return {name: effect(name, low[name].to_numpy(), high[name].to_numpy()) for name in WATCHED}


def effect(name: str, low: NDArray[np.float64], high: NDArray[np.float64]) -> Effect:
    """Paired difference of an outcome over worlds."""
    difference = defined(high - low)
    mean, half = mean_and_half_width(difference)
    if half is None:
        raise ValueError(f"{name} needs at least two worlds in which it is defined")
    better = (mean > 0) == (OUTCOMES[name].better == "higher")
    spread, base = float(difference.std(ddof=1)), float(defined(low).mean())
    return Effect(mean, mean - half, mean + half, spread, mean / base, better)


def against(lever: Lever, effects: dict[str, Effect]) -> list[str]:
    """Outcomes that clearly move against what a practitioner expects."""
    if lever.direction == "mixed":
        return []
    good = lever.direction == "good"
    return [name for name, found in effects.items() if found.clear and found.better != good]


def draw(found: dict[str, dict[str, Effect]]) -> None:
    """A row a lever, a column an outcome: colour and sign say better or worse, and by how much."""
    relative = np.array([[row[name].relative for name in WATCHED] for row in found.values()])
    better = np.array([[1 if row[name].better else -1 for name in WATCHED] for row in found.values()])
    clear = np.array([[row[name].clear for name in WATCHED] for row in found.values()])
    size = np.clip(np.log10(np.maximum(np.abs(relative), 1e-9) / 0.005) / np.log10(200), 0, 1)
    with styled():
        figure = Figure(figsize=(12.5, 12.5), layout="constrained")
        ax = figure.add_subplot()
        image = ax.imshow(np.where(clear, better * size, 0), cmap="PuOr", vmin=-1, vmax=1, aspect="auto")
        for row, column in np.argwhere(clear):
            value = 100 * relative[row, column]
            ax.text(
                column,
                row,
                f"{value:+.0f}%" if abs(value) >= 1.5 else f"{value:+.1f}%",
                ha="center",
                va="center",
                fontsize=8,
                color="white" if size[row, column] > 0.75 else INK,
            )
        ax.set_xticks(range(len(WATCHED)), list(WATCHED.values()), fontsize=8.5)
        ax.set_yticks(range(len(found)), list(found), fontsize=9)
        ax.tick_params(top=True, bottom=False, labeltop=True, labelbottom=False, length=0)
        for spine in ax.spines.values():
            spine.set_visible(False)
        bar = figure.colorbar(image, ax=ax, location="bottom", shrink=0.4, aspect=30, ticks=[-1, 0, 1])
        bar.ax.set_xticklabels(["worse", "not clear, or below 0.5%", "better"])
        figure.savefig(PICTURE, metadata={"Date": None, "Creator": None})


HEAD = """# Levers, one at a time

Does any outcome move in a direction that a practitioner would call impossible? Each lever of the baseline
goes from the low to the high end of a range, in all of the year played and its warm-up, while everything
else stays: the same luck, and the same world, in which every assumption is drawn from its range. Over
{worlds} such worlds the figures below are mean differences, in percent of the outcome at the low end
([elementary effects][morris], Morris 1991, at random places). The page is written by `python -m
docs.sweep`, which takes some minutes.

![A row a lever, a column an outcome: how much better or worse](images/sweep.svg)

Numbers stand where the 95% interval of the mean difference is clear of zero and the difference is at
least half a percent. Orange is worse and violet better, whatever the sign of the number.

[morris]: https://doi.org/10.1080/00401706.1991.10484804

## What moves against expectation

{surprises}

## What helps one thing and harms another

{notes}

## Ranges and expectations

*Good* levers should make outcomes better when they rise, *bad* ones worse; *mixed* ones help some and
harm others, are not judged by that, and have a word above. The last column has, of the clear effects, the
one that differs most between worlds beside its mean.

| lever | key | from | to | more of it is | strongest effects | differs most between worlds |
| --- | --- | --- | --- | --- | --- | --- |
{rows}
"""


def page(found: dict[str, dict[str, Effect]], worlds: int) -> str:
    """The page, and on standard error whatever is not explained."""
    surprises, notes, rows = [], [], []
    for lever in LEVERS:
        effects = found[lever.title]
        for name in against(lever, effects):
            why = lever.because.get(name)
            if why is None:
                print(f"not explained: {lever.title} -> {name}: {effects[name]}", file=sys.stderr)
                why = "**not explained yet**"
            word = "better" if effects[name].better else "worse"
            surprises.append(
                f"- *{lever.title}* up: {OUTCOMES[name].title.lower()} gets {word}"
                f" ({100 * effects[name].relative:+.1f}%): {why}."
            )
        if lever.note:
            notes.append(f"- *{lever.title}* up: {sides(effects)}: {lever.note}.")
        strongest = sorted(
            (name for name in effects if effects[name].clear), key=lambda name: -abs(effects[name].relative)
        )[:3]
        words = ", ".join(
            f"{OUTCOMES[name].title.lower()} {100 * effects[name].relative:+.0f}%" for name in strongest
        )
        clear = [name for name in effects if effects[name].clear]
        unsteady = max(clear, key=lambda name: effects[name].spread / abs(effects[name].mean), default=None)
        rows.append(
            f"| {lever.title} | `{lever.kind} {lever.key}` | {lever.low} | {lever.high} | {lever.direction} |"
            f" {words or 'none that is clear'} | {OUTCOMES[unsteady].title.lower() if unsteady else ''} |"
        )
    nothing = "Nothing: every clear effect of a good or bad lever goes the way that it should."
    return HEAD.format(
        worlds=worlds, surprises="\n".join(surprises) or nothing, notes="\n".join(notes), rows="\n".join(rows)
    )


def sides(effects: dict[str, Effect]) -> str:
    """The strongest clear effects to the good and to the bad, three each."""
    told = []
    for better, word in ((True, "better"), (False, "worse")):
        clear = [(name, found) for name, found in effects.items() if found.clear and found.better == better]
        strongest = sorted(clear, key=lambda item: -abs(item[1].relative))[:3]
        listed = [f"{OUTCOMES[name].title.lower()} {100 * found.relative:+.1f}%" for name, found in strongest]
        told.append(f"{word} {', '.join(listed) or 'nothing clear'}")
    return "; ".join(told)


def main() -> None:
    """Play all levers, draw and write."""
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else WORLDS
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, lever in enumerate(LEVERS, 1):
            print(f"{number} of {len(LEVERS)}: {lever.title}", file=sys.stderr)
            found[lever.title] = play(lever, Path(folder), worlds)
    draw(found)
    PAGE.write_text(page(found, worlds))


if __name__ == "__main__":
    main()
