"""What changes and age do to a service."""

from __future__ import annotations

from typing import Annotated

from scenarios.dimensions import ARRIVAL_RATE, PRICE
from scenarios.quantities import Quantity
from scenarios.schema.defaults import NOTHING
from scenarios.schema.parts import Name, Part, described
from scenarios.schema.times import Freeze, HoursOrName
from scenarios.schema.work import NONE, Variate


class Audit(Part):
    """What auditors find where maintenance is overdue."""

    findings: Annotated[Quantity, ARRIVAL_RATE] = described(
        "Findings expected for each overdue maintenance change, such as 0.02 /month.", lever=True
    )
    team: Name = described("Team that mends what is found.", decided=True)
    kind: Name = described("Kind of the change that mends it: a name of `change_kinds`.", decided=True)
    work: Variate = described("Effort to build and test it.", NONE)
    penalty: Annotated[Quantity, PRICE] = described("What a finding costs besides.", NOTHING)


class Upkeep(Part):
    """What changes and age do to a service."""

    windows: HoursOrName = described(
        "When changes may be deployed: the name of a calendar, or hours.", "always", decided=True
    )
    freezes: list[Freeze] = described(
        "Days on which no window opens: names of `peaks`, or {from: 4th thu nov, to: 12-26}.",
        list,
        decided=True,
    )
    failures: Name | None = described(
        "Stream of `incidents` to which the incidents of failed changes belong; left out, they cause none.",
        None,
        decided=True,
    )
    faults: Name | None = described(
        "Name of `faults`: where a failed change that is not undone leaves one; left out, it leaves none.",
        None,
        decided=True,
    )
    overload: Name | None = described(
        "Stream of `incidents` to which days above `peak_capacity` belong; left out, overload does nothing.",
        None,
        decided=True,
    )
    audit: Audit | None = described("Audit findings; left out, nobody looks.", None)
