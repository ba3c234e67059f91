"""The page of a backtest: one HTML file that needs nothing else, in the style of the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from calibration.backtest.pictures import pictures
from calibration.backtest.report import Backtest
from calibration.backtest.scores import Distance, Figure
from calibration.backtest.thresholds import SERIES_TITLES
from results.report.write import figure


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: name, cells as text, and a word on how it came out."""

    title: str
    cells: tuple[str, ...]
    mark: str = ""

    @property
    def look(self) -> str:
        """Style of the mark."""
        return {"kept": "better", "missed": "worse"}.get(self.mark, "plain")


def render(found: Backtest, version: str, command: str) -> str:
    """The page as HTML text, the same bytes for the same backtest."""
    environment = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("calibration.backtest", "template"),
                PackageLoader("results.report", "template"),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = (files("results.report") / "template" / "report.css").read_text(encoding="utf-8")
    return environment.get_template("backtest.html").render(
        found=found,
        version=version,
        command=command,
        css=css,
        figures={item.name: figure(item) for item in pictures(found)},
        distances=distance_rows(found.distances.values()),
        coverage=coverage_rows(found),
        medians=median_rows(found),
        shares=share_rows(found),
        quantiles=[
            Row(f"{name[1:]}% are resolved within", figure_cells(item, "h"))
            for name, item in found.quantiles.items()
        ],
        priorities=priority_rows(found),
    )


def distance_rows(distances: Iterable[Distance]) -> list[Row]:
    """Distances with their yardsticks and limits."""
    return [
        Row(
            item.title,
            (number(item.value), number(item.resampling), number(item.noise_floor), number(item.limit)),
            mark(item.kept),
        )
        for item in distances
    ]


def coverage_rows(found: Backtest) -> list[Row]:
    """How often the log lies in the model's interval."""
    judged = {check.name: check.kept for check in found.checks}
    return [
        Row(
            f"{SERIES_TITLES[name][0].upper()}{SERIES_TITLES[name][1:]}",
            (
                f"{sum(line.inside)} of {len(line.log)}",
                "–" if line.coverage is None else f"{line.coverage:.0%}",
            ),
            mark(judged.get(name)),
        )
        for name, line in found.series.items()
    ]


def median_rows(found: Backtest) -> list[Row]:
    """Medians by number of reassignments."""
    return [
        Row(
            f"{count}",
            (
                *figure_cells(item, "h"),
                span(item.low, item.high),
                span(item.least, item.most),
            ),
            mark(item.kept),
        )
        for count, item in found.medians.items()
    ]


def share_rows(found: Backtest) -> list[Row]:
    """Reassignments and reopening."""
    rows = [
        Row(f"Reassigned {count} times", (*figure_cells(item, "%"), span(item.low, item.high, "%")))
        for count, item in found.reassignments.items()
    ]
    item = found.reopen_share
    return [*rows, Row("Reopened", (*figure_cells(item, "%"), span(item.low, item.high, "%")))]


def priority_rows(found: Backtest) -> list[Row]:
    """Durations of each priority."""
    rows = []
    for priority, item in found.by_priority.items():
        middle = item.quantiles["p50"]
        cells = [f"{item.cases:,}", shown(middle.model, "h"), shown(middle.log, "h")]
        cells += [with_yardsticks(distance) for distance in item.distances.values()]
        rows.append(Row(f"Priority\N{NO-BREAK SPACE}{priority}", tuple(cells)))
    return rows


def with_yardsticks(item: Distance) -> str:
    """A distance with its yardsticks in brackets."""
    return f"{number(item.value)} ({number(item.resampling)}; {number(item.noise_floor)})"


def figure_cells(item: Figure, unit: str) -> tuple[str, str, str]:
    """Model, log and past."""
    return shown(item.model, unit), shown(item.log, unit), shown(item.resampling, unit)


def shown(value: float | None, unit: str) -> str:
    """A value with its unit."""
    if value is None:
        return "–"
    return f"{value:.1%}" if unit == "%" else f"{number(value)} {unit}"


def span(low: float | None, high: float | None, unit: str = "h") -> str:
    """An interval."""
    return "–" if low is None or high is None else f"{shown(low, unit)} to {shown(high, unit)}"


def number(value: float | None) -> str:
    """A number with three digits."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def mark(kept: bool | None) -> str:
    """How something came out, in a word."""
    return {True: "kept", False: "missed", None: ""}[kept]
