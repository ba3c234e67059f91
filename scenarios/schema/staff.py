"""People over time: who tires, leaves, is replaced and learns; and how users come to judge IT."""

from __future__ import annotations

from typing import Annotated

from scenarios.dimensions import DURATION, LEAVING_RATE, LIKELY, NUMBER, PERCENT
from scenarios.quantities import Quantity, default
from scenarios.schema.defaults import ALL, NO_SHARE, NOTHING
from scenarios.schema.parts import Part, described
from scenarios.schema.work import NONE, Variate
from scenarios.units import DAY, HOUR


class People(Part):
    """How the people of a team tire, leave, are replaced and learn."""

    attrition: Annotated[Quantity, LEAVING_RATE] = described(
        "People who leave in a year, in percent of the seats, without overload.",
        default(0.0, "%/year", 0.01),
        lever=True,
    )
    strain_effect: Annotated[Quantity, NUMBER] = described(
        "What full overload adds to attrition (1 doubles it).", NOTHING, lever=True
    )
    strain_from: Annotated[Quantity, PERCENT] = described(
        "Utilisation of a week from which on it counts as overload.", default(0.85, "%", 0.01), lever=True
    )
    strain_weight: Annotated[Quantity, PERCENT] = described(
        "How much of the overload that is felt comes from the last week; the rest is older.",
        default(0.25, "%", 0.01),
        lever=True,
    )
    vacancy: Variate = described("Time until somebody new begins.", NONE)
    newcomer_speed: Annotated[Quantity, LIKELY] = described(
        "Speed of a newcomer on the first day.", ALL, lever=True
    )
    learning: Annotated[Quantity, DURATION] = described(
        "Time until a newcomer is as fast as others.", default(0.0, "weeks", 7 * DAY), lever=True
    )
    written_down: Annotated[Quantity, PERCENT] = described(
        "Share of a leaver's knowledge that stays, because it was written down.", ALL, lever=True
    )
    recovery: Annotated[Quantity, PERCENT] = described(
        "Share of missing knowledge that the team regains in a week.",
        default(0.05, "%", 0.01),
        lever=True,
    )
    knowledge_effect: Annotated[Quantity, NUMBER] = described(
        "What the loss of all knowledge adds to the effort of the team's work (1 doubles it).",
        NOTHING,
        lever=True,
    )


class Satisfaction(Part):
    """How users come to judge IT, from 0 to 100 %."""

    patience: Annotated[Quantity, DURATION] = described(
        "Wait that halves how a user judges a ticket.", default(24 * HOUR, "h", HOUR), lever=True
    )
    handoff_loss: Annotated[Quantity, PERCENT] = described(
        "Share of the judgement that each handoff takes away.", NO_SHARE, lever=True
    )
    reopen_loss: Annotated[Quantity, PERCENT] = described(
        "Share of the judgement that each reopening takes away.", NO_SHARE, lever=True
    )
    weight: Annotated[Quantity, PERCENT] = described(
        "How much of the judgement comes from the last week; the rest is older.",
        default(0.25, "%", 0.01),
        lever=True,
    )
