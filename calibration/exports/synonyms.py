"""Names that tools give to what this program calls by canonical names: columns, states, priorities."""

from __future__ import annotations

import re
from collections.abc import Iterable

COLUMNS = {
    "case": (
        "case_id, caseid, case:concept:name, trace:concept:name, incident_id, incident_number, incident, "
        "ticket_id, ticket_number, ticket, ticket_no, issue_key, key, issue_id, number, request_id, "
        "case_number, sr_number, reference, id, case"
    ),
    "time": (
        "time:timestamp, timestamp, complete_timestamp, sys_updated_at, sys_updated_on, updated_at, updated, "
        "event_time, change_date_time, data_stamp, datestamp, date_stamp, end_time, end_timestamp, "
        "changed_at, change_date, modified, last_modified, last_updated, last_update"
    ),
    "opened": (
        "opened_at, opened, open_time, opened_date, created_at, created, created_on, creation_date, "
        "created_date, create_time, creation_time, date_opened, date_created, reported_date, submitted, "
        "submit_date, reported_at, logged_at, registered, case:opened"
    ),
    "resolved": (
        "resolved_at, resolved, resolved_time, resolution_date, resolved_date, date_resolved, resolve_time, "
        "solved_at, solved, resolution_time, restored_at, fixed_at, completed_at, resolved_on, "
        "last_resolved_date"
    ),
    "closed": "closed_at, closed, close_time, closed_date, date_closed, closed_on, closure_date, close_date",
    "state": (
        "incident_state, state, status, ticket_status, case_status, concept:name, activity, activity_name, "
        "event, event_type, incident_activity_type, task, action"
    ),
    "substate": (
        "sub_status, substatus, sub_state, substate, status_reason, hold_reason, on_hold_reason, "
        "pending_reason"
    ),
    "priority": "priority, prio, severity, case:priority",
    "impact": "impact, case:impact",
    "urgency": "urgency, case:urgency",
    "category": (
        "category, case:category, type_of_incident, component_s, components, component, product, service, "
        "topic, queue"
    ),
    "subcategory": "subcategory, sub_category, case:subcategory, item_type, product_type",
    "symptom": "u_symptom, symptom, km_number, closure_code, close_code, resolution_code",
    "item": (
        "cmdb_ci, configuration_item, affected_ci, ci_name_aff, ci_name, ci, asset, asset_id, "
        "service_component_wbs_aff, case:item"
    ),
    "team": (
        "assignment_group, assigned_group, org:group, support_group, resolver_group, assignee_group, "
        "assigned_team, team, group, support_team, responsible_group, department, org:role"
    ),
    "person": (
        "assigned_to, assignee, org:resource, resource, owner, agent, assigned_person, technician, "
        "resolver, user_id"
    ),
    "updated_by": "sys_updated_by, updated_by, modified_by, changed_by, last_modified_by",
    "lifecycle": "lifecycle:transition, lifecycle, transition, lifecycle_transition",
    "reassignments": (
        "reassignment_count, reassignments, x_reassignments, number_of_reassignments, nr_of_reassignments, "
        "reassign_count, handoffs"
    ),
    "reopens": "reopen_count, reopens, reopened, times_reopened, number_of_reopens",
    "made_sla": "made_sla, sla_met, within_sla, sla_achieved",
    "handle_hours": "handle_time_hours, handle_time_h, handle_time, business_duration_hours",
    "caller": (
        "caller_id, caller, reporter, requester, requested_for, reported_by, customer, affected_user, contact"
    ),
    "channel": "contact_type, channel, reported_source, source, contact_method",
    "kind": "issue_type, issuetype, ticket_type, request_type, case:type, record_type, type",
    "problem": "problem_id, problem, related_problem, problem_number",
    "change": "rfc, change_request, related_change, change_id, change_number",
}
"""Canonical column: what tools call it, the surest name first."""

WORDS = {name: [word.strip() for word in words.split(",")] for name, words in COLUMNS.items()}

WAITING = re.compile(r"await|wait|pend|on[ _-]?hold|suspend|paused|parked|stalled")
FOR_USER = re.compile(
    r"user|caller|customer|client|requester|requestor|reporter|submitter|info|reply|response|feedback"
)
ON_HOLD = re.compile(r"^(on[ _-]?hold|pending|waiting)$")
RESOLVED = re.compile(
    r"^(?!.*(un|not |re-?open)).*\b(resolved?|solved?|fixed|restored|done|completed?|finished)\b"
)
CLOSED = re.compile(r"^(?!.*re-?open).*\b(closed?|cancell?ed|rejected|withdrawn|archived)\b")

PRIORITIES = {
    1: "critical, highest, blocker, urgent, emergency, very high, showstopper, immediate",
    2: "high, major, important",
    3: "moderate, medium, normal, average, standard, middle",
    4: "low, lowest, minor, trivial, planning, very low, none",
}
PRIORITY = {word.strip(): rank for rank, words in PRIORITIES.items() for word in words.split(",")}


def plain(name: object) -> str:
    """A name without case, spaces and punctuation: ``Assignment group`` and ``assignment_group`` agree."""
    return "".join(letter for letter in str(name).casefold() if letter.isalnum())


def by_synonym(canonical: str, present: Iterable[str]) -> str | None:
    """The column that is most likely the canonical one."""
    known = {plain(column): column for column in reversed(list(present))}
    return next((known[plain(word)] for word in WORDS[canonical] if plain(word) in known), None)


def kind_of_state(state: str) -> str | None:
    """``user_wait``, ``other_wait``, ``resolved`` or ``closed``, if the name of a state says so."""
    word = " ".join(state.casefold().replace("_", " ").split())
    if WAITING.search(word):
        return "user_wait" if FOR_USER.search(word) or ON_HOLD.match(word) else "other_wait"
    if RESOLVED.search(word):
        return "resolved"
    return "closed" if CLOSED.search(word) else None


def rank_of_priority(value: str) -> int | None:
    """1 (highest) to 4, if the value says so by a digit or a word."""
    word = " ".join(value.casefold().split())
    digit = re.match(r"(?:p|sev|prio|priority)?[ _-]?([1-5])\b", word)
    if digit:
        return min(4, int(digit.group(1)))
    bare = re.sub(r"^[\d\W_]+", "", word)
    return PRIORITY.get(bare)
