"""Dials harm and remedies help, and the page of what came out is about those that are shipped."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from docs.dials_played import BUSINESS, EXPECTED, FILE, UNPAID, names, play, side, wanted_side


def test_what_was_played_is_what_is_shipped() -> None:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    assert set(told["effects"]) == set(EXPECTED) == set(names())


@pytest.mark.verify
def test_each_dial_harms_and_each_remedy_helps(record_property: Callable[[str, object], None]) -> None:
    """In at least one outcome clearly; remedies of which it is known that a year is too short are named."""
    _, effects = play(names())
    idle = {
        name
        for name, row in effects.items()
        if not any(side(outcome, row[outcome]) == wanted_side(name) for outcome in BUSINESS)
    }
    hits = [side(key, effects[name][key]) == wanted_side(name) for name, key in EXPECTED.items()]
    found = f"{len(effects) - len(idle)} of {len(effects)} do in a year, {sum(hits)} where it was expected"
    record_property("found", f"{found}; not: {', '.join(sorted(idle))}")
    assert idle == set(UNPAID)
