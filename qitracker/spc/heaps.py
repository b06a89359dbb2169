"""Series in which most values are the same, such as months without a case: how long a run has to be to say anything.

A run on one side of the average is a signal because each point falls there like a coin. Where more than half of the
points have the one lowest (or highest) value, they fall there by nature, and seven in a row are no surprise.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, log

Heap = tuple[int, float]
"""The side on which most values lie, 1 above and -1 below, and their share; (0, 0.0) where they do not."""

NONE: Heap = (0, 0.0)


def heap_of(values: Sequence[float], sides: Sequence[int]) -> Heap:
    """Return where more than half of the values are the one lowest or highest value, off the centre line.

    values: n in time order. sides: 1, -1 or 0 of each, as they lie about the centre.
    """
    if not values:
        return NONE
    for extreme, side in ((min(values), -1), (max(values), 1)):
        places = [at for at, value in enumerate(values) if value == extreme]
        if 2 * len(places) > len(values) and sides[places[0]] == side:
            return side, len(places) / len(values)
    return NONE


@lru_cache(maxsize=4096)
def run_needed(length: int, share: float) -> int:
    """Return how long a run has to be, among such a share of equal values, to be as rare as `length` tosses of a coin.

    share: above 0.5 and below 1. 7 tosses: a share of 0.8 asks for 22, 0.6 for 10, and never fewer than `length`.

    Source: ours; the length k with share^k = 0.5^length, rounded up.
    """
    return max(length, ceil(length * log(0.5) / log(share) - 1e-9)) if share < 1 else length
