"""Faults, where repeated incidents come from, and the problem management that looks for them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scenarios.dimensions import ARRIVAL_RATE, DURATION, LIKELY, NUMBER, PERCENT, WHOLE
from scenarios.quantities import Quantity, default
from scenarios.schema.defaults import ALL, NO_SHARE, NOTHING, ONE
from scenarios.schema.parts import Name, Part, Text, described
from scenarios.schema.work import NONE, Spread, Variate
from scenarios.units import DAY

EQUAL = Spread()


class Problems(Part):
    """Problem management: when a fault becomes a problem."""

    maturity: Annotated[Quantity, PERCENT] = described(
        "Probability that an incident of a fault which repeats is asked after, at each further one.",
        NO_SHARE,
        lever=True,
    )
    majors: Annotated[Quantity, PERCENT] = described(
        "Probability that an incident of priority 1 is asked after.", NO_SHARE, lever=True
    )
    repeats: Annotated[int, Field(ge=1, le=1000)] = described(
        "Incidents in a row from which on a fault repeats.", 3, decided=True
    )
    window: Annotated[Quantity, DURATION] = described(
        "Incidents further apart than this are not in a row.", default(90 * DAY, "days", DAY), decided=True
    )


class FaultPool(Part):
    """The faults behind one stream of incidents: latent defects that strike until they are fixed."""

    title: Text = described("Name in reports; left out, its key.", "", decided=True)
    incidents: Name = described(
        "Stream of `incidents` that they cause: its service, category, impacts, profile and demand.",
        decided=True,
    )
    initial: Annotated[Quantity, WHOLE] = described(
        "Faults that are there at the start of the warm-up.", NOTHING
    )
    rate: Annotated[Quantity, ARRIVAL_RATE] = described("Incidents of the mean fault, without peaks.")
    spread: Spread = described("How unequal faults are: the shape of their rates.", EQUAL)
    births: Annotated[Quantity, ARRIVAL_RATE] = described(
        "New faults that come with age, such as 0.3 /week.", default(0.0, "/week", 1 / 168), lever=True
    )
    ageing: Annotated[Quantity, NUMBER] = described(
        "What each overdue maintenance change of the service adds to the births (0.05 is 5 %).",
        NOTHING,
        lever=True,
    )
    team: Name = described("Team that investigates and fixes.", decided=True)
    investigation: Variate = described("Effort of one round of investigation.", NONE)
    finds_cause: Annotated[Quantity, LIKELY] = described(
        "Share of the rounds that find the cause.", ALL, lever=True
    )
    workaround: Annotated[Quantity, PERCENT] = described(
        "Share of the known causes for which there is a workaround.", NO_SHARE, lever=True
    )
    workaround_work: Annotated[Quantity, PERCENT] = described(
        "Effort of a visit with the workaround, in percent of a normal one.", ALL, lever=True
    )
    workaround_resolves: Annotated[Quantity, PERCENT] = described(
        "Share of the visits that would send an incident on which settle it with the workaround.",
        NO_SHARE,
        lever=True,
    )
    fix: Name = described("Kind of the change that removes it: a name of `change_kinds`.", decided=True)
    fix_work: Variate = described("Effort to build and test that change.", NONE)
    worth: Annotated[Quantity, NUMBER] = described(
        "Value lost in an hour that its problem waits, as IT believes it, in the unit of the services' "
        "weights.",
        ONE,
        lever=True,
        decided=True,
    )
