"""Every rule gives the same bits as plain Python and as compiled code."""

from __future__ import annotations

import importlib
import pkgutil
import random
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import sim.chance
import sim.rules
from sim.kernel import RULES

for package in (sim.rules, sim.chance):
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")

INPUTS = 10_000
Draw = Callable[[random.Random], tuple[Any, ...]]


def word(r: random.Random) -> int:
    return r.choice([0, 1, 2**32 - 1, r.getrandbits(32)])


def entity(r: random.Random) -> int:
    return r.choice([0, 2**63 - 1, r.getrandbits(63)])


def loads(r: random.Random) -> list[int]:
    return [0, *np.cumsum([0, *(3600 * r.randint(0, 4000) for _ in range(48))]).tolist()]


def unit(r: random.Random) -> float:
    return r.choice([0.0, 0.5, 1.0 - 2.0**-53, 2.0**-53, r.random(), r.random()])


def cumulative(r: random.Random) -> list[float]:
    weights = np.cumsum([r.random() + 0.01 for _ in range(r.randint(1, 6))])
    return (weights / weights[-1]).tolist()


def edges(r: random.Random) -> tuple[list[int], int, int]:
    """Some intervals in the midst of a longer list: all edges, first place, number."""
    number = r.randint(1, 10)
    marks = sorted(r.sample(range(-1000, 1000), 2 * number))
    skipped = r.randint(0, number)
    return marks, 2 * skipped, number - skipped


def shares(r: random.Random) -> tuple[list[float], int, int]:
    found = cumulative(r)
    return [0.5, *found], 1, len(found)


def hours(r: random.Random) -> list[float]:
    return [r.choice([0.0, r.random() * 3]) for _ in range(48)]


def shape(r: random.Random) -> tuple[int, float, float, float]:
    kind = r.randint(0, 4)
    if kind == 4:
        low, mode, high = sorted(r.random() for _ in range(3))
        return kind, low, mode, high + 0.1
    return kind, r.random(), r.random() + 0.3, 0.0


def time(r: random.Random) -> int:
    return r.randint(-1100, 1100)


