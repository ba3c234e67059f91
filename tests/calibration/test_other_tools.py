"""Exports in the shapes of other tools, written from the example log of `small`: what is known comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration import calibrate
from calibration.backtest import Playing, backtest
from calibration.backtest.tickets import tickets_of_log
from calibration.example import MAPPING
from calibration.exports.log import read_log
from calibration.exports.mapping import load_mapping
from calibration.fit.cases import cases_of
from calibration.fit.organisation import Organisation, learn

EXAMPLE = MAPPING.with_name("small_tickets.csv.gz")
STATES = {
    "New": ("Accepted", "In Progress"),
    "In progress": ("Accepted", "Assigned"),
    "Waiting for user": ("Accepted", "Wait - User"),
    "Waiting for vendor": ("Accepted", "Wait - Vendor"),
    "Resolved": ("Completed", "Resolved"),
}
"""State of the example: a state and a sub-status, as VINST (BPI Challenge 2013) keeps them."""

IMPACTS = {"1": "Major", "2": "High", "3": "Medium", "4": "Low"}


def example() -> pd.DataFrame:
    rows = pd.read_csv(EXAMPLE, dtype=str)
    for name in ("opened", "updated", "resolved"):
        rows[name] = pd.to_datetime(rows[name])
    return rows


def status_changes(rows: pd.DataFrame, path: Path) -> None:
    """One row a change of the status: an offset in the times, a sub-status, no time of opening."""
    pd.DataFrame(
        {
            "SR Number": "1-" + rows["ticket"].str[1:],
            "Change Date+Time": rows["updated"].dt.strftime("%Y-%m-%dT%H:%M:%S+01:00"),
            "Status": [STATES[state][0] for state in rows["state"]],
            "Sub Status": [STATES[state][1] for state in rows["state"]],
            "Impact": rows["priority"].map(IMPACTS),
            "Product": rows["category"],
            "Country": "Sweden",
            "Support Team": rows["team"],
        }
    ).to_csv(path, index=False, sep=";")


def activities(rows: pd.DataFrame, path: Path) -> None:
    """One row an activity: day first with dashes, semicolons, no category."""
    moved = rows["team"] != rows.groupby("ticket")["team"].shift()
    kind = np.where(moved, "Reassignment", "Status Change")
    kind = np.where(rows["state"] == "Resolved", "Closed", kind)
    pd.DataFrame(
        {
            "Incident ID": "IM" + rows["ticket"].str[1:],
            "DateStamp": rows["updated"].dt.strftime("%d-%m-%Y %H:%M:%S"),
            "IncidentActivity_Type": np.where(~rows["ticket"].duplicated(), "Open", kind),
            "Assignment Group": rows["team"],
            "Interaction ID": "SD1",
        }
    ).to_csv(path, index=False, sep=";")


def event_log(rows: pd.DataFrame, path: Path) -> None:
    """XES whose lifecycle holds the sub-status."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<log xes.version="1.0">']
    for ticket, events in rows.groupby("ticket", sort=False):
        lines.append(f'<trace><string key="concept:name" value="{ticket}"/>')
        for state, team, product, time in events[["state", "team", "category", "updated"]].to_numpy():
            status, more = STATES[state]
            lines.append(
                f'<event><string key="concept:name" value="{status}"/>'
                f'<string key="lifecycle:transition" value="{more}"/><string key="org:group" value="{team}"/>'
                f'<string key="product" value="{product}"/>'
                f'<date key="time:timestamp" value="{time:%Y-%m-%dT%H:%M:%S}+01:00"/></event>'
            )
        lines.append("</trace>")
    path.write_text("\n".join([*lines, "</log>"]), encoding="utf-8")


SHAPES: dict[str, tuple[str, Callable[[pd.DataFrame, Path], None]]] = {
    "status changes": ("status.csv", status_changes),
    "activities": ("activities.csv", activities),
    "XES": ("log.xes", event_log),
}


