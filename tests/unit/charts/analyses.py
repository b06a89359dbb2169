"""Analyses to draw: of written-out numbers, and of any that hypothesis thinks of."""

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from qitracker.foundation.periods import shift_period
from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Analysis, Direction, PhaseStart, Series, State

NUMBERS = (12, 15, 9, 14, 11, 13, 10, 16, 12, 14, 9, 11, 13, 15, 12, 4, 3, 5, 2, 4, 3, 5, 4, 3)


def analysed(
    numerators: Sequence[float | None] = NUMBERS,
    denominators: Sequence[float | None] | None = None,
    *,
    chart: str = "i",
    multiplier: float = 1.0,
    frequency: str = "month",
    start: date = date(2025, 1, 1),
    direction: Direction = Direction.DOWN,
    phases: tuple[PhaseStart, ...] = (),
    excluded: tuple[date, ...] = (),
    states: tuple[State, ...] = (),
) -> Analysis:
    """Return what the numbers say; periods follow one another from `start`."""
    starts = tuple(shift_period(start, frequency, i) for i in range(len(numerators)))
    sizes = tuple(denominators or [1.0] * len(numerators))
    series = Series(starts, tuple(numerators), sizes, multiplier, states, frequency)
    return analyse(series, chart=chart, rule_set="mdc", direction=direction, phases=phases, excluded=excluded)


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """Return the analysis of any series a hospital could record."""
    frequency = draw(st.sampled_from(("day", "week", "month", "quarter", "year")))
    count = draw(st.integers(1, 45))
    states = draw(st.lists(st.sampled_from((State.VALUE,) * 6 + tuple(State)), min_size=count, max_size=count))
    high = draw(st.sampled_from((1.0, 40.0, 1e6)))
    low = draw(st.sampled_from((0.0, -high)))
    values = draw(st.lists(st.floats(low, high, allow_subnormal=False), min_size=count, max_size=count))
    held = [value if state is State.VALUE else None for value, state in zip(values, states, strict=True)]
    first = date(2020, 1, 6) if frequency == "week" else date(2020, 1, 1)
    begins = shift_period(first, frequency, draw(st.integers(0, 45)))
    return analysed(
        held,
        frequency=frequency,
        start=first,
        direction=draw(st.sampled_from(Direction)),
        phases=draw(st.sampled_from(((), (PhaseStart(begins, "ward moved"),)))),
        excluded=draw(st.sampled_from(((), (first,)))),
        states=tuple(states),
    )