GENERATORS: dict[str, Draw] = {
    "philox": lambda r: tuple(word(r) for _ in range(6)),
    "bits": lambda r: (word(r), word(r)),
    "fraction": lambda r: (word(r), word(r)),
    "entity_key": lambda r: (word(r), word(r)),
    "polynomial": lambda r: tuple(r.uniform(-1e3, 1e3) for _ in range(9)),
    "uniform": lambda r: (word(r), word(r), word(r), entity(r), word(r)),
    "pair": lambda r: (word(r), word(r), word(r), entity(r), word(r)),
    "child": lambda r: (entity(r), word(r), word(r)),
    "normal_quantile": lambda r: (max(unit(r), 1e-300),),
    "table_quantile": lambda r: (unit(r), [0.0, 0.25, 0.5, 1.0, *sorted(hours(r))[:4]], 0, 3, 4),
    "quantile": lambda r: (unit(r), *shape(r)),
    "seconds": lambda r: (r.choice([-1.0, 0.5, 1.5, r.random() * 1e9]),),
    "next_arrival": lambda r: (
        r.random() * 20,
        r.choice([0, 24, r.randint(0, 47)]),
        r.choice([0.0, r.random() * 3600]),
        [9.0, *hours(r)],
        1,
        48,
        [9.0, r.choice([0.0, r.random() * 30]), r.random() * 30],
        1,
        [9.0, 0.5, 1.5],
        1,
    ),
    "next_interval": lambda r: (time(r), *edges(r)),
    "open_seconds": lambda r: (*sorted((time(r), time(r))), *edges(r)),
    "due_at": lambda r: (time(r), r.randint(0, 2000), *edges(r)),
    "share_of_layer": lambda r: (r.randint(0, 3), r.random() * 4),
    "dispatch_key": lambda r: (
        r.randint(0, 4),
        r.randint(1, 4),
        r.choice([2**62, r.getrandbits(30)]),
        r.getrandbits(r.randint(1, 40)),
        r.random() * 10 ** r.randint(0, 9),
    ),
    "urgent_class": lambda r: (r.randint(1, 4),),
    "perceived_priority": lambda r: (
        r.randint(1, 4),
        r.random(),
        r.random(),
        r.random(),
        unit(r),
        unit(r),
    ),
    "pick": lambda r: (unit(r), *shares(r)),
    "wrong_team": lambda r: (unit(r), r.randint(1, 9), r.randint(0, 8), r.randint(0, 8)),
    "seat_count": lambda r: (r.random() * 100,),
    "seat_key": lambda r: (entity(r), r.randint(0, 65535)),
    "shift_of": lambda r: (r.randint(0, 20), cumulative(r)),
    "is_absent": lambda r: (r.random() < 0.5, r.random(), unit(r)),
    "is_better_victim": lambda r: tuple(r.randint(0, 2) for _ in range(6)),
    "duration": lambda r: (r.getrandbits(40), r.randint(1, 3000)),
    "part_seconds": lambda r: (r.getrandbits(40), r.randint(1, 3000)),
    "first_part": lambda r: (r.getrandbits(40),),
    "lost_context": lambda r: (r.getrandbits(40), r.random(), r.randint(0, 5)),
    "dose": lambda r: (r.random(), r.random() * 1e6, r.random() * 1e5 + 1),
    "excess_leavers": lambda r: (r.random() * 1e6, r.random(), r.random(), r.random(), r.random()),
    "faded_memory": lambda r: (r.random(), r.random() * 1e7, r.choice([0.0, r.random() * 1e7])),
    "usual_leavers": lambda r: (r.random() * 1e6, r.random() * 1e-6, r.random() * 1e6),
    "share_reached": lambda r: (r.random(), r.random() * 3),
    "is_ring_fenced": lambda r: (r.randint(0, 9), r.randint(0, 9), r.randint(0, 9)),
    "is_firefighting": lambda r: (r.randint(0, 11),),
    "share_of_strikes": lambda r: (r.random() * 3,),
    "repeats_in_row": lambda r: (r.randint(0, 3), time(r), time(r), r.randint(0, 2000)),
    "share_noticed": lambda r: (r.randint(1, 4), r.randint(1, 4), r.randint(1, 4), unit(r), unit(r)),
    "settles_with_workaround": lambda r: (unit(r), unit(r)),
    "daily_probability": lambda r: (r.choice([0.0, r.random(), 50 * r.random()]),),
    "births_of_day": lambda r: (r.random(), r.random(), r.randint(0, 90)),
    "second_of_day": lambda r: (max(unit(r), 1e-9), unit(r) * 1e-9),
    "change_size": lambda r: (r.getrandbits(40), r.randint(1, 10**6)),
    "failure_probability": lambda r: (
        unit(r),
        r.choice([0.0, r.random() * 9]),
        r.choice([0.0, 0.5, r.random() * 2]),
        unit(r),
        unit(r),
        r.randint(0, 5),
        r.random(),
        unit(r),
        r.random(),
        unit(r),
        r.random(),
        r.random(),
    ),
    "stray_probability": lambda r: (unit(r), r.random(), unit(r)),
    "thoroughness": lambda r: (unit(r), r.choice([0.0, r.random() * 4])),
    "approvals": lambda r: (r.choice([0.0, r.random() * 100, r.random() * 1e6]), 1 + r.random() * 4),
    "bypass_probability": lambda r: (unit(r), r.random(), unit(r)),
    "batch_under_pressure": lambda r: (r.random() * 1e6, r.random(), unit(r)),
    "number_of_changes": lambda r: (r.getrandbits(40), r.choice([0, r.getrandbits(30)])),
    "strain_of_week": lambda r: (r.randint(0, 999), r.randint(0, 999), r.randint(0, 999), unit(r)),
    "smoothed": lambda r: (r.random(), r.random(), unit(r)),
    "leaving_rate": lambda r: (r.random() * 3, r.random() * 3, unit(r)),
    "newcomer_speed": lambda r: (
        r.randint(1, 2000),
        unit(r),
        r.getrandbits(20),
        r.choice([0.0, r.random() * 1e6]),
    ),
    "knowledge_after_leaving": lambda r: (unit(r), unit(r), r.randint(0, 9)),
    "effort_without_knowledge": lambda r: (unit(r), r.random()),
    "experience": lambda r: (
        r.getrandbits(24),
        r.choice([0.0, r.random() * 1e6]),
        r.randint(0, 5),
        unit(r),
        r.randint(0, 3),
        unit(r),
    ),
    "load_of_hour": lambda r: (loads(r), 1, r.randint(0, 47)),
    "overloaded_hour": lambda r: (loads(r), 1, 0, 48, r.random() * 3, r.random() * 4),
    "overload_depth": lambda r: (loads(r), 1, 0, 48, r.random() * 3, r.random() * 4),
}


def bits(value: Any) -> Any:
    """A result as something that compares bit by bit."""
    if isinstance(value, tuple):
        return tuple(bits(part) for part in value)
    if isinstance(value, float):
        return struct.pack("<d", value)
    return int(value)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_compiled_and_plain_agree_to_the_bit(rule: Callable[..., Any]) -> None:
    import numba

    from sim.kernel.parts import make_compilable
    from tests.sim.linked import LinkedCompiler

    make_compilable()
    assert rule.__name__ in GENERATORS, "a new rule needs a line in GENERATORS"
    compiled = numba.njit(rule, pipeline_class=LinkedCompiler)
    draw = GENERATORS[rule.__name__]
    source = random.Random(20260105)
    for _ in range(INPUTS):
        inputs = draw(source)
        arrays = [
            np.array(part, dtype=np.float64 if part and isinstance(part[0], float) else np.int64)
            if isinstance(part, list)
            else part
            for part in inputs
        ]
        assert bits(compiled(*arrays)) == bits(rule(*inputs)), inputs
