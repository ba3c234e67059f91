"""The stories beside the baseline: ``python -m docs.library_played`` plays them and draws their figures.

Twenty replications of a year each, some minutes; names of some play these alone. It writes
docs/library-played.json, which the page docs/library.md shows, and a figure for each in docs/images/library.
"""

from __future__ import annotations

import json
import sys
import textwrap
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from results.catalogue import OUTCOMES
from results.plots.style import INK, QUIET, SIGNS, VERDICTS, styled
from results.statistics.intervals import defined, mean_and_half_width
from scenarios import catalogue
from watermelon import load, simulate

HERE = Path(__file__).resolve().parent
FILE, FIGURES = HERE / "library-played.json", HERE / "images" / "library"
BASE = "baseline"
WEEKS, REPLICATIONS, SEED = 52, 20, 1

SHOWN: dict[str, tuple[str, ...]] = {
    "automation": (
        "request_hours",
        "request_fulfilment_hours_mean",
        "employee_hours_lost",
        "firefighting_hours_share",
        "cost_total",
    ),
    "faster_restoration": (
        "restore_hours_mean",
        "detection_hours_mean",
        "downtime_hours",
        "customers_lost",
        "cost_total",
    ),
    "siloed_it": (
        "business_loss_total",
        "restore_hours_mean",
        "time_to_market_hours_mean",
        "customers_lost",
        "sla_attainment_share",
    ),
    "merger_integration": (
        "business_loss_total",
        "requests",
        "restore_hours_mean",
        "employee_hours_lost",
        "time_to_market_hours_mean",
        "cost_total",
    ),
    "access_wait": (
        "request_fulfilment_hours_mean",
        "employee_hours_lost",
        "user_satisfaction",
        "sla_attainment_share",
    ),
    "ad_hoc": (
        "downtime_hours",
        "incidents",
        "restore_hours_p90",
        "recurring_incident_share",
        "change_failure_share",
        "sla_attainment_share",
    ),
    "aligned": (
        "business_loss_total",
        "customers_lost",
        "downtime_hours",
        "restore_hours_mean",
        "time_to_market_hours_mean",
        "cost_total",
    ),
    "audit": (
        "unauthorised_changes",
        "change_failure_share",
        "planned_hours",
        "time_to_market_hours_mean",
        "restore_hours_mean",
    ),
    "black_friday_outage": ("revenue_lost", "customers_lost", "major_incidents", "sla_attainment_share"),
    "bureaucracy": (
        "change_lead_hours_mean",
        "priority_misjudged_share",
        "request_fulfilment_hours_mean",
        "restore_hours_mean",
        "business_loss_total",
    ),
    "cloud_move": (
        "change_failure_share",
        "change_lead_hours_mean",
        "major_incidents",
        "downtime_hours",
        "cost_total",
    ),
    "incentives": (
        "customers_lost",
        "first_contact_share",
        "restore_hours_mean",
        "recurring_incident_share",
        "time_to_market_hours_mean",
        "business_loss_total",
    ),
    "launch_behind_tools": (
        "time_to_market_hours_mean",
        "initiatives_on_time_share",
        "change_lead_hours_mean",
        "restore_hours_mean",
    ),
    "new_technology": (
        "request_fulfilment_hours_mean",
        "requests",
        "employee_hours_lost",
        "change_lead_hours_mean",
        "user_satisfaction",
    ),
    "online_growth": (
        "revenue_lost",
        "customers_lost",
        "customer_impacting_incidents",
        "time_to_market_hours_mean",
        "sla_attainment_share",
    ),
    "personalisation_fails": (
        "time_to_market_hours_mean",
        "customer_impacting_incidents",
        "revenue_lost",
        "attrition_rate_yearly",
        "sla_attainment_share",
    ),
    "remote_work": (
        "employee_hours_lost",
        "requests",
        "incidents",
        "restore_hours_mean",
        "request_fulfilment_hours_mean",
    ),
    "robotics": (
        "revenue_lost",
        "customers_lost",
        "restore_hours_p90",
        "firefighting_hours",
        "sla_attainment_share",
    ),
    "self_service_portal": (
        "customers_lost",
        "customer_impacting_incidents",
        "request_hours",
        "user_satisfaction",
        "cost_total",
    ),
    "shorter_waits": (
        "request_fulfilment_hours_mean",
        "restore_hours_mean",
        "employee_hours_lost",
        "user_satisfaction",
        "cost_total",
    ),
    "sunk_cost": (
        "time_to_market_hours_mean",
        "change_failure_share",
        "recurring_incident_share",
        "revenue_lost",
        "firefighting_hours",
    ),
    "rigidity+resistance+late_information": (
        "time_to_market_hours_mean",
        "change_lead_hours_mean",
        "request_fulfilment_hours_mean",
        "employee_hours_lost",
        "business_loss_total",
    ),
    "council+liaisons+shared_tools+shared_language": (
        "restore_hours_mean",
        "time_to_market_hours_mean",
        "request_fulfilment_hours_mean",
        "business_loss_total",
        "cost_total",
    ),
    "online_growth+mapping_errors": (
        "revenue_lost",
        "customers_lost",
        "time_to_market_hours_mean",
        "sla_attainment_share",
    ),
    "automation+change_programme": (
        "request_fulfilment_hours_mean",
        "request_hours",
        "employee_hours_lost",
        "user_satisfaction",
        "cost_total",
    ),
}
"""What the text of each story is about; the first is its message."""

