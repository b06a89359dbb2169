"""Where phases begin and end in a series, and which of their points set the lines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.spc.analysis import PhaseStart, Series


@dataclass(frozen=True)
class Stretch:
    """One phase by places in the series, both ends included."""

    first: int
    last: int
    start: PhaseStart


def cut(series: Series, phases: Sequence[PhaseStart]) -> list[Stretch]:
    """Return the phases of a series: one more than the starts that fall inside it.

    A start on or before the first point describes the first phase. Of two starts with no point
    between them the later counts. A start after the last point waits for its first result.
    """
    if not series.starts:
        return []
    begun: dict[int, PhaseStart] = {0: PhaseStart(series.starts[0])}
    for phase in sorted(phases, key=lambda phase: phase.start):
        place = next((at for at, start in enumerate(series.starts) if start >= phase.start), None)
        if place is not None:
            begun[place] = phase
    firsts = sorted(begun)
    lasts = [first - 1 for first in firsts[1:]] + [len(series.starts) - 1]
    return [Stretch(first, last, begun[first]) for first, last in zip(firsts, lasts, strict=True)]


def periods(series: Series, places: Sequence[int]) -> Series:
    """Return the series of these places only."""
    return Series(
        starts=tuple(series.starts[at] for at in places),
        numerators=tuple(series.numerators[at] for at in places),
        denominators=tuple(series.denominators[at] for at in places),
        multiplier=series.multiplier,
        states=tuple(series.states[at] for at in places),
        frequency=series.frequency,
    )


def baseline_of(series: Series, stretch: Stretch, excluded: Collection[date]) -> Series:
    """Return the periods that set the lines of a phase: not excluded, and not after it was frozen."""
    frozen_to = stretch.start.frozen_to
    return periods(
        series,
        [
            at
            for at in range(stretch.first, stretch.last + 1)
            if series.starts[at] not in excluded and (frozen_to is None or series.starts[at] <= frozen_to)
        ],
    )
