"""What the shipped scenarios tell of themselves is what they play: every number of a story is looked up."""

from scenarios import catalogue, load
from scenarios.schema.base import Base
from scenarios.schema.files import Change, ChangeFile
from scenarios.schema.times import Hours
from sim.spec.calendars import DAY
from watermelon.cli.group import _LATER

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MONDAY, SATURDAY = 0, 5
MINUTES = 24 * 60


def told(name: str) -> str:
    """The story of a base or of an override."""
    scenario = load(name)
    own = scenario.layers[-1].file.story if "+" in name else scenario.merged.base.story
    return " ".join(own.split())


def base_of(name: str) -> Base:
    return load(name).merged.base


def override(name: str) -> ChangeFile:
    return load(f"baseline+{name}").layers[-1].file


def change_of(name: str, selector: str) -> Change:
    return next(change for change in override(name).changes if change.selector == selector)


def answered(base: Base, day: int) -> str:
    """When the desk begins and ends on a day of the week; the lunch of a lone shift is no closing time."""
    spans = [
        (begin % MINUTES, end - begin)
        for shift in base.teams["desk"].shifts.values()
        if isinstance(shift.hours, Hours)
        for begin, end in shift.hours.week
        if begin // MINUTES == day
    ]
    first, last = min(begin for begin, _ in spans), max(begin + length for begin, length in spans)
    return f"from {first // 60:02}:{first % 60:02} to {last // 60:02}:{last % 60:02}"


def test_the_story_of_the_baseline() -> None:
    base, story = base_of("baseline"), told("baseline")
    business = base.business
    revenue = 12 * business.customers.mode * business.revenue_per_customer_month.mode
    web = 8760 * base.services["ecommerce"].revenue.mode / revenue
    people = sum(team.seats.mode for team in base.teams.values())
    assert f"{base.services['workplace'].users.mode:,.0f} employees" in story
    assert f"{business.customers.mode:,.0f} customers" in story
    assert (
        f"{revenue / 1e6:.0f} million {base.currency} a year, of which {web:.0%}".replace("%", " %") in story
    )
    assert f"{people:.0f} people in {WORDS[len(base.teams)]} teams" in story
    assert f"keep {WORDS[len(base.services)]} services going" in story
    assert {answered(base, day) for day in range(SATURDAY)} == {"from 07:00 to 22:00"}
    assert f"The desk answers {answered(base, MONDAY)} on weekdays" in story
    assert f"and {answered(base, SATURDAY)} on weekends" in story
    assert answered(base, SATURDAY) == answered(base, SATURDAY + 1)
    assert "every team has somebody on call" in story
    assert min(team.on_call.mode for team in base.teams.values()) >= 1
    assert "Nobody is kept free for what is planned" in story
    assert max(team.ring_fenced.mode for team in base.teams.values()) == 0


def test_the_story_of_the_small_organisation() -> None:
    base, story = base_of("small"), told("small")
    desk, *others = base.teams.values()
    assert base.services["office"].users.mode == 90
    assert "Ninety employees" in story
    assert f"service desk of {WORDS[round(desk.seats.mode)]}" in story
    behind = WORDS[round(sum(team.seats.mode for team in others))]
    assert f"{behind} people in {WORDS[len(others)]} further teams" in story
    assert "a new version of the shop every half year" in story
    assert base.initiatives["new_version"].every == 26


def test_the_story_of_automation() -> None:
    story, file = told("baseline+automation"), override("automation")
    programme = file.costs[0]
    assert programme.amount is not None
    assert programme.per is not None
    assert (programme.amount.mode, programme.per.mode) == (500_000, 3_000)
    assert "half a million dollars for 3,000 employees" in story
    assert "Coverage grows over half a year" in story
    assert change_of("automation", "requests[automatable].automation").ramp == "26 weeks"
    assert "Nobody is dismissed" in story
    assert not [change for change in file.changes if change.selector.endswith("seats")]


def test_the_story_of_the_merger() -> None:
    story, file = told("baseline+merger_integration"), override("merger_integration")
    planned = {name: milestone.at for name, milestone in file.milestones.items()}
    assert planned == {
        "ticketing_standard": "day 30",
        "indicators": "day 60",
        "roadmap": "day 90",
        "cutover": "month 6",
        "merged": "month 18",
    }
    for words in ("by day 30", "by day 60", "90-day roadmap", "After half a year", "a year and a half"):
        assert words in story
    assert "each of its milestones may slip" in story
    assert all(milestone.slip.high > 0 for milestone in file.milestones.values())
    assert "most likely two months later" in story
    assert file.milestones["merged"].slip.mode == 60 * DAY


def test_stories_name_no_command_that_is_not_there_yet() -> None:
    for name in ("baseline", "small", *(f"small+{entry.name}" for entry in catalogue() if entry.changes)):
        assert not [command for command in _LATER if f"`{command}`" in told(name)]
