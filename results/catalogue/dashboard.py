"""Outcomes that an IT dashboard shows. They can all be green while the business is not."""

from __future__ import annotations

from results.catalogue.outcome import Outcome

OWN = "Definition of this model (docs/model.md, outcomes)"
HDI = "HDI and MetricNet usage: contacts resolved by the first team over all contacts"
NO_INCIDENT = "no incident began in the window"
NO_CASE = "no ticket reached IT in the window"

DASHBOARD = (
    Outcome(
        name="sla_attainment_share",
        title="Tickets resolved within their service level",
        unit="share",
        better="higher",
        kind="share",
        family="dashboard",
        formula=(
            "Of the incidents and requests that reached IT in the window, the share restored or fulfilled "
            "by their due time. An open one counts as missed once its due time has passed, else as met so "
            "far; a reopened one counts with its last restoration. The due time follows the priority as IT "
            "sees it."
        ),
        source="ITIL 4 'Service level management'; open cases as in restore_hours_mean",
        undefined=NO_CASE,
    ),
    Outcome(
        name="tickets_closed_share",
        title="Tickets closed per ticket that came in",
        unit="share",
        better="higher",
        kind="ratio",
        family="dashboard",
        formula=(
            "Tickets closed in the window / tickets that reached IT in the window, whenever the closed ones"
            " came; above 1 while a backlog is worked off."
        ),
        source="Common dashboard figure, kept because it misleads: closing is not restoring",
        undefined=NO_CASE,
    ),
    Outcome(
        name="first_contact_share",
        title="Incidents resolved by the first team",
        unit="share",
        better="higher",
        kind="share",
        family="dashboard",
        formula=(
            "Of the incidents that began in the window, the share that the entry team ended alone; an open "
            "one does not count as resolved."
        ),
        source=HDI,
        undefined=NO_INCIDENT,
    ),
    Outcome(
        name="first_response_hours_mean",
        title="Mean time until somebody works on an incident",
        unit="hours",
        better="lower",
        kind="mean",
        family="dashboard",
        formula=(
            "For every incident that reached IT in the window, calendar hours from then to the first work; "
            "one not yet touched counts its age at the end of the window."
        ),
        source=OWN,
        undefined="no incident reached IT in the window",
    ),
    Outcome(
        name="reopen_share",
        title="Restorations that did not hold",
        unit="share",
        better="lower",
        kind="share",
        family="dashboard",
        formula="Reopenings of incidents in the window / restorations of incidents in the window.",
        source="ServiceNow usage (reopen count); value in UCI dataset 498: 1.2%",
        undefined="no incident was restored in the window",
    ),
    Outcome(
        name="handoffs_per_incident",
        title="Handoffs between teams per incident",
        unit="per incident",
        better="lower",
        kind="mean",
        family="dashboard",
        formula="Mean number of handoffs, so far, of the incidents that began in the window.",
        source="Reassignment count of service-desk tools; value in UCI dataset 498: 1.03",
        undefined=NO_INCIDENT,
    ),
    Outcome(
        name="misroutes_per_incident",
        title="Handoffs to a team that did not own the cause, per incident",
        unit="per incident",
        better="lower",
        kind="mean",
        family="dashboard",
        formula="Mean number of misroutings, so far, of the incidents that began in the window.",
        source=OWN,
        undefined=NO_INCIDENT,
    ),
    Outcome(
        name="priority_misjudged_share",
        title="Incidents given the wrong priority",
        unit="share",
        better="lower",
        kind="share",
        family="dashboard",
        formula=(
            "Of the incidents that began in the window, the share whose priority as IT sees it differs from"
            " the true one."
        ),
        source=OWN,
        undefined=NO_INCIDENT,
    ),
    Outcome(
        name="detection_hours_mean",
        title="Mean time until IT knows of an incident",
        unit="hours",
        better="lower",
        kind="mean",
        family="dashboard",
        formula=(
            "For every incident that began in the window, calendar hours until monitoring or a user's "
            "report; one not yet known counts its age at the end of the window."
        ),
        source="ITIL 4 'Monitoring and event management'",
        undefined=NO_INCIDENT,
    ),
    Outcome(
        name="incidents",
        title="Incidents",
        unit="tickets",
        better="lower",
        kind="count",
        family="dashboard",
        formula="Incidents that began in the window.",
        source="ITIL 4 'Incident management'",
    ),
    Outcome(
        name="requests",
        title="Requests",
        unit="tickets",
        better="lower",
        kind="count",
        family="dashboard",
        formula=(
            "Service requests made in the window, automated ones included. Fewer is better in the sense of "
            "demand that need not arise."
        ),
        source="ITIL 4 'Service request management'",
    ),
    Outcome(
        name="automated_request_share",
        title="Requests fulfilled without an agent",
        unit="share",
        better="higher",
        kind="share",
        family="dashboard",
        formula=(
            "Of the requests made in the window, the share fulfilled by automation; one that automation "
            "failed and passed on to an agent does not count."
        ),
        source=OWN,
        undefined="no request was made in the window",
    ),
    Outcome(
        name="incident_backlog_end",
        title="Incidents open at the end",
        unit="tickets",
        better="lower",
        kind="stock",
        family="dashboard",
        formula="Incidents unresolved at the end of the window, whenever they began.",
        source=OWN,
    ),
    Outcome(
        name="request_backlog_end",
        title="Requests open at the end",
        unit="tickets",
        better="lower",
        kind="stock",
        family="dashboard",
        formula="Requests unfulfilled at the end of the window, whenever they were made.",
        source=OWN,
    ),
)
