"""The coverage table names every item once, in a state that is known, and stands on its own."""

import re

import pytest

from docs.coverage import STATES, page
from scenarios import catalogue
from watermelon.claims.table import items

ITEMS = items()


def test_every_item_is_there_once_and_in_order() -> None:
    assert list(ITEMS) == [f"C{number:02}" for number in range(1, 101)]


@pytest.mark.parametrize("number", ITEMS)
def test_an_item_says_what_it_is_and_where(number: str) -> None:
    item = ITEMS[number]
    assert set(item) == {"what", "in", "where"}
    assert item["in"] in STATES
    assert len(item["what"]) > 10
    assert len(item["where"]) > 4
    assert "|" not in item["what"] + item["where"]


def test_overrides_that_are_named_are_shipped() -> None:
    shipped = {entry.name for entry in catalogue() if entry.kind == "override"}
    for number, item in ITEMS.items():
        if item["in"] == "override":
            named = set(re.findall(r"`([a-z_]+)`", item["where"]))
            assert named & shipped, f"{number} names no shipped override"


def test_the_page_holds_every_item() -> None:
    text = page()
    assert all(f"| {number} | " in text for number in ITEMS)
