"""Unusual values of thousands of series at once are the ones that the rule for one entry finds."""

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.exchange.odd import count_unusual
from qitracker.measures.rules import Definition, Scoring
from qitracker.results.queries.recorded import Held
from qitracker.results.rules import Entry, displayed_value
from qitracker.results.unusual import unusual
from qitracker.spc.analysis import Direction, State

DEFINITION = Definition(
    "Pain assessed", Scoring.PROPORTION, Direction.UP, "patients", multiplier=100, plausible_low=5, plausible_high=95
)
CELL = st.one_of(st.none(), st.tuples(st.integers(0, 120), st.integers(1, 60)))
SERIES = st.lists(st.lists(CELL, max_size=30), max_size=4)


def one_by_one(series) -> int:
    """Count by the rule for one entry: each value against the twelve rows before it."""
    found = 0
    for cells in series:
        shown = [
            displayed_value(Entry(date(2026, 1, 1), State.VALUE, *cell), DEFINITION) if cell else None for cell in cells
        ]
        for at, value in enumerate(shown):
            found += value is not None and unusual(value, DEFINITION, shown[max(0, at - 12) : at]) is not None
    return found


def rows_of(series) -> list[tuple]:
    return [
        (unit, 7, 0, start, 0 if cell else 1, *(cell or (None, None)), None, 1, 1)
        for unit, cells in enumerate(series)
        for start, cell in enumerate(cells)
    ]


@settings(max_examples=200, deadline=None)
@given(SERIES)
def test_many_at_once_count_the_same_as_one_by_one(series):
    assert count_unusual(DEFINITION, rows_of(series)) == one_by_one(series)


def test_what_is_recorded_already_counts_as_history_and_not_as_new():
    usual = [(30 + at % 3, 60) for at in range(12)]
    held = {(1, 0, start): Held(0, *cell, None, 1, 0) for start, cell in enumerate(usual)}
    far = [(1, 7, 0, 12, 0, 56, 60, None, 1, 1)]
    assert count_unusual(DEFINITION, far) == 0
    assert count_unusual(DEFINITION, far, held) == 1


def test_the_rows_of_one_series_are_no_history_of_another():
    usual = rows_of([[(30 + at % 3, 60) for at in range(12)], [(56, 60)]])
    assert all(first[:4] < second[:4] for first, second in pairwise(usual))
    assert count_unusual(DEFINITION, usual) == 0
