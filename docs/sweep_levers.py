"""The levers that ``python -m docs.sweep`` moves, and what a practitioner expects of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["good", "bad", "mixed"]
"""Whether more of it helps or harms on the whole; ``mixed`` helps some outcomes and harms others."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A key (by selector) that goes from ``low`` to ``high`` in all of a run, its warm-up included.

    ``because`` explains outcomes that move against ``direction``, by outcome; ``note`` what a mixed lever
    does.
    """

    title: str
    kind: Literal["set", "times", "plus"]
    key: str
    low: str
    high: str
    direction: Direction
    because: dict[str, str] = field(default_factory=dict)
    note: str = ""


OF_ALL_WORK = (
    "a share of all hours worked: beside more other work the same firefighting is a smaller part, "
    "beside less a larger one"
)
DENOMINATOR = {"firefighting_hours_share": OF_ALL_WORK}

LEVERS = (
    # What is asked for
    Lever(
        "Demand: incidents",
        "times",
        "incidents[*].demand",
        "0.9",
        "1.1",
        "bad",
        {
            "recurring_incident_share": "more incidents of a fault make it noticed sooner: it becomes a "
            "problem, is fixed, and repeats no more"
        },
    ),
    Lever("Demand: requests", "times", "requests[*].demand", "0.85", "1.15", "bad", DENOMINATOR),
    Lever(
        "Automation of requests",
        "plus",
        "requests[automatable].automation",
        "0 %",
        "45 %",
        "good",
        DENOMINATOR,
    ),
    # The way of a ticket
    Lever("Tickets sent to a wrong team", "times", "categories[*].misrouting", "0.5", "2", "bad"),
    Lever("Delay of a handoff", "times", "categories[*].handoff_delay", "0.3", "3", "bad"),
    Lever("Context lost in a handoff", "times", "categories[*].context_loss", "0.2", "2", "bad"),
    Lever("Two teams work at once", "times", "categories[*].second_team.swarming", "0.3", "1.5", "good"),
    Lever(
        "What the desk settles itself",
        "times",
        "categories[*].stages[role=desk].resolves",
        "0.85",
        "1.05",
        "good",
    ),
    Lever("Restorations that do not hold", "times", "categories[*].reopen", "0.5", "2", "bad"),
    Lever(
        "Priorities misjudged",
        "times",
        "incidents[*].priority_error",
        "0.3",
        "3",
        "bad",
        {
            "restore_hours_mean": "the mean is over all priorities: what is wrongly taken for urgent is "
            "done sooner, the few that are urgent wait, and initiatives wait for both"
        },
    ),
    Lever("Trouble that monitoring sees", "times", "incidents[*].monitored", "0.5", "1.4", "good"),
    Lever("Time until users report", "times", "incidents[*].report_delay", "0.5", "2", "bad"),
    # People
    Lever(
        "Seats at the desk",
        "times",
        "teams[role=desk].seats",
        "0.8",
        "1.2",
        "good",
        {
            "change_lead_hours_mean": "a quicker desk passes on sooner what it does not settle, and those "
            "who build changes answer that first"
        },
    ),
    Lever("Seats behind the desk", "times", "teams[role!=desk].seats", "0.9", "1.15", "good"),
    Lever("Absence", "times", "teams[*].absence", "0.75", "1.3", "bad"),
    Lever(
        "Seats kept for planned work",
        "set",
        "teams[role!=desk].ring_fenced",
        "0",
        "1",
        "mixed",
        note="tickets wait for fewer people. The teams of the baseline have time for what is planned, so "
        "that there is little to win; a congested team wins more than it loses, after more than a "
        "year ([loops](loops.md#firefighting-trap))",
    ),
    Lever("People who leave", "times", "teams[*].people.attrition", "0.5", "2", "bad"),
    Lever("Time to fill a vacancy", "times", "teams[*].people.vacancy", "0.5", "2", "bad"),
    Lever("Time that newcomers learn", "times", "teams[*].people.learning", "0.5", "2", "bad"),
    Lever("Knowledge written down", "times", "teams[*].people.written_down", "0.3", "1.8", "good"),
    # Faults and problems
    Lever("Faults that are born", "times", "faults[*].births", "0.7", "1.3", "bad"),
    Lever(
        "Faults that come with age",
        "times",
        "faults[*].ageing",
        "0",
        "4",
        "bad",
        note="overdue maintenance is what ages a service, and hardly any is overdue in the baseline; see "
        "[the debt loop](loops.md#debt)",
    ),
    Lever(
        "Problem management",
        "times",
        "problems.maturity",
        "0.3",
        "3",
        "mixed",
        note="investigations and fixes take time of other planned work, and what they remove gives more back",
    ),
    Lever(
        "Work to investigate a fault", "times", "faults[*].investigation", "0.6", "1.6", "bad", DENOMINATOR
    ),
    Lever("Investigations that find the cause", "times", "faults[*].finds_cause", "0.6", "2", "good"),
    Lever("Workarounds", "times", "faults[*].workaround", "0.4", "1.8", "good"),
    # Changes
    Lever(
        "Rigour of approval",
        "set",
        "change_enablement.rigour",
        "10 %",
        "90 %",
        "mixed",
        note="speed against failures ([approval](approval.md)): a meeting that looks closely approves fewer",
    ),
    Lever(
        "Changes a meeting approves",
        "set",
        "change_enablement.capacity",
        "12",
        "60",
        "good",
        {
            "change_failure_share": "where a meeting approves next to nothing, only standard changes go "
            "live, which fail least"
        },
    ),
    Lever("Tests that run by themselves", "set", "change_enablement.test_automation", "5 %", "60 %", "good"),
    Lever("Risk of a change", "times", "change_kinds[*].risk", "0.6", "1.5", "bad"),
    Lever("Haste under pressure", "times", "change_enablement.haste_effect", "0", "2", "bad"),
    Lever("Collisions of changes", "times", "change_enablement.collision_effect", "0", "3", "bad"),
    Lever(
        "Changes without approval",
        "plus",
        "change_enablement.bypass",
        "0 %",
        "20 %",
        "mixed",
        note="each such change is live sooner and fails more often; the first is too little to be seen in "
        "the mean over all changes",
    ),
    Lever("Failed changes rolled back", "times", "change_enablement.rolled_back", "0.7", "1.05", "good"),
    Lever(
        "Maintenance",
        "times",
        "changes[purpose=maintenance].demand",
        "0.6",
        "1.4",
        "mixed",
        note="this is maintenance *asked for*, not maintenance done: every patch is a change that may "
        "fail, and more of them take time and collide. What ages a service is maintenance that is "
        "overdue, and hardly any is in the baseline, so that asking for less costs nothing here. Real "
        "services would age unpatched: don't read this row as advice. What putting it off does is in "
        "[the debt loop](loops.md#debt)",
    ),
    # Initiatives
    Lever("Effort of initiatives", "times", "initiatives[*].parts[*].effort", "0.7", "1.4", "bad"),
    Lever(
        "Size of the changes of initiatives",
        "times",
        "initiatives[*].parts[*].batch",
        "0.5",
        "2",
        "mixed",
        note="a larger change fails more often, but less than twice as often as one of half its size, and "
        "there are half as many; each waits for the meeting and the window once. So small batches pay "
        "only where approval is cheap: with a meeting that approves without limit "
        "(`change_enablement.capacity=400`) larger batches bring initiatives 84 ± 55 h later (8 "
        "worlds), and with the one of the baseline no later. Lead time and share of failures are over "
        "all changes, and fall because fewer of them belong to initiatives, which wait and fail most",
    ),
)
