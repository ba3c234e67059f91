"""Mistakes in what is planned end in sentences that name file, line, key and value, and say what is allowed."""

# ruff: noqa: E501 (one mistake, one line: the table reads better that way)

from pathlib import Path

import pytest

from scenarios import load
from scenarios.errors import BadInput
from tests.scenarios.test_mistakes import line_of
from tests.scenarios.tiny import PLANNED, TINY, UPKEEP, override, write

# What is replaced, by what, and what the message must hold ({line} is the line of the replacement).
MISTAKES = {
    "faults of no stream": (
        "incidents: trouble\n",
        "incidents: truble\n",
        "tiny.yaml:{line} faults.defects.incidents = truble: is not in `incidents`; there is trouble (did you mean trouble?)",
    ),
    "faults of no team": (
        "    team: second\n    inv",
        "    team: secnd\n    inv",
        "faults.defects.team = secnd: is not in `teams`; there is desk or second (did you mean second?)",
    ),
    "a fix of no kind": (
        "fix: normal",
        "fix: norml",
        "faults.defects.fix = norml: is not in `change_kinds`; there is standard, normal or urgent (did you mean normal?)",
    ),
    "a rate without time": (
        "births: 0.7 /week (0.3 to 1) own D",
        "births: 0.7",
        "faults.defects.births = 0.7: must be a rate such as 12 /week",
    ),
    "a cause that is never found": (
        "    fix: normal",
        "    finds_cause: 0 %\n    fix: normal",
        "faults.defects.finds_cause = 0 %: must be a share from 1 % to 100 %",
    ),
    "a shape without its number": (
        "{shape: lognormal, cv: 2}",
        "{shape: lognormal}",
        "faults.defects.spread",
    ),
    "attrition as a share": (
        "attrition: 20 %/year (10 to 40) own D",
        "attrition: 20 %",
        "teams.second.people.attrition = 20 %: must be a rate from 0 %/year to 500 %/year",
    ),
    "an unknown type": (
        "type: emergency",
        "type: emergncy",
        "change_kinds.urgent.type = emergncy: must be standard, normal or emergency (did you mean emergency?)",
    ),
    "an emergency that is none": (
        "kind: urgent",
        "kind: normal",
        "change_enablement.emergency.kind = normal: must be of type emergency",
    ),
    "no change enablement": (
        'change_enablement:\n  meetings: {mon: "10:00", thu: "09:30 15:00"}\n  capacity: 5\n  emergency: {kind: urgent, share: 50 %, work: {mean: 2 h}}\n',
        "",
        "change_enablement: is missing; `faults` needs it",
    ),
    "a meeting on no day": (
        "meetings: {mon:",
        "meetings: {mn:",
        "change_enablement.meetings.mn = mn: is not a day",
    ),
    "a meeting at no time": (
        "09:30 15:00",
        "15:00 09:30",
        "change_enablement.meetings.thu = 15:00 09:30: must be times of the day in rising order",
    ),
    "a meeting at a span": (
        "09:30 15:00",
        "09:30-15:00",
        'must be times of the day such as "10:00" or "10:00 15:30", before 24:00',
    ),
    "no meetings": (
        'meetings: {mon: "10:00", thu: "09:30 15:00"}',
        "meetings: {}",
        "has no times; write days and times",
    ),
    "half a change a meeting": (
        "capacity: 5",
        "capacity: 5.5",
        "change_enablement.capacity = 5.5: must be a whole number of at least 0",
    ),
    "changes of a service without upkeep": (
        "patches:\n    service: shop",
        "patches:\n    service: back",
        "changes.patches.service = back: has no `services.back.upkeep`, which changes of it need",
    ),
    "an unknown purpose": (
        "purpose: maintenance",
        "purpose: maintain",
        "changes.patches.purpose = maintain: must be maintenance or routine (did you mean maintenance?)",
    ),
    "faults of a service without upkeep": (
        f", {UPKEEP}",
        "",
        "faults.defects.incidents = trouble: belongs to shop, which has no `upkeep`; fixes need it",
    ),
    "a freeze on no peak": (
        "freezes: [sale]",
        "freezes: [sales]",
        "services.shop.upkeep.freezes[1] = sales: is not in `peaks`; there is sale (did you mean sale?)",
    ),
    "a freeze without end": (
        "freezes: [sale]",
        "freezes: [{from: 12-01}]",
        "must have either `to` or `days`",
    ),
    "windows of no calendar": (
        "windows: office",
        "windows: offce",
        "services.shop.upkeep.windows = offce: is not in `calendars`; there is always or office (did you mean office?)",
    ),
    "failures of another service": (
        "failures: trouble",
        "failures: tremble",
        "services.shop.upkeep.failures = tremble: is not in `incidents`; there is trouble",
    ),
    "no capacity": (
        "peak_capacity: 4 (3 to 6) own D",
        "peak_capacity: -4",
        "services.shop.peak_capacity = -4: must be a factor from 0 to 1000",
    ),
    "an initiative that never starts": (
        "start: week 1",
        "start: weak 1",
        "initiatives.app.start = weak 1: must be a moment: start, week -8, day 30",
    ),
    "an initiative of no team": (
        "desk: {effort: 10 h}",
        "dsk: {effort: 10 h}",
        "initiatives.app.parts.dsk = dsk: is not in `teams`",
    ),
    "an initiative without parts": (
        "parts: {second: {effort: 60 h (40 to 90) own D, batch: 8 h}, desk: {effort: 10 h}}",
        "parts: {}",
        "initiatives.app.parts: must name at least one team",
    ),
    "an initiative after the end": (
        "    start: week 1\n    due: 3 weeks\n    every: 2\n",
        "    start: week 9\n",
        "initiatives.app.start = week 9: must lie within the run, warm-up included (day 0 to day 28)",
    ),
    "a batch of nothing": (
        "batch: 8 h",
        "batch: 0 h",
        "initiatives.app.parts.second.batch = 0 h: must be an effort of at least 1 min",
    ),
    "value without time": (
        "value: 5000 USD/month (2000 to 9000) own D",
        "value: 5000 USD",
        "initiatives.app.value = 5000 USD: must be money per month such as 20000 USD/month",
    ),
    "value in other money": (
        "value: 5000 USD/month (2000 to 9000) own D",
        "value: 5000 EUR/month",
        "initiatives.app.value = 5,000 EUR/month: must be in USD",
    ),
    "a name that a repetition has": (
        "satisfaction:",
        "  app-2: {service: shop, kind: normal, parts: {desk: {effort: 1 h}}}\nsatisfaction:",
        "initiatives.app-2: is what a repetition of app is called; choose another name",
    ),
    "an unknown key": (
        "majors: 50 %",
        "major: 50 %",
        "problems.major: is not a known key (did you mean majors?)",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told(name: str, tmp_path: Path) -> None:
    old, new, expected = MISTAKES[name]
    assert PLANNED.count(old) >= 1
    text = PLANNED.replace(old, new, 1)
    with pytest.raises(BadInput) as error:
        load(write(tmp_path, text))
    assert expected.replace("{line}", str(line_of(text, new))) in str(error.value)


def test_upkeep_needs_change_enablement(tmp_path: Path) -> None:
    text = TINY.replace("peaks: [sale]}", "peaks: [sale], upkeep: {windows: office}}")
    with pytest.raises(BadInput) as error:
        load(write(tmp_path, text))
    assert "change_enablement: is missing; `services.shop.upkeep` needs it" in str(error.value)


def test_demand_has_an_end_where_faults_cause_incidents(tmp_path: Path) -> None:
    write(tmp_path, PLANNED)
    plan = override(tmp_path, "  - {times: 'incidents[*].demand', by: 2.5, from: week 1}")
    with pytest.raises(BadInput) as error:
        load(f"{tmp_path / 'tiny.yaml'}+{plan}")
    assert "incidents.trouble.demand rises to 2.5; it must be at most 2" in str(error.value)
