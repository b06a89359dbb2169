"""The road for many series says exactly what the road for one says."""

from datetime import date, timedelta
from math import isnan
from time import process_time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx, raises

from qitracker.foundation.errors import Invalid
from qitracker.spc.analyse import analyse
from qitracker.spc.analyse_block import READINGS, Block, analyse_block, block_of
from qitracker.spc.analysis import Direction, PhaseStart, Series

START = date(2024, 1, 1)


def _day(at: int) -> date:
    return START + timedelta(days=at)


@st.composite
def _series(draw, most: int = 26) -> tuple[Series, list[PhaseStart], list[date]]:
    size = draw(st.integers(0, most))
    level = draw(st.integers(0, 30))
    spread = draw(st.sampled_from([0, 1, 3, 30]))
    varied = draw(st.booleans())
    numerators: list[float | None] = []
    denominators: list[float | None] = []
    for at in range(size):
        kind = draw(st.sampled_from(["value"] * 8 + ["missing", "no cases"]))
        out_of = draw(st.integers(40, 60)) if varied else 50
        drift = at if draw(st.integers(0, 3)) else 0
        count = max(0, min(40, level + draw(st.integers(-spread, spread)) + (drift if spread == 3 else 0)))
        numerators.append(None if kind == "missing" else float(0 if kind == "no cases" else count))
        denominators.append(None if kind == "missing" else float(0 if kind == "no cases" else out_of))
    days = st.integers(0, max(0, size))
    phases = [
        PhaseStart(_day(at), frozen_to=_day(at + draw(st.integers(0, 14))) if draw(st.booleans()) else None)
        for at in draw(st.lists(days, max_size=2))
    ]
    excluded = [_day(at) for at in draw(st.lists(days, max_size=3))]
    starts = tuple(_day(at) for at in range(size))
    multiplier = draw(st.sampled_from([1.0, 100.0, 1000.0]))
    return Series(starts, tuple(numerators), tuple(denominators), multiplier=multiplier), phases, excluded


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(_series(), min_size=1, max_size=4),
    chart=st.sampled_from(["run", "i", "p", "u", "c"]),
    rule_set=st.sampled_from(["mdc", "anhoej"]),
    direction=st.sampled_from(Direction),
    screening=st.sampled_from([None, True, False]),
    minimum=st.sampled_from([0, 10]),
)
def test_many_at_once_say_what_each_says_alone(rows, chart, rule_set, direction, screening, minimum):
    asked = {"chart": chart, "rule_set": rule_set, "direction": direction, "screening": screening, "minimum": minimum}
    block = block_of([row[0] for row in rows], phases=[row[1] for row in rows], excluded=[row[2] for row in rows])
    together = analyse_block(block, **asked)
    for row, (series, phases, excluded) in enumerate(rows):
        alone = analyse(series, phases=phases, excluded=excluded, **asked)
        size = len(alone.points)
        for theirs, ours in {"values": "value", "centre": "centre", "lower": "lower", "upper": "upper"}.items():
            _same_line(getattr(together, theirs)[row, :size], [getattr(point, ours) for point in alone.points], theirs)
        assert _rules(together.marks, row, size) == [point.rules for point in alone.points]
        assert [READINGS[code] for code in together.readings[row, :size]] == [point.reading for point in alone.points]
        assert READINGS[together.latest_reading[row]] == alone.reading
        assert bool(together.early[row]) == alone.early
        assert together.latest[row] == (-1 if alone.latest is None else alone.latest)


def _same_line(got: np.ndarray, expected: list[float | None], what: str) -> None:
    for mine, theirs in zip(got, expected, strict=True):
        assert isnan(mine) == (theirs is None), what
        # A line near 0 is a difference of larger figures, whose last digits it keeps.
        assert theirs is None or mine == approx(theirs, rel=1e-12, abs=1e-11), what


def _rules(marks: dict[str, np.ndarray], row: int, size: int) -> list[tuple[str, ...]]:
    return [tuple(rule for rule, flags in marks.items() if flags[row, at]) for at in range(size)]


def test_shorter_series_stand_beside_longer_ones():
    short = Series(tuple(_day(at) for at in range(3)), (1.0, 2.0, 3.0), (1.0, 1.0, 1.0))
    long = Series(tuple(_day(at) for at in range(12)), (5.0,) * 11 + (50.0,), (1.0,) * 12)
    together = analyse_block(block_of([short, long]), chart="c", rule_set="mdc", direction=Direction.DOWN)
    assert list(together.early) == [True, False]
    assert [READINGS[code].value for code in together.latest_reading] == ["usual", "worse"]
    assert list(together.latest) == [2, 11]


def test_no_series_at_all_give_empty_arrays():
    together = analyse_block(block_of([]), chart="i", rule_set="anhoej", direction=Direction.UP)
    assert together.values.shape == (0, 0)
    assert together.latest_reading.shape == (0,)


def test_a_chart_that_cannot_be_worked_in_blocks_is_refused():
    with raises(Invalid, match="many series"):
        analyse_block(block_of([]), chart="nonsense", rule_set="mdc", direction=Direction.UP)


def test_a_centre_line_set_by_hand_is_refused():
    series = Series((START,), (1.0,), (1.0,))
    with raises(Invalid, match="by hand"):
        block_of([series], phases=[[PhaseStart(START, centre=4.0)]])


def test_twenty_thousand_series_of_36_points_take_less_than_a_second_of_processor_time():
    rows, points = 20_000, 36
    numbers = np.random.default_rng(7)
    counts = numbers.poisson(30, (rows, points)).astype(np.float64)
    block = Block(
        numerators=counts,
        denominators=np.full((rows, points), 400.0),
        multipliers=np.full(rows, 100.0),
        phases=np.zeros((rows, points), dtype=np.int64),
        included=np.ones((rows, points), dtype=np.bool_),
        baseline=np.ones((rows, points), dtype=np.bool_),
    )
    began = process_time()
    together = analyse_block(block, chart="i", rule_set="mdc", direction=Direction.UP)
    assert process_time() - began < 1.0
    assert together.values.shape == (rows, points)
