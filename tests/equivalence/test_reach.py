"""The random models reach everything that there is to differ in."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import EnumMeta

import pytest

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


@pytest.fixture(scope="module")
def reach() -> Reach:
    found = Reach()
    for block in range(BLOCKS):
        for case in fixed_cases(block):
            found.take_in(case)
    return found


def test_there_are_at_least_two_hundred_different_models(reach: Reach) -> None:
    assert len(reach.models) >= 200


def test_every_field_of_the_spec_takes_several_values(reach: Reach) -> None:
    spec = {
        (found.__name__, part.name)
        for module in modules(sim.spec)
        for found in vars(module).values()
        if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.__name__
        for part in fields(found)
    }
    assert len(spec) > 80
    assert not {part for part in spec if len(reach.values[part]) < 2}


@pytest.mark.parametrize("kind", [Flow, Policy, ShapeKind, Activity, SeatState, WorkKind])
def test_every_member_occurs(kind: EnumMeta, reach: Reach) -> None:
    assert not set(kind) - reach.members


def test_every_kind_of_event_occurs_and_meets_every_other_at_one_instant(reach: Reach) -> None:
    kinds = kinds_of_events()
    assert sorted(kinds.values()) == list(range(len(kinds)))
    assert not {name for name, kind in kinds.items() if not reach.events[kind]}
    assert sum(reach.shared.values()) > 0.4 * sum(reach.events.values())
    apart = {
        (one, other) for one, a in kinds.items() for other, b in kinds.items() if a <= b and (a, b) not in reach.pairs
    }
    assert not apart


def test_every_phase_of_a_ticket_occurs(reach: Reach) -> None:
    assert sorted(phases().values()) == list(range(len(phases())))
    assert not {name for name, phase in phases().items() if phase not in reach.phases}


def test_both_engines_call_every_rule(reach: Reach) -> None:
    rules = {rule.__name__ for rule in RULES if rule.__module__ not in NOT_OF_THE_ENGINES}
    assert reach.rules == rules
    assert rules_of(sim.engines.compiled) == rules
