"""Numbers drawn so that few of them already spread as they should."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def evenly(count: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """So many probabilities, one from the middle of each equal part of 0 to 1, in random order.

    Source: McKay, Beckman & Conover (1979), 'A comparison of three methods for selecting values of input
    variables', Technometrics 21, 239-245 (Latin hypercube sampling, here at the middles).
    """
    found: NDArray[np.float64] = (generator.permutation(count) + 0.5) / count
    return found
