"""The fixed set of random cases: the same in every run, and so in every test that looks at it."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from sim.spec.model import Model
from tests.equivalence.models import models

BLOCKS = 4
CASES_A_BLOCK = 60


@dataclass(frozen=True)
class Case:
    """A model and the luck that it meets."""

    model: Model
    seed: int
    replication: int

    def __repr__(self) -> str:
        return f"<{self.model.name!r}, seed {self.seed}, replication {self.replication}>"


def cases() -> st.SearchStrategy[Case]:
    words = st.sampled_from((1, 0, 2**32 - 1)) | st.integers(0, 2**32 - 1)
    return st.builds(Case, models(), words, words)


def over_cases(block: int, check: Callable[[Case], None], number: int = CASES_A_BLOCK) -> None:
    """Call ``check`` with every case of a block; what fails is made smaller before it is shown.

    Under ``--hypothesis-profile=explore`` the cases are new ones, and as many as the profile says.
    """
    if not settings().derandomize:
        searched(check, settings().max_examples)()
        return
    checked: set[str] = set()
    # The constants that a program holds by chance are no part of what is fixed.
    constants = "hypothesis.internal.conjecture.providers.HypothesisProvider._maybe_draw_constant"

    def check_once(case: Case) -> None:
        # Every search opens with the simplest case there is.
        if (known := digest(case)) not in checked:
            check(case)
            checked.add(known)

    # One search a case: what a longer one finds next is mostly a variation of what it has just seen.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(constants, lambda *_, **__: None, raising=False)
        for row in range(number - 1):
            seed(1_000 * block + row)(searched(check_once, 2))()


def searched(check: Callable[[Case], None], number: int) -> Callable[[], None]:
    """A search of hypothesis for a case that fails."""

    @settings(
        max_examples=number,
        derandomize=False,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(cases())
    def each(case: Case) -> None:
        check(case)

    return each


def digest(thing: Any) -> str:
    """A short text that is the same for the same thing."""
    return hashlib.blake2b(pickle.dumps(thing), digest_size=8).hexdigest()


@cache
def fixed_cases(block: int, number: int = CASES_A_BLOCK) -> tuple[Case, ...]:
    """The cases of a block."""
    found: list[Case] = []
    over_cases(block, found.append, number)
    return tuple(found)
