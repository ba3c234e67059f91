"""What random cases reach: fields of the spec, kinds of events, phases of tickets, rules."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import FrameType, ModuleType
from typing import Any

import numpy as np
import pytest

import sim.chance
import sim.engines.compiled
import sim.engines.process
import sim.rules
import sim.spec
from sim.engines import process
from sim.engines.compiled import layout, memory, plans, run
from sim.engines.compiled.flat import flatten
from sim.engines.process.setting import Setting
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.history.tables import History
from sim.kernel import RULES
from sim.rules import order
from sim.spec.flows import Flow
from sim.spec.model import Model
from sim.spec.organisation import Policy
from tests.equivalence.cases import Case, digest

Rule = Callable[..., Any]


def modules(package: ModuleType) -> list[ModuleType]:
    """All modules of a package."""
    return [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]


for room in (sim.rules, sim.chance):
    modules(room)


@dataclass
class Reach:
    """Collected over many cases. ``instants`` counts, by kind of event, those that shared their instant."""

    values: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    members: set[Any] = field(default_factory=set)
    events: Counter[int] = field(default_factory=Counter)
    shared: Counter[int] = field(default_factory=Counter)
    pairs: set[tuple[int, int]] = field(default_factory=set)
    phases: set[int] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)

    def take_in(self, case: Case) -> None:
        """Look at a case, and play it."""
        self.models.add(digest(case.model))
        self._look_at(case.model)
        self.members |= {
            Policy(int(value))
            for team in case.model.teams
            for _, value in ((0, case.model.parameters[team.policy].value), *_steps(case.model, team.policy))
        }
        with _heard() as events, _watched(self.rules):
            history = process.play(case.model, case.seed, case.replication)
        self._count(events)
        self._read(history)
        self.phases |= phases_at_the_end(case)

    def _look_at(self, thing: Any) -> None:
        """Every field of every class, and every member of an enumeration."""
        if is_dataclass(thing):
            for part in fields(thing):
                value = getattr(thing, part.name)
                seen = self.values[type(thing).__name__, part.name]
                if len(seen) < 2:
                    seen.add(digest(value))
                self._look_at(value)
        elif isinstance(thing, tuple):
            for row in thing:
                self._look_at(row)
        elif hasattr(type(thing), "__members__"):
            self.members.add(thing)

    def _count(self, events: list[tuple[int, int]]) -> None:
        at = defaultdict(list)
        for time, kind in events:
            at[time].append(kind)
            self.events[kind] += 1
        for kinds in at.values():
            if len(kinds) > 1:
                self.shared.update(kinds)
                kinds.sort()
                self.pairs.update((a, b) for row, a in enumerate(kinds) for b in kinds[row + 1 :])

    def _read(self, history: History) -> None:
        self.members |= {Flow(flow) for flow in np.unique(history.cases.flow).tolist()}
        self.members |= {Activity(row) for row in np.unique(history.activities.activity).tolist()}
        self.members |= {SeatState(row) for row in np.unique(history.seat_time.state).tolist()}
        self.members |= {WorkKind(row) for row in np.unique(history.seat_time.kind).tolist()}
        if np.any(history.seat_time.case >= 0):
            self.members.add(Activity.WORK)


def _steps(model: Model, parameter: int) -> tuple[tuple[int, float], ...]:
    return model.parameters[parameter].steps


# Events and phases


@contextmanager
def _heard() -> Iterator[list[tuple[int, int]]]:
    """Time and kind of every event that the process engine works off."""
    events: list[tuple[int, int]] = []
    timer = Setting.after

    def after(self: Setting, delay: int, kind: int, entity: int) -> Any:
        event = timer(self, delay, kind, entity)
        event.callbacks.append(lambda _: events.append((self.now, kind)))
        return event

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Setting, "after", after)
        yield events


def kinds_of_events() -> dict[str, int]:
    """The table of ``sim.rules.order``."""
    return {
        name: kind
        for name, kind in vars(order).items()
        if name.isupper() and name not in ("FIRST_RANK", "KIND_STEP")
    }


def phases_at_the_end(case: Case) -> set[int]:
    """What the tickets of the compiled engine wait for at the horizon."""
    flat = flatten(case.model)
    block = memory.lay_out(flat, case.seed, case.replication)
    run.set_out(*run.cells(block))
    while run.play_on(*run.cells(block)) == run.TIGHT:
        block = memory.enlarged(block, flat)
    tickets = memory.table(block, "TICKETS", int(block[layout.ROWS]), layout.T_COLUMNS)
    return set(tickets[:, layout.T_PHASE].tolist())


def phases() -> dict[str, int]:
    """The phases of the layout: the constants between its comment on T_PHASE and the next blank line."""
    found = {}
    for module in (layout, plans):
        text = inspect.getsource(module).split("(T_PHASE)", 1)[1].split("\n", 1)[1].split("\n\n", 1)[0]
        found |= {name: int(number) for name, number in (line.split(" = ") for line in text.splitlines())}
    return found


# Rules


@contextmanager
def _watched(called: set[str]) -> Iterator[None]:
    """Notes which rules are called; once all of them have been, nothing is watched any more."""
    codes = {rule.__code__: rule.__name__ for rule in RULES if rule.__name__ not in called}

    def notice(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in codes:
            called.add(codes[frame.f_code])

    before = sys.getprofile()
    if len(called) < len(rules_of(sim.engines.compiled) | rules_of(sim.engines.process)):
        sys.setprofile(notice)
    try:
        yield
    finally:
        sys.setprofile(before)


@cache
def rules_of(package: ModuleType) -> set[str]:
    """Rules that the modules of a package call by name, and those that these rules call."""
    found: set[str] = set()
    for module in modules(package):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call):
                _note(_named(node.func, module), found)
    return found


def _note(thing: Any, found: set[str]) -> None:
    """If a thing is a rule, note it and the rules that it calls."""
    for rule in RULES:
        if rule is thing and rule.__name__ not in found:
            found.add(rule.__name__)
            for name in rule.__code__.co_names:
                _note(rule.__globals__.get(name), found)


def _named(node: ast.expr, module: ModuleType) -> Any:
    """What ``name`` or ``module.name`` stands for in a module."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return getattr(getattr(module, node.value.id, None), node.attr, None)
    return None
