"""Figures: axes with units, nothing cut off or on top of each other, the user's own settings left alone."""

from dataclasses import replace
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from results import plots
from results.attribution import attribute
from results.compare import Comparison, compare_runs
from results.plots.attribution import attribution, height_of
from results.plots.gallery import gallery
from results.plots.melon import strips_of
from results.plots.seen import sides_of, summed_up
from results.plots.special import SpecialDays
from results.plots.style import canvas, colour, marker, styled
from results.plots.weekly import SERIES, smoothed, weekly
from tests.results.organisation import runs

NAMES = {
    "base": "A small shop with a rather long title for a company",
    "silos": "Silos",
    "automation": "Integration of an acquired company and its people",
}


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare_runs(runs("base", "silos", "automation"))


def assert_no_words_are_cut_off(figure: Figure, ax: Axes) -> list[Text]:
    """Words end within the figure on both sides; returns them."""
    whole = figure.bbox.padded(1)
    texts = visible_texts(figure, ax)
    for text in texts:
        box = text.get_window_extent()
        assert whole.containsx(box.x0), text.get_text()
        assert whole.containsx(box.x1), text.get_text()
    return texts


def visible_texts(figure: Figure, ax: Axes) -> list[Text]:
    """Texts that are drawn: those of ticks beyond the ends of an axis are not."""
    beyond = set()
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        margin = (high - low) * 1e-6
        for tick in axis.get_major_ticks():
            if not low - margin <= tick.get_loc() <= high + margin:
                beyond |= {tick.label1, tick.label2}
    return [
        text
        for text in figure.findobj(Text)
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip() and text not in beyond
    ]


@pytest.mark.parametrize(
    "name",
    ["targets", "differences-1", "differences-2", "seen-1", "melon", "dashboard", "hours", "teams", "queues"]
    + [f"weekly-{series}" for series in ("restore_hours_mean", "downtime_hours")],
)  # fmt: skip
def test_no_words_are_cut_off_or_lie_on_each_other(compared: Comparison, name: str) -> None:
    teams = {"teams.desk": "The desk that takes every call and more"}
    picture = gallery(compared, teams, NAMES, special=SpecialDays(np.array([0.5]), np.array([2])))[name]
    with styled():
        figure, ax = canvas(picture.width, picture.height)
        picture.draw(ax)
        FigureCanvasAgg(figure).draw()
        whole = figure.bbox.padded(1)
        boxes = [(text.get_text(), text.get_window_extent()) for text in visible_texts(figure, ax)]
    for text, box in boxes:
        assert whole.containsx(box.x0), text
        assert whole.containsx(box.x1), text
        assert whole.containsy(box.y0), text
        assert whole.containsy(box.y1), text
    for (one, first), (two, second) in combinations(boxes, 2):
        inner = first.padded(-2)
        assert not inner.overlaps(second.padded(-2)), (one, two)


def test_a_difference_and_its_parts_fit_the_page() -> None:
    base, silos = runs("base", "silos", replications=4).values()
    found = attribute(["Teams that hardly talk to each other", "Nothing"], [base, silos, base, silos])
    with styled():
        figure, ax = canvas(8.6, height_of(found))
        attribution(found, "EUR", ax)
        FigureCanvasAgg(figure).draw()
        assert_no_words_are_cut_off(figure, ax)


@pytest.mark.parametrize("name", ["targets", "differences-1", "hours", "teams", "queues"])
def test_the_axis_says_its_unit_and_how_sure(compared: Comparison, name: str) -> None:
    _, ax = canvas(8, 4)
    gallery(compared)[name].draw(ax)
    label = ax.get_xlabel()
    assert "95% interval" in label
    assert any(unit in label for unit in ("Probability", "%", "Hours", "(h)"))


@pytest.mark.parametrize("series", SERIES)
def test_every_weekly_series_can_be_drawn(compared: Comparison, series: str) -> None:
    _, ax = canvas(8, 3)
    weekly(compared, series, ax)
    assert "95% interval" in ax.get_xlabel()
    assert ax.get_ylabel()
    weeks, mean, half = smoothed(compared.base, series)
    assert len(weeks) == len(mean) == 4
    assert half is not None


def test_figures_make_their_own_axes_and_leave_settings_alone(compared: Comparison) -> None:
    before = dict(mpl.rcParams)
    for draw in (plots.target_probabilities, plots.hours_by_kind, plots.hours_by_team, plots.queue_waiting):
        assert isinstance(draw(compared), Axes)
    assert isinstance(plots.dashboard_beside_business(compared), Axes)
    assert isinstance(plots.differences(compared, "silos"), Axes)
    assert dict(mpl.rcParams) == before
    import matplotlib.pyplot as plt

    plt.close("all")


def test_scenarios_differ_in_colour_and_marker() -> None:
    assert len({(colour(place), marker(place)) for place in range(12)}) == 12


def test_the_numbers_in_the_melons_add_up_to_the_index(compared: Comparison) -> None:
    for result in compared.scenarios.values():
        strips = strips_of(result)
        months = [summary.months for summary in result.summaries]
        found, of = (sum(pairs) for pairs in zip(*(item.pairs() for item in months), strict=True))
        judged = np.concatenate([strip.melon[~np.isnan(strip.melon)] for strip in strips])
        # Every future judges the same months here, so that the mean of means is the mean.
        assert judged.mean() == pytest.approx(found / of)


def test_each_half_of_what_is_seen_and_felt_sums_itself_up(compared: Comparison) -> None:
    sides = sides_of(compared, next(iter(compared.differences)))
    assert list(sides) == ["What IT's dashboard shows", "What the business feels"]
    better = replace(sides["What IT's dashboard shows"][0][1], mean=1.0, low=0.5, high=1.5, better="higher")
    worse = replace(better, better="lower")
    assert summed_up([("one", better), ("two", better), ("three", worse)]) == "2 of 3 better, 1 worse"
    assert summed_up([("one", worse)]) == "1 of 1 worse"
    assert summed_up([]) == "nothing clear"
