"""Centre and sigma of many series at once, chart type by chart type; the formulas are those of `charts`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qitracker.spc.block_arrays import Bools, Closed, Floats
from qitracker.spc.moving_ranges import SCREEN


@dataclass(frozen=True)
class Numbers:
    """The raw numbers of n series of m points; NaN where a period holds no value."""

    numerators: Floats
    denominators: Floats
    raw: Floats  # numerator / denominator
    sigma_per_range: float
    screening: bool


Lines = tuple[Floats, Floats]
"""Centre (n) and sigma (n x m), in raw units; NaN where there is none."""


def run_lines(numbers: Numbers, base: Bools) -> Lines:
    """Return medians, without sigma."""
    closed = np.sort(np.where(base, numbers.raw, np.nan), axis=1)  # NaN sorts last
    counts = np.maximum(_known(numbers, base), 1)[:, None]
    low = np.take_along_axis(closed, (counts - 1) // 2, axis=1)[:, 0]
    high = np.take_along_axis(closed, counts // 2, axis=1)[:, 0]
    return (low + high) / 2, np.full_like(numbers.raw, np.nan)


def xmr_lines(numbers: Numbers, base: Bools) -> Lines:
    """Return means, and sigma from moving ranges."""
    step = _mean_range(Closed(base).close(numbers.raw), screening=numbers.screening)
    sigma = np.broadcast_to((step * numbers.sigma_per_range)[:, None], numbers.raw.shape)
    return _mean(numbers, base), sigma


def p_lines(numbers: Numbers, base: Bools) -> Lines:
    """Return pooled proportions, and sigma by the size of each period."""
    centre = _pooled(numbers, base)
    spread = np.maximum(centre * (1 - centre), 0.0)
    return centre, np.sqrt(spread[:, None] / numbers.denominators)


def u_lines(numbers: Numbers, base: Bools) -> Lines:
    """Return pooled rates, and sigma by the exposure of each period."""
    centre = _pooled(numbers, base)
    return centre, np.sqrt(np.maximum(centre, 0.0)[:, None] / numbers.denominators)


def c_lines(numbers: Numbers, base: Bools) -> Lines:
    """Return mean counts, and the sigma of such counts; it runs on over gaps."""
    centre = _mean(numbers, base)
    first = np.argmax(base & ~np.isnan(numbers.raw), axis=1)
    usual_size = np.take_along_axis(numbers.denominators, first[:, None], axis=1)
    sizes = np.where(np.isnan(numbers.raw), usual_size, numbers.denominators)
    return centre, np.sqrt(np.maximum(centre, 0.0)[:, None] / sizes)


LINES: dict[str, Callable[[Numbers, Bools], Lines]] = {
    "run": run_lines,
    "i": xmr_lines,
    "p": p_lines,
    "u": u_lines,
    "c": c_lines,
}
"""Chart types that can be worked for many series at once, by code."""

POSSIBLE: dict[str, tuple[float, float]] = {"p": (0.0, 1.0), "u": (0.0, np.inf), "c": (0.0, np.inf)}
"""What a chart itself allows, in raw units."""


def _known(numbers: Numbers, base: Bools) -> Floats:
    known: Floats = (base & ~np.isnan(numbers.raw)).sum(axis=1)
    return known


def _mean(numbers: Numbers, base: Bools) -> Floats:
    """Return means of the baseline; of equal values it is that value exactly."""
    values = np.where(base, numbers.raw, np.nan)
    counts = _known(numbers, base)
    mean = np.where(counts > 0, np.nansum(values, axis=1) / np.maximum(counts, 1), np.nan)
    low = np.min(np.where(np.isnan(values), np.inf, values), axis=1)
    high = np.max(np.where(np.isnan(values), -np.inf, values), axis=1)
    return np.where(low == high, low, mean)


def _pooled(numbers: Numbers, base: Bools) -> Floats:
    counted = base & ~np.isnan(numbers.raw)
    cases = np.where(counted, numbers.denominators, 0.0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(cases > 0, np.where(counted, numbers.numerators, 0.0).sum(axis=1) / cases, np.nan)


def _mean_range(closed: Floats, *, screening: bool) -> Floats:
    """Return mean moving ranges (n) of closed-up baselines (n x m), screened once; NaN where there is none."""
    ranges = np.abs(np.diff(closed, axis=1))
    mean = _row_means(ranges)
    if not screening:
        return mean
    with np.errstate(invalid="ignore"):
        kept = _row_means(np.where(ranges < SCREEN * mean[:, None], ranges, np.nan))
    return np.where(kept > 0, kept, mean)


def _row_means(values: Floats) -> Floats:
    known = ~np.isnan(values)
    counts = known.sum(axis=1)
    return np.where(counts > 0, np.where(known, values, 0.0).sum(axis=1) / np.maximum(counts, 1), np.nan)
