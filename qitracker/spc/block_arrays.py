"""Arrays of many series at once: closing up gaps, run lengths, and comparing with a line."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qitracker.spc.judged import GRAIN

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]


class Closed:
    """The wanted points of each row moved to the left, in order, so that neighbours stand side by side."""

    def __init__(self, wanted: Bools) -> None:
        """Plan the move of the points where `wanted` (n x m) is true."""
        self._order = np.argsort(~wanted, axis=1, kind="stable")
        self.counts: Ints = wanted.sum(axis=1)
        self.filled: Bools = np.arange(wanted.shape[1]) < self.counts[:, None]

    def close(self, values: Floats) -> Floats:
        """Return values (n x m) closed up; places past the last wanted point are NaN."""
        return np.where(self.filled, np.take_along_axis(values, self._order, axis=1), np.nan)

    def close_signs(self, signs: Ints) -> Ints:
        """Return signs (n x m) closed up; places past the last wanted point are 0."""
        return np.where(self.filled, np.take_along_axis(signs, self._order, axis=1), 0)

    def spread_signs(self, closed: Ints) -> Ints:
        """Return closed-up signs at their old places; unwanted points are 0."""
        spread = np.zeros_like(closed)
        np.put_along_axis(spread, self._order, np.where(self.filled, closed, 0), axis=1)
        return spread


def sides_of(values: Floats, line: Floats) -> Ints:
    """Return 1, -1 or 0 for above, below or on the line; 0 where either is NaN."""
    off = values - line
    with np.errstate(invalid="ignore"):
        apart = np.abs(off) > GRAIN * np.maximum(np.abs(values), np.abs(line))
    return np.where(apart, np.sign(np.nan_to_num(off)), 0).astype(np.int64)


def run_lengths(signs: Ints) -> Ints:
    """Return for each place the length of the stretch of equal signs it stands in; 0 where the sign is 0."""
    rows, places = signs.shape
    lengths = np.zeros((rows, places), dtype=np.int64)
    count = np.zeros(rows, dtype=np.int64)
    for at in range(places):
        same = signs[:, at] == signs[:, at - 1] if at else np.zeros(rows, dtype=np.bool_)
        count = np.where(signs[:, at] == 0, 0, np.where(same, count + 1, 1))
        lengths[:, at] = count
    for at in range(places - 2, -1, -1):
        same = (signs[:, at] == signs[:, at + 1]) & (signs[:, at] != 0)
        lengths[:, at] = np.where(same, lengths[:, at + 1], lengths[:, at])
    return lengths
