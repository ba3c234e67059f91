"""The page docs/library.md: what the texts tell, as overrides, and what `docs.library_played` played."""

from __future__ import annotations

from docs.dials import entry_text, items_of
from docs.library_played import Effect, names, picture, stories, told
from results.catalogue import OUTCOMES
from results.wording import quantity

CURRENCY = "USD"

HEAD = """# The library

What the texts that define this project tell, as changes that apply to any base: {stories} stories,
{overrides} further overrides, and {combinations} combinations that hold a story together. Each has what it
changes and what comes out of it in the first year of `baseline`. Dials and remedies have a [page of their
own](dials.md); what the figures of the texts come to is in [claims](claims.md).

Played on {date}: {replications} replications of {weeks} weeks, seed {seed}, all assumptions at their
most likely values. Differences are paired, ± half of the 95% interval, which is about luck alone: the ranges
of the assumptions are wide, and `--uncertainty` draws them. Figures are in percent of the baseline. ▲ is
better, ▼ worse, ◆ more or less of something that is neither, ○ not clear in {replications} replications.

Play one with `watermelon compare baseline NAME`, two together with `watermelon compare baseline
baseline+NAME+NAME`. Written by `python -m docs.library_played`.

{contents}
"""

COMBINATIONS = {
    "rigidity+resistance+late_information": (
        "A framework that is ten years old",
        (
            "Approvals take long and releases are large and rare, people do not use what is new, and IT "
            "hears last what the business plans. Demand that such a framework can't serve at all is not in "
            "the model."
        ),
        "C05",
    ),
    "council+liaisons+shared_tools+shared_language": (
        "A package for working together",
        (
            "A council meets every month, liaisons sit in the business units, teams share their tools, and "
            "trainings make a common language. It costs money and hours from the first weeks on."
        ),
        "C24, C25, C26, C78, C80",
    ),
    "online_growth+mapping_errors": (
        "A campaign waits for its integration",
        (
            "Sales start a campaign; what it needs is not what IT puts first, because IT has a wrong map of "
            "what matters."
        ),
        "C04, C10",
    ),
    "automation+change_programme": (
        "Automation with a change programme",
        "The same automation, and somebody who sees to it that people use it.",
        "C39",
    ),
}
"""Titles, stories and items of combinations."""


GREEN_OUTSIDE = """The whole of it at a glance, over three years and 40 futures
(`watermelon compare baseline incentives -r 40`):

![What IT's dashboard shows gets better, what the business feels gets worse](images/seen.svg)

In `small` more customers leave and more revenue is lost too, but shorter visits save the employees more than
that costs (a year, 30 futures): there are two services, and few faults that repeat. What such a bonus does
depends on how much there is to neglect.
"""
MORE = {"incentives": (GREEN_OUTSIDE,)}
"""What a story has beyond table and figure."""


def page() -> str:
    """The text of the page."""
    from scenarios import catalogue

    document = told()
    found = stories(document)
    shipped = {item.name: item for item in catalogue()}
    parts = []
    for name in names():
        if name in COMBINATIONS:
            title, story, items = COMBINATIONS[name]
            links = ", ".join(f"`{part}`" for part in name.split("+"))
            text = f"### `{name}`: {title}\n\n{story} Stands for: {items}. It is {links} together.\n"
        else:
            text = entry_text(shipped[name])
        parts.append(f"{text}\n{outcome(name, found[name])}")
    families = [shipped[name].family for name in names() if name in shipped]
    head = HEAD.format(
        contents=contents(),
        stories=families.count("story"),
        overrides=families.count("override"),
        combinations=len(COMBINATIONS),
        **{key: document[key] for key in ("date", "replications", "weeks", "seed")},
    )
    return "\n".join([head, *parts])


def contents() -> str:
    """Which scenario stands for which items."""
    rows = []
    for name in names():
        items = COMBINATIONS[name][2] if name in COMBINATIONS else ", ".join(items_of(name)) or "none"
        rows.append(f"| `{name}` | {items} |")
    return "\n".join(["| scenario | stands for |", "| --- | --- |", *rows])


def outcome(name: str, story: list[Effect]) -> str:
    """What came out: a table and the figure."""
    rows = ["| what comes out | baseline | difference | in percent |", "| --- | ---: | ---: | ---: |"]
    for effect in story:
        percent, half = effect.percent
        rows.append(
            f"| {OUTCOMES[effect.outcome].title} | {figure(effect, effect.base)} "
            f"| {difference(effect)} | {percent:+.1f} ± {half:.1f} |"
        )
    place = picture(name).name
    alt = f"Changes beside the baseline in percent: {name.replace('_', ' ')}"
    return "\n".join([*rows, "", f"![{alt}](images/library/{place})", "", *MORE.get(name, ())])


def difference(effect: Effect) -> str:
    """A paired difference with half of its interval; shares in points."""
    if OUTCOMES[effect.outcome].unit == "share":
        return f"{100 * effect.mean:+.2f} ± {100 * effect.half:.2f} points"
    sign = "+" if effect.mean > 0 else ""
    half = float(f"{effect.half:.2g}")
    return f"{sign}{figure(effect, effect.mean)} ± {figure(effect, half)}"


def figure(effect: Effect, value: float) -> str:
    """A value with its unit."""
    return quantity(value, OUTCOMES[effect.outcome].unit, CURRENCY)
