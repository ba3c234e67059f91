"""Outcomes in money. Spend and loss are two outcomes: they are never added silently."""

from __future__ import annotations

from results.catalogue.outcome import Outcome

OWN = "Definition of this model (docs/model.md, outcomes)"
DORA = "Rule 'revenue per hour x hours down' of the DORA ROI calculator, refined by load, scope and severity"

MONEY = (
    Outcome(
        name="revenue_lost",
        title="Revenue lost to impaired services",
        unit="money",
        better="lower",
        kind="total",
        family="money",
        formula=(
            "Integral of min(1, impairment by incidents that hit customers) x revenue at that hour (mean "
            "revenue per hour x load of the service) x (1 - share that comes back later), summed over "
            "services."
        ),
        source=DORA,
    ),
    Outcome(
        name="margin_lost",
        title="Margin lost to impaired services",
        unit="money",
        better="lower",
        kind="total",
        family="money",
        formula="Revenue lost x the service's contribution margin, summed over services.",
        source=DORA,
    ),
    Outcome(
        name="customer_value_lost",
        title="Margin lost with lost customers",
        unit="money",
        better="lower",
        kind="total",
        family="money",
        formula=(
            "Customers lost x margin per customer-month x months counted: the smaller of the assumed number"
            " and the months left to the end of the run."
        ),
        source=OWN,
    ),
    Outcome(
        name="employee_cost_lost",
        title="Pay for hours that employees could not work",
        unit="money",
        better="lower",
        kind="total",
        family="money",
        formula="Hours that employees could not work x their loaded cost per hour.",
        source=OWN,
    ),
    Outcome(
        name="business_loss_total",
        title="Loss to the business",
        unit="money",
        better="lower",
        kind="total",
        family="money",
        formula=(
            "Margin lost + value of the customers lost + pay for hours that employees could not work + value "
            "of initiatives that came late + penalties for audit findings. IT spend is not in it."
        ),
        source=OWN,
    ),
    Outcome(
        name="firefighting_cost",
        title="Cost of firefighting",
        unit="money",
        better="lower",
        kind="total",
        family="money",
        formula="Firefighting hours x the team's loaded cost per hour; overtime x its overtime factor.",
        source=OWN,
    ),
    Outcome(
        name="firefighting_budget_share",
        title="Share of IT spend that goes into firefighting",
        unit="share",
        better="lower",
        kind="share",
        family="money",
        formula="Cost of firefighting / IT spend.",
        source=OWN,
        undefined="there is no IT spend in the window",
        by_service=False,
        part="firefighting_cost",
        whole="IT spend",
    ),
    Outcome(
        name="overtime_cost",
        title="Cost of overtime",
        unit="money",
        better="lower",
        kind="total",
        family="money",
        formula="Overtime hours x the team's loaded cost per hour x its overtime factor.",
        source=OWN,
    ),
    Outcome(
        name="cost_total",
        title="IT spend",
        unit="money",
        better="lower",
        kind="total",
        family="money",
        formula=(
            "Paid hours in shift x loaded cost + overtime with its factor + tooling pro rata + cost of "
            "levers that falls into the window (a year is 8,760 h)."
        ),
        source=OWN,
        by_service=False,
    ),
)
