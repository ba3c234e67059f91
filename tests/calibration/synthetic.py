"""Synthetic audit logs in ServiceNow's columns, with traps planted on purpose."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

HEADER = [
    "number", "incident_state", "reassignment_count", "reopen_count", "made_sla", "caller_id", "opened_at",
    "sys_updated_by", "sys_updated_at", "contact_type", "category", "subcategory", "priority",
    "assignment_group", "assigned_to", "short_description", "resolved_at", "closed_at",
]  # fmt: skip
MONDAY = datetime(2024, 1, 1)
DESK, NETWORK, PAYROLL = "Helpdesk Lisbon", "Network Porto", "Payroll Braga"
SECRET = "Maria da Silva lost her badge"


def synthetic_log(
    weeks: int = 6,
    per_day: float = 12.0,
    transient_weeks: int = 0,
    keep: float = 1.0,
    close_days: float = 5.0,
    seed: int = 1,
    quiet_day: int | None = None,
) -> str:
    """CSV text of an audit log.

    The desk ends 60% within 20 minutes, all of 'Password'; the others take a day in Network or Payroll,
    every fifth of them with two days of waiting for the user. ``transient_weeks`` of slow cases come first
    (100 times slower, shrinking); ``keep`` is the share of the numbers that is exported.
    """
    chance = np.random.default_rng(seed)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    number = 0
    for day in range(7 * weeks):
        mean = per_day if day % 7 < 5 else per_day / 6
        if day == quiet_day:
            mean = per_day / 10
        minutes = np.sort(chance.integers(8 * 60, 18 * 60, chance.poisson(mean)))
        for minute in minutes:
            number += 1
            opened = MONDAY + timedelta(days=day, minutes=int(minute))
            week = day // 7
            slow = 100.0 ** (1 - week / transient_weeks) if week < transient_weeks else 1.0
            rows = case_rows(number, opened, slow, close_days, chance)
            if chance.random() < keep:
                writer.writerows(rows)
    return out.getvalue()


def case_rows(
    number: int, opened: datetime, slow: float, close_days: float, chance: np.random.Generator
) -> list[list[str]]:
    """All rows of one case."""
    category = str(chance.choice(["Password", "Network", "Payroll"], p=[0.3, 0.4, 0.3]))
    direct = category == "Password" or chance.random() < 0.45
    person = f"agent{chance.integers(6)}"
    seen: list[tuple[datetime, str, int, str]] = [(opened, "New", 0, DESK)]
    now = opened + timedelta(minutes=slow * float(chance.uniform(4, 20)))
    if not direct:
        team = NETWORK if category == "Network" else PAYROLL
        seen.append((now, "Active", 1, team))
        now = at_work(now + timedelta(hours=slow * float(chance.uniform(4, 30))), chance)
        if chance.random() < 0.2:
            seen.append((now, "Awaiting User Info", 1, team))
            now = at_work(now + timedelta(hours=slow * float(chance.uniform(24, 72))), chance)
    handoffs, team = seen[-1][2], seen[-1][3]
    resolved, closed = now, now + timedelta(days=close_days)
    seen += [(resolved, "Resolved", handoffs, team), (closed, "Closed", handoffs, team)]
    made = resolved - opened < timedelta(hours=24)
    priority = "1 - Critical" if not direct and chance.random() < 0.25 else "3 - Moderate"
    caller = f"Caller {chance.integers(400)}"
    rows = []
    for when, state, count, group in seen:
        kept = made or when - opened < timedelta(hours=24)
        rows.append([
            f"INC{number:07d}", state, str(count), "0", str(kept).lower(), caller, stamp(opened), person,
            stamp(when), "Phone", category, f"{category} kind", priority, group, f"Person {person}", SECRET,
            stamp(resolved), stamp(closed),
        ])  # fmt: skip
    return rows


def at_work(when: datetime, chance: np.random.Generator) -> datetime:
    """The same time if it is in the second line's hours (Monday to Friday 8 to 18), else the next morning."""
    if when.weekday() < 5 and 8 <= when.hour < 18:
        return when
    morning = when.replace(hour=8, minute=0) + timedelta(days=1 if when.hour >= 8 else 0)
    while morning.weekday() >= 5:
        morning += timedelta(days=1)
    return morning + timedelta(minutes=float(chance.uniform(0, 120)))


def stamp(when: datetime) -> str:
    """A time as the export writes it."""
    return f"{when.day}/{when.month}/{when.year} {when:%H:%M}"


def write_log(folder: Path, text: str, name: str = "export.csv") -> Path:
    """The log as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
