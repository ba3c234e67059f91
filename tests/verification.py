"""Plugin of `make verify`: a table of what was checked, and of what was found.

A test says what it found with ``record_property("found", ...)``. With ``--write-page`` the table becomes a
page of the documentation, whether or not everything passed; it says so if only a part was run.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib import metadata
from pathlib import Path

import pytest

from benchmarks.__main__ import processor, revision
from watermelon._version import __version__

PAGE = Path(__file__).resolve().parents[1] / "docs" / "verification.md"
NOTE = "<!-- Found and written by `make verify`: run it again instead of editing. -->"

REPORTS: list[pytest.TestReport] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-page", action="store_true", help=f"write the table to docs/{PAGE.name}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or (report.when == "setup" and report.outcome != "passed"):
        REPORTS.append(report)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not REPORTS or hasattr(config, "workerinput"):  # the processes of `-n` have a part of it each
        return
    whole = config.args_source is config.ArgsSource.TESTPATHS and not config.option.keyword
    text = page("" if whole else f" Of the suite only: `{' '.join(config.invocation_params.args)}`.")
    terminalreporter.write_line("")
    terminalreporter.write_line(text)
    if config.option.write_page:
        PAGE.write_text(text, encoding="utf-8")
        terminalreporter.write_line(f"written: docs/{PAGE.name}")


def page(part: str) -> str:
    """The table, with what was checked, where and when."""
    passed = sum(report.outcome == "passed" for report in REPORTS)
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("numba", "numpy", "scipy", "simpy"))
    head = f"""{NOTE}

# Verification

What takes too long for every run of the tests, checked by `make verify`. Watermelon {__version__} at revision
{revision()}, {dt.date.today():%d %B %Y}, Python {platform.python_version()}, {packages}, {processor()}
({os.cpu_count()} processors). {passed} of {len(REPORTS)} checks passed.{part}

*The same* means: both engines gave the same history, every table and every column, and the same event log to
the byte. *Theory*: the known value lies in the 99% interval, which is at most 2% of it wide to each side.
"""
    rows = [
        f"| {told(report)} | {property_of(report, 'found')} | {report.outcome} | {report.duration:,.0f} s |"
        for report in sorted(REPORTS, key=lambda report: report.nodeid)
    ]
    return "\n".join([head, "| check | found | | took |", "| --- | --- | --- | ---: |", *rows]) + "\n"


def told(report: pytest.TestReport) -> str:
    """The name of a test as words: ``tests/theory/test_tight.py::test_a_b[c]`` -> ``theory: a b (c)``."""
    path, _, name = report.nodeid.partition("::")
    words, _, case = name.removeprefix("test_").partition("[")
    case = f" ({case.rstrip(']')})" if case else ""
    return f"{path.split('/')[1]}: {words.replace('_', ' ')}{case}"


def property_of(report: pytest.TestReport, name: str) -> str:
    """What a test recorded."""
    return str(dict(report.user_properties).get(name, ""))
