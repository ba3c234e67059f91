"""Numbers and their units."""

import pytest
from pydantic import ValidationError

from scenarios import dimensions as kinds
from scenarios.quantities import Dimension, RefusedError

GOOD = [
    (kinds.DURATION, "90 min", 5400),
    (kinds.DURATION, "4 h", 14_400),
    (kinds.DURATION, "1.5 days", 129_600),
    (kinds.DURATION, "26 weeks", 26 * 604_800),
    (kinds.DURATION, "0 min", 0),
    (kinds.SERVICE_TIME, "16 bh", 57_600),
    (kinds.SERVICE_TIME, "2 bd", 2),
    (kinds.PERCENT, "12 %", 0.12),
    (kinds.PERCENT, "12%", 0.12),
    (kinds.ARRIVAL_RATE, "168 /week", 1.0),
    (kinds.ARRIVAL_RATE, "24 /day", 1.0),
    (kinds.HOURLY_MONEY, "35 USD/h", 35),
    (kinds.AMOUNT, "500_000 USD", 500_000),
    (kinds.TREND, "-3 %/year", -0.03),
    (kinds.REACH, "20 users", 20),
    (kinds.NUMBER, 0.043, 0.043),
    (kinds.SEATS, 12, 12),
    (kinds.POLICY, "sla", 2),
    (kinds.SWITCH, True, 1),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD, ids=[str(text) for _, text, _ in GOOD])
def test_units_become_inner_values(kind: Dimension, text: object, value: float) -> None:
    assert kind.read(text).mode == pytest.approx(value, rel=1e-12)


BAD = [
    (kinds.DURATION, 5, "a bare number is not enough, name the unit"),
    (kinds.DURATION, "5 mins", "did you mean min?"),
    (kinds.DURATION, "-5 min", "must be a time such as 90 min"),
    (kinds.DURATION, "101 years", "at most 100 years"),
    (kinds.DURATION, "5 % ", "must be a time"),
    (kinds.PERCENT, 0.12, "must be a share from 0 % to 100 %; a bare number is not enough"),
    (kinds.PERCENT, "120 %", "must be a share from 0 % to 100 %"),
    (kinds.SEATS, "12 h", "leave the unit out"),
    (kinds.SEATS, 1.5, "must be a whole number"),
    (kinds.SEATS, -2, "must be a whole number from 0 to 10000"),
    (kinds.SEATS, True, "must be a whole number"),
    (kinds.HOURLY_MONEY, "$22/h", "such as 35 USD/h"),
    (kinds.HOURLY_MONEY, "22 USD", "did you mean USD/h?"),
    (kinds.NUMBER, float("nan"), "must be a number"),
    (kinds.NUMBER, "1e999", "must be a number"),
    (kinds.NUMBER, None, "must be a number"),
    (kinds.NUMBER, [1], "must be a number"),
    (kinds.POLICY, "severety", "did you mean severity?"),
    (kinds.PERCENT, {"mode": "20 %", "low": "30 %"}, "must have low <= mode <= high"),
    (kinds.PERCENT, {"low": "30 %"}, "must have `mode`"),
    (kinds.PERCENT, {"mode": "30 %", "lo": "1 %"}, "did you mean low?"),
    (kinds.PERCENT, {"mode": "30 %", "grade": "F"}, "must be A, B, C, D, E or claim"),
    (kinds.PERCENT, "20 % (30 to 40)", "must have low <= mode <= high"),
    (kinds.REACH, "20 % (1 user to 3 users)", "the same kind of unit"),
    (kinds.SERVICE_TIME, "2 bd (1 h to 3 bd)", "the same kind of unit"),
]


@pytest.mark.parametrize(("kind", "raw", "text"), BAD, ids=[str(raw) for _, raw, _ in BAD])
def test_what_is_refused_says_what_is_allowed(kind: Dimension, raw: object, text: str) -> None:
    with pytest.raises((RefusedError, ValidationError)) as caught:
        kind.read(raw)
    assert text in str(caught.value)


def test_the_short_form_is_the_long_form() -> None:
    short = kinds.DURATION.read("2 h (30 min to 8 h) own D")
    assert short == kinds.DURATION.read(
        {"mode": "2 h", "low": "30 min", "high": "8 h", "source": "own", "grade": "D"}
    )
    assert kinds.PERCENT.read("20 % (15 to 30) own D").high == pytest.approx(0.3)
    assert short.text() == "2 h"
    assert short.text(short.low) == "0.5 h"
