"""Which tickets of a stream exist under today's demand."""

from __future__ import annotations

from sim.kernel import rule


@rule
def share_of_layer(layer: int, demand: float) -> float:
    """Share of the tickets of ``layer`` that exist when the demand lever stands at ``demand``.

    Layer 0 is the base stream, thinned below demand 1. Layer k adds what lies between k and k + 1. Keyed
    thinning: the tickets of a lower demand are a subset of those of a higher one.
    """
    return min(1.0, max(0.0, demand - layer))
