"""Our quantiles are numpy's, to the bit."""

import numpy as np
import pytest

from results.statistics.quantiles import quantiles


@pytest.mark.parametrize("size", [1, 2, 3, 10, 11, 100, 1001])
def test_quantiles_are_those_of_numpy(size: int) -> None:
    luck = np.random.default_rng(size)
    for values in (luck.lognormal(5, 2, size), np.round(luck.normal(0, 3, size)), np.full(size, 0.1)):
        shares = [0.0, 0.025, 0.1, 0.5, 0.9, 0.975, 1.0, float(luck.random())]
        assert quantiles(values, shares) == np.quantile(values, shares).tolist()
