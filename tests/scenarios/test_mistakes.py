"""Every mistake ends in sentences that name file, line, key and value, and say what is allowed."""

# ruff: noqa: E501 (one mistake, one line: the table reads better that way)

from pathlib import Path

import pytest

from scenarios import load
from scenarios.errors import BadInput
from tests.scenarios.tiny import TINY, override, write


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


# What is replaced, by what, and what the message must hold ({line} is the line of the replacement).
MISTAKES = {
    "unknown key": ("seats: 10", "seets: 10", "tiny.yaml:{line} teams.desk.seets: is not a known key (did you mean seats?)"),
    "missing key": ("    seats: 10\n", "", "teams.desk.seats: is missing (People, each with one item of work at a time)"),
    "negative seats": ("seats: 10", "seats: -2", "tiny.yaml:{line} teams.desk.seats = -2: must be a whole number from 0 to 10000"),
    "bare number": ("absence: 20 % (10 to 30) own D", "absence: 0.2", "teams.desk.absence = 0.2: must be a share from 0 % to 100 %; a bare number is not enough, name the unit"),
    "share above 100": ("misrouting: 10 %", "misrouting: 110 %", "categories.fault.misrouting = 110 %: must be a share from 0 % to 100 %"),
    "wrong unit": ("{mean: 2 h,", "{mean: 2 hours,", "categories.fault.stages.second.work.mean = 2 hours: must be a time such as"),
    "low above mode": ("20 % (10 to 30)", "20 % (25 to 30)", "teams.desk.absence = 20 % (25 to 30) own D: must have low <= mode <= high"),
    "unknown source": ("40 USD/h (30 to 60) own D", "40 USD/h (30 to 60) owm D", "has the unknown source `owm` (did you mean own?)"),
    "unknown grade": ("40 USD/h (30 to 60) own D", "40 USD/h (30 to 60) own Z", "grade = Z: must be A, B, C, D, E or claim"),
    "unknown category": ("category: fault, rate: 70", "category: faults, rate: 70", "incidents.trouble.category = faults: is not in `categories`; there is fault (did you mean fault?)"),
    "unknown team": ("entry: desk", "entry: dsk", "categories.fault.entry.dsk = dsk: is not in `teams`; there is desk or second (did you mean desk?)"),
    "unknown service": ("service: back", "service: bck", "requests.access.service = bck: is not in `services`"),
    "unknown calendar": ("day: {hours: office}", "day: {hours: offce}", "teams.desk.shifts.day.hours = offce: is not in `calendars`; there is always or office (did you mean office?)"),
    "unknown profile": ("profile: day,", "profile: dya,", "services.shop.profile = dya: is not in `profiles`"),
    "unknown peak": ("peaks: [sale]", "peaks: [sales]", "services.shop.peaks[1] = sales: is not in `peaks`; there is sale (did you mean sale?)"),
    "unknown mix": ("impacts: mix}", "impacts: mic}", "incidents.trouble.impacts = mic: is not in `impacts`; there is mix (did you mean mix?)"),
    "unknown clock": ("clock: office", "clock: offices", "service_levels.clock = offices: is not in `calendars`"),
    "unknown metric": ("availability_share", "availability", "targets.open.metric = availability: is not an outcome of the catalogue (did you mean availability_share?)"),
    "metric without unit": ("at_least: 99 %", "at_least: 99", "targets.open.at_least = 99: must be a share from 0 % to 100 %; a bare number is not enough, name the unit (availability_share is measured in percent)"),
    "two thresholds": ("at_least: 99 %", "at_least: 99 %, at_most: 100 %", "targets.open = {objective: Sell"),
    "priority mix below 100": ("share: 90 %, priority", "share: 80 %, priority", "impacts.mix = 90 % in all: must make 100 %"),
    "routing above 100": ("then: second}", "then: {second: 70 %, desk: 40 %}}", "categories.fault.stages.desk.then = 110 % in all: must make 100 %"),
    "routing to a team without a stage": ("      second: {work: {mean: 2 h, shape: exponential}}\n", "", "categories.fault.stages.desk.then.second = second: has no stage in this category"),
    "routing that never ends": (
        "resolves: 70 %, then: second}\n      second: {work: {mean: 2 h, shape: exponential}}",
        "resolves: 0 %, then: second}\n      second: {work: {mean: 2 h}, resolves: 0 %, then: desk}",
        "categories.fault.stages.desk.resolves = 0 %: never ends: no team that a ticket can reach from here resolves any",
    ),
    "a stage that passes on to nobody": ("resolves: 70 %, then: second}", "resolves: 70 %}", "must be 100 %, or `then` must say where the others go"),
    "team without shifts": ("shifts: {day: {hours: office}}", "shifts: {}", "teams.desk.shifts: must have at least one shift with hours"),
    "shift without hours": ("day: {hours: office}", "day: {hours: {}}", "has no hours; write days and spans of time"),
    "absence round the clock": ("    seats: 4\n", "    seats: 4\n    absence: 5 %\n", "teams.second.absence = 5 %: must be 0 %: shift `all` is round the clock"),
    "unknown day": ('{mon-fri: "08:00', '{mon-fry: "08:00', "calendars.office.mon-fry = mon-fry: is not a day"),
    "a day twice": ('{mon-fri: "08:00-12:00 13:00-17:00"}', '{mon-fri: "08:00-12:00", fri: "13:00-14:00"}', "names fri again (already in `mon-fri`)"),
    "hours that overlap": ("08:00-12:00 13:00", "08:00-12:00 11:00", "calendars.office.mon-fri"),
    "hours that are none": ("08:00-12:00 13:00", "8-12 13:00", "must be spans of time such as"),
    "weights of half a day": ("[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,", "[1,", "profiles.day.sat-sun"),
    "a day without weights": ("    sat-sun:", "    sat:", "profiles.day"),
    "a peak without end": ("{from: 01-12, days: 2, factor: 3}", "{from: 01-12, factor: 3}", "must have either `to` or `days`"),
    "a peak on no day": ("from: 01-12", "from: 5th foo nov", "peaks.sale.from = 5th foo nov: must be a day of the year such as 12-10 or `4th thu nov`"),
    "bad date": ("weeks: 4", "weeks: 4\nstart: 2026-13-01", "start = 2026-13-01: must be a date from 1950 to 2090"),
    "no length": ("weeks: 4\n", "", "must have either `weeks` or `hours`"),
    "warm-up of odd hours": ("weeks: 4", "weeks: 4\nwarmup: 30 h", "warmup = 30 h: must be whole days"),
    "unknown zone": ("weeks: 4", "weeks: 4\nzone: Mars", "zone = Mars: must be an IANA time zone"),
    "unknown country": ("country: US", "country: UX", "holidays.country = UX: must be a country code"),
    "two currencies": ("40 USD/h (30 to 60)", "40 EUR/h (30 to 60)", "teams.desk.cost = 40 EUR/h: must be in USD"),
    "more users than there are": ("scope: 1 user,", "scope: 11 users,", "is more than the 10 users of shop"),
    "a scope for the wrong people": ("scope: 1 user,", "scope: 1 customer,", "must fit `hits: employees`"),
    "priority five": ("priority: 4, scope", "priority: 5, scope", "impacts.mix.one.priority = 5: must be at most 4"),
    "wrong type": ("customer_facing: true", "customer_facing: yes", "services.shop.customer_facing = yes: must be true or false"),
    "text instead of keys": ("business: {customers: 1000, employee_cost: 40 USD/h, work_hours: office}", "business: none", "business = none: must be keys with values"),
    "a list instead of keys": ("  back: {users: 20}", "  back: [20]", "services.back = [20]: must be keys with values"),
    "unknown role": ("role: desk", "role: dsk", "teams.desk.role = dsk: must be desk, field, operations, network, application, data, security or other (did you mean desk?)"),
    "unknown policy": ("role: desk", "policy: severety", "teams.desk.policy = severety: must be first_come, severity, sla, shortest_job or business_impact (did you mean severity?)"),
    "bad name": ("  back: {users: 20}", "  b.ck: {users: 20}", "services.b.ck: is not a name"),
    "unknown shape": ("{mean: 2 h, shape: exponential}", "{mean: 2 h, shape: expo}", "work.shape = expo: must be constant, exponential"),
    "shape without its number": ("{mean: 2 h, shape: exponential}", "{mean: 2 h, shape: lognormal}", "needs `cv` for the shape lognormal"),
    "number without its shape": ("{mean: 2 h, shape: exponential}", "{mean: 2 h, shape: exponential, cv: 1}", "has `cv`, which the shape exponential does not use"),
    "unknown scipy distribution": ("{mean: 2 h, shape: exponential}", "{mean: 2 h, shape: {scipy: gama, a: 2}}", "must be a continuous distribution of scipy.stats (did you mean gamma?)"),
    "scipy distribution below 0": ("{mean: 2 h, shape: exponential}", "{mean: 2 h, shape: {scipy: norm}}", "has no values of at least 0 only"),
    "scipy without its number": ("{mean: 2 h, shape: exponential}", "{mean: 2 h, shape: {scipy: gamma}}", "the parameters of scipy's gamma are a"),
    "no work at all": ("incidents:\n  trouble: {service: shop, category: fault, rate: 70 /week (50 to 100) own D, impacts: mix}\nrequests:\n  access: {service: back, category: fault, rate: 7 /week, automatable: true, within: 1 bd}", "", "there is no work to simulate"),
    "a window that ends before it starts": ("within: 4 weeks}", "within: {from: week 3, to: week 2}}", "must end after it starts"),
    "another version": ("watermelon: 1", "watermelon: 2", "tiny.yaml:1 watermelon = 2: must be 1"),
    "another kind": ("kind: base", "kind: bse", "tiny.yaml:2 kind = bse: must be base, override or scenario (did you mean base?)"),
    "no kind": ("kind: base\n", "", "kind: is missing; it must be base, override or scenario"),
    "a key twice": ("title: Tiny", "title: Tiny\ntitle: Again", "tiny.yaml:4 title: is written twice (first at tiny.yaml:3); keep one of them"),
    "an anchor": ("title: Tiny", "title: &here Tiny", "anchors and aliases (&, *) are not used here"),
    "an alias": ("title: Tiny", "title: &here Tiny\nstory: *here", "anchors and aliases (&, *) are not used here"),
    "a tag": ("title: Tiny", "title: !!python/object:os.system Tiny", "tags (!) are not used here"),
    "a tab": ("  desk:\n    role", "  desk:\n\trole", "YAML is indented with spaces; there is a tab here"),
    "two documents": ("title: Tiny", "---\ntitle: Tiny", "holds several documents (---); one is allowed"),
    "a key that is a list": ("title: Tiny", "[a, b]: Tiny", "a key must be a plain word"),
    "a lost colon": ("title: Tiny", "title: Tiny: more", "a second colon, or a line with the wrong indentation"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_one_useful_sentence(name: str, tmp_path: Path) -> None:
    old, new, expected = MISTAKES[name]
    assert old in TINY
    text = TINY.replace(old, new, 1)
    with pytest.raises(BadInput) as caught:
        load(write(tmp_path, text))
    said = str(caught.value)
    assert expected.replace("{line}", str(line_of(TINY, old))) in said
    assert "Traceback" not in said
    assert "pydantic" not in said


def test_all_mistakes_of_a_file_are_listed_at_once(tmp_path: Path) -> None:
    text = TINY.replace("seats: 10", "seats: many").replace("misrouting: 10 %", "misrouting: 10")
    with pytest.raises(BadInput) as caught:
        load(write(tmp_path, text.replace("share: 90 %", "share: ninety")))
    assert [problem.path for problem in caught.value.problems] == [
        "teams.desk.seats",
        "categories.fault.misrouting",
        "impacts.mix.one.share",
    ]


def test_long_lists_of_mistakes_are_cut(tmp_path: Path) -> None:
    text = TINY + "assumed: [" + ", ".join("[1]" for _ in range(40)) + "]\n"
    with pytest.raises(BadInput, match="and 15 more like these"):
        load(write(tmp_path, text))


OVERRIDES = {
    "unknown field": ("{set: teams.desk.seets, to: 3}", "names `seets`, which `desk` does not have (did you mean seats?)"),
    "unknown section": ("{set: team.desk.seats, to: 3}", "names `team`, which a base does not have (did you mean teams?)"),
    "unknown attribute": ("{set: 'teams[rol=desk].seats', to: 3}", "selects by `rol`, which does not exist (did you mean role?)"),
    "a group": ("{set: teams.desk, to: 3}", "stops at a group; go on with one of title, role"),
    "not a selector": ("{set: 'teams[', to: 3}", "is not a selector such as teams.desk.seats"),
    "wrong unit": ("{set: teams.desk.absence, to: 3}", "plan.yaml:6 changes[1].to = 3: for teams.desk.absence must be a share from 0 % to 100 %"),
    "wrong unit of plus": ("{plus: teams.desk.absence, by: 3 h}", "for teams.desk.absence must be an amount to add"),
    "unit of times": ("{times: teams.desk.absence, by: 3 %}", "must be a factor from 0 to 1000, without a unit"),
    "times on a choice": ("{times: teams.desk.policy, by: 2}", "must be a `set`: it is a choice"),
    "ramp on a choice": ("{set: teams.desk.policy, to: sla, ramp: 2 weeks}", "cannot be used on teams.desk.policy"),
    "times on text": ("{times: teams.desk.title, by: 2}", "cannot be used on teams.desk.title, which is not a number"),
    "no kind": ("{to: 3}", "must have exactly one of `set`, `times` and `plus`"),
    "two kinds": ("{set: teams.desk.seats, plus: teams.desk.seats, to: 3}", "must have exactly one of"),
    "set without to": ("{set: teams.desk.seats, by: 3}", "`set` goes with `to`"),
    "unknown source": ("{set: teams.desk.seats, to: 3 (2 to 4) pwn D}", "has the unknown source `pwn` (did you mean own?)"),
    "no moment": ("{set: teams.desk.seats, to: 3, from: week four}", "must be a moment: start, day 30, week 4"),
    "before the start": ("{set: teams.desk.seats, to: 3, from: 2020-01-01}", "must not be before the start"),
    "until before from": ("{set: teams.desk.seats, to: 3, from: week 3, until: week 3}", "must be after `from`"),
    "bad ramp": ("{set: teams.desk.seats, to: 3, ramp: long}", "changes[1].ramp = long: must be a time such as"),
    "levers that leave no end": ("{set: 'categories.fault.stages[*].resolves', to: 0 %}", None),
}  # fmt: skip


@pytest.mark.parametrize("name", OVERRIDES)
def test_a_mistake_in_an_override_names_its_line(name: str, tmp_path: Path) -> None:
    change, expected = OVERRIDES[name]
    path = override(tmp_path, f"  - {change}")
    base = write(tmp_path)
    if expected is None:
        load(f"{base}+{path}")
        return
    with pytest.raises(BadInput) as caught:
        load(f"{base}+{path}")
    assert expected in str(caught.value)


def test_levers_must_leave_tickets_a_way_to_an_end(tmp_path: Path) -> None:
    text = TINY.replace(
        "second: {work: {mean: 2 h, shape: exponential}}",
        "second: {work: {mean: 2 h}, resolves: 50 %, then: desk}",
    )
    plan = override(tmp_path, "  - {set: 'categories.fault.stages[*].resolves', to: 0 %, from: week 1}")
    with pytest.raises(BadInput, match=r"resolves falls to 0 %"):
        load(f"{write(tmp_path, text)}+{plan}")


def test_a_steady_state_has_no_timeline(tmp_path: Path) -> None:
    plan = override(tmp_path, "  - {set: teams.desk.seats, to: 3, from: week 1}", head="since: always")
    with pytest.raises(BadInput, match="must be left out where the file says `since: always`"):
        load(f"{write(tmp_path)}+{plan}")


def test_costs_are_in_the_currency_of_the_base(tmp_path: Path) -> None:
    head = "costs: [{name: Tool, amount: 5 EUR}]"
    plan = override(tmp_path, "  - {set: teams.desk.seats, to: 3}", head=head)
    with pytest.raises(BadInput, match=r"costs\[1\].amount = 5 EUR: must be in USD"):
        load(f"{write(tmp_path)}+{plan}")


SIZES = {
    "per: 3000": r"costs\[1\].per = 3000: must be a number of employees such as 3000 employees; a bare number",
    "per: 0 employees": "must be a number of employees such as 3000 employees",
    "per: 3000 employes": r"did you mean employees\?",
    "per: 9 employees (5 to 20)": "must have one number as `per`",
}


@pytest.mark.parametrize("text", SIZES)
def test_the_size_that_a_cost_is_for_is_checked(text: str, tmp_path: Path) -> None:
    head = f"costs: [{{name: Tool, amount: 5 USD, {text}}}]"
    plan = override(tmp_path, "  - {set: teams.desk.seats, to: 3}", head=head)
    with pytest.raises(BadInput, match=SIZES[text]):
        load(f"{write(tmp_path)}+{plan}")


NAMES = {
    "automation": "automation is an override, not a whole organisation; write BASE+automation",
    "smal": "smal is no scenario (did you mean small?); there is baseline, small",
    "SMALL": "(did you mean small?)",
    "small.yaml": "small.yaml: no such file (did you mean small, which is shipped?)",
    "small+automation+automation": "automation is named twice",
    "small+baseline": "baseline is a base; after the + (and in `overrides`) stands an override",
    "small+": "must be a scenario, or BASE+override+override",
    "": "must be a scenario, or BASE+override+override",
    "/nowhere/x.yaml": "no such file",
    "x\0y.yaml": "x",
    "a" * 5000: "is no scenario",
}


@pytest.mark.parametrize("name", NAMES, ids=[name[:30].replace("\0", "0") for name in NAMES])
def test_a_name_that_means_nothing(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        load(name)
    assert NAMES[name] in str(caught.value)


@pytest.mark.parametrize("hours", [0, -1, 1.5, float("nan"), float("inf"), 1e12])
def test_a_horizon_is_whole_hours(hours: float) -> None:
    with pytest.raises(BadInput, match="--until"):
        load("small", until_hours=hours)


SETS = {
    "teams.desk.seats": "must be PATH=VALUE",
    "=3": "must be PATH=VALUE",
    "teams.desk.seats=": "must be PATH=VALUE",
    "teams.dsk.seats=3": "`dsk` is not there (did you mean desk?)",
    "teams[role=field].seats=3": "none of its teams is role=field; there is",
    "teams.desk.seats={": "is not valid YAML",
    "teams.desk.seats=-2": "--set teams.desk.seats = -2: must be a whole number from 0 to 10000",
    "currency=EUR": "must be in EUR",
    "teams.desk.ring_fenced=3": "--set teams.desk.ring_fenced = 3: must be at most seats = 2",
    "teams.desk.seats=0": "--set teams.desk.seats = 0: then small.yaml:113 teams.desk.on_call = 1 must be at most",
}


@pytest.mark.parametrize("text", SETS)
def test_a_set_that_means_nothing(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        load("small", [text])
    assert SETS[text] in str(caught.value)


@pytest.mark.parametrize("second", ["teams.desk.seats=3", "teams[role=desk].seats=4", "teams[*].seats=5"])
def test_two_sets_on_one_key_are_both_named(second: str) -> None:
    with pytest.raises(BadInput) as caught:
        load("small", ["teams.desk.seats=3", second])
    assert f"--set {second}: changes teams.desk.seats, which --set teams.desk.seats=3 changes too" in str(
        caught.value
    )


def test_weeks_and_hours_are_one_key() -> None:
    with pytest.raises(BadInput, match="--set hours=48: changes hours, which --set weeks=2 changes too"):
        load("small", ["weeks=2", "hours=48"])


REFERENCES = {
    "base: nosuch.yaml": "mine.yaml:4 base = nosuch.yaml: no such file",
    "base: company.yml": "mine.yaml:4 base = company.yml: no such file (did you mean company.yaml?)",
    "base: smal": "mine.yaml:4 base = smal: smal is no scenario (did you mean small?); there is",
    "base: .": "mine.yaml:4 base = .: . is no scenario",
    "base: ./": "mine.yaml:4 base = ./: is a folder",
    "base: automation": "mine.yaml:4 base = automation: must be a base (a whole organisation); it is an override",
    "base: mine.yaml": "mine.yaml:4 base = mine.yaml: must be a base (a whole organisation); it is a scenario",
    "base: small\noverrides: [automation, no.yaml]": "mine.yaml:5 overrides[2] = no.yaml: no such file",
    "base: small\noverrides:\n  - small": "mine.yaml:6 overrides[1] = small: must be an override; it is a base",
    "base: company.yaml": "company.yaml:1 kind = bse: must be base, override or scenario",
}


@pytest.mark.parametrize("text", REFERENCES)
def test_a_file_that_a_file_names_is_told_with_its_line(text: str, tmp_path: Path) -> None:
    write(tmp_path, "kind: bse\n", "company.yaml")
    mine = write(tmp_path, f"watermelon: 1\nkind: scenario\ntitle: Mine\n{text}\n", "mine.yaml")
    with pytest.raises(BadInput) as caught:
        load(mine)
    said = str(caught.value).replace(f"{tmp_path}/", "").replace(str(tmp_path), "")
    assert REFERENCES[text] in said
