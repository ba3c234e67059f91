"""How the money of a scenario is reckoned by ``watermelon roi``; none of it changes what is played."""

from __future__ import annotations

from typing import Annotated

from scenarios.dimensions import LIFE, PERCENT, RATE_OF_RETURN, SWITCH
from scenarios.quantities import Quantity, default
from scenarios.schema.defaults import NO_SHARE, OFF
from scenarios.schema.parts import Part, described


class Finance(Part):
    """How investments are appraised. All of it may be left out."""

    discount_rate: Annotated[Quantity, RATE_OF_RETURN] = described(
        "What money must earn in a year (cost of capital, hurdle rate): real if `inflation` is 0 %, nominal "
        "otherwise.",
        default(0.10, "%", 0.01),
        decided=True,
    )
    mid_year: Annotated[Quantity, SWITCH] = described(
        "Discount the flows of a year from its middle instead of its end; year 0 is never discounted.",
        OFF,
        decided=True,
    )
    inflation: Annotated[Quantity, RATE_OF_RETURN] = described(
        "Growth of all prices in a year; 0 % reckons in the prices of year 0.", default(0.0, "%", 0.01)
    )
    tax_rate: Annotated[Quantity, PERCENT] = described(
        "Tax on profit; at 0 % everything is before tax.", default(0.0, "%", 0.01)
    )
    losses_used: Annotated[Quantity, SWITCH] = described(
        "Whether losses save tax on other profit at once; if not, they are carried forward.",
        default(1.0, name="true"),
        decided=True,
    )
    capital_share: Annotated[Quantity, PERCENT] = described(
        "Share of the one-off costs of levers that is capitalised and written off; the rest is expensed.",
        NO_SHARE,
        decided=True,
    )
    depreciation_years: Annotated[Quantity, LIFE] = described(
        "Years over which that is written off, in equal parts.", default(3.0), decided=True
    )
    reuse_employee_hours: Annotated[Quantity, PERCENT] = described(
        "Share of the working time that employees get back which becomes useful work.",
        default(0.5, "%", 0.01),
    )
    reuse_it_hours: Annotated[Quantity, PERCENT] = described(
        "Share of the paid hours that IT has left over which becomes useful work; what goes into planned "
        "work is played and counts there.",
        default(0.5, "%", 0.01),
    )
    benefit_adjustment: Annotated[Quantity, PERCENT] = described(
        "Risk adjustment, with `roi --modes` only: benefits are lowered by it.", NO_SHARE, decided=True
    )
    cost_adjustment: Annotated[Quantity, PERCENT] = described(
        "Risk adjustment, with `roi --modes` only: costs of levers are raised by it.", NO_SHARE, decided=True
    )