@pytest.fixture(scope="module")
def known() -> Organisation:
    return learn(read_log(EXAMPLE, load_mapping(str(MAPPING))))


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_known_comes_back(shape: str, known: Organisation, tmp_path: Path) -> None:
    name, written = SHAPES[shape]
    written(example(), tmp_path / name)
    log = read_log(tmp_path / name, load_mapping("auto"))
    found = learn(log)
    assert len(found.cases) == len(known.cases)
    assert (found.cases["handoffs"] == 0).mean() == pytest.approx(
        (known.cases["handoffs"] == 0).mean(), abs=0.02
    )
    rates = [sum(rate.mode for rate in one.rates.values()) for one in (found, known)]
    assert rates[0] == pytest.approx(rates[1], rel=0.01)
    assert "first_event_as_opening" in {item.name for item in [*log.findings, *found.findings]}
    if shape == "activities":
        return
    assert {group.title for group in found.groups} == {group.title for group in known.groups}
    waiting = next(item.text for item in log.findings if item.name == "waiting_states")
    assert "'Accepted / Wait - User' for the user" in waiting
    assert "'Accepted / Wait - Vendor' for others" in waiting
    assert found.reopen.mode == pytest.approx(known.reopen.mode, abs=0.01)


def test_a_lifecycle_of_starts_and_ends_is_no_state(tmp_path: Path) -> None:
    rows = example()
    path = tmp_path / "plain.xes"
    event_log(rows, path)
    text = path.read_text(encoding="utf-8")
    for _, more in STATES.values():
        text = text.replace(f'transition" value="{more}"', 'transition" value="complete"')
    path.write_text(text, encoding="utf-8")
    log = read_log(path, load_mapping("auto"))
    assert set(log.rows["state"].dropna()) == {"Accepted", "Completed"}


def test_activities_after_the_end_are_no_reopening(tmp_path: Path) -> None:
    rows = example()
    ends = rows[rows["state"] == "Resolved"]
    later = [ends.assign(updated=ends["updated"] + pd.Timedelta(minutes=minute)) for minute in (1, 2)]
    again = pd.concat([rows, later[0].assign(state="New"), later[1]], ignore_index=True)
    path = tmp_path / "status.csv"
    status_changes(again.sort_values(["ticket", "updated"], kind="stable"), path)
    assert learn(read_log(path, load_mapping("auto"))).reopen.mode == 0


FINNISH = {
    "New": ("Uusi", "schedule"),
    "In progress": ("Työssä", "start"),
    "Waiting for user": ("Kysytty", "suspend"),
    "Waiting for vendor": ("Toimittajalla", "suspend"),
    "Resolved": ("Ratkaistu", "complete"),
    "Closed": ("Valmis", "complete"),
}


def in_finnish(rows: pd.DataFrame, path: Path) -> None:
    """XES in words that nobody knows; every ticket is closed by a clock, a week after it was resolved."""
    ends = rows[rows["state"] == "Resolved"].groupby("ticket", sort=False).tail(1)
    closings = ends.assign(state="Closed", updated=ends["updated"] + pd.Timedelta(days=7))
    rows = pd.concat([rows, closings]).sort_values(["ticket", "updated"], kind="stable")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<log xes.version="1.0">']
    for ticket, events in rows.groupby("ticket", sort=False):
        lines.append(f'<trace><string key="concept:name" value="{ticket}"/>')
        lines += [
            f'<event><string key="concept:name" value="{FINNISH[state][0]}"/>'
            f'<string key="lifecycle:transition" value="{FINNISH[state][1]}"/>'
            f'<string key="org:group" value="{team}"/>'
            f'<date key="time:timestamp" value="{time:%Y-%m-%dT%H:%M:%S}+01:00"/></event>'
            for state, team, time in events[["state", "team", "updated"]].to_numpy()
        ]
        lines.append("</trace>")
    path.write_text("\n".join([*lines, "</log>"]), encoding="utf-8")


def test_the_end_is_found_by_the_clock_that_closes(tmp_path: Path, known: Organisation) -> None:
    """Were the last event the end, every ticket would take a week longer than it did."""
    in_finnish(example(), tmp_path / "log.xes")
    log = read_log(tmp_path / "log.xes", load_mapping("auto"))
    told = {item.name: item.text for item in [*log.findings, *learn(log).findings]}
    assert "'Ratkaistu' is taken as resolved" in told["end_states"]
    assert "7 days after" in told["auto_close"]
    assert "'Kysytty'" in told["waiting_states"]
    again = read_log(tmp_path / "log.xes", log.mapping)
    ended, wanted, repeated = (
        cases_of(one).set_index("case")["resolved"].sort_index() for one in (log, known.log, again)
    )
    pd.testing.assert_series_equal(ended, wanted)
    pd.testing.assert_series_equal(ended, repeated)


