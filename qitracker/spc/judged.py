"""The points of one phase as rules see them, and what a rule finds there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

GRAIN = 1e-12
"""Two figures closer than this share of their size are the same: a sum may be out by its last digits."""


@dataclass(frozen=True)
class Finding:
    """One rule that fired in a phase. `marks` are places in the series; empty = the whole phase."""

    rule: str
    side: str = ""  # "above" | "below" | "rising" | "falling" | ""
    marks: tuple[int, ...] = ()
    values: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """The m points of a phase that count, in time order: with a value and not excluded.

    A gap or an excluded point is left out, so its neighbours become neighbours: a missing month
    is no evidence, so it neither breaks a run or a trend nor adds to one.
    """

    places: tuple[int, ...]  # of each point in the whole series
    values: tuple[float, ...]  # display units
    centre: float
    sigma: tuple[float | None, ...]

    def sides(self) -> tuple[int, ...]:
        """Return where each point lies: 1 above the centre, -1 below, 0 on it."""
        return tuple(compare(value, self.centre) for value in self.values)

    def beyond(self, k: float) -> tuple[int, ...]:
        """Return 1 above the upper k-sigma line, -1 below the lower one, 0 between or on them."""
        return tuple(self._beyond(value, sigma, k) for value, sigma in zip(self.values, self.sigma, strict=True))

    def _beyond(self, value: float, sigma: float | None, k: float) -> int:
        if sigma is None:
            return 0
        if compare(value, self.centre + k * sigma) > 0:
            return 1
        return -1 if compare(value, self.centre - k * sigma) < 0 else 0


def compare(value: float, line: float) -> int:
    """Return 1, -1 or 0 for above, below or on the line."""
    if abs(value - line) <= GRAIN * max(abs(value), abs(line)):
        return 0
    return 1 if value > line else -1


def side_runs(sides: Sequence[int]) -> list[range]:
    """Return each stretch of neighbours on one side of the centre; a 0 belongs to none and ends a run."""
    runs: list[range] = []
    start = 0
    for end in range(1, len(sides) + 1):
        if end == len(sides) or sides[end] != sides[start]:
            if sides[start]:
                runs.append(range(start, end))
            start = end
    return runs
