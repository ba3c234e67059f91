"""People who tire, leave, are replaced and learn; and how satisfied the users are."""

from __future__ import annotations

from dataclasses import dataclass

from sim.spec.parameters import Param
from sim.spec.shapes import Variate


@dataclass(frozen=True, slots=True)
class People:
    """The people of a team over time.

    ``attrition`` is the expected number of leavings a person and year without overload; ``strain_effect``
    times the overload (0 to 1) adds to it, relatively. A week counts as overload from a utilisation of
    ``strain_from`` on; ``strain_weight`` is how much of the overload remembered comes from the last week.
    A seat is vacant for ``vacancy``; the newcomer starts at ``newcomer_speed`` (share of full speed) and
    reaches it after ``learning`` seconds. A leaver takes knowledge along, except the share
    ``written_down``; the team regains the share ``recovery`` of what is missing each week. Missing
    knowledge adds ``knowledge_effect`` times itself to the effort of its work.
    """

    attrition: Param
    strain_effect: Param
    strain_from: Param
    strain_weight: Param
    vacancy: Variate
    newcomer_speed: Param
    learning: Param
    written_down: Param
    recovery: Param
    knowledge_effect: Param


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How users come to judge IT (``sim.rules.people.experience``).

    A wait of ``patience`` seconds halves an experience; each handoff takes the share ``handoff_loss`` of
    it and each reopening the share ``reopen_loss``. ``weight`` is how much of the judgement comes from the
    last week.
    """

    patience: Param
    handoff_loss: Param
    reopen_loss: Param
    weight: Param
