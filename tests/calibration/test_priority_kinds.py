"""Priorities that take another time than others of their category are kinds of tickets of their own."""

import numpy as np
import pandas as pd

from calibration.fit.categories import group_categories


def cases(factor: float) -> pd.DataFrame:
    """1,200 tickets of two categories; every fifth has priority 2 and takes so many times as long."""
    generator = np.random.default_rng(2)
    number = np.arange(1200)
    category = np.where(number % 2 == 0, "Mail", "Network")
    priority = np.where(number % 5 == 0, 2.0, 3.0)
    hours = np.where(category == "Mail", 2.0, 40.0) * generator.lognormal(0, 1, len(number))
    return pd.DataFrame(
        {
            "case": number.astype(str),
            "category": category,
            "subcategory": None,
            "priority": priority,
            "hours": np.where(priority == 2, factor, 1.0) * hours,
            "handoffs": 1,
            "request": False,
        }
    )


def test_a_slow_priority_is_a_kind_of_its_own() -> None:
    found = cases(3.0)
    keys, groups, findings = group_categories(found)
    assert (keys[found["priority"] == 2] == "priority_2").all()
    assert set(keys[found["priority"] == 3]) == {"category_1", "category_2"}
    assert {group.key for group in groups} == set(keys)
    told = {item.name: item.text for item in findings}["priority_kinds"]
    assert told.count("slower") == 1
    assert "P2 (240 tickets" in told


def test_priorities_that_take_the_same_time_stay_with_their_categories() -> None:
    keys, _, findings = group_categories(cases(1.0))
    assert set(keys) == {"category_1", "category_2"}
    assert "priority_kinds" not in {item.name for item in findings}
