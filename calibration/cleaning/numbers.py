"""Running numbers of tickets: how many are not in the log."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from calibration.findings import Finding


def thinned(cases: pd.DataFrame, times: float = 1.0) -> Finding | None:
    """Gaps in running ticket numbers: the export may hold only a part of the tickets."""
    numbers = cases["case"].astype(str).str.extract(re.compile(r"(\d{1,15})$"))[0].dropna().astype(np.int64)
    if len(numbers) < 0.95 * len(cases):
        return None
    low, high = int(numbers.min()), int(numbers.max())
    # Steps from the first number to the last: the numbers themselves would count both ends as a whole step.
    share = (numbers.nunique() - 1) / (high - low) if high > low else 1.0
    rising = numbers.rank().corr(cases.loc[numbers.index, "opened"].rank())
    if share > 0.95 or share < 0.02 or not rising > 0.9:
        return None
    done = (
        f"The mapping multiplies arrivals by {times:g} (cleaning.arrivals_times)."
        if times != 1
        else "Arrivals were not inflated: the base is as large as the log. Where the others are tickets too, "
        f"cleaning.arrivals_times: {1 / share:.3g} in the mapping makes up for them."
    )
    return Finding(
        "thinned_ids",
        f"Ticket numbers run from {low:,} to {high:,} and {share:.0%} of them are in the log: arrivals look "
        f"thinned about {1 / share:.1f} times (filtered, sampled, deleted, or other kinds of tickets "
        "share the "
        f"numbers). {done}",
        high - low + 1 - numbers.nunique(),
    )
