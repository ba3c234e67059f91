"""Synthetic logs, each with one trap planted that real exports have: it is diagnosed by its name.

The same log without the trap must not be diagnosed: a finding that is always there says nothing.
"""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from calibration.cleaning import log_findings
from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Cleaning, load_mapping
from calibration.fit.cases import cases_of
from calibration.fit.window import stable_window

MONDAY = datetime(2024, 1, 1)
WEEKS = 13
HEADER = [
    "number", "incident_state", "reassignment_count", "made_sla", "caller_id", "opened_at", "sys_updated_by",
    "sys_updated_at", "category", "impact", "urgency", "priority", "assignment_group", "assigned_to",
    "resolved_at", "closed_at", "cmdb_ci", "rfc",
]  # fmt: skip

Row = dict[str, str]
Case = list[Row]


def stamp(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}"


def log_of(seed: int = 1) -> list[Case]:
    """A log without traps: steady, one hump, nothing known before it happens."""
    chance = np.random.default_rng(seed)
    cases = []
    for day in range(7 * WEEKS):
        for second in np.sort(chance.integers(8 * 3600, 18 * 3600, chance.poisson(25 if day % 7 < 5 else 6))):
            opened = MONDAY + timedelta(days=day, seconds=int(second))
            cases.append(case_of(len(cases) + 1, opened, chance))
    return cases


def case_of(number: int, opened: datetime, chance: np.random.Generator) -> Case:
    priority = int(chance.choice([2, 3, 4]))
    hours = float(np.exp(chance.normal(np.log(2.0 * priority), 0.7)))
    resolved = opened + timedelta(hours=hours)
    closed = resolved + timedelta(hours=float(chance.uniform(0, 200)))
    common = {
        "number": f"INC{number:07d}",
        "made_sla": "true",
        "caller_id": f"Caller {chance.integers(300)}",
        "opened_at": stamp(opened),
        "category": f"Category {chance.integers(9)}",
        "impact": str(chance.integers(1, 4)),
        "urgency": str(chance.integers(1, 4)),
        "priority": str(priority),
        "assignment_group": "Desk",
        "cmdb_ci": f"CI {chance.integers(400)}",
        "rfc": "",
    }
    steps = [("New", opened), ("Active", opened + (resolved - opened) / 2), ("Resolved", resolved)]
    steps.append(("Closed", closed))
    rows = []
    for state, when in steps:
        rows.append(
            common
            | {
                "incident_state": state,
                "reassignment_count": "0",
                "sys_updated_by": f"agent {chance.integers(12)}",
                "sys_updated_at": stamp(when),
                "assigned_to": f"agent {chance.integers(12)}",
                "resolved_at": stamp(resolved) if state in ("Resolved", "Closed") else "",
                "closed_at": stamp(closed) if state == "Closed" else "",
            }
        )
    return rows


def opened(case: Case) -> datetime:
    return datetime.fromisoformat(case[0]["opened_at"])


def ended(case: Case) -> datetime:
    return datetime.fromisoformat(case[-1]["closed_at"])


# One function a trap


def thin_out(cases: list[Case]) -> list[Case]:
    return [case for number, case in enumerate(cases) if number % 7 not in (1, 4)]


def sample_one_in_twelve(cases: list[Case]) -> list[Case]:
    return cases[::12]


def select_on_closing(cases: list[Case]) -> list[Case]:
    return [case for case in cases if ended(case) >= MONDAY + timedelta(weeks=4)]


def cut_at_the_end(cases: list[Case]) -> list[Case]:
    return [case for case in cases if ended(case) < MONDAY + timedelta(weeks=WEEKS - 1)]


def leave_open(cases: list[Case]) -> list[Case]:
    late = MONDAY + timedelta(weeks=WEEKS - 3)
    slow = {case[0]["number"] for case in cases[::5] if opened(case) > late}
    return [case[:2] if case[0]["number"] in slow else case for case in cases]


def never_end(cases: list[Case]) -> list[Case]:
    """A tenth, all over the log."""
    return [case[:2] if number % 10 == 0 else case for number, case in enumerate(cases)]


def leak(cases: list[Case]) -> list[Case]:
    for case in cases:
        for row in case:
            row["resolved_at"] = case[-1]["resolved_at"]
            row["closed_at"] = case[-1]["closed_at"]
    return cases


def close_by_clock(cases: list[Case]) -> list[Case]:
    for case in cases:
        closed = datetime.fromisoformat(case[-1]["resolved_at"]) + timedelta(days=5)
        case[-1] |= {"closed_at": stamp(closed), "sys_updated_at": stamp(closed)}
    return cases


