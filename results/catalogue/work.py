"""Outcomes about hours of IT people: the ledger that adds up to the paid hours."""

from __future__ import annotations

from results.catalogue.outcome import Outcome

LEDGER = (
    "Ledger of seat hours: paid in shift = worked + idle + absent, every second once (checked in each run)"
)
UNPLANNED = "After 'unplanned work and rework' of the DORA State of DevOps reports (2016 and later)"
MARK = "Mark, Gudith & Klocke (2008), 'The cost of interrupted work', for the size of the loss"

WORK = (
    Outcome(
        name="firefighting_hours",
        title="Hours spent on firefighting",
        unit="hours",
        better="lower",
        kind="total",
        family="work",
        formula=(
            "Hours on incidents (triage, resolution, finding out a misrouting, work on a reopened "
            "incident), on emergency changes and rollbacks, all overtime, and on other work the rework after "
            "a handoff and the loss after an interruption. No second counts twice."
        ),
        source=UNPLANNED,
    ),
    Outcome(
        name="firefighting_hours_share",
        title="Share of worked hours spent on firefighting",
        unit="share",
        better="lower",
        kind="share",
        family="work",
        formula=(
            "Firefighting hours / (hours worked in shift + overtime); idle and absent hours are in neither."
        ),
        source=UNPLANNED,
        undefined="nobody worked in the window",
        by_service=False,
        part="firefighting_hours",
        whole="work of all kinds",
    ),
    Outcome(
        name="utilisation_mean",
        title="Share of present time with work in hand",
        unit="share",
        better="lower",
        kind="share",
        family="work",
        formula=(
            "Hours worked in shift / (worked in shift + idle); absence and overtime apart. Lower is better "
            "in the sense of room for peaks and prevention; read it beside idle_hours."
        ),
        source="MetricNet usage; above 65-70% desk agents leave sooner (Rumburg, swish.ai 2021)",
        undefined="nobody was present in the window",
        by_service=False,
    ),
    Outcome(
        name="hours_worked",
        title="Hours worked in shift",
        unit="hours",
        better="neither",
        kind="total",
        family="work",
        formula="Seat hours in shift on tickets; overtime is apart.",
        source=LEDGER,
    ),
    Outcome(
        name="overtime_hours",
        title="Overtime",
        unit="hours",
        better="lower",
        kind="total",
        family="work",
        formula=(
            "Seat hours out of shift on priority 1 tickets, on call or carrying on at the end of a shift."
        ),
        source=LEDGER,
    ),
    Outcome(
        name="idle_hours",
        title="Hours present without work in hand",
        unit="hours",
        better="neither",
        kind="total",
        family="work",
        formula=(
            "Seat hours in shift, present, without a ticket: other work, room for planned work, or unused "
            "capability."
        ),
        source=LEDGER,
        by_service=False,
    ),
    Outcome(
        name="absent_hours",
        title="Hours of absence",
        unit="hours",
        better="neither",
        kind="total",
        family="work",
        formula="Seat hours in shift on leave, sick, in training or on a public holiday.",
        source=LEDGER,
        by_service=False,
    ),
    Outcome(
        name="paid_hours",
        title="Paid hours in shift",
        unit="hours",
        better="neither",
        kind="total",
        family="work",
        formula="All seat hours in shift: worked + idle + absent. Overtime is paid on top.",
        source=LEDGER,
        by_service=False,
    ),
    Outcome(
        name="incident_hours",
        title="Hours worked on incidents",
        unit="hours",
        better="lower",
        kind="total",
        family="work",
        formula="Seat hours, overtime included, on tickets that are incidents.",
        source=LEDGER,
    ),
    Outcome(
        name="request_hours",
        title="Hours worked on requests",
        unit="hours",
        better="neither",
        kind="total",
        family="work",
        formula="Seat hours, overtime included, on tickets that are requests.",
        source=LEDGER,
    ),
    Outcome(
        name="rework_hours",
        title="Hours of work done again after handoffs",
        unit="hours",
        better="lower",
        kind="total",
        family="work",
        formula="Seat hours that made good lost context; part of the hours worked.",
        source=LEDGER,
    ),
    Outcome(
        name="preemption_loss_hours",
        title="Hours lost to interruptions",
        unit="hours",
        better="lower",
        kind="total",
        family="work",
        formula="Seat hours that made good an interruption by a priority 1 ticket; part of the hours worked.",
        source=MARK,
    ),
    Outcome(
        name="work_hours_per_incident",
        title="Work per incident",
        unit="hours",
        better="lower",
        kind="ratio",
        family="work",
        formula="Hours worked on incidents in the window / incidents that began in it.",
        source="Handle time of service-desk practice, over all teams",
        undefined="no incident began in the window",
        part="incident_hours",
        whole="the number of incidents",
    ),
    Outcome(
        name="queue_hours_per_ticket",
        title="Waiting in teams' queues per ticket",
        unit="hours",
        better="lower",
        kind="ratio",
        family="work",
        formula=(
            "Calendar hours that tickets spent in teams' queues in the window, nights and weekends included"
            " / tickets that reached IT in the window and were not fulfilled by automation."
        ),
        source="Definition of this model",
        undefined="no ticket for an agent reached IT in the window",
    ),
)
