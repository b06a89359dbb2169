"""Moving ranges: how much one result differs from the one before it."""

import itertools
from collections.abc import Sequence
from math import fsum

SCREEN = 3.267
"""Upper limit of a range of two, as a multiple of the mean range (D4; Montgomery, Appendix VI)."""

D2 = 1.128
"""Mean range of two readings from one normal process, in sigma (d2; Montgomery, Appendix VI)."""


def moving_ranges(values: Sequence[float | None]) -> list[float]:
    """Return the absolute steps between neighbours; a gap takes both of its steps with it."""
    return [
        abs(after - before) for before, after in itertools.pairwise(values) if before is not None and after is not None
    ]


def mean_range(ranges: Sequence[float], *, screening: bool) -> tuple[float | None, bool]:
    """Return the mean moving range, and whether screening left any out.

    Screening drops ranges of 3.267 times their mean or more, once, so that a single upset does
    not widen the limits it should be caught by. Where only ranges of 0 would be left, all stay:
    otherwise one event among many zeros would put every zero outside limits without width. A
    constant series has limits on its centre line. None where there is no range.

    Source: Nelson, Journal of Quality Technology 14 (1982) 172.
    """
    if not ranges:
        return None, False
    mean = fsum(ranges) / len(ranges)
    kept = [step for step in ranges if step < SCREEN * mean]
    if not screening or not any(kept) or len(kept) == len(ranges):
        return mean, False
    return fsum(kept) / len(kept), True
