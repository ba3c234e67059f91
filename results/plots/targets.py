"""How likely each business target is met, scenario by scenario."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from results.compare import Comparison
from results.naming import NO_TITLES, Titles, title_of
from results.plots.style import GRID, axes_or_new, colour, grid, legend, marker, row_labels, styled


def target_probabilities(
    comparison: Comparison, ax: Axes | None = None, titles: Titles = NO_TITLES, names: Titles = NO_TITLES
) -> Axes:
    """One line a target, one mark a scenario, with the 95% interval of the probability.

    Parameters
    ----------
    comparison
        Two or more scenarios; targets are those of the base.
    ax
        Axes to draw on; a new figure without them.
    titles, names
        Titles of the targets by name, and of the scenarios by name.
    """
    targets = list(comparison.base.targets)
    count = len(comparison.scenarios)
    with styled():
        ax = axes_or_new(ax, 8, 1.2 + 0.62 * len(targets))
        for row, name in enumerate(targets):
            shares = []
            for place, result in enumerate(comparison.scenarios.values()):
                found = result.targets.get(name)
                if found is None or found.met is None:
                    continue
                met = found.met
                shares.append(met.share)
                y = row + (place - (count - 1) / 2) * 0.16
                if met.low is not None and met.high is not None:
                    ax.plot([met.low, met.high], [y, y], color=colour(place), linewidth=1.6, alpha=0.55)
                ax.plot(met.share, y, marker(place), color=colour(place), markersize=7, clip_on=False)
            if max(shares, default=0.0) > min(shares, default=0.0):
                ax.plot([min(shares), max(shares)], [row, row], color=GRID, linewidth=5, zorder=0)
        for place, name in enumerate(comparison.scenarios):
            label = names.get(name, name)
            ax.plot([], [], marker(place), color=colour(place), markersize=7, label=label)
        if count > 1:
            ax.plot([], [], color=GRID, linewidth=5, label="from lowest to highest of them")
        row_labels(ax, range(len(targets)), [title_of(titles, "", name) for name in targets])
        ax.set_ylim(len(targets) - 0.4, -0.6)
        ax.set_xlim(-0.02, 1.02)
        ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        ax.set_xlabel("Probability that the target is met (lines: 95% interval)")
        grid(ax, "x")
        legend(ax)
    return ax
