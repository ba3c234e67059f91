"""A tiny organisation as text, to be changed and broken."""

from pathlib import Path

from scenarios import Scenario, load

TINY = """\
watermelon: 1
kind: base
title: Tiny
weeks: 4
currency: USD
holidays: {country: US}
business: {customers: 1000, employee_cost: 40 USD/h, work_hours: office}
calendars:
  office: {mon-fri: "08:00-12:00 13:00-17:00"}
profiles:
  day:
    mon-fri: [0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 0, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0]
    sat-sun: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
peaks:
  sale: {from: 01-12, days: 2, factor: 3}
service_levels: {clock: office, p1: 4 h, p2: 8 h, p3: 2 bd, p4: 40 bh}
services:
  shop: {users: 10, customer_facing: true, customer_share: 50 %, profile: day, peaks: [sale]}
  back: {users: 20}
teams:
  desk:
    role: desk
    seats: 10
    absence: 20 % (10 to 30) own D
    cost: 40 USD/h (30 to 60) own D
    shifts: {day: {hours: office}}
  second:
    seats: 4
    shifts: {all: {hours: always}}
categories:
  fault:
    entry: desk
    stages:
      desk: {work: {mean: 20 min (10 to 40) own D, shape: exponential}, resolves: 70 %, then: second}
      second: {work: {mean: 2 h, shape: exponential}}
    misrouting: 10 %
impacts:
  mix:
    one: {share: 90 %, priority: 4, scope: 1 user, severity: 50 %}
    all: {share: 10 %, priority: 1, scope: 100 %, severity: 80 %, hits: both}
incidents:
  trouble: {service: shop, category: fault, rate: 70 /week (50 to 100) own D, impacts: mix}
requests:
  access: {service: back, category: fault, rate: 7 /week, automatable: true, within: 1 bd}
targets:
  open: {objective: Sell, metric: availability_share, service: shop, at_least: 99 %, within: 4 weeks}
sources:
  own: {text: Our guess}
"""

UPKEEP = "upkeep: {windows: office, failures: trouble, faults: defects, overload: trouble, freezes: [sale]}"

PLANNED = (
    TINY.replace(
        "profile: day, peaks: [sale]}",
        f"""profile: day, peaks: [sale], peak_capacity: 4 (3 to 6) own D, {UPKEEP}}}""",
    )
    .replace(
        "    seats: 4\n",
        "    seats: 4\n    role: application\n    ring_fenced: 1\n"
        "    people: {attrition: 20 %/year (10 to 40) own D, vacancy: {mean: 8 weeks}, learning: 20 weeks}\n",
    )
    .replace(
        "targets:\n",
        """\
problems: {maturity: 30 % (10 to 50) own D, majors: 50 %, repeats: 3, window: 60 days}
faults:
  defects:
    incidents: trouble
    initial: 5
    rate: 0.5 /week (0.2 to 1) own D
    spread: {shape: lognormal, cv: 2}
    births: 0.7 /week (0.3 to 1) own D
    team: second
    investigation: {mean: 6 h}
    fix: normal
    fix_work: {mean: 8 h}
change_kinds:
  standard: {type: standard, deploy: {mean: 1 h}, risk: 5 %}
  normal: {type: normal, assess: {mean: 30 min}, deploy: {mean: 1 h}, risk: 10 % (5 to 20) own D}
  urgent: {type: emergency, deploy: {mean: 1 h}, risk: 20 %}
change_enablement:
  meetings: {mon: "10:00", thu: "09:30 15:00"}
  capacity: 5
  emergency: {kind: urgent, share: 50 %, work: {mean: 2 h}}
changes:
  patches:
    service: shop
    team: second
    kind: standard
    purpose: maintenance
    rate: 3 /week
    work: {mean: 2 h}
    due: 14 days
initiatives:
  app:
    service: shop
    kind: normal
    start: week 1
    due: 3 weeks
    every: 2
    value: 5000 USD/month (2000 to 9000) own D
    believed_weight: 3
    rank: 2
    parts: {second: {effort: 60 h (40 to 90) own D, batch: 8 h}, desk: {effort: 10 h}}
satisfaction: {patience: 8 h, handoff_loss: 10 %, reopen_loss: 30 %, weight: 20 %}
targets:
""",
    )
)
"""The tiny organisation with everything that is planned and that wears out."""


def write(folder: Path, text: str = TINY, name: str = "tiny.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def tiny(folder: Path, old: str = "", new: str = "", *sets: str) -> Scenario:
    """The tiny organisation with one text replaced by another."""
    assert old in TINY
    return load(write(folder, TINY.replace(old, new, 1) if old else TINY), sets)


def planned(folder: Path, old: str = "", new: str = "", *sets: str) -> Scenario:
    """The planned organisation with one text replaced by another."""
    assert old in PLANNED
    return load(write(folder, PLANNED.replace(old, new, 1) if old else PLANNED), sets)


def override(folder: Path, changes: str, name: str = "plan", head: str = "") -> str:
    """An override whose first change stands on line 6."""
    top = "watermelon: 1\nkind: override\ntitle: A plan\nsources: {own: {text: Our guess}}\nchanges:\n"
    return write(folder, f"{top}{changes}\n{head}\n", f"{name}.yaml")
