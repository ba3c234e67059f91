"""What outcomes say can be counted by hand from the event log, and the log keeps the rules of the model.

Half a year of the shipped baseline, with everything on. Nothing here knows how the engines work: it reads the
public log as anybody could with a spreadsheet.
"""

import collections

import pandas as pd
import pytest

from watermelon import load, simulate
from watermelon.runs import Runs

HOURS = 26 * 168
ENDS = ("close", "go_live")


@pytest.fixture(scope="module")
def played() -> Runs:
    return simulate(load("baseline", until_hours=HOURS), replications=1)


@pytest.fixture(scope="module")
def log(played: Runs) -> pd.DataFrame:
    """The event log with whole seconds; what is open at the end has NA there."""
    log = played.log
    for name in ("start", "complete"):
        log[name] = (log[f"{name}_hours"] * 3600).round().astype("Int64")
    log["stream"] = log.case_id.str.split("/").str[1:3].str.join("/")
    return log


@pytest.fixture(scope="module")
def outcomes(played: Runs) -> pd.Series:
    return played.outcomes.iloc[0]


def of(log: pd.DataFrame, flow: str, activity: str) -> pd.DataFrame:
    return log[(log.flow == flow) & (log.activity == activity)]


def mean_age(log: pd.DataFrame, flow: str, begin: str, end: str) -> float:
    """Mean hours from one instant of a case to another; of cases still open their age."""
    begins = of(log, flow, begin).set_index("case_id").start
    ends = of(log, flow, end).groupby("case_id").complete.max()
    return float((begins.index.to_series().map(ends).fillna(HOURS * 3600) - begins).mean()) / 3600


def test_every_case_ends_once_and_nothing_happens_before_or_after(log: pd.DataFrame) -> None:
    begins = log[log.activity.isin(["occur", "submit", "raise", "start"])].set_index("case_id").start
    ends = log[log.activity.isin(ENDS)].set_index("case_id").complete
    assert begins.index.is_unique
    assert ends.index.is_unique
    assert not (log.start < log.case_id.map(begins)).any()
    assert not (log.complete > log.case_id.map(ends)).any()
    assert set(log.flow) == {"incident", "request", "problem", "change", "initiative"}


def test_a_fault_strikes_no_more_once_its_fix_is_live(log: pd.DataFrame) -> None:
    solved = of(log, "problem", "go_live").set_index("stream").complete
    strikes = of(log, "incident", "occur")
    strikes = strikes[strikes.stream.isin(solved.index)]
    assert solved.index.is_unique
    assert len(solved) > 40
    assert len(strikes) > 400
    assert (strikes.start <= strikes.stream.map(solved)).all()


def test_a_problem_is_solved_by_the_change_that_fixes_it(log: pd.DataFrame) -> None:
    changes = log[(log.flow == "change") & (log.cause == "fix")]
    known, raised = of(log, "problem", "know").start, of(changes, "change", "raise").start
    assert collections.Counter(known) == collections.Counter(raised)
    live = set(of(changes, "change", "go_live").complete)
    assert set(of(log, "problem", "go_live").complete) <= live


def test_a_failed_deployment_breaks_something_in_the_same_second(log: pd.DataFrame) -> None:
    broken = of(log, "incident", "occur")
    broken = broken[broken.cause == "failed_change"]
    assert len(broken) > 100
    assert collections.Counter(of(log, "change", "fail").start) == collections.Counter(broken.start)


def test_meetings_approve_on_thursdays_and_windows_open_in_the_morning(log: pd.DataFrame) -> None:
    """In the baseline a meeting approves 30 on Thursday at 10:00; windows open from Monday to Thursday."""
    approved = of(log, "change", "await_approval").complete.dropna()
    assert (approved % (7 * 86400) == 3 * 86400 + 10 * 3600).all()
    assert approved.value_counts().max() <= 30
    opened = of(log, "change", "await_window").complete.dropna()
    assert (opened % 86400 == 8 * 3600).all()
    assert (opened // 86400 % 7 <= 3).all()


def test_emergencies_wait_for_neither_meeting_nor_window(log: pd.DataFrame) -> None:
    emergencies = log[(log.flow == "change") & (log.cause == "emergency")]
    assert len(of(emergencies, "change", "go_live")) > 5
    assert not emergencies.activity.isin(["await_approval", "await_window"]).any()


def test_outcomes_are_what_counting_by_hand_gives(log: pd.DataFrame, outcomes: pd.Series) -> None:
    assert outcomes.incidents == len(of(log, "incident", "occur"))
    assert outcomes.time_to_market_hours_mean == pytest.approx(
        mean_age(log, "initiative", "start", "go_live")
    )
    assert outcomes.change_lead_hours_mean == pytest.approx(mean_age(log, "change", "raise", "go_live"))
    assert outcomes.problem_age_hours_mean == pytest.approx(mean_age(log, "problem", "raise", "go_live"))


def test_time_to_restore_is_the_time_without_service_reopened_or_not(
    log: pd.DataFrame, outcomes: pd.Series
) -> None:
    """A ticket that is reopened is down again from then on; the time between counts for nothing."""
    arrived = of(log, "incident", "occur").case_id
    rows = log[log.case_id.isin(arrived) & (log.flow == "incident")]
    down = rows[rows.activity.isin(["occur", "reopen"])].groupby("case_id").start
    up = rows[rows.activity == "restore"].groupby("case_id").complete
    unrestored = down.size() - up.size().reindex(arrived).fillna(0)
    seconds = up.sum().sum() + unrestored.sum() * HOURS * 3600 - down.sum().sum()
    assert outcomes.restore_hours_mean == pytest.approx(seconds / 3600 / len(arrived))
