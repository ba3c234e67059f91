"""The words a reader of the report may want explained."""

from __future__ import annotations

GLOSSARY = {
    "95% interval": "If the whole experiment were repeated many times, 19 of 20 such intervals would "
    "hold the true mean of the model. It tells how far chance may have moved a number, not how far the model "
    "may be from your organisation.",
    "Alignment index": "Mean of four parts from 0 to 1: services that reach their availability target, "
    "demand met as agreed, users' satisfaction, and capability that is neither idle nor overloaded.",
    "Attribution": "A difference split over its parts: each gets the mean of what it adds, over all orders "
    "in which the parts can come (Shapley value).",
    "Base": "The organisation that all other scenarios are compared with.",
    "Churn proxy": "An estimate of customers who leave because of bad experiences, made from outages that "
    "they met; not an observation.",
    "Downtime": "Time in which a service has lost at least half of its function, outside planned "
    "maintenance.",
    "Firefighting": "Work that nobody planned: incidents, overtime, rework after handoffs, and what "
    "interruptions cost.",
    "Handoff": "A ticket goes from one team to another: it queues again, and something of what was known is "
    "lost.",
    "Impairment": "Share of a service's function that is missing: scope (who is hit) times severity (how "
    "much does not work), summed over unrestored incidents, at most all of it.",
    "Incident": "An unplanned interruption of a service or a loss of its quality.",
    "Leading and lagging": "Leading measures move first and warn (backlogs, overload, overdue maintenance); "
    "lagging ones show what it came to (downtime, customers lost).",
    "Major incident": "An incident of true priority 1.",
    "Negligible": "A difference that is clear of chance, but below half a percent of what the base has (of "
    "a share that should be high: of what it lacks to the whole). It is called neither better nor worse.",
    "Paired": "All scenarios meet the same luck: the same incidents and requests at the same time. "
    "Differences are taken replication by replication, so that this luck cancels out.",
    "Replication": "One simulated future: the same organisation, other luck.",
    "Request": "Something a user asks for: a password, access, equipment.",
    "Restored and closed": "Restored is when the service works again for those concerned; closed is when the "
    "ticket is put away. Two different clocks.",
    "Service level": "The time within which IT has promised to restore or to fulfil, by priority as IT "
    "sees it.",
    "Target": "A business objective made measurable: an outcome with a threshold, a window and an owner.",
    "Time without work in hand": "Time for which people are present and have nothing to do of all that is "
    "played: tickets, problems, changes, initiatives. Where the base was learnt from a log, most of it is "
    "work that the log does not show, not idleness: if it shrinks, that other work goes short.",
    "Utilisation": "Share of the time for which people are present that they have work in hand.",
    "Vanity metric": "A metric that looks good on a dashboard and that no objective asks for.",
    "Watermelon": "Green outside, red inside. The rind is the IT dashboard, the core what the business asked "
    "for. Each is green if at least 80% of its limits are kept in more than half of the simulated futures, "
    "red if fewer than half of them are, and grey between.",
    "Watermelon index": "Share of months and objectives in which every IT metric is green while fewer "
    "than half of the objective's business limits are kept.",
    "Warm-up": "Simulated time before the measured period, so that queues are as full as they usually are.",
}

GRADES = {
    "A": "primary source, read",
    "B": "a source that quotes another",
    "C": "vendor or anecdote",
    "D": "assumption without a public source",
    "E": "computed from data or from other values",
    "claim": "stated, not checked",
}
"""What the grade of an assumption means."""
