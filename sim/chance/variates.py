"""Distributions by their inverse functions: one uniform in, one value out.

Inversion keeps pairing intact: the same uniform gives the same rank in every scenario.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.kernel import rule

# Values of sim.spec.shapes.ShapeKind; plain integers because compiled code reads them.
CONSTANT = 0
EXPONENTIAL = 1
LOGNORMAL = 2
WEIBULL = 3
TRIANGULAR = 4


@rule
def polynomial(
    r: float, a: float, b: float, c: float, d: float, e: float, f: float, g: float, h: float
) -> float:
    """Polynomial of degree 7 by Estrin's scheme, highest power first: its parts do not wait for each other.

    Term by term: a loop over a tuple could raise an error for all that the compiler knows, and whoever calls
    it, directly or not, would have to ask whether it did.

    Source: Knuth (1997), 'The art of computer programming', volume 2, 3rd edition, section 4.6.4.
    """
    square = r * r
    high = (a * r + b) * square + (c * r + d)
    low = (e * r + f) * square + (g * r + h)
    return high * (square * square) + low


@rule
def normal_quantile(p: float) -> float:
    """Quantile of the standard normal distribution, 0 < p < 1, to about 1e-16 relative.

    Source: Wichura (1988), 'Algorithm AS 241: the percentage points of the normal distribution', Applied
    Statistics 37(3), 477-484, routine PPND16.
    """
    q = p - 0.5
    if math.fabs(q) <= 0.425:
        r = 0.180625 - q * q
        top = polynomial(
            r,
            2509.0809287301226727,
            33430.575583588128105,
            67265.770927008700853,
            45921.953931549871457,
            13731.693765509461125,
            1971.5909503065514427,
            133.14166789178437745,
            3.387132872796366608,
        )
        bottom = polynomial(
            r,
            5226.495278852545925,
            28729.085735721942674,
            39307.89580009271061,
            21213.794301586595867,
            5394.1960214247511077,
            687.1870074920579083,
            42.313330701600911252,
            1.0,
        )
        return q * top / bottom
    r = p if q < 0.0 else 1.0 - p
    r = math.sqrt(-math.log(r))
    if r <= 5.0:
        r -= 1.6
        top = polynomial(
            r,
            7.7454501427834140764e-4,
            0.0227238449892691845833,
            0.24178072517745061177,
            1.27045825245236838258,
            3.64784832476320460504,
            5.7694972214606914055,
            4.6303378461565452959,
            1.42343711074968357734,
        )
        bottom = polynomial(
            r,
            1.05075007164441684324e-9,
            5.475938084995344946e-4,
            0.0151986665636164571966,
            0.14810397642748007459,
            0.68976733498510000455,
            1.6763848301838038494,
            2.05319162663775882187,
            1.0,
        )
    else:
        r -= 5.0
        top = polynomial(
            r,
            2.01033439929228813265e-7,
            2.71155556874348757815e-5,
            0.0012426609473880784386,
            0.026532189526576123093,
            0.29656057182850489123,
            1.7848265399172913358,
            5.4637849111641143699,
            6.6579046435011037772,
        )
        bottom = polynomial(
            r,
            2.04426310338993978564e-15,
            1.4215117583164458887e-7,
            1.8463183175100546818e-5,
            7.868691311456132591e-4,
            0.0148753612908506148525,
            0.13692988092273580531,
            0.59983220655588793769,
            1.0,
        )
    value = top / bottom
    return -value if q < 0.0 else value


@rule
def table_quantile(u: float, table: Sequence[float], first: int, last: int, gap: int) -> float:
    """Linear interpolation in a quantile table.

    Probabilities stand at places ``first`` to ``last`` (inclusive) of ``table``, the value of each ``gap``
    places further on.
    """
    low = first
    high = last
    while high - low > 1:
        middle = (low + high) >> 1
        if table[middle] <= u:
            low = middle
        else:
            high = middle
    below = table[low + gap]
    span = table[high] - table[low]
    if span <= 0.0:
        return below
    return below + (table[high + gap] - below) * ((u - table[low]) / span)


@rule
def quantile(u: float, kind: int, a: float, b: float, c: float) -> float:
    """Quantile at ``u`` in [0, 1) of a shape of mean 1 that is not a table (``sim.spec.shapes.Shape``).

    ``u`` is a multiple of 2**-53, so that 1 - u is exact and its logarithm as good as that of ``log1p``,
    which takes three times as long.
    """
    if kind == CONSTANT:
        return 1.0
    if kind == EXPONENTIAL:
        return -math.log(1.0 - u)
    if kind == LOGNORMAL:
        p = u if u > 1e-300 else 1e-300
        return math.exp(a + b * normal_quantile(p))
    if kind == WEIBULL:
        return a * math.pow(-math.log(1.0 - u), 1.0 / b)
    cut = (b - a) / (c - a)
    if u < cut:
        return a + math.sqrt(u * (c - a) * (b - a))
    return c - math.sqrt((1.0 - u) * (c - a) * (c - b))


@rule
def seconds(value: float) -> int:
    """Duration in whole seconds: rounded half up, never negative. The only place where time is rounded."""
    if value <= 0.0:
        return 0
    return int(math.floor(value + 0.5))
