"""The random models reach everything that there is to differ in."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import sim.engines.compiled
import sim.spec
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.kernel import RULES
from sim.spec.flows import Flow
from sim.spec.organisation import Policy
from sim.spec.shapes import ShapeKind
from tests.equivalence.cases import BLOCKS, fixed_cases
from tests.equivalence.reach import Reach, kinds_of_events, modules, phases, rules_of

NOT_OF_THE_ENGINES = {"sim.rules.customers"}
"""Rules that turn histories into outcomes."""
DRAWN_WITH_THE_TICKET = {"pair"}
"""Two draws at the price of one: the compiled engine makes more of them at once."""
ENUMERATIONS = (Flow, Policy, ShapeKind, Activity, SeatState, WorkKind)
KINDS = kinds_of_events()
EVERYWHERE = {
    "LEVER",
    "WORK_DONE",
    "SHIFT_END",
    "SHIFT_START",
    "WAIT_OVER",
    "HANDED_OFF",
    "DETECTED",
    "AUTOMATED",
    "REOPENED",
    "CLOSED",
    "ARRIVAL",
}
"""Kinds of events that every model may have, at any time."""
AT_ANY_SECOND = {"FAULT_BORN", "FOUND", "LEFT", "HIRED"}
"""Kinds of events that fall on a random second of a day, whatever the grid."""


def test_random_models_reach_everything() -> None:
    # One test, because its parts look at the same plays.
    reach = Reach()
    for block in range(BLOCKS):
        for case in fixed_cases(block):
            reach.take_in(case)
    assert len(reach.models) >= 200
    missed = {
        "fields with one value only": {part for part in parts_of_the_spec() if len(reach.values[part]) < 2},
        "members": {member for kind in ENUMERATIONS for member in kind} - reach.members,
        "kinds of events": {name for name, kind in KINDS.items() if not reach.events[kind]},
        "kinds of events that shared no instant": {
            name for name, kind in KINDS.items() if not reach.shared[kind] and name not in AT_ANY_SECOND
        },
        "phases": {name for name, phase in phases().items() if phase not in reach.phases},
        "rules": rules_of_the_engines() ^ reach.rules,
    }
    assert not {what: names for what, names in missed.items() if names}
    assert sum(reach.shared.values()) > 0.3 * sum(reach.events.values())
    often = [kind for name, kind in KINDS.items() if name in EVERYWHERE]
    pairs = {(a, b) for a in often for b in often if a <= b}
    assert len(pairs & reach.pairs) > 0.9 * len(pairs), "most of these kinds should meet most others"
    met = {kind: {a + b - kind for a, b in reach.pairs if kind in (a, b)} for kind in KINDS.values()}
    lonely = {name for name, kind in KINDS.items() if len(met[kind]) < 3 and name not in AT_ANY_SECOND}
    assert not lonely, "every other kind should meet several others"


def test_what_there_is_to_reach_is_found() -> None:
    assert len(parts_of_the_spec()) > 80
    for numbers in (KINDS.values(), phases().values()):
        assert sorted(numbers) == list(range(len(numbers)))
    assert {"WORK_DONE", "ARRIVAL"} < set(KINDS)
    assert {"DETECTING", "CLOSING"} < set(phases())


def test_the_compiled_engine_calls_every_rule() -> None:
    assert rules_of(sim.engines.compiled) == rules_of_the_engines() - DRAWN_WITH_THE_TICKET


def parts_of_the_spec() -> set[tuple[str, str]]:
    """Class and field of every dataclass of the spec."""
    return {
        (found.__name__, part.name)
        for module in modules(sim.spec)
        for found in vars(module).values()
        if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.__name__
        for part in fields(found)
    }


def rules_of_the_engines() -> set[str]:
    return {rule.__name__ for rule in RULES if rule.__module__ not in NOT_OF_THE_ENGINES}
