"""The status row: the road for one series and the road for many say the same."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx, mark

from qitracker.foundation.periods import period_end, shift_period
from qitracker.measures.rules import Definition, Frequency, Interval, Scoring
from qitracker.results.models import STATE_CODES
from qitracker.results.series import Row, analysis_of, is_over
from qitracker.results.status import Facts, ends_of, facts_of, latest_signal, status_values
from qitracker.results.status_block import arrays_of, facts_of_many, running_rows
from qitracker.spc.analysis import Direction, Reading, State

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
@given(many=st.lists(st.lists(cell, min_size=1, max_size=30), min_size=1, max_size=4), back=st.integers(0, 2))
def test_one_by_one_and_thousands_at_once_give_the_same_status(definition, many, back):
    if definition.scoring is Scoring.COUNT:
        many = [[c and (c[0], c[1], 1.0 if c[0] is State.VALUE else None) for c in cells] for cells in many]
    series = [rows for rows in (rows_of(cells, definition.frequency) for cells in many) if rows]
    if not series:
        return
    block = arrays_of([row for unit, rows in enumerate(series) for row in stored(unit, rows)], definition.frequency)
    assert block is not None
    today = [shift_period(rows[-1].start, definition.frequency, 1 - back) for rows in series]  # 0: all are over
    running = running_rows(block, definition.frequency, today)
    found = list(facts_of_many(block, definition, running))
    assert len(found) == len(series)
    for rows, day, facts in zip(series, today, found, strict=True):
        ends = ends_of(rows, definition.frequency, today=day)
        alone = status_values(len(rows), ends, facts_of(analysis_of(rows, definition, today=day)))
        together = status_values(len(rows), ends, facts)
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


def many_of(last, *, months=14):
    """Return so many calm months and then one that holds (numerator, denominator)."""
    cells = [(State.VALUE, 41.0 + at % 3, 50.0) for at in range(months)] + [(State.VALUE, *last)]
    return rows_of(cells, Frequency.MONTH)


def test_a_month_that_is_not_over_shows_no_signal_and_the_month_before_is_the_latest():
    rows = many_of((5.0, 50.0))
    running = rows[-1].start.replace(day=24)
    analysis = analysis_of(rows, PROPORTION, today=running)
    assert (analysis.latest, analysis.reading, analysis.signals) == (13, Reading.USUAL, ())
    assert (analysis.points[-1].is_over, analysis.points[-1].included, analysis.points[-1].value) == (False, False, 10)


def test_the_same_month_is_judged_on_the_day_after_it():
    rows = many_of((5.0, 50.0))
    last_day = period_end(rows[-1].start, "month")
    assert analysis_of(rows, PROPORTION, today=last_day).reading is Reading.USUAL
    assert analysis_of(rows, PROPORTION, today=last_day + timedelta(days=1)).reading is Reading.WORSE


def test_an_event_is_judged_on_the_day_it_happens():
    assert is_over(date(2026, 11, 24), "event", today=date(2026, 11, 24))
    assert not is_over(date(2026, 11, 24), "day", today=date(2026, 11, 24))


def test_the_status_row_holds_the_last_month_that_counts_and_when_the_running_one_ends():
    rows = many_of((5.0, 50.0))
    day = rows[-1].start.replace(day=24)
    values = status_values(
        len(rows), ends_of(rows, "month", today=day), facts_of(analysis_of(rows, PROPORTION, today=day))
    )
    assert (values["last_start"], values["judged_start"]) == (rows[-1].start.toordinal(), rows[-2].start.toordinal())
    assert values["last_value"] == approx(rows[-2].numerator * 2)
    assert values["open_until"] == period_end(rows[-1].start, "month").toordinal()


def test_the_latest_month_left_out_leaves_the_one_before_to_be_shown():
    rows = many_of((5.0, 50.0))
    day, left_out = date(2026, 1, 1), {rows[-1].start}
    analysis = analysis_of(rows, PROPORTION, today=day, excluded=left_out)
    values = status_values(len(rows), ends_of(rows, "month", today=day, excluded=left_out), facts_of(analysis))
    assert analysis.latest == 13
    assert (values["judged_start"], values["open_until"]) == (rows[-2].start.toordinal(), None)