GETS_BETTER = {
    "automation",
    "faster_restoration",
    "aligned",
    "audit",
    "cloud_move",
    "self_service_portal",
    "shorter_waits",
    "council+liaisons+shared_tools+shared_language",
    "automation+change_programme",
}
"""Stories in whose text the first outcome gets better; in all others it gets worse."""

NEITHER = {"request_hours", "requests", "planned_hours", "incidents"}
"""Outcomes that are shown as changed even where the catalogue calls more or less of them better."""


@dataclass(frozen=True, slots=True)
class Effect:
    """An outcome: mean of the baseline, paired mean difference, and half of its 95% interval."""

    outcome: str
    base: float
    mean: float
    half: float

    @property
    def side(self) -> int:
        """1 clearly better, -1 clearly worse, 0 not clear."""
        if abs(self.mean) <= self.half:
            return 0
        return 1 if (self.mean > 0) == (OUTCOMES[self.outcome].better == "higher") else -1

    @property
    def verdict(self) -> str:
        """The colour and sign of the figure."""
        if self.side == 0:
            return "not clear"
        if self.outcome in NEITHER:
            return "changed"
        return "better" if self.side > 0 else "worse"

    @property
    def percent(self) -> tuple[float, float]:
        """Difference and half width in percent of the baseline."""
        return 100 * self.mean / self.base, 100 * self.half / self.base


Story = list[Effect]


def names() -> list[str]:
    """What the page tells: overrides and stories of the library, then combinations."""
    shipped = [item.name for item in catalogue() if item.family in ("override", "story")]
    return [*shipped, *(name for name in SHOWN if "+" in name)]


def play(wanted: list[str]) -> dict[str, Story]:
    """The effects of each beside the baseline, under the same luck."""
    hours = WEEKS * 168
    scenarios = [
        load(BASE, until_hours=hours),
        *(load(f"{BASE}+{name}", until_hours=hours) for name in wanted),
    ]
    outcomes = simulate(*scenarios, replications=REPLICATIONS, seed=SEED).outcomes
    base = outcomes.loc[BASE]
    found: dict[str, Story] = {}
    for name in wanted:
        own = outcomes.loc[f"{BASE}+{name}"]
        found[name] = []
        for outcome in SHOWN[name]:
            mean, half = mean_and_half_width(defined((own[outcome] - base[outcome]).to_numpy()))
            if half is None:
                raise ValueError(f"{outcome} needs at least two replications in which it is defined")
            found[name].append(Effect(outcome, float(base[outcome].mean()), mean, half))
    return found


def told() -> dict[str, Any]:
    """The document that was written last."""
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return document


def stories(document: dict[str, Any]) -> dict[str, Story]:
    """The effects in a document."""
    return {
        name: [Effect(outcome, *values) for outcome, values in rows.items()]
        for name, rows in document["effects"].items()
    }


def picture(name: str) -> Path:
    """Where the figure of a story is."""
    return FIGURES / f"{name.replace('+', '-')}.png"


def message(story: Story) -> str:
    """The title of the figure: what the first outcome does."""
    first = story[0]
    percent, half = first.percent
    return (
        f"{OUTCOMES[first.outcome].title}: {percent:+.0f}% ({percent - half:+.0f} to {percent + half:+.0f})"
    )


def draw(name: str, story: Story) -> None:
    """Changes in percent of the baseline, with 95% intervals; the message is on top."""
    with styled():
        figure = Figure(figsize=(6.6, 1.15 + 0.36 * len(story)), layout="constrained")
        ax = figure.add_subplot()
        ax.axvline(0, color=QUIET, linewidth=1)
        for place, effect in enumerate(story):
            percent, half = effect.percent
            colour = VERDICTS[effect.verdict]
            ax.errorbar(
                percent, place, xerr=half, fmt="o", color=colour, ecolor=colour, capsize=3, markersize=5
            )
        ax.set_yticks(
            range(len(story)),
            [
                f"{textwrap.fill(OUTCOMES[effect.outcome].title, 40)} {SIGNS[effect.verdict]}"
                for effect in story
            ],
        )
        ax.tick_params(axis="y", length=0)
        ax.invert_yaxis()
        ax.margins(y=0.15)
        ax.set_xlabel("Change in the first year (%), 95% interval", color=INK)
        figure.suptitle(textwrap.fill(message(story), 76), x=0.01, ha="left", fontsize=10, fontweight="bold")
        figure.savefig(picture(name), dpi=100, metadata={"Software": None})


def main(wanted: list[str]) -> None:
    """Play those that are wanted (all without any), write the file, draw all figures."""
    found = {**(stories(told()) if wanted else {}), **play(wanted or names())}
    document = {
        "date": date.today().isoformat(),
        "replications": REPLICATIONS,
        "weeks": WEEKS,
        "seed": SEED,
        "effects": {
            name: {
                effect.outcome: [float(f"{value:.6g}") for value in (effect.base, effect.mean, effect.half)]
                for effect in found[name]
            }
            for name in names()
        },
    }
    FILE.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    FIGURES.mkdir(exist_ok=True)
    for name, story in stories(told()).items():
        draw(name, story)


if __name__ == "__main__":
    main(sys.argv[1:])
