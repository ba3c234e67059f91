"""What keys and changes are called in business words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from scenarios.merged import Applied
from scenarios.quantities import Quantity
from scenarios.schema.base import Base
from scenarios.schema.files import Cost
from scenarios.validate import field_named, step

GROUPS = {
    "services": ("service", "services"),
    "teams": ("team", "teams"),
    "categories": ("kind of ticket", "kinds of tickets"),
    "incidents": ("source of incidents", "sources of incidents"),
    "requests": ("kind of request", "kinds of requests"),
    "profiles": ("weekly profile", "weekly profiles"),
    "peaks": ("peak", "peaks"),
    "faults": ("source of faults", "sources of faults"),
    "change_kinds": ("kind of change", "kinds of changes"),
    "changes": ("stream of changes", "streams of changes"),
    "initiatives": ("initiative", "initiatives"),
    "targets": ("target", "targets"),
}
"""Sections of named things: one, and several."""

PARTIAL = ("shape", "cv", "k", "share")
"""Keys that say something about what stands above them."""

TEAMS_BELOW = ("stages", "parts")
"""Keys below which things have the names of teams."""

SENTENCES = {
    "weeks": "The measured period is {new} weeks instead of {old}",
    "hours": "The measured period is {new} hours instead of {old}",
    "warmup": "The warm-up takes {new} instead of {old}",
    "services.*.value_weight": (
        "{subject}: an hour of outage is worth {new} instead of {old} (only ratios count)"
    ),
    "services.*.believed_weight": (
        "{subject}: IT believes an hour of outage to be worth {new} instead of {old} (only ratios count)"
    ),
    "teams.*.seats": "{team} has {new} seats instead of {old}",
    "teams.*.on_call": "{team} has {new} people on call instead of {old}",
    "teams.*.absence": "{subject}: people are away on {new} of their shift days instead of {old}",
    "teams.*.policy": "{team} takes tickets in the order of `{new}` instead of `{old}`",
    "teams.*.preempts": "{subject}: priority 1 interrupts other work: {new} instead of {old}",
    "teams.*.switch_loss": "{subject}: an interruption costs {new} instead of {old}",
    "teams.*.cost": "{subject}: an hour costs {new} instead of {old}",
    "categories.*.misrouting": "{subject}: {new} of the handoffs go to a wrong team instead of {old}",
    "categories.*.bounce_work.mean": "{subject}: a wrong team works {new} before it passes on, not {old}",
    "categories.*.handoff_delay.mean": "{subject}: a handoff takes {new} instead of {old}",
    "categories.*.context_loss": "{subject}: {new} of the work is redone after a handoff instead of {old}",
    "categories.*.reopen": "{subject}: {new} of the restorations do not hold instead of {old}",
    "categories.*.second_team.swarming": (
        "{subject}: where two teams are needed, they work at once on {new} instead of {old}"
    ),
    "categories.*.second_team.share": "{subject}: {new} need a second team instead of {old}",
    "categories.*.stages.*.resolves": "{subject}: {team} settles {new} of what it sees instead of {old}",
    "categories.*.stages.*.user_wait.share": (
        "{subject}: {team} has to ask the user back in {new} of the visits instead of {old}"
    ),
    "categories.*.stages.*.user_wait.time.mean": (
        "{subject}: {team} waits {new} for an answer of the user instead of {old}"
    ),
    "categories.*.stages.*.work.mean": "{subject}: {team} works {new} on a visit instead of {old}",
    "incidents.*.rate": "{subject}: {new} instead of {old} arrive",
    "incidents.*.demand": "{subject}: demand is {new} times the usual instead of {old}",
    "incidents.*.monitored": "{subject}: monitoring notices {new} instead of {old}",
    "incidents.*.monitoring_delay.mean": "{subject}: monitoring notices after {new} instead of {old}",
    "incidents.*.report_delay.mean": "{subject}: users report after {new} instead of {old}",
    "incidents.*.priority_error": "{subject}: the desk misjudges the priority of {new} instead of {old}",
    "requests.*.approval.share": "{subject}: {new} wait for an approval instead of {old}",
    "requests.*.approval.time.mean": "{subject}: an approval takes {new} instead of {old}",
    "requests.*.rate": "{subject}: {new} instead of {old} arrive",
    "requests.*.demand": "{subject}: demand is {new} times the usual instead of {old}",
    "requests.*.automation": "{subject}: {new} are fulfilled without an agent instead of {old}",
    "requests.*.automation_failures": "{subject}: {new} of the automated ones fail instead of {old}",
    "services.*.peak_capacity": "{subject} carries {new} times its mean load instead of {old}",
    "services.*.load": "{subject}: load is {new} times the usual instead of {old}",
    "services.*.upkeep.audit.findings": "{subject}: {new} audit findings for overdue work instead of {old}",
    "teams.*.ring_fenced": "{team} has {new} seats for planned work first instead of {old}",
    "teams.*.people.attrition": "{subject}: {new} of the people leave instead of {old}",
    "teams.*.people.strain_effect": "{subject}: overload adds {new} times the usual leavings, not {old}",
    "teams.*.people.written_down": "{subject}: leavers have written down {new} of what they know, not {old}",
    "teams.*.people.learning": "{subject}: newcomers learn for {new} instead of {old}",
    "teams.*.people.knowledge_effect": (
        "{subject}: missing knowledge adds {new} to the effort of work instead of {old}"
    ),
    "teams.*.people.vacancy.mean": "{subject}: a vacancy takes {new} instead of {old}",
    "problems.maturity": "{new} of the incidents that repeat are asked after instead of {old}",
    "problems.majors": "{new} of the incidents of priority 1 are asked after instead of {old}",
    "faults.*.births": "{subject}: {new} instead of {old} come with age",
    "faults.*.ageing": "{subject}: each overdue maintenance adds {new} to new faults instead of {old}",
    "faults.*.investigation.mean": "{subject}: a round of investigation takes {new} instead of {old}",
    "faults.*.finds_cause": "{subject}: {new} of the investigations find the cause instead of {old}",
    "faults.*.workaround": "{subject}: {new} of the known causes have a workaround instead of {old}",
    "faults.*.workaround_resolves": (
        "{subject}: a workaround settles {new} of what would be sent on instead of {old}"
    ),
    "faults.*.worth": (
        "{subject}: IT believes an hour that a problem waits to be worth {new} instead of {old} "
        "(only ratios count)"
    ),
    "change_kinds.*.assess.mean": "{subject}: assessing one takes {new} instead of {old}",
    "change_kinds.*.deploy.mean": "{subject}: putting one live takes {new} instead of {old}",
    "change_kinds.*.risk": "{subject}: {new} fail when nothing makes it worse, instead of {old}",
    "change_enablement.capacity": "A meeting has room for {new} changes at a glance instead of {old}",
    "change_enablement.rigour": "Changes are looked at with a rigour of {new} instead of {old}",
    "change_enablement.rigour_work": "Full rigour adds {new} times the time of a glance instead of {old}",
    "change_enablement.test_automation": "Tests catch {new} of the failures beforehand instead of {old}",
    "change_enablement.collision_effect": (
        "Each other change on its way into the service adds {new} to the risk instead of {old}"
    ),
    "change_enablement.rolled_back": "{new} of the failed changes are rolled back instead of {old}",
    "change_enablement.batch_pressure": (
        "Full overload adds {new} to what goes into one change of an initiative instead of {old}"
    ),
    "satisfaction.patience": "A wait of {new} halves how users judge a ticket instead of {old}",
    "change_enablement.bypass": "{new} of the normal changes skip approval instead of {old}",
    "change_enablement.knowledge_effect": "Missing knowledge adds {new} to the risk of changes, not {old}",
    "changes.*.rate": "{subject}: {new} instead of {old} are raised",
    "changes.*.demand": "{subject}: demand is {new} times the usual instead of {old}",
    "changes.*.work.mean": "{subject}: one takes {new} to build and test instead of {old}",
    "initiatives.*.parts.*.effort": "{subject}: {team} works {new} on it instead of {old}",
    "initiatives.*.parts.*.batch": "{subject}: {team} puts up to {new} into one change instead of {old}",
    "initiatives.*.believed_weight": (
        "{subject}: IT believes an hour of waiting to be worth {new} instead of {old} (only ratios count)"
    ),
}
"""Sentences by path, with `*` for names."""


def pattern(path: str) -> str:
    """A path with ``*`` for the names of things."""
    parts = path.split(".")
    if parts[0] in GROUPS and len(parts) > 1:
        parts[1] = "*"
        if len(parts) > 3 and parts[2] in TEAMS_BELOW:
            parts[3] = "*"
    return ".".join(parts)


def thing_title(base: Base, section: str, name: str) -> str:
    """Title of a named thing; its key if it has none."""
    item = getattr(base, section, {}).get(name)
    return getattr(item, "title", "") or name


def thing_text(base: Base, path: str) -> str:
    """A named thing as the subject of a sentence: ``team Service desk``."""
    section, name = path.split(".")
    return f"{GROUPS[section][0]} {thing_title(base, section, name)}"


def subject_of(base: Base, path: str) -> str:
    """Title of what a path belongs to."""
    parts = path.split(".")
    if parts[0] in GROUPS and len(parts) > 1:
        return thing_title(base, parts[0], parts[1])
    return parts[0].replace("_", " ").capitalize()


def team_of(base: Base, path: str) -> str:
    """The team of a stage, or the team itself, as the subject of a sentence."""
    parts = path.split(".")
    name = parts[3] if len(parts) > 3 and parts[2] in TEAMS_BELOW else parts[1] if len(parts) > 1 else ""
    title = lower_first(thing_title(base, "teams", name))
    return f"the {title}" if title.endswith(("desk", "team")) else f"the {title} team"


def sentence(item: Applied, subject: str, team: str, new: str, old: str) -> str:
    """A sentence about a key, for one thing or for several."""
    form = SENTENCES.get(pattern(item.path), "{subject}: {key} is {new} instead of {old}")
    key = lower_first(describe_key(item.path) or item.path)
    text = form.format(subject=subject, team=team, key=key, new=new, old=old)
    return f"{text[:1].upper()}{text[1:]}, {when_text(item.when)}"


def describe_key(path: str) -> str:
    """What the schema says about a key, up to its first stop; a shape speaks of what it shapes."""
    annotations: list[Any] = [Base]
    text = ""
    for key in path.replace("]", "").replace("[", ".").split("."):
        models = [item for item in annotations if isinstance(item, type) and issubclass(item, BaseModel)]
        field = field_named(models[0], key) if models else None
        if field is not None and field.description and key not in ("mean", "time"):
            here = field.description.split(".")[0].split(":")[0].split(";")[0]
            if key == "shape":
                here = "Kind of distribution"
            text = f"{text}, {here[0].lower()}{here[1:]}" if key in PARTIAL and text else here
        annotations = step(annotations, key)
    return text


def path_title(base: Base, path: str) -> str:
    """What a key is called in reports: what it belongs to, and what the schema calls it."""
    parts = path.split(".")
    text = describe_key(path) or path
    if parts[0] in GROUPS and len(parts) > 1:
        title = thing_title(base, parts[0], parts[1])
        if len(parts) > 3 and parts[2] in TEAMS_BELOW:
            title += f", {thing_title(base, 'teams', parts[3])}"
        return f"{title}: {text}"
    if parts[0] == "impacts" and len(parts) > 2:
        about = text.removeprefix(f"{describe_key('impacts')}, ")
        mix, kind = (word.replace("_", " ") for word in parts[1:3])
        return f"{mix.capitalize()}, incidents of the kind {kind}: {lower_first(about)}"
    return text


def when_text(when: str) -> str:
    """When a change acts, as the end of a sentence."""
    return "throughout" if when == "always" else when


def change_text(base: Base, item: Applied) -> str:
    """One changed key as a sentence."""
    if pattern(item.path) in SENTENCES:
        subject, team = subject_of(base, item.path), team_of(base, item.path)
        return sentence(item, subject, team, item.after, item.before)
    text = f"{full_title(base, item.path)} is {item.after} instead of {item.before}"
    return f"{text[:1].upper()}{text[1:]}, {when_text(item.when)}"


def full_title(base: Base, path: str) -> str:
    """What a key is called, with what it belongs to: ``Business: customers at the start``."""
    parts = path.split(".")
    if parts[0] in GROUPS and len(parts) > 1:
        head, _, rest = path_title(base, path).partition(": ")
        return f"{head}: {lower_first(rest)}"
    if parts[0] == "impacts":
        return path_title(base, path)
    return f"{subject_of(base, path)}: {lower_first(path_title(base, path))}"


def lower_first(text: str) -> str:
    """Text as the middle of a sentence; abbreviations stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def span(texts: Sequence[str]) -> str:
    """Values of several keys: the only one, or the first and last of their order by size."""
    distinct = sorted(set(texts), key=size_of)
    return distinct[0] if len(distinct) == 1 else f"{distinct[0]} to {distinct[-1]}"


