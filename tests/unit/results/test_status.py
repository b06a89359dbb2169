"""The status row: the road for one series and the road for many say the same."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx, mark

from qitracker.foundation.periods import shift_period
from qitracker.measures.rules import Definition, Frequency, Interval, Scoring
from qitracker.results.models import STATE_CODES
from qitracker.results.series import Row, analysis_of
from qitracker.results.status import Facts, facts_of, latest_signal, status_values
from qitracker.results.status_block import arrays_of, facts_of_many
from qitracker.spc.analysis import Direction, State

PROPORTION = Definition("Hands", Scoring.PROPORTION, Direction.UP, "cleaned", multiplier=100, unit="%", chart="p")
RATE = Definition("Falls", Scoring.RATE, Direction.DOWN, "falls", multiplier=1000, chart="u", rule_set="anhoej")
WEEKLY = Definition("Waits", Scoring.COUNT, Direction.NONE, "waits", chart="i", frequency=Frequency.WEEK)
SIR = Definition(
    "SIR", Scoring.OBSERVED_EXPECTED, Direction.DOWN, "observed", chart="i", interval=Interval.MID_P,
    frequency=Frequency.QUARTER,
)  # fmt: skip
FIRST = {Frequency.MONTH: date(2023, 1, 1), Frequency.WEEK: date(2023, 1, 2), Frequency.QUARTER: date(2020, 1, 1)}


def rows_of(cells, frequency):
    """Return rows from (state, numerator, denominator) cells; None leaves the period out."""
    return [
        Row(shift_period(FIRST[frequency], frequency, at), *cell) for at, cell in enumerate(cells) if cell is not None
    ]


def same(one, other):
    return one is other if one is None or other is None else one == approx(other, rel=1e-5)


def stored(unit, rows):
    return [(unit, 0, row.start.toordinal(), STATE_CODES[row.state], row.numerator, row.denominator) for row in rows]


cell = st.one_of(
    st.tuples(st.just(State.VALUE), st.integers(0, 60).map(float), st.integers(60, 120).map(float)),
    st.tuples(st.just(State.VALUE), st.integers(0, 3).map(float), st.sampled_from((0.4, 1.0, 5.5))),
    st.sampled_from([(State.MISSING, None, None), (State.SUPPRESSED, 3.0, None), (State.NO_CASES, 0.0, 0.0), None]),
)


@mark.parametrize("definition", (PROPORTION, RATE, WEEKLY, SIR), ids=lambda one: one.title)
@settings(max_examples=60, deadline=None)
@given(many=st.lists(st.lists(cell, min_size=1, max_size=30), min_size=1, max_size=4))
def test_one_by_one_and_thousands_at_once_give_the_same_status(definition, many):
    if definition.scoring is Scoring.COUNT:
        many = [[c and (c[0], c[1], 1.0 if c[0] is State.VALUE else None) for c in cells] for cells in many]
    series = [rows for rows in (rows_of(cells, definition.frequency) for cells in many) if rows]
    if not series:
        return
    block = arrays_of([row for unit, rows in enumerate(series) for row in stored(unit, rows)], definition.frequency)
    assert block is not None
    found = list(facts_of_many(block, definition))
    assert len(found) == len(series)
    for rows, facts in zip(series, found, strict=True):
        alone = status_values(len(rows), rows[-1], facts_of(analysis_of(rows, definition)))
        together = status_values(len(rows), rows[-1], facts)
        for name, value in alone.items():
            if isinstance(value, float):
                assert together[name] == approx(value, rel=1e-9, abs=1e-9), name
            elif name == "spark":
                assert [r for _, r in together[name]] == [r for _, r in value]
                assert [same(a, b) for (a, _), (b, _) in zip(together[name], value, strict=True)].count(False) == 0
            else:
                assert together[name] == value, name


def test_a_row_that_is_off_the_grid_of_its_frequency_sends_the_series_the_slow_road():
    rows = [Row(date(2024, 1, 1), State.VALUE, 1.0, 2.0), Row(date(2024, 1, 15), State.VALUE, 1.0, 2.0)]
    assert arrays_of(stored(1, rows), Frequency.MONTH) is None


def test_the_latest_signal_begins_where_its_rule_began_to_mark_points_without_a_break():
    facts = Facts(
        starts=[date(2024, month, 1) for month in range(1, 7)],
        values=[5.0, 9.0, None, 9.0, 8.0, 9.0],
        numerators=[], denominators=[],
        readings=["u", "b", "u", "b", "b", "b"],
        reading="b", latest=5, centre=6.0, lower=None, upper=None,
        rule="shift", marked=[False, True, False, True, True, True],
    )  # fmt: skip
    signal = latest_signal(facts)
    assert (signal.since, signal.length, signal.side) == (date(2024, 2, 1), 4, "above")
