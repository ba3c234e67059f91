"""Outcomes that the business feels: services, customers, employees, targets."""

from __future__ import annotations

from results.catalogue.outcome import Outcome

OWN = "Definition of this model (docs/model.md, outcomes)"
AVAILABILITY = "ITIL 4 practice guide 'Availability management': agreed time less downtime, over agreed time"
CHURN = (
    "Churn proxy of this model; scale of the hazard from what customers did after the TSB outage of 2018 "
    "(Guardian, 1 February 2019), not from what people say they would do"
)
NO_INCIDENT = "no incident began in the window"
NO_REQUEST = "no request was made in the window"

BUSINESS = (
    Outcome(
        name="downtime_hours",
        title="Hours with a service down",
        unit="hours",
        better="lower",
        kind="total",
        family="business",
        formula=(
            "Time in which a service's impairment is at least 0.5, outside its planned maintenance, summed "
            "over services. Impairment = min(1, sum over its unrestored incidents of scope x severity)."
        ),
        source=AVAILABILITY,
    ),
    Outcome(
        name="degraded_hours",
        title="Full-outage hours lost to impaired services",
        unit="hours",
        better="lower",
        kind="total",
        family="business",
        formula=(
            "Integral of impairment over time, summed over services: two hours at impairment 0.25 count 0.5"
            " h."
        ),
        source=OWN,
    ),
    Outcome(
        name="availability_share",
        title="Share of agreed time that services are up",
        unit="share",
        better="higher",
        kind="share",
        family="business",
        formula=(
            "1 - downtime hours / (services x hours of the window, round the clock, less planned "
            "maintenance)."
        ),
        source=AVAILABILITY,
        undefined="the whole window is planned maintenance",
    ),
    Outcome(
        name="availability_weighted_share",
        title="Availability weighted by business value",
        unit="share",
        better="higher",
        kind="share",
        family="business",
        formula=(
            "Mean of the services' availability, each weighted with its true value weight at the start of "
            "the run."
        ),
        source=OWN,
        undefined="no service has a value weight",
        by_service=False,
    ),
    Outcome(
        name="restore_hours_mean",
        title="Mean time to restore service",
        unit="hours",
        better="lower",
        kind="mean",
        family="business",
        formula=(
            "For every incident that began in the window, the time it was unresolved, reopened spells "
            "included, in calendar hours from its beginning (not from its detection); one still open counts"
            " its age at the end of the window."
        ),
        source=(
            "ITIL 4 'Incident management' (mean time to restore service); open cases as here, because means"
            " over closed cases make the slowest organisation look fast"
        ),
        undefined=NO_INCIDENT,
    ),
    Outcome(
        name="restore_hours_p90",
        title="Time within which 9 of 10 incidents are restored",
        unit="hours",
        better="lower",
        kind="quantile",
        family="business",
        formula="90% quantile (linear between order statistics) of the times of restore_hours_mean.",
        source="Hyndman & Fan (1996), definition 7, of the times of restore_hours_mean",
        undefined=NO_INCIDENT,
    ),
    Outcome(
        name="major_restore_hours_mean",
        title="Mean time to restore after a major incident",
        unit="hours",
        better="lower",
        kind="mean",
        family="business",
        formula="Mean of the times of restore_hours_mean over incidents with true priority 1.",
        source=OWN,
        undefined="no major incident began in the window",
    ),
    Outcome(
        name="customer_impacting_incidents",
        title="Incidents that customers feel",
        unit="tickets",
        better="lower",
        kind="count",
        family="business",
        formula="Incidents that began in the window and whose impact hits customers.",
        source=OWN,
    ),
    Outcome(
        name="major_incidents",
        title="Major incidents (true priority 1)",
        unit="tickets",
        better="lower",
        kind="count",
        family="business",
        formula="Incidents that began in the window with true priority 1, whatever IT took them for.",
        source="ITIL 4 'Incident management' (major incident)",
    ),
    Outcome(
        name="customers_lost",
        title="Customers lost to bad experiences",
        unit="customers",
        better="lower",
        kind="total",
        family="business",
        formula=(
            "At each restoration of an incident that hits customers: customers still there x share that "
            "depends on the service x min(1, scope x mean load while it lasted) x (1 - exp(-hazard x dose x "
            "(1 + repeat factor x M))), dose = severity x (1 - exp(-duration / dose hours)), M = the "
            "service's past doses, each weighted with its scope and halved every 'memory' days (warm-up "
            "included). An incident that is not restored yet counts with its dose so far, at the end of every"
            " week (from the start of the run) and of the run, and later only with what has come on top. The "
            "usual churn is not in it."
        ),
        source=CHURN,
    ),
    Outcome(
        name="customers_end",
        title="Customers at the end",
        unit="customers",
        better="higher",
        kind="stock",
        family="business",
        formula=(
            "Customers at the start + new customers - customers who leave anyway (background churn x "
            "customers there) - customers lost to bad experiences; counted once a week, evenly within it."
        ),
        source=CHURN,
        by_service=False,
    ),
    Outcome(
        name="churn_rate_monthly",
        title="Customers leaving a month",
        unit="per month",
        better="lower",
        kind="ratio",
        family="business",
        formula=(
            "Background churn a month + customers lost / customers / months of the window (a month is 730 h)."
        ),
        source=CHURN,
        undefined="there are no customers",
    ),
    Outcome(
        name="employee_hours_lost",
        title="Hours that employees could not work",
        unit="hours",
        better="lower",
        kind="total",
        family="business",
        formula=(
            "Integral, over the employees' working hours, of min(1, impairment by incidents that hit "
            "employees) x users x share of work lost, + for every request the working hours from opening to"
            " fulfilment (or the end of the window) x its share of work lost."
        ),
        source=(
            "Definition of this model; size of the effect per ticket: HappySignals, IT experience benchmark"
            " Q4 2019"
        ),
    ),
    Outcome(
        name="request_fulfilment_hours_mean",
        title="Mean time to fulfil a request",
        unit="hours",
        better="lower",
        kind="mean",
        family="business",
        formula=(
            "For every request made in the window, calendar hours from opening to fulfilment, automated "
            "ones included; one still open counts its age at the end of the window."
        ),
        source="ITIL 4 'Service request management'; open cases as in restore_hours_mean",
        undefined=NO_REQUEST,
    ),
    Outcome(
        name="targets_met_share",
        title="Share of business targets met",
        unit="share",
        better="higher",
        kind="share",
        family="business",
        formula=(
            "Targets met in the replication / targets whose metric has a value in it, each over its own "
            "window."
        ),
        source=OWN,
        undefined="the scenario has no target, or no metric has a value",
        by_service=False,
    ),
    Outcome(
        name="watermelon_index",
        title="Green outside, red inside",
        unit="share",
        better="lower",
        kind="share",
        family="business",
        formula=(
            "Pairs of a month (730 h) and an objective in which every mapped IT metric keeps its limit and "
            "fewer than half of the objective's business limits are kept / all pairs that are judged. Mapped "
            "IT metrics are those of the dashboard: the objective's own targets for them, else the usual "
            "limits. A target is judged in the months of its window; of what adds up (hours, money, counts) "
            "a month may use its part of the limit."
        ),
        source=OWN,
        undefined="no objective has a business target, or none has a value in any month",
        by_service=False,
    ),
    Outcome(
        name="alignment_index",
        title="How well IT and the business fit together",
        unit="share",
        better="higher",
        kind="share",
        family="business",
        formula=(
            "Mean of four parts from 0 to 1: services that reach their availability target in a week, by "
            "value weight; demand met as agreed (mean of the share of requests within their service level "
            "and the value share of due initiatives that are live); users' satisfaction; share of seat time "
            "in team weeks that are neither idle (work in hand below 40%) nor overloaded (85% or more)."
        ),
        source=OWN,
        undefined="a part has no value: no value weight, no demand, no satisfaction or no seat time",
        by_service=False,
    ),
)