def size_of(text: str) -> tuple[float, str]:
    """Sort values by their unit-free number, words last."""
    number = text.split(" ", maxsplit=1)[0].replace(",", "")
    scale = {"min": 1.0, "h": 60.0, "day": 1440.0, "days": 1440.0}.get(text.rsplit(" ", maxsplit=1)[-1], 1.0)
    try:
        return float(number) * scale, text
    except ValueError:
        return float("inf"), text


def group_text(base: Base, items: Sequence[Applied]) -> str:
    """One change of a file that touches several keys, as one sentence."""
    if len(items) == 1:
        return change_text(base, items[0])
    kinds = {pattern(item.path) for item in items}
    section = items[0].path.split(".")[0]
    if len(kinds) != 1 or section not in GROUPS:
        return "; ".join(change_text(base, item) for item in items)
    names = list(dict.fromkeys(item.path.split(".")[1] for item in items))
    if len(names) <= 3:
        subject = ", ".join(thing_title(base, section, name) for name in names)
    else:
        whole = "all " if len(names) == len(getattr(base, section)) else ""
        subject = f"{whole}{len(names)} {GROUPS[section][1]}"
    teams = {team_of(base, item.path) for item in items}
    team = teams.pop() if len(teams) == 1 else "each team"
    if section == "teams" and len(names) > 1:
        team = f"each of the {len(names)} teams"
    return sentence(
        items[0],
        subject,
        team,
        span([item.after for item in items]),
        span([item.before for item in items]),
    )


def cost_text(cost: Cost) -> str:
    """What a change costs, with its range and when it is paid."""
    parts = []
    if cost.amount is not None:
        parts.append(f"{ranged(cost.amount)} once")
    if cost.per_year is not None:
        parts.append(ranged(cost.per_year).replace("/year", " a year"))
    return f"{cost.name}: {' and '.join(parts)}, {cost_when(cost)}"


def ranged(amount: Quantity) -> str:
    """A value with its range, the unit once: ``500,000 USD (400,000 to 750,000)``.

    What a unit says in brackets follows the range: ``(12,000 to 22,500; 500,000 per 3,000 employees)``.
    """
    if amount.low == amount.high:
        return amount.text()
    low, high = (amount.text(end).removesuffix(amount.unit).strip() for end in (amount.low, amount.high))
    value, bracket, more = amount.text().partition(" (")
    return f"{value} ({low} to {high}{'; ' + more if bracket else ')'}"


def cost_when(cost: Cost) -> str:
    """When a cost falls, as the end of a sentence."""
    when = cost.at if cost.begin is None else cost.begin
    word = "at" if cost.per_year is None else "from"
    return f"{word} {'the start' if when in (None, 'start') else when}"
