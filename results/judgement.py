"""Whether a share moved because of its part or because of the whole it is a share of."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from results.catalogue import OUTCOMES
from results.statistics.paired import Difference, difference
from results.told import told_percent
from sim.spec.calendars import Floats

Values = Callable[[str], Floats]
"""[replications] An outcome of one scenario by its name."""

HALF = 0.5
"""A share is better or worse if its part accounts for at least this much of the change."""
UNMOVED = {"the same": "the same", "not clear": "no clear change", "negligible": "hardly any change"}
"""Verdicts on a part that did not move, in words."""


def judged(
    name: str, found: Mapping[str, Difference | None], base: Values, other: Values
) -> Difference | None:
    """The difference of an outcome; of a share that moved with its whole, with a note that says so.

    Firefighting that stays the same while IT spend grows is a smaller share of it, and nothing got better.
    How much of the change is the part's: ln(part after / before) / ln(share after / before), from means.

    Parameters
    ----------
    name
        Name of the outcome.
    found
        All differences of the two scenarios, by outcome.
    base, other
        The scenarios, for the whole: part / share in each replication.
    """
    described, share = OUTCOMES[name], found[name]
    part = found.get(described.part)
    if share is None or part is None or share.verdict not in ("better", "worse"):
        return share
    whole = difference(_whole(name, base), _whole(name, other), "neither")
    if whole is None or whole.verdict != "changed" or (whole.mean < 0) == (share.mean < 0):
        return share
    if _moved_too(part, share):
        return share
    grew = "grew" if whole.mean > 0 else "fell"
    return replace(
        share,
        note=(
            f"because {described.whole} {grew} ({told_percent(whole)}); "
            f"{_lowered(OUTCOMES[described.part].title)}: {_said(part)}"
        ),
    )


def _whole(name: str, values: Values) -> Floats:
    """[replications] What the share is a share of; nan where the share is 0 or undefined."""
    part, share = values(OUTCOMES[name].part), values(name)
    whole: Floats = np.divide(part, share, out=np.full(len(share), np.nan), where=share > 0)
    return whole


def _moved_too(part: Difference, share: Difference) -> bool:
    """Whether the part clearly moved the way of its share, and accounts for at least half of it."""
    if part.verdict in UNMOVED or (part.mean < 0) != (share.mean < 0):
        return False
    if part.relative is None or share.relative is None or min(part.relative, share.relative) <= -1.0:
        return True
    return math.log1p(part.relative) / math.log1p(share.relative) >= HALF


def _said(part: Difference) -> str:
    return UNMOVED.get(part.verdict) or told_percent(part)


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
