"""The kinds of quantities that a scenario file can hold, each with its units and bounds."""

from __future__ import annotations

from scenarios.quantities import Dimension
from scenarios.units import (
    BARE,
    BUSINESS_TIME,
    CHURN,
    DAY,
    GROWTH,
    HEADS,
    HOUR,
    MONEY,
    MONEY_PER_HOUR,
    MONEY_PER_MONTH,
    MONEY_PER_YEAR,
    RATE,
    SCOPE,
    SHARE,
    TIME,
    YEAR,
)

CENTURY = 100 * YEAR

DURATION = Dimension(
    "time",
    TIME,
    "a time such as 90 min, 4 h, 5 days, 26 weeks or 6 months (at most 100 years)",
    upper=CENTURY,
)
EFFORT = Dimension(
    "effort", TIME, "an effort of at least 1 min, such as 8 h (at most 100 years)", lower=60.0, upper=CENTURY
)
SERVICE_TIME = Dimension(
    "time or business time",
    TIME | BUSINESS_TIME,
    "a time such as 90 min or 4 h (round the clock), or 16 bh or 2 bd (hours and days of the clock)",
    lower=0.0,
    upper=CENTURY,
)
PERCENT = Dimension("share", SHARE, "a share from 0 % to 100 %", upper=1.0)
LIKELY = Dimension("share", SHARE, "a share from 1 % to 100 %", lower=0.01, upper=1.0)
SPEED = Dimension("speed", SHARE, "a speed from 1 % to 1000 %", lower=0.01, upper=10.0)
RATE_OF_RETURN = Dimension("rate", SHARE, "a rate of a year from 0 % to 200 %", upper=2.0)
CHURN_RATE = Dimension("churn", CHURN, "a rate from 0 %/month to 100 %/month", upper=1.0)
TREND = Dimension(
    "growth", GROWTH, "a growth such as 3 %/year, from -90 %/year to 900 %/year", lower=-0.9, upper=9.0
)
LEAVING_RATE = Dimension("leaving", GROWTH, "a rate from 0 %/year to 500 %/year", upper=5.0)
ARRIVAL_RATE = Dimension(
    "rate", RATE, "a rate such as 12 /week, 40 /day or 3 /h (at most 10,000 /h)", upper=1e4
)
REACH = Dimension("scope", SCOPE, "a share such as 15 %, or 1 user, 20 users, 500 customers", upper=1e9)
NUMBER = Dimension("number", BARE, "a number of at least 0, without a unit", upper=1e9)
FACTOR = Dimension("factor", BARE, "a factor from 0 to 1000, without a unit", upper=1000.0)
SPREAD = Dimension("spread", BARE, "a number from 0 to 20, without a unit", upper=20.0)
POSITIVE = Dimension("number", BARE, "a number from 0.05 to 50, without a unit", lower=0.05, upper=50.0)
LIFE = Dimension("years", BARE, "a whole number of years from 1 to 20", 1.0, 20.0, whole=True)
WHOLE = Dimension("whole number", BARE, "a whole number of at least 0", upper=1e9, whole=True)
SEATS = Dimension("seats", BARE, "a whole number from 0 to 10000", upper=10_000.0, whole=True)
AMOUNT = Dimension("money", MONEY, "an amount of money such as 500000 USD", lower=-1e13, upper=1e13)
HOURLY_MONEY = Dimension("money per hour", MONEY_PER_HOUR, "money per hour such as 35 USD/h", upper=1e10)
MONTHLY_MONEY = Dimension(
    "money per month", MONEY_PER_MONTH, "money per month such as 20000 USD/month", upper=1e12
)
PRICE = Dimension("money", MONEY, "an amount of money of at least 0, such as 25 USD", upper=1e13)
YEARLY_MONEY = Dimension(
    "money per year", MONEY_PER_YEAR, "money per year such as 60000 USD/year", -1e13, 1e13
)
HEADCOUNT = Dimension(
    "employees", HEADS, "a number of employees such as 3000 employees", lower=1.0, upper=1e9
)
POLICY = Dimension(
    "policy",
    BARE,
    "a dispatch policy",
    choices=(
        ("first_come", 0.0),
        ("severity", 1.0),
        ("sla", 2.0),
        ("shortest_job", 3.0),
        ("business_impact", 4.0),
    ),
)
SWITCH = Dimension("switch", BARE, "true or false", choices=(("false", 0.0), ("true", 1.0)))

SHORTEST_RUN = HOUR
LONGEST_RUN = 20 * 366 * DAY
