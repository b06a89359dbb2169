"""How many new values look unusual: the rule of `results.unusual` for thousands of series at once. They are stored."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qitracker.measures.rules import Definition, Interval
from qitracker.results.queries.recorded import Held, PointAt
from qitracker.results.unusual import ENOUGH_HISTORY, FAR_OUT
from qitracker.spc.intervals import LEAST_PREDICTED

LOOK_BACK = 12
AT_ONCE = 100_000
Floats = NDArray[np.float64]


def count_unusual(
    definition: Definition, rows: Sequence[Sequence[Any]], held: Mapping[PointAt, Held] | None = None
) -> int:
    """Return how many of the new `rows` (unit, measure, stratum, start, state, numerator, denominator, …) are unusual.

    A value is unusual outside the plausible range, or far from the 12 rows before it in its series, which may be
    new or `held`.
    """
    if not rows:
        return 0
    numbers = _table(rows, held or {})
    values = _values(definition, numbers)
    is_new = numbers[:, 6] == 1
    return int(np.count_nonzero((_implausible(definition, values) | _far(numbers, values)) & is_new))


def _table(rows: Sequence[Sequence[Any]], held: Mapping[PointAt, Held]) -> Floats:
    """Return columns unit, stratum, start, state, numerator, denominator, is new; in the order of series and time."""
    before = [(unit, 0, stratum, start, *one[:3]) for (unit, stratum, start), one in held.items()]
    columns = list(zip(*rows, *before, strict=False))  # the first seven
    is_new = np.arange(len(rows) + len(before)) < len(rows)
    numbers = np.column_stack([*(np.array(columns[at], dtype=np.float64) for at in (0, 2, 3, 4, 5, 6)), is_new])
    if not before:
        return numbers  # new rows come series by series, each in the order of time
    return numbers[np.lexsort((numbers[:, 2], numbers[:, 1], numbers[:, 0]))]


def _values(definition: Definition, numbers: Floats) -> Floats:
    numerators, denominators = numbers[:, 4], numbers[:, 5]
    shown = (numbers[:, 3] == 0) & (denominators != 0)
    if definition.interval is Interval.MID_P:
        shown &= denominators >= LEAST_PREDICTED
    values = np.full(len(numbers), np.nan)
    values[shown] = numerators[shown] / denominators[shown] * definition.multiplier
    return values


def _implausible(definition: Definition, values: Floats) -> NDArray[np.bool_]:
    low, high = definition.plausible_low, definition.plausible_high
    below = values < low if low is not None else np.zeros(len(values), dtype=np.bool_)
    return below | (values > high) if high is not None else below


def _far(numbers: Floats, values: Floats) -> NDArray[np.bool_]:
    """Say of each value whether it lies far from the rows before it; see `results.unusual`."""
    far = np.zeros(len(values), dtype=np.bool_)
    series = (np.diff(numbers[:, :2], axis=0) != 0).any(axis=1)
    series_numbers = np.concatenate(([0], np.cumsum(series)))
    for begin in range(0, len(values), AT_ONCE):
        at = np.arange(begin, min(begin + AT_ONCE, len(values)))
        places = at[:, None] - np.arange(1, LOOK_BACK + 1)
        inside = (places >= 0) & (series_numbers[np.maximum(places, 0)] == series_numbers[at][:, None])
        before = np.sort(np.where(inside, values[np.maximum(places, 0)], np.nan), axis=1)  # NaN last
        far[at] = _beyond(values[at], before)
    return far


def _beyond(values: Floats, before: Floats) -> NDArray[np.bool_]:
    known = np.count_nonzero(~np.isnan(before), axis=1)
    lower, upper = _quartile(before, known, 0.25), _quartile(before, known, 0.75)
    low, high = before[:, 0], _quartile(before, known, 1.0)
    spread = FAR_OUT * np.where(upper > lower, upper - lower, high - low)
    with np.errstate(invalid="ignore"):
        out = (values < lower - spread) | (values > upper + spread)
    return out & (known >= ENOUGH_HISTORY) & (spread != 0)


def _quartile(before: Floats, known: NDArray[np.int64], share: float) -> Floats:
    """Return the quantile among the known values of each row (linear between neighbours, both ends included)."""
    place = share * np.maximum(known - 1, 0)
    floor = np.floor(place).astype(np.int64)
    ceiling = np.minimum(floor + 1, np.maximum(known - 1, 0))
    rows = np.arange(len(before))
    return before[rows, floor] + (place - floor) * (before[rows, ceiling] - before[rows, floor])
