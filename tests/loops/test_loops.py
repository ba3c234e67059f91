"""Each loop: its lever moves the outcome at its far end, and moves it less once a link is cut."""

from collections.abc import Callable

import pytest

from docs.loops.experiments import LOOPS, Effect, Loop, Measured, measure
from docs.loops.page import PAGE, WORDS, row

# Together they take most of a minute.
pytestmark = pytest.mark.slow


def check(loop: Loop, found: Measured) -> None:
    """The lever's effect, and what the loop adds to it, go the loop's way and are clear of zero."""
    assert goes(found.with_link, loop.rises), found
    assert goes(found.added, loop.rises), found


def goes(effect: Effect, up: bool) -> bool:
    return effect.low > 0 if up else effect.high < 0


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.name)
def test_a_loop_adds_to_what_its_lever_does(loop: Loop) -> None:
    found = measure(loop)
    check(loop, found)
    assert row(loop, found) in PAGE.read_text(encoding="utf-8"), "run `python -m docs.loops page`"


@pytest.mark.verify
@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.name)
def test_a_loop_holds_with_other_luck(loop: Loop, record_property: Callable[[str, object], None]) -> None:
    found = measure(loop, 5 * loop.replications, seed=2)
    record_property("found", f"the loop adds {found.added.low:.4g} to {found.added.high:.4g} {loop.unit}")
    check(loop, found)


def test_there_are_seven_and_the_page_tells_of_each() -> None:
    assert [loop.name for loop in LOOPS] == list(WORDS)
    assert len(LOOPS) == 7
