"""A comparison as a self-contained HTML page."""

from results.report.inputs import AssumptionRow, ChangeRow, ReportInput, ScenarioInfo, SourceRow
from results.report.write import pictures_of, render, write_report

__all__ = [
    "AssumptionRow",
    "ChangeRow",
    "ReportInput",
    "ScenarioInfo",
    "SourceRow",
    "pictures_of",
    "render",
    "write_report",
]
