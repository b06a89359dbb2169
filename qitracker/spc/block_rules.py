"""The rule sets for many phases at once; what fires is what `rules` finds in one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qitracker.spc.block_arrays import Bools, Closed, Floats, Ints, run_lengths, sides_of
from qitracker.spc.heaps import heap_of, run_needed
from qitracker.spc.rules.anhoej import crossings_min, longest_run_max
from qitracker.spc.rules.making_data_count import LENGTH


@dataclass(frozen=True)
class JudgedBlock:
    """One phase of each of n series: m places, of which `counts` marks the points that count."""

    values: Floats
    centre: Floats  # n
    sigma: Floats  # n x m
    counts: Bools

    def sides(self) -> Ints:
        """Return 1 above the centre, -1 below, 0 on it or not counted."""
        return np.where(self.counts, sides_of(self.values, self.centre[:, None]), 0)

    def beyond(self, k: float) -> Ints:
        """Return 1 above the upper k-sigma line, -1 below the lower one, else 0."""
        above = sides_of(self.values, self.centre[:, None] + k * self.sigma) > 0
        below = sides_of(self.values, self.centre[:, None] - k * self.sigma) < 0
        return np.where(self.counts, above.astype(np.int64) - below.astype(np.int64), 0)


Marks = dict[str, Ints]
"""By rule code, most important first: 1 or -1 (n x m) where a point is marked on the upper or lower side."""


def making_data_count(phase: JudgedBlock) -> Marks:
    """Return the marks of the four Making Data Count rules."""
    closed = Closed(phase.counts)
    sides = closed.close_signs(phase.sides())
    found = {
        "trend": _trends(closed.close(phase.values)),
        "two_of_three": _two_of_three(closed.close_signs(phase.beyond(2)), closed.close_signs(phase.beyond(3)), sides),
        "shift": _shifts(closed.close(phase.values), sides, closed.counts),
    }
    return {"outside": phase.beyond(3)} | {rule: closed.spread_signs(signs) for rule, signs in found.items()}


def anhoej(phase: JudgedBlock) -> Marks:
    """Return the marks of points outside and of runs that are too long."""
    sides = phase.sides()
    closed = Closed(sides != 0)  # a point on the centre neither counts nor breaks a run
    useful = closed.close_signs(sides)
    most = _by_useful(longest_run_max, closed.counts)
    long_run = np.where(run_lengths(useful) > most[:, None], useful, 0)
    return {"outside": phase.beyond(3), "long_run": closed.spread_signs(long_run)}


def few_crossings(phase: JudgedBlock) -> Bools:
    """Return (n) whether a phase crosses its centre too seldom."""
    sides = phase.sides()
    closed = Closed(sides != 0)
    useful = closed.close_signs(sides)
    crossings = ((useful[:, 1:] != useful[:, :-1]) & (useful[:, 1:] != 0)).sum(axis=1)
    few: Bools = (closed.counts > 0) & (crossings < _by_useful(crossings_min, closed.counts))
    return few


RULES: dict[str, Callable[[JudgedBlock], Marks]] = {"mdc": making_data_count, "anhoej": anhoej}
"""Rule sets that can be worked for many series at once, by code."""

WHOLE_PHASE: dict[str, Callable[[JudgedBlock], Bools]] = {"anhoej": few_crossings}
"""Rules that belong to a phase and mark no point, by the code of their set."""


def _shifts(values: Floats, sides: Ints, counts: Ints) -> Ints:
    """Return marks of 7 or more points on one side; of more on the side where most values are the same."""
    needed = np.full(sides.shape, LENGTH, dtype=np.int64)
    with np.errstate(invalid="ignore"):
        same = [
            (values == extreme(np.where(np.isnan(values), fill, values), axis=1, keepdims=True)).sum(axis=1)
            for extreme, fill in ((np.min, np.inf), (np.max, -np.inf))
        ]
    for row in np.flatnonzero(2 * np.maximum(*same) > counts):
        held = slice(0, int(counts[row]))
        side, share = heap_of(values[row, held].tolist(), sides[row, held].tolist())
        if side:
            needed[row] = np.where(sides[row] == side, run_needed(LENGTH, share), LENGTH)
    return np.where(run_lengths(sides) >= needed, sides, 0)


def _trends(values: Floats) -> Ints:
    """Return marks of 7 or more points in strict order; where two trends share a point, the later."""
    steps = np.sign(np.nan_to_num(np.diff(values, axis=1))).astype(np.int64)
    long = np.where(run_lengths(steps) >= LENGTH - 1, steps, 0)
    marks = np.zeros(values.shape, dtype=np.int64)
    marks[:, 1:] = long  # the step that ends at a point
    marks[:, :-1] = np.where(long != 0, long, marks[:, :-1])  # the step that begins there is the later
    return marks


def _two_of_three(inner: Ints, outer: Ints, sides: Ints) -> Ints:
    """Return marks of points between 2 and 3 sigma, two of three in a row, all on one side."""
    near = np.where(outer == 0, inner, 0)
    marks = np.zeros_like(sides)
    last = sides.shape[1] - 2
    if last < 1:
        return marks
    windows = [near[:, at : at + last] for at in range(3)]
    one_side = (sides[:, :last] == sides[:, 1 : last + 1]) & (sides[:, :last] == sides[:, 2 : last + 2])
    fires = one_side & (sum((window != 0).astype(np.int64) for window in windows) >= 2)
    for at, window in enumerate(windows):
        marks[:, at : at + last] = np.where(fires & (window != 0), window, marks[:, at : at + last])
    return marks


def _by_useful(figure: Callable[[int], int], counts: Ints) -> Ints:
    """Return a figure that depends on the number of useful points, for each row; 0 points have 0."""
    table = np.array([0, *(figure(useful) for useful in range(1, int(counts.max(initial=0)) + 1))], dtype=np.int64)
    return table[counts]
