"""Names of people: counted, never shown."""

from __future__ import annotations

import hashlib
import re

import pandas as pd

from calibration.exports.mapping import PEOPLE, Names
from calibration.findings import Finding

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
LAST_FIRST = re.compile(r"[A-Z][\w'-]+, [A-Z][\w'-]+( [A-Z]\.?)?")
TITLES = ("team", "category", "subcategory", "symptom", "item", "channel", "kind", "state")
"""Columns whose values a reader of the result may see."""


def token(value: str, key: str) -> str:
    """A name that stands for another one, the same within a file and different in the next."""
    return "p" + hashlib.blake2b(value.encode(), key=key.encode()[:64], digest_size=5).hexdigest()


def without_people(rows: pd.DataFrame, names: Names) -> tuple[pd.DataFrame, list[Finding]]:
    """Rows in which people are known by tokens, in their own columns and where a team bears a name."""
    rows = rows.copy()
    key = hashlib.sha256("\n".join(rows["case"].iloc[:1000]).encode()).hexdigest()
    if names.people != "keep":
        known = set().union(*(set(rows[column].dropna()) for column in PEOPLE))
    else:
        known = set()
    hidden = 0
    for column in TITLES:
        values = pd.Series(pd.unique(rows[column].dropna()), dtype=object)
        secret = [value for value in values if value in known or looks_like_a_person(value)]
        if secret and names.people != "keep":
            rows[column] = rows[column].replace({value: token(value, key) for value in secret})
            hidden += len(secret)
    for column in PEOPLE:
        if names.people == "drop":
            rows[column] = None
        elif names.people == "hash":
            levels = pd.unique(rows[column].dropna())
            rows[column] = rows[column].map({value: token(str(value), key) for value in levels})
    if names.teams == "hash":
        levels = pd.unique(rows["team"].dropna())
        rows["team"] = rows["team"].map({value: "Team " + token(str(value), key)[1:] for value in levels})
    if not hidden:
        return rows, []
    text = (
        f"{hidden} value{'s' if hidden > 1 else ''} of teams, categories and the like look like people (they "
        "are people in other columns, or addresses): replaced by tokens."
    )
    return rows, [Finding("people_hidden", text, hidden)]


def looks_like_a_person(value: object) -> bool:
    """An e-mail address, or a name as ``Silva, Maria``."""
    text = str(value)
    return bool(ADDRESS.fullmatch(text) or LAST_FIRST.fullmatch(text))
