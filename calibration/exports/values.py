"""What the values of some columns mean, where the mapping leaves it to be recognised."""

from __future__ import annotations

import pandas as pd

from calibration.exports.mapping import Mapping, Requests
from calibration.exports.synonyms import MISSED, REQUESTS, kept_of, plain, unaccented
from calibration.findings import Finding
from scenarios.errors import listed, shown

STATIONS = {"groupstations"}
"""Columns that count the teams of a ticket, the first one too, and not its changes of team."""


FLAGS = {
    **dict.fromkeys(("true", "yes", "y", "t", "ja", "oui", "si", "sim", "vrai", "wahr"), "1"),
    **dict.fromkeys(("false", "no", "n", "f", "nein", "non", "nao", "faux", "falsch"), "0"),
}
"""Words for whether something happened, as counts."""


def flags_as_counts(text: pd.Series) -> pd.Series:
    """A column with its words for yes and no as 1 and 0."""
    levels = pd.unique(text.dropna())
    return text.map({value: FLAGS.get(unaccented(value).strip(), value) for value in levels})


def settled_values(
    mapping: Mapping, text: pd.DataFrame, columns: dict[str, str]
) -> tuple[Mapping, list[Finding]]:
    """The mapping with the values that mean a service request or a kept service level, and what was found.

    ``columns`` names the columns of the export: in some of them `yes` says that the level was missed.
    """
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
        flags = {value: FLAGS.get(unaccented(value).strip()) for value in values}
        missed = plain(columns["made_sla"]) in MISSED and None not in flags.values()
        kept = [value for value in values if (flags[value] == "0" if missed else kept_of(value))]
        known = [] if missed else mapping.yes
        if new := [value for value in kept if value not in known]:
            mapping = mapping.model_copy(update={"yes": [*known, *new]})
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
