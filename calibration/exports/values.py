"""What the values of some columns mean, where the mapping leaves it to be recognised."""

from __future__ import annotations

import pandas as pd

from calibration.exports.mapping import Mapping, Requests
from calibration.exports.synonyms import REQUESTS, kept_of, plain, unaccented
from calibration.findings import Finding
from scenarios.errors import listed, shown

STATIONS = {"groupstations"}
"""Columns that count the teams of a ticket, the first one too, and not its changes of team."""


def settled_values(mapping: Mapping, text: pd.DataFrame) -> tuple[Mapping, list[Finding]]:
    """The mapping with the values that mean a service request or a kept service level, and what was found."""
    found = []
    if mapping.requests is None and "kind" in text:
        values = [str(value) for value in pd.unique(text["kind"].dropna())]
        asked = sorted(value for value in values if REQUESTS.search(unaccented(value).replace("_", " ")))
        if asked and len(asked) < len(values):
            mapping = mapping.model_copy(update={"requests": Requests(values=asked)})
            told = f"Taken as service requests, by the kind of ticket: {quoted(asked)} (requests.values)."
            found.append(Finding("request_kinds", told, int(text["kind"].isin(asked).sum())))
    if "yes" not in mapping.model_fields_set and "made_sla" in text:
        values = sorted(str(value) for value in pd.unique(text["made_sla"].dropna()))
        kept = [value for value in values if kept_of(value)]
        if new := [value for value in kept if value not in mapping.yes]:
            mapping = mapping.model_copy(update={"yes": [*mapping.yes, *new]})
            others = [value for value in values if value not in kept]
            told = f"Taken as a kept service level: {quoted(kept)}; as a missed one: {quoted(others)}."
            found.append(Finding("sla_values", told, int(text["made_sla"].isin(kept).sum())))
    return mapping, found


def without_first_team(counts: pd.Series, column: str) -> pd.Series:
    """Changes of team, where a column counts the teams of a ticket."""
    return (counts - 1).clip(lower=0) if plain(column) in STATIONS else counts


def quoted(values: list[str]) -> str:
    """Some values, in quotes."""
    return listed([f"'{shown(value, 40)}'" for value in values], 6).replace(" or ", " and ")
