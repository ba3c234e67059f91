"""The page docs/event-log.md: columns, flows and activities of the event log."""

from __future__ import annotations

HEAD = """# The event log

`watermelon run SCENARIO --log FILE` writes what happened to every case of replication 0, as `.csv`,
`.parquet` or `.xes` by the ending of the file; `runs.log` has the same in Python. Both engines write the
same bytes. A row is an activity of a case; only rows that complete after t = 0 are there. Rows are sorted
by start, complete, case and activity; what was not complete at the end of the run has an empty complete time,
which sorts after any other of the same start.

## Columns

| column | holds |
| --- | --- |
{columns}

## Flows

{flows}.

## Activities

Instants have the same start and complete time. What takes no time at all leaves no row: a handoff without a
delay,
for instance, so that counting `hand_off` rows misses the handoffs of a zero delay; `handoffs_per_incident`
counts them.

| activity | means |
| --- | --- |
{activities}
"""

COLUMNS = {
    "case_id": "path of the case: `I/ecommerce/f3/12` (flow, stream or cause, number)",
    "flow": "one of the flows below",
    "activity": "one of the activities below",
    "start_hours": "hours since t = 0; times 3,600 and rounded it is whole seconds",
    "complete_hours": "the same for its end; empty if it was not complete at the end of the run",
    "team": "the team concerned; empty without one",
    "service": "the service that the case belongs to",
    "priority": "priority as IT sees it, 1 the highest; planned work has 5",
    "cause": "`background` or `demand`, a fault, a failed change, overload; of a change its purpose",
}

ACTIVITIES = {
    "occur": "an incident begins (instant)",
    "detect": "from then until monitoring or a user notices",
    "submit": "a request is made (instant)",
    "automate": "a request runs through automation, successfully or not",
    "approve": "a request waits for its approval",
    "queue": "waiting in a team's queue, from entry to the first work of the visit",
    "work": "a session of work at a seat; an interrupted visit has several",
    "wait_for_user": "waiting for an answer of the user",
    "wait_for_vendor": "waiting for a supplier",
    "hand_off": "on the way from one team to another",
    "restore": "service restored, or request fulfilled (instant)",
    "reopen": "a restoration did not hold (instant)",
    "close": "closed for good (instant)",
    "queue_again": "interrupted, or left over at the end of a shift: until somebody goes on with it",
    "raise": "a problem or a change is raised (instant)",
    "await_approval": "a change waits for the approval meeting",
    "await_window": "a change waits for its deployment window",
    "fail": "a deployment failed (instant)",
    "know": "the cause of a problem is found (instant)",
    "work_around": "a workaround is published (instant)",
    "start": "an initiative starts (instant)",
    "go_live": "a change or an initiative is live, or a problem is solved (instant)",
    "become_overdue": "maintenance has passed its due time (instant)",
}


def page() -> str:
    """The text of the page.

    Raises
    ------
    ValueError
        If the log has columns or activities that are not described here.
    """
    from sim.history import log

    if tuple(COLUMNS) != log.COLUMNS or tuple(ACTIVITIES) != log.ACTIVITIES:
        raise ValueError("docs/event_log.py does not describe what the event log holds")
    return HEAD.format(
        columns="\n".join(f"| `{name}` | {text} |" for name, text in COLUMNS.items()),
        flows=", ".join(f"`{name}`" for name in log.FLOWS),
        activities="\n".join(f"| `{name}` | {text} |" for name, text in ACTIVITIES.items()),
    )
