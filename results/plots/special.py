"""What falls into a month and may explain it: days on which changes are frozen, and public holidays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from results.plots.style import INK, QUIET
from results.wording import listing, part
from sim.spec.calendars import Floats, Ints

WIDEST = 24
"""So many months at most have room for numbers."""


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """By month (730 h): share of the services' days on which changes are frozen, and public holidays."""

    frozen: Floats = field(default_factory=lambda: np.zeros(0))
    holidays: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def rows(self) -> int:
        """Rows that a figure needs for them."""
        return int(bool(self.frozen.any())) + int(bool(self.holidays.any()))

    @property
    def alt(self) -> str:
        """In words, for those who can't see a figure."""
        named = [
            f"{part(float(self.frozen[month]))} in month {month + 1}" for month in np.flatnonzero(self.frozen)
        ]
        off = [f"{self.holidays[month]} in month {month + 1}" for month in np.flatnonzero(self.holidays)]
        told = f" Changes are frozen on so many of the services' days: {listing(named)}." if named else ""
        return told + (f" Public holidays: {listing(off)}." if off else "")

    def draw(self, ax: Axes, x: float, y: float, months: Ints) -> float:
        """Draw a row for each that there is, from ``y`` down; ``months`` are those of the columns."""
        for label, values, words in (
            ("Changes frozen, % of days", self.frozen, [f"{100 * value:.0f}" for value in self.frozen]),
            ("Public holidays, days", self.holidays, [str(value) for value in self.holidays]),
        ):
            if not values.any():
                continue
            ax.text(x, y, label, va="center", fontsize=8, color=QUIET)
            for column, month in enumerate(months):
                share = float(values[month] / values.max()) if month < len(values) else 0.0
                if not share:
                    continue
                box = Rectangle((column + 0.04, y - 0.3), 0.92, 0.6, facecolor=QUIET, alpha=0.4 * share)
                ax.add_patch(box)
                if len(months) <= WIDEST:
                    ax.text(column + 0.5, y, words[month], ha="center", va="center", fontsize=7.5, color=INK)
            y += 0.8
        return y


NONE = SpecialDays()