def miss_resolutions(cases: list[Case]) -> list[Case]:
    for case in cases[::14]:
        for row in case:
            row["resolved_at"] = ""
    return cases


def flip_the_flag(cases: list[Case]) -> list[Case]:
    for case in cases[::3]:
        case[-1]["made_sla"] = "false"
    return cases


def invert_priorities(cases: list[Case]) -> list[Case]:
    for case in cases:
        for row in case:
            row["priority"] = str(6 - int(row["priority"]))
    return cases


def derive_priority(cases: list[Case]) -> list[Case]:
    for case in cases:
        for row in case:
            row["priority"] = str((int(row["impact"]) + int(row["urgency"])) // 2 + 1)
    return cases


def split_durations(cases: list[Case]) -> list[Case]:
    for case in cases[::2]:
        quick = opened(case) + timedelta(minutes=8 + len(case[0]["caller_id"]) % 7)
        for row in case:
            row["resolved_at"] = stamp(quick) if row["resolved_at"] else ""
            if row["incident_state"] in ("Active", "Resolved"):
                row["sys_updated_at"] = stamp(quick)
    return cases


def wait_for_the_user(cases: list[Case]) -> list[Case]:
    for case in cases[::4]:
        case[1]["incident_state"] = "Awaiting User Info"
    return cases


def repeat_rows(cases: list[Case]) -> list[Case]:
    return [*cases, *[[dict(row) for row in case] for case in cases[:40]]]


def write_twice_a_moment(cases: list[Case]) -> list[Case]:
    for case in cases[::5]:
        case[1]["sys_updated_at"] = case[0]["sys_updated_at"]
    return cases


def update_in_bulk(cases: list[Case]) -> list[Case]:
    night = stamp(MONDAY + timedelta(weeks=WEEKS + 2))
    for case in cases[:200]:
        case[-1] |= {"sys_updated_at": night, "closed_at": night, "sys_updated_by": "system"}
    return cases


def go_live(cases: list[Case]) -> list[Case]:
    for case in cases:
        week = (opened(case) - MONDAY).days // 7
        if week < 5:
            start = opened(case)
            for row in case:
                for column in ("resolved_at", "closed_at", "sys_updated_at"):
                    if row[column]:
                        late = (datetime.fromisoformat(row[column]) - start) * (100 ** (1 - week / 5))
                        row[column] = stamp(start + late)
    return cases


def keep_a_holiday(cases: list[Case]) -> list[Case]:
    easter = datetime(2024, 3, 29)
    return [case for case in cases if opened(case).date() != easter.date() or case[0]["number"].endswith("0")]


def burst_after_a_change(cases: list[Case]) -> list[Case]:
    of_day = [case for case in cases if opened(case).date() == datetime(2024, 2, 6).date()]
    for case in of_day[:25]:
        for row in case:
            row["rfc"] = "CHG0001"
    return cases


def gather_on_few_items(cases: list[Case]) -> list[Case]:
    for case in cases[::2]:
        for row in case:
            row["cmdb_ci"] = "CI 1"
    return cases


def change_the_opening(cases: list[Case]) -> list[Case]:
    for case in cases[::9]:
        case[-1]["opened_at"] = case[-1]["sys_updated_at"]
    return cases


def update_too_early(cases: list[Case]) -> list[Case]:
    for case in cases[::9]:
        case[1]["sys_updated_at"] = stamp(opened(case) - timedelta(hours=3))
    return cases


TRAPS: dict[str, Callable[[list[Case]], list[Case]]] = {
    "thinned_ids": thin_out,
    "selected_on_closing": select_on_closing,
    "cut_at_the_end": cut_at_the_end,
    "still_open": leave_open,
    "left_open": never_end,
    "constant_resolved": leak,
    "constant_closed": leak,
    "auto_close": close_by_clock,
    "never_resolved": miss_resolutions,
    "sla_flips": flip_the_flag,
    "priority_not_faster": invert_priorities,
    "priority_function": derive_priority,
    "two_humps": split_durations,
    "waiting_states": wait_for_the_user,
    "duplicates": repeat_rows,
    "same_time": write_twice_a_moment,
    "bulk_updates": update_in_bulk,
    "transient": go_live,
    "holidays": keep_a_holiday,
    "change_bursts": burst_after_a_change,
    "opening_moves": change_the_opening,
    "update_before_opening": update_too_early,
}


def diagnosed(folder: Path, cases: list[Case], cleaning: Cleaning | None = None) -> dict[str, str]:
    """Names of all findings with their text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(row for case in cases for row in case)
    path = folder / "export.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    mapping = load_mapping("servicenow")
    if cleaning is not None:
        mapping = mapping.model_copy(update={"cleaning": cleaning})
    log: TicketLog = read_log(path, mapping)
    table = cases_of(log)
    _, found = stable_window(table, cleaning=mapping.cleaning)
    every = [*log.findings, *log_findings(log, table), *found]
    return {finding.name: str(finding) for finding in every}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return diagnosed(tmp_path_factory.mktemp("clean"), log_of())


@pytest.mark.parametrize("name", TRAPS)
def test_a_planted_trap_is_diagnosed_by_its_name(name: str, tmp_path: Path, clean: dict[str, str]) -> None:
    assert name not in clean
    found = diagnosed(tmp_path, TRAPS[name](log_of()))
    assert name in found
    assert any(letter.isdigit() for letter in found[name]), "a finding states its evidence"


def test_thinning_is_measured(tmp_path: Path) -> None:
    assert "1.4 times" in diagnosed(tmp_path, thin_out(log_of()))["thinned_ids"]
    assert "12.0 times" in diagnosed(tmp_path, sample_one_in_twelve(log_of()))["thinned_ids"]


def test_tickets_left_open_are_measured(tmp_path: Path) -> None:
    """A tenth of the tickets is never ended; chance moves the share among the old ones."""
    found = re.search(r"That is ([\d.]+)% of all", diagnosed(tmp_path, never_end(log_of()))["left_open"])
    assert found is not None
    assert abs(float(found[1]) - 10.0) < 0.3


def test_tickets_closed_by_the_clock_without_a_resolution_ended_at_once(tmp_path: Path) -> None:
    """Every 14th was written down when it was over: the clock counts from its opening."""
    cases = close_by_clock(log_of())
    for case in cases[::14]:
        closed = stamp(opened(case) + timedelta(days=5, minutes=40))
        case[:] = [row | {"resolved_at": "", "closed_at": closed} for row in case]
    missing = len(cases[::14])
    found = diagnosed(tmp_path, cases)["never_resolved"]
    assert "All of them closed as long after they were opened (5 days, to within 2 hours)" in found
    assert found.startswith(f"{missing} of {len(cases):,} cases")
    hours = [(ended(case) - opened(case)).total_seconds() / 3600 - 120 for case in cases]
    kept = [length for number, length in enumerate(hours) if number % 14]
    assert f"is {np.median([*kept, *[2 / 3] * missing]):.3g} h instead of {np.median(kept):.3g} h" in found
    overruled = diagnosed(tmp_path, cases, Cleaning(overrule=["auto_close"]))
    assert "ended nearly at once" not in overruled["never_resolved"]


@pytest.mark.parametrize("clock", [close_by_clock, lambda cases: cases])
def test_tickets_without_a_resolution_are_not_taken_as_quick_without_evidence(
    clock: Callable[[list[Case]], list[Case]], tmp_path: Path
) -> None:
    found = diagnosed(tmp_path, miss_resolutions(clock(log_of())))
    assert "ended nearly at once" not in found["never_resolved"]


def test_states_of_open_tickets_are_told(tmp_path: Path) -> None:
    """One of them may be an end that nobody named."""
    assert "Most stand in 'Active' (" in diagnosed(tmp_path, leave_open(log_of()))["still_open"]


def test_a_holiday_is_named(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, keep_a_holiday(log_of()), Cleaning(country="GB"))
    assert "Good Friday" in found["holidays"]


def test_repetition_is_measured(tmp_path: Path, clean: dict[str, str]) -> None:
    share = int(clean["repeats"].split(" carry ")[1].split("%")[0])
    gathered = diagnosed(tmp_path, gather_on_few_items(log_of()))["repeats"]
    assert int(gathered.split(" carry ")[1].split("%")[0]) > share + 20


@pytest.mark.parametrize(
    ("name", "trap"), [("transient", go_live), ("selected_on_closing", select_on_closing)]
)
def test_findings_that_are_acted_upon_can_be_overruled(
    name: str, trap: Callable[[list[Case]], list[Case]], tmp_path: Path
) -> None:
    found = diagnosed(tmp_path, trap(log_of()), Cleaning(overrule=[name]))
    assert "The mapping overrules this finding" in found[name]
