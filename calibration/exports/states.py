"""What states mean: by the mapping, and where it says nothing by what they are called."""

from __future__ import annotations

import pandas as pd

from calibration.exports.mapping import Mapping, States
from calibration.exports.synonyms import kind_of_state
from calibration.findings import Finding
from scenarios.errors import nearest

KINDS = ("user_wait", "other_wait", "resolved", "closed")
TRANSITIONS = (
    "schedule, assign, withdraw, reassign, start, suspend, resume, pi_abort, ate_abort, complete, autoskip, "
    "manualskip, unknown"
)
"""Words of the lifecycle extension of XES (IEEE 1849-2016), which say nothing about states of a ticket."""

RARE = 0.2
"""A state that sounds like an end is none if fewer tickets have it than this share of the closed ones (of
all, if none is): 'resolved' on 16 of 1,800 closed tickets is an odd word, and not how tickets end."""

SAID = {"user_wait": "the user", "other_wait": "others"}


def with_substates(text: pd.DataFrame) -> pd.DataFrame:
    """Rows whose state names the sub-status too: tools keep 'waits for the user' there."""
    if "state" not in text:
        return text
    for name in ("substate", "lifecycle"):
        if name not in text:
            continue
        more = text[name]
        if name == "lifecycle" and set(more.dropna().str.lower()) <= set(TRANSITIONS.split(", ")):
            continue
        both = text["state"].notna() & more.notna() & (text["state"] != more)
        text = text.assign(state=text["state"].where(~both, text["state"] + " / " + more))
    return text


def settled_states(mapping: Mapping, rows: pd.DataFrame) -> tuple[States, list[Finding]]:
    """States with those that the mapping leaves open, and what was made of them."""
    given, states = mapping.states, rows["state"]
    listed = {value for kind in (*KINDS, "work") for value in getattr(given, kind)}
    present = [str(value) for value in pd.unique(states.dropna())]
    added: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for value in sorted(present):
        kind = None if value in listed else kind_of_state(value)
        if kind in SAID and "waiting_states" in mapping.cleaning.overrule:
            continue
        # Ends are recognised only where the mapping names none: an event log may have several activities
        # that sound like an end.
        if kind is not None and (kind in SAID or not getattr(given, kind)):
            added[kind].append(value)
    if "waiting_states" not in mapping.cleaning.overrule:
        known = listed.union(*added.values())
        added["other_wait"] += suspended(rows, known)
    if rare(rows, [*given.resolved, *added["resolved"]], [*given.closed, *added["closed"]]):
        added["resolved"] = []
    settled = given.model_copy(update={kind: [*getattr(given, kind), *added[kind]] for kind in KINDS})
    return settled, [*findings_of(settled, added, states), *absent(given, present)]


def rare(rows: pd.DataFrame, resolved: list[str], closed: list[str]) -> bool:
    """Whether few tickets are ever in a resolved state, of those that are closed (of all, if none is)."""
    ends = rows.loc[rows["state"].isin(resolved), "case"].nunique()
    closings = rows.loc[rows["state"].isin(closed), "case"].nunique()
    return bool(ends < RARE * (closings or rows["case"].nunique()))


def suspended(rows: pd.DataFrame, known: set[str]) -> list[str]:
    """States that nobody has named and that a lifecycle suspends: a ticket waits in them."""
    if not rows["lifecycle"].notna().any():
        return []
    share = (rows["lifecycle"].str.lower() == "suspend").groupby(rows["state"]).mean()
    return sorted(str(value) for value in share.index[share > 1 - RARE] if str(value) not in known)


def absent(given: States, present: list[str]) -> list[Finding]:
    """Kinds of states that the mapping names and of which the log has none: a slip of the pen, perhaps."""
    found = []
    for kind in (*KINDS, "work"):
        named = getattr(given, kind)
        if named and not set(named) & set(present):
            near = nearest(named[0], present)
            text = f"states.{kind} of the mapping names {quoted(named)}, of which the log has none{near}."
            found.append(Finding("absent_states", text))
    return found


def findings_of(settled: States, added: dict[str, list[str]], states: pd.Series) -> list[Finding]:
    """What is taken as waiting, and what was recognised as an end."""
    found = []
    parts = []
    for kind, whom in SAID.items():
        here = [value for value in getattr(settled, kind) if (states == value).any()]
        if here:
            by_name = " (by their names, or as a lifecycle suspends them)" if added[kind] else ""
            parts.append(f"{quoted(here)} for {whom}{by_name}")
    rows = int(states.isin([*settled.user_wait, *settled.other_wait]).sum())
    if parts:
        text = (
            f"States in which a ticket waits and nobody works on it: {'; '.join(parts)}. {rows:,} rows "
            f"({rows / max(1, len(states)):.1%}). Time in them is not "
            "work; states.work in the mapping overrules."
        )
        found.append(Finding("waiting_states", text, rows))
    ends = [f"{quoted(added[kind])} as {kind}" for kind in ("resolved", "closed") if added[kind]]
    if ends:
        found.append(Finding("end_states", f"Taken by their names: {'; '.join(ends)}."))
    return found


def quoted(values: list[str]) -> str:
    """Some values, in quotes."""
    shown = ", ".join(f"'{value[:40]}'" for value in values[:6])
    return f"{shown}, ..." if len(values) > 6 else shown
