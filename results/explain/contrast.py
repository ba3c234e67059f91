"""Two scenarios' breakdowns held against each other, row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.compare import ScenarioResult
from results.metrics.breakdown import Breakdown
from results.statistics.paired import Difference, difference
from sim.spec.calendars import Floats


@dataclass(frozen=True, slots=True)
class Contrast:
    """One breakdown of base and other; rows are those that both have."""

    rows: tuple[str, ...]
    base: dict[str, Floats]
    other: dict[str, Floats]

    def means(self, column: str, row: int) -> tuple[float, float]:
        """Mean of a cell over the replications that have it, in base and other; nan without any."""
        return _mean(self.base[column][:, row]), _mean(self.other[column][:, row])

    def added(self, column: str) -> Floats:
        """[rows] Mean difference of an amount, other less base."""
        change: Floats = (self.other[column] - self.base[column]).mean(axis=0)
        return change

    def total(self, column: str) -> Difference | None:
        """Paired difference of the sum over rows."""
        return difference(self.base[column].sum(axis=1), self.other[column].sum(axis=1), "neither")

    def is_clear(self, column: str, row: int) -> bool:
        """Whether the difference of a cell is clear of 0."""
        found = difference(self.base[column][:, row], self.other[column][:, row], "neither")
        return found is not None and found.verdict == "changed"

    def share(self, column: str, row: int) -> float:
        """A row's part of all that was added (or, if it fell, of all that was saved)."""
        added = self.added(column)
        same_way = added[np.sign(added) == np.sign(added[row])]
        return float(added[row] / same_way.sum()) if added[row] else 0.0

    def largest(self, column: str) -> int:
        """Row that contributed most to the change of the sum, in the direction of that change."""
        added = self.added(column)
        return int(np.argmax(added * (1.0 if added.sum() >= 0 else -1.0)))


def contrast(base: ScenarioResult, other: ScenarioResult, table: str) -> Contrast:
    """Line up one breakdown ('teams', 'services', 'priorities' or 'streams') of two scenarios."""
    first: list[Breakdown] = [getattr(summary, table) for summary in base.summaries]
    second: list[Breakdown] = [getattr(summary, table) for summary in other.summaries]
    rows = tuple(row for row in first[0].rows if row in second[0].rows)
    return Contrast(rows, _stack(first, rows), _stack(second, rows))


def _stack(tables: list[Breakdown], rows: tuple[str, ...]) -> dict[str, Floats]:
    places = [tables[0].rows.index(row) for row in rows]
    return {
        column: np.vstack([table.columns[column][places] for table in tables]) for column in tables[0].columns
    }


def _mean(values: Floats) -> float:
    kept = values[~np.isnan(values)]
    return float(kept.mean()) if len(kept) else float("nan")
