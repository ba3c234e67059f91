"""How long the warm-up has to be: MSER-5 and Welch's picture of a weekly series."""

from __future__ import annotations

import numpy as np

from sim.spec.calendars import Floats

BATCH = 5


def mser(series: Floats, batch: int = BATCH) -> int | None:
    """Observations to leave out at the start so that the mean of the rest is known best (MSER-5).

    The series is averaged in batches of ``batch``; the cut minimises the squared standard error of the
    mean of the batches kept. Returns the number of single observations before the cut; None if the best
    cut lies in the second half: the series is then too short to say.

    Parameters
    ----------
    series
        [observations] of one run, or the mean over replications, without nan.

    Source: White (1997), 'An effective truncation heuristic for bias reduction in simulation output',
    Simulation 69(6):323; White, Cobb & Spratt (2000) for batches of five.
    """
    count = len(series) // batch
    if count < 4:
        return None
    means = series[: count * batch].reshape(count, batch).mean(axis=1)
    cuts = np.arange(count - 1)
    error = [float(np.sum((means[cut:] - means[cut:].mean()) ** 2)) / (count - cut) ** 2 for cut in cuts]
    best = int(np.argmin(error))
    return None if best > count // 2 else best * batch


def welch(series: Floats, window: int = 4) -> Floats:
    """Moving average of the mean over replications, for the eye to see where it levels off.

    ``series`` is [replications, observations]. The average runs over ``window`` observations on either
    side, fewer near the start; the last ``window`` observations have no value of their own and are left
    out, as in Welch's procedure.

    Source: Welch (1983) in Lavenberg, 'The Computer Performance Modeling Handbook'; Law (2015), 9.5.1.
    """
    mean = np.nanmean(np.atleast_2d(series), axis=0)
    reach = [min(window, place) for place in range(max(len(mean) - window, 0))]
    return np.array([mean[place - r : place + r + 1].mean() for place, r in enumerate(reach)])
