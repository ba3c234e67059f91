"""The loops as experiments: one lever, one outcome at the far end, and a link that can be cut.

Each is played four times under the same luck: the lever down and up, with the loop and with one of its links
cut. The lever's effect with the link less its effect without is what the loop adds. The tests ask that it is
clear of zero; ``python -m docs.loops`` writes it down and draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from results.statistics.intervals import mean_and_half_width
from scenarios import Scenario
from sim.spec.calendars import Floats
from watermelon import load, simulate

HERE = Path(__file__).resolve().parent
OF_THE_DESK = ("small_trouble", "hard_trouble")
APPLICATION = "stages.application.work"


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop of the model (docs/model.md, section 2.7).

    ``base`` is a file of this folder. ``lever`` holds settings of it with ``{}`` for what is moved from
    ``low`` to ``high``, or the name of an override that is added instead. ``cut`` are the settings that
    break the loop. ``factor`` turns the outcome into ``unit``.
    """

    name: str
    sentence: str
    base: str
    lever: str | tuple[str, ...]
    low: str
    high: str
    moved: str
    cut: tuple[str, ...]
    without: str
    outcome: str
    what: str
    unit: str
    rises: bool = True
    factor: float = 1.0
    settings: tuple[str, ...] = ()
    replications: int = 40

    def scenario(self, value: str, cut: bool) -> Scenario:
        """The base with the lever at ``value``, with the link or without."""
        settings = [*self.settings, *(self.cut if cut else ())]
        name = str(HERE / f"{self.base}.yaml")
        if isinstance(self.lever, str):
            return load(f"{name}+{HERE / self.lever}.yaml" if value else name, settings)
        return load(name, [*settings, *(setting.format(value) for setting in self.lever)])


LOOPS = (
    Loop(
        name="Firefighting trap",
        sentence="More load leaves less time for prevention, so faults pile up and bring more load",
        base="team",
        lever=("requests.wishes.demand={}",),
        low="1.25",
        high="1.55",
        moved="requests from 50 to 62 a week",
        cut=("teams.operations.ring_fenced=1",),
        without="one of the four people kept for prevention",
        outcome="incidents",
        what="incidents in two years",
        unit="incidents",
    ),
    Loop(
        name="Change",
        sentence="Changes made under pressure fail more often, and the repairs add to the pressure",
        base="delivery",
        lever=("requests.wishes.demand={}",),
        low="1",
        high="1.8",
        moved="requests from 35 to 63 a week",
        cut=(
            "change_enablement.haste_effect=0",
            "change_enablement.batch_pressure=0",
            "change_enablement.bypass_pressure=0 %",
            "change_enablement.collision_effect=0",
        ),
        without="overload and collisions do changes no harm",
        outcome="firefighting_hours",
        what="firefighting in two years",
        unit="hours",
    ),
    Loop(
        name="Prevention",
        sentence="Solved problems bring fewer incidents, and the time saved solves the next ones sooner",
        base="team",
        settings=("requests.wishes.demand=1.4",),
        lever=("problems.maturity={} %",),
        low="10",
        high="60",
        moved="repeated incidents asked after at 60% instead of 10%",
        cut=("teams.specialist.seats=1", "faults.defects.team=specialist"),
        without="a specialist with fixed hours looks for the causes",
        outcome="problem_age_hours_mean",
        what="time to solve a problem",
        unit="days",
        rises=False,
        factor=1 / 24,
    ),
    Loop(
        name="People",
        sentence="Overloaded people leave, and those who stay are overloaded more",
        base="hotline",
        lever=("incidents.trouble.demand={}",),
        low="0.9",
        high="1.1",
        moved="incidents from 144 to 176 a week",
        cut=("teams.hotline.people.strain_effect=0",),
        without="overload makes nobody leave",
        outcome="overload_mean",
        what="mean overload (0 to 100)",
        unit="points",
        factor=100,
    ),
    Loop(
        name="Silo",
        sentence="What handoffs cost overloads the teams, and overloaded teams send more to the wrong one",
        base="desk",
        lever=tuple(f"categories.{name}.context_loss={{}} %" for name in OF_THE_DESK),
        low="15",
        high="30",
        moved="work done again after a handoff from 15% to 30%",
        cut=tuple(f"categories.{name}.misrouting_pressure=0 %" for name in OF_THE_DESK),
        without="overloaded teams misroute no more than others",
        outcome="misroutes_per_incident",
        what="handoffs to a wrong team",
        unit="per 100 incidents",
        factor=100,
        replications=20,
    ),
    Loop(
        name="Debt",
        sentence="Maintenance that was put off brings faults and findings, which put off more of it",
        base="team",
        settings=("requests.wishes.demand=1.3", "weeks=52"),
        lever="bad_quarter",
        low="",
        high="bad quarter",
        moved="one quarter with 80% more requests",
        cut=("faults.defects.ageing=0", "services.orders.upkeep.audit.findings=0 /week"),
        without="overdue maintenance brings neither faults nor findings",
        outcome="maintenance_overdue_end",
        what="maintenance overdue nine months later",
        unit="changes",
    ),
    Loop(
        name="Measurement",
        sentence="Rewarded for closed tickets, a team takes the easy ones first, and those that matter wait",
        base="desk",
        lever=("teams.application.policy={}",),
        low="first_come",
        high="shortest_job",
        moved="the shortest job first instead of the oldest",
        cut=tuple(
            f"categories.{name}.{APPLICATION}.{key}" for name in OF_THE_DESK for key in ("mean=2 h", "cv=0")
        ),
        without="all work is alike, so that nothing is easy",
        outcome="customers_lost",
        what="customers lost in a year",
        unit="customers",
        replications=20,
    ),
)


@dataclass(frozen=True, slots=True)
class Effect:
    """A mean paired difference with its 95% interval."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a lever does with the loop and without, and what the loop adds."""

    with_link: Effect
    without: Effect
    added: Effect


def effect(differences: Floats) -> Effect:
    """The mean of paired differences."""
    mean, half = mean_and_half_width(differences)
    assert half is not None, "one replication says nothing"
    return Effect(mean, mean - half, mean + half)


def play(scenarios: Sequence[Scenario], outcome: str, replications: int, seed: int = 1) -> list[Floats]:
    """[replications] An outcome of each scenario, all under the same luck."""
    runs = simulate(*scenarios, replications=replications, seed=seed)
    return [
        np.array([summary.outcomes[outcome] for summary in summaries])
        for summaries in runs.summaries.values()
    ]


def measure(loop: Loop, replications: int = 0, seed: int = 1) -> Measured:
    """Move the lever with the link and without it."""
    arms = [loop.scenario(value, cut) for cut in (False, True) for value in (loop.low, loop.high)]
    values = play(arms, loop.outcome, replications or loop.replications, seed)
    down, up, cut_down, cut_up = (loop.factor * value for value in values)
    return Measured(effect(up - down), effect(cut_up - cut_down), effect(up - down - (cut_up - cut_down)))
