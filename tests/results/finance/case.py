"""An appraisal of the small organisation, played once for all tests of what is made of it."""

from dataclasses import replace
from functools import cache

from results.finance.page import Page
from scenarios import Scenario, load, load_against
from watermelon.appraising import Appraised, appraised, horizon_hours
from watermelon.cli.playing import provenance_of
from watermelon.plan import Plan
from watermelon.runs import Runs
from watermelon.simulation import play_plan

DRAWS, AGAIN = 12, 3


@cache
def case(*sets: str) -> tuple[Appraised, Page]:
    """Three years of automation and siloed IT beside the small organisation.

    What only changes how money is reckoned is reckoned anew with what was played.
    """
    scenarios = organisations(sets)
    runs = played(tuple(item for item in sets if not item.startswith("finance.")))
    found = appraised(replace(runs, scenarios=scenarios), 3)
    base = scenarios["small"]
    provenance = provenance_of(found.runs, "watermelon roi small automation siloed_it")
    return found, Page(found.verdicts, found.assumed, provenance, base.targets(), base.merged.base.start)


@cache
def played(sets: tuple[str, ...]) -> Runs:
    """All futures, and some of them again."""
    return play_plan(Plan(organisations(sets), DRAWS, 1, True, again=AGAIN), 2)


def organisations(sets: tuple[str, ...]) -> dict[str, Scenario]:
    """The base and what is set beside it."""
    until = horizon_hours(3)
    others = {name: load_against("small", name, sets, until) for name in ("automation", "siloed_it")}
    return {"small": load("small", sets, until), **others}
