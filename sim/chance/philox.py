"""Philox 4x32-10, the counter-based generator under every random number of the package.

A counter of four 32-bit words and a key of two give four random words; no state, no order of drawing.
All arithmetic is on int64 with masks: the 64-bit products wrap in compiled code and do not in Python, but
the masked words are the same in both.

Source: Salmon, Moraes, Dror, Shaw (2011), 'Parallel random numbers: as easy as 1, 2, 3', SC11, section 4
and the known-answer vectors of Random123 (kat_vectors, philox4x32 10).
"""

from __future__ import annotations

from sim.kernel import in_place, rule

M32 = 0xFFFFFFFF
MULTIPLIER_0 = 0xD2511F53
MULTIPLIER_1 = 0xCD9E8D57
WEYL_0 = 0x9E3779B9
WEYL_1 = 0xBB67AE85


@in_place
@rule
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four 32-bit random words from counter (c0..c3) and key (k0, k1), all 0 to 2**32 - 1."""
    for _ in range(10):
        p0 = MULTIPLIER_0 * c0
        p1 = MULTIPLIER_1 * c2
        c0 = ((p1 >> 32) & M32) ^ c1 ^ k0
        c1 = p1 & M32
        c2 = ((p0 >> 32) & M32) ^ c3 ^ k1
        c3 = p0 & M32
        k0 = (k0 + WEYL_0) & M32
        k1 = (k1 + WEYL_1) & M32
    return c0, c1, c2, c3
