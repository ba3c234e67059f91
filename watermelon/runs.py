"""What came out of playing: tables for people who work with pandas."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from results.tables import comparison_table, outcomes_frame, weekly_frame
from sim.experiment import play_many
from watermelon.eventlog import log_frame
from watermelon.plan import AGAIN

if TYPE_CHECKING:
    import pandas as pd

    from results.compare import Comparison
    from results.summary import Summary
    from scenarios import Scenario
    from sim.experiment import Job
    from sim.history.tables import History
    from watermelon.plan import Plan


@dataclass(repr=False)
class Runs:
    """Replications of one or more scenarios, paired.

    Attributes
    ----------
    scenarios
        What was played, by label: the scenario's name, a repeated one with ``#2``.
    summaries
        By label, one a replication, in the order of ``replications``.
    replications
        Numbers of the replications that all scenarios finished, from 0.
    plan
        What was asked for: seed, uncertainty, models.
    interrupted
        Whether somebody stopped it before the end.
    """

    scenarios: dict[str, Scenario]
    summaries: dict[str, list[Summary]]
    replications: list[int]
    plan: Plan = field(repr=False)
    interrupted: bool = False

    @property
    def seed(self) -> int:
        """The seed that all luck follows from."""
        return self.plan.seed

    @property
    def engine(self) -> str:
        """The engine that played; all give the same."""
        return self.plan.engine

    @property
    def uncertainty(self) -> bool:
        """Whether assumptions were drawn from their ranges."""
        return self.plan.uncertainty

    @property
    def again(self) -> int:
        """How many of the last replications have the assumptions of the first ones, and other luck."""
        return sum(1 for number in self.replications if number >= AGAIN)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Outcomes: one row a scenario and replication, one column an outcome; NaN where undefined."""
        return outcomes_frame(self.summaries)

    @cached_property
    def weekly(self) -> pd.DataFrame:
        """Weekly series: one row a scenario, replication and week (from 0), one column a series."""
        return weekly_frame(self.summaries)

    @cached_property
    def log(self) -> pd.DataFrame:
        """Event log of replication 0 of every scenario, which is played again for it.

        The columns of the event log, after one with the scenario's label.
        """
        import pandas as pd

        first = self.plan[: len(self.plan.labels)]
        frames = play_many(first, _log_of, engine=self.engine)
        for job, frame in zip(first, frames, strict=True):
            frame.insert(0, "scenario", job.scenario)
        return pd.concat(frames, ignore_index=True)

    @cached_property
    def comparison(self) -> Comparison:
        """Estimates with intervals, and differences from the first scenario if there are others."""
        from results.compare import compare_runs

        base = next(iter(self.scenarios.values()))
        count = len(self.replications) - self.again
        whole = not self.interrupted and self.replications[:count] == list(range(count))
        if whole:
            return compare_runs(self.summaries, base.assumed, self.again)
        # What was played twice need not be what was played once.
        single = {label: found[:count] for label, found in self.summaries.items()}
        return compare_runs(single, base.assumed)

    def __repr__(self) -> str:
        return f"{self._heading()}\n{comparison_table(self.comparison).to_string()}"

    def _repr_html_(self) -> str:
        return f"<p>{self._heading()}</p>{comparison_table(self.comparison).to_html()}"

    def _heading(self) -> str:
        number = len(self.replications)
        times = played(number, self.again)
        names = " and ".join(self.scenarios)
        return f"{names}, {times} with seed {self.seed}; {held(self.uncertainty)}"


def played(replications: int, again: int) -> str:
    """How often something was played, in words."""
    if again and 2 * again == replications:
        return (
            f"played {replications} times: {again} draws of what is not known, each under two kinds of luck"
        )
    return "played once" if replications == 1 else f"played {replications} times"


def held(uncertainty: bool) -> str:
    """What intervals are about, in words."""
    if uncertainty:
        return "assumptions drawn from their ranges, so that intervals hold luck and doubt"
    return "assumptions at their most likely values, so that intervals are about luck alone"


def _log_of(job: Job, history: History) -> pd.DataFrame:
    from sim.history.log import event_rows

    return log_frame(event_rows(job.model, history))