def closed_by_clock(rows: pd.DataFrame, path: Path, cut: str) -> None:
    """XES of which nothing tells the end but a clock, a week after it; extracted at a moment."""
    ends = rows[rows["state"] == "Resolved"].groupby("ticket", sort=False).tail(1)
    closings = ends.assign(state="Kiinni", updated=ends["updated"] + pd.Timedelta(days=7))
    number = rows["ticket"].str[1:].astype(int) % 3
    words = number.map({0: "Korjattu", 1: "Turha", 2: "Sama"})
    rows = rows.assign(state=words.where(rows["state"] == "Resolved", "Kesken"))
    rows = pd.concat([rows, closings]).sort_values(["ticket", "updated"], kind="stable")
    lines = ['<log xes.version="1.0">']
    for ticket, events in rows[rows["updated"] <= cut].groupby("ticket", sort=False):
        lines.append(f'<trace><string key="concept:name" value="{ticket}"/>')
        lines += [
            f'<event><string key="concept:name" value="{state}"/><string key="org:group" value="{team}"/>'
            f'<date key="time:timestamp" value="{time:%Y-%m-%dT%H:%M:%S}+01:00"/></event>'
            for state, team, time in events[["state", "team", "updated"]].to_numpy()
        ]
        lines.append("</trace>")
    path.write_text("\n".join([*lines, "</log>"]), encoding="utf-8")


def test_what_a_clock_has_not_closed_yet_is_not_taken_as_open(tmp_path: Path, known: Organisation) -> None:
    """Of the last week nobody knows: its tickets are left out, and of the others hardly any is open."""
    closed_by_clock(example(), tmp_path / "log.xes", "2026-05-12")
    log = read_log(tmp_path / "log.xes", load_mapping("auto"))
    assert "Of the last 7 days nobody knows" in next(
        item.text for item in log.findings if item.name == "end_before_clock"
    )
    cases = cases_of(log).set_index("case")
    assert log.rows["time"].max() < pd.Timestamp("2026-05-05")
    assert cases["resolved"].isna().sum() <= 5
    truth = cases_of(known.log).set_index("case")["resolved"].reindex(cases.index)
    ended = cases["resolved"].notna()
    pd.testing.assert_series_equal(cases.loc[ended, "resolved"], truth[ended])


def test_a_base_learnt_by_the_clock_can_be_tested_on_a_later_export(tmp_path: Path) -> None:
    closed_by_clock(example(), tmp_path / "early.xes", "2026-05-12")
    closed_by_clock(example(), tmp_path / "later.xes", "2026-07-01")
    base = tmp_path / "real.yaml"
    calibrate(tmp_path / "early.xes", "auto", base, replay=False)
    found = backtest(str(base), tmp_path / "later.xes", wanted=Playing(2))
    assert str(found.period.start.date()) == "2026-05-05"
    assert str(found.period.last) <= "2026-06-24"
    assert found.resolved >= 0.98 * found.cases


def test_a_log_whose_end_only_its_last_event_tells_can_be_backtested(tmp_path: Path) -> None:
    rows = example()
    path = tmp_path / "plain.xes"
    event_log(rows.assign(state="New"), path)
    log = read_log(path, load_mapping("auto"))
    assert "last_event_as_end" in {item.name for item in log.findings}
    cases = cases_of(log)
    assert tickets_of_log(log, cases, pd.Timestamp("2026-05-01")).gone.max() < np.inf


def test_a_rare_word_for_the_end_is_not_the_end(tmp_path: Path) -> None:
    rows = example()
    last = rows["ticket"].drop_duplicates().tail(20)
    odd = rows["ticket"].isin(last) & (rows["state"] == "Resolved")
    state = rows["state"].replace("Resolved", "Closed").where(~odd, "Fixed")
    rows.assign(state=state)[["ticket", "updated", "state", "team"]].to_csv(tmp_path / "log.csv", index=False)
    log = read_log(tmp_path / "log.csv", load_mapping("auto"))
    assert log.mapping.states.resolved == []
    assert "closed_as_resolved" in {item.name for item in log.findings}
    assert cases_of(log)["hours"].notna().mean() > 0.9


def test_states_that_the_log_does_not_have_are_named(tmp_path: Path) -> None:
    mapping = load_mapping(str(MAPPING))
    slip = mapping.model_copy(update={"states": mapping.states.model_copy(update={"resolved": ["Resolvd"]})})
    told = {item.name: item.text for item in read_log(EXAMPLE, slip).findings}
    assert "did you mean Resolved?" in told["absent_states"]
