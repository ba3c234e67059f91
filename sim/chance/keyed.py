"""Keyed draws: a random number depends on who asks and for what, never on when or in what order.

``u = uniform(seed, replication, stream, entity, draw)``. ``stream`` is a purpose (``sim.chance.streams``),
``entity`` a 63-bit hash of who asks, ``draw`` counts within the two. One Philox block holds two uniforms
of 53 bits: draws 2k and 2k + 1.
"""

from __future__ import annotations

import hashlib

from sim.chance.philox import M32, philox
from sim.kernel import rule

TWO_53 = 1.0 / 9007199254740992.0
HASH_KEY_0 = 0x57415445
HASH_KEY_1 = 0x524D454C


@rule
def uniform(seed: int, replication: int, stream: int, entity: int, draw: int) -> float:
    """Uniform number in [0, 1), a multiple of 2**-53.

    ``seed``, ``replication``, ``stream`` and ``draw`` are 0 to 2**32 - 1; ``entity`` 0 to 2**63 - 1.
    """
    a, b, c, d = philox(entity & M32, (entity >> 32) & M32, draw >> 1, stream, seed, replication)
    if draw & 1:
        return fraction(c, d)
    return fraction(a, b)


@rule
def fraction(high: int, low: int) -> float:
    """53 bits of two random words as a number in [0, 1)."""
    return bits(high, low) * TWO_53


@rule
def bits(high: int, low: int) -> int:
    """53 bits of two random words."""
    return (high >> 5) * 67108864 + (low >> 6)


@rule
def pair(seed: int, replication: int, stream: int, entity: int, block: int) -> tuple[float, float]:
    """Draws ``2 * block`` and ``2 * block + 1`` at the price of one."""
    a, b, c, d = philox(entity & M32, (entity >> 32) & M32, block, stream, seed, replication)
    return fraction(a, b), fraction(c, d)


@rule
def child(parent: int, kind: int, ordinal: int) -> int:
    """Entity key (63 bits, never negative) of the ``ordinal``-th child of a kind (``streams.Kin``)."""
    a, b, _, _ = philox(parent & M32, (parent >> 32) & M32, ordinal, kind, HASH_KEY_0, HASH_KEY_1)
    return entity_key(a, b)


@rule
def entity_key(high: int, low: int) -> int:
    """Two random words as an entity key."""
    return ((high & 0x7FFFFFFF) << 32) | low


def name_key(name: str) -> int:
    """Entity key of something that has a name in the scenario file: the same in every scenario."""
    digest = hashlib.blake2b(name.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
