"""Exports of tools that no shipped mapping knows, of one organisation whose truth is known.

Some 3,000 tickets over 21 weeks: a service desk that settles half of them, three teams behind it, waits for
users, reassignments, reopened tickets, and closing by a clock after three days. Times are wall-clock times of
Europe/Berlin; the extract is taken at the end of the last week.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, WEEKS = datetime(2026, 1, 12), 21
END = MONDAY + timedelta(weeks=WEEKS)
DESK, APPS, NETWORK, CLIENTS = "Service Desk", "Applications", "Network", "Clients"
TEAMS = {"Software": APPS, "Network": NETWORK, "Hardware": CLIENTS, "Access": APPS}
NEW, ACTIVE, WAITING, RESOLVED, CLOSED = "new", "active", "waiting", "resolved", "closed"


@dataclass
class Ticket:
    """What became of a ticket; ``events`` are (time, state, team, person)."""

    number: int
    priority: int
    category: str
    request: bool
    caller: str
    events: list[tuple[datetime, str, str, str]]
    reopens: int = 0

    @property
    def opened(self) -> datetime:
        """Its first event."""
        return self.events[0][0]

    @property
    def state(self) -> str:
        """The state at the time of the extract."""
        return self.events[-1][1]

    @property
    def team(self) -> str:
        """The team at the time of the extract."""
        return self.events[-1][2]

    @property
    def handoffs(self) -> int:
        """Changes of the team."""
        teams = [event[2] for event in self.events]
        return sum(one != other for one, other in pairwise(teams))

    def last(self, state: str) -> datetime | None:
        """When it came into a state that it has not left but for closing."""
        times = [event[0] for event in self.events if event[1] == state]
        ended = self.state in (RESOLVED, CLOSED)
        return times[-1] if times and ended else None

    @property
    def hours(self) -> float:
        """Opened to resolved; NaN while it is not."""
        end = self.last(RESOLVED)
        return float("nan") if end is None else (end - self.opened).total_seconds() / 3600


def organisation(seed: int = 1) -> list[Ticket]:
    """All tickets that were opened before the extract."""
    chance = np.random.default_rng(seed)
    found: list[Ticket] = []
    for day in range(7 * WEEKS):
        mean = 28.0 if day % 7 < 5 else 4.0
        minutes = 60 * np.sort(8 + 10 * chance.beta(2, 3, chance.poisson(mean * chance.gamma(20, 1 / 20))))
        for minute in minutes:
            opened = MONDAY + timedelta(days=day, minutes=int(minute), seconds=int(chance.integers(60)))
            found.append(ticket(10_000 + len(found), opened, chance))
    return found


def ticket(number: int, opened: datetime, chance: np.random.Generator) -> Ticket:
    """One ticket, with what happened to it before the extract."""
    category = str(chance.choice(list(TEAMS), p=[0.35, 0.15, 0.25, 0.25]))
    priority = int(chance.choice([1, 2, 3, 4], p=[0.04, 0.16, 0.6, 0.2]))
    request = category == "Access" or chance.random() < 0.1
    teams = [DESK]
    if chance.random() < {"Access": 0.15, "Hardware": 0.7}.get(category, 0.55):
        teams.append(TEAMS[category])
        if chance.random() < 0.2:
            teams.append(str(chance.choice([team for team in (APPS, NETWORK, CLIENTS) if team != teams[-1]])))
    found = Ticket(number, priority, category, request, f"Caller {chance.integers(900)}", [])
    events = [(opened, NEW, DESK, "")]
    now = opened
    reopens = int(chance.random() < 0.04)
    for again in range(1 + reopens):
        for place, team in enumerate(teams if not again else teams[-1:]):
            person = f"{team[:3]} agent {chance.integers(3 + 2 * (team == DESK))}"
            quick = team == DESK
            now = after_work(now, float(chance.lognormal(1.5 if quick else 5.0, 1.0)))
            events.append((now, ACTIVE, team, person))
            if chance.random() < (0.06 if quick else 0.2):
                now += timedelta(minutes=5)
                events.append((now, WAITING, team, person))
                now = at_work(now + timedelta(hours=float(chance.lognormal(3.0, 0.8))))
                events.append((now, ACTIVE, team, person))
            slow = (0.6 if priority <= 2 else 1.0) * float(chance.lognormal(2.6 if quick else 5.5, 0.9))
            now = after_work(now, slow)
            if place == len(teams) - 1 or again:
                events.append((now, RESOLVED, team, person))
        if again < reopens:
            now = at_work(now + timedelta(hours=float(chance.uniform(1, 60))))
    events.append((now + timedelta(days=3), CLOSED, events[-1][2], events[-1][3]))
    found.events = [event for event in events if event[0] < END]
    states = [event[1] for event in found.events]
    found.reopens = sum(one == RESOLVED and other == ACTIVE for one, other in pairwise(states))
    return found


def after_work(when: datetime, minutes: float) -> datetime:
    """So many minutes later, of which only those on working days from 8 to 18 count."""
    now = at_work(when)
    evening = now.replace(hour=18, minute=0, second=0, microsecond=0)
    left = (evening - now).total_seconds() / 60
    return now + timedelta(minutes=minutes) if minutes <= left else after_work(evening, minutes - left)


def at_work(when: datetime) -> datetime:
    """The same time if it is on a working day from 8 to 18, else as long after 8 on the next one."""
    while when.weekday() >= 5 or not 8 <= when.hour < 18:
        late = when.hour >= 18 or when.weekday() >= 5
        when = when.replace(hour=8, minute=when.minute // 2) + timedelta(days=int(late))
    return when


def write(path: Path, header: list[str], rows: Iterable[list[str]], delimiter: str = ",") -> Path:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def epoch(time: datetime | None) -> str:
    """Seconds since 1970 of a wall-clock time of Berlin."""
    return "" if time is None else str(int(time.replace(tzinfo=BERLIN).astimezone(UTC).timestamp()))


def zendesk(path: Path, tickets: list[Ticket]) -> Path:
    """A list with epoch seconds, tags, stations instead of reassignments, and metrics in minutes."""
    header = [
        "Id", "Subject", "Status", "Priority", "Type", "Group", "Assignee", "Requester", "Requester Email",
        "Tags", "Via", "Created at", "Updated at", "Assigned at", "Solved at",
        "Full resolution time in minutes", "Group stations", "Assignee stations", "Reopens",
        "Replies", "Satisfaction Score", "Problem ID",
    ]  # fmt: skip
    states = {NEW: "New", ACTIVE: "Open", WAITING: "Pending", RESOLVED: "Solved", CLOSED: "Closed"}
    ranks = {1: "Urgent", 2: "High", 3: "Normal", 4: "Low"}
    return write(path, header, (
        [
            str(one.number), "Please help, nothing works", states[one.state], ranks[one.priority],
            "Task" if one.request else "Incident", one.team, one.events[-1][3], one.caller,
            f"{one.caller.lower().replace(' ', '.')}@example.org", f"{one.category.lower()} vpn", "Mail",
            epoch(one.opened), epoch(one.events[-1][0]), epoch(one.events[min(1, len(one.events) - 1)][0]),
            epoch(one.last(RESOLVED)), "" if one.hours != one.hours else str(round(60 * one.hours)),
            str(one.handoffs + 1), "2", str(one.reopens), "3", "Offered", "",
        ]
        for one in tickets
    ))  # fmt: skip


def american(time: datetime | None) -> str:
    """A date with the month first and a clock of twelve hours."""
    return "" if time is None else f"{time:%m/%d/%Y %I:%M %p}"


def freshservice(path: Path, tickets: list[Ticket]) -> Path:
    """A list with a clock of twelve hours, durations in hours beside the times, and own words for SLAs."""
    header = [
        "Ticket Id", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group", "Requester Name",
        "Department", "Created Time", "Due by Time", "Resolved Time", "Closed Time", "Last Update Time",
        "First Response Time (in Hrs)", "Resolution Time (in Hrs)", "Resolution Status", "Category", "Impact",
    ]  # fmt: skip
    states = {NEW: "Open", ACTIVE: "Open", WAITING: "Pending", RESOLVED: "Resolved", CLOSED: "Closed"}
    ranks = {1: "Urgent", 2: "High", 3: "Medium", 4: "Low"}
    return write(path, header, (
        [
            f"INC-{one.number}" if not one.request else f"SR-{one.number}", "Broken, again",
            states[one.state], ranks[one.priority], "Portal",
            "Service Request" if one.request else "Incident", one.events[-1][3], one.team,
            one.caller, "Finance",
            american(one.opened), american(one.opened + timedelta(hours=48)), american(one.last(RESOLVED)),
            american(one.last(CLOSED)), american(one.events[-1][0]), "0:12:00",
            "" if one.hours != one.hours else f"{int(one.hours)}:{int(60 * one.hours) % 60:02d}:00",
            "" if one.hours != one.hours else "Within SLA" if one.hours <= 48 else "SLA Violated",
            one.category, "Low",
        ]
        for one in tickets
    ))  # fmt: skip


def one_cell(path: Path, tickets: list[Ticket]) -> Path:
    """A list in French whose history stands in one cell: nothing else tells what happened when."""
    header = [
        "Numéro de ticket", "Titre", "Statut", "Priorité", "Catégorie", "Groupe", "Demandeur",
        "Date de création", "Historique des statuts",
    ]  # fmt: skip
    states = {
        NEW: "Nouveau", ACTIVE: "En cours", WAITING: "En attente utilisateur", RESOLVED: "Résolu",
        CLOSED: "Clos",
    }  # fmt: skip
    ranks = {1: "Critique", 2: "Haute", 3: "Moyenne", 4: "Basse"}
    return write(path, header, (
        [
            f"T{one.number}", "Aidez-moi", states[one.state], ranks[one.priority], one.category, one.team,
            one.caller, f"{one.opened:%Y-%m-%d %H:%M:%S}",
            " | ".join(f"{states[state]} ({time:%Y-%m-%d %H:%M:%S})" for time, state, *_ in one.events),
        ]
        for one in tickets
    ))  # fmt: skip


def dotted(time: datetime | None) -> str:
    """A date with the day first and dots."""
    return "" if time is None else f"{time:%d.%m.%Y %H:%M:%S}"


def german(path: Path, tickets: list[Ticket]) -> Path:
    """A history in German, with semicolons, decimal commas and dates with dots: one row a change."""
    header = [
        "Vorgangsnummer", "Kurzbeschreibung", "Status", "Statusgrund", "Priorität", "Kategorie",
        "Zugewiesene Gruppe", "Bearbeiter", "Melder", "Erstellt am", "Geändert am", "Gelöst am",
        "Aufwand (Std.)", "Vorgangsart",
    ]  # fmt: skip
    states = {
        NEW: ("Neu", ""), ACTIVE: ("In Bearbeitung", ""), WAITING: ("Wartend", "Rückmeldung des Anwenders"),
        RESOLVED: ("Gelöst", ""), CLOSED: ("Geschlossen", ""),
    }  # fmt: skip
    ranks = {1: "Kritisch", 2: "Hoch", 3: "Mittel", 4: "Niedrig"}
    return write(path, header, (
        [
            f"INC{one.number:012d}", "Geht nicht; dringend", *states[state], ranks[one.priority],
            one.category, team, person, one.caller, dotted(one.opened), dotted(time),
            dotted(one.last(RESOLVED)) if state in (RESOLVED, CLOSED) else "",
            f"{1 + one.number % 5 / 4:.2f}".replace(".", ","),
            "Anforderung" if one.request else "Störung",
        ]
        for one in tickets
        for time, state, team, person in one.events
    ), ";")  # fmt: skip
