"""The road for many series says exactly what the road for one says."""

from datetime import date, timedelta
from math import isnan
from random import Random
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


SHAPES = ("noise", "rare", "ramp", "shift", "spike", "level", "waves")


def _count(shape: str, at: int, size: int, chance: Random) -> int:
    """Return one count of a series of the named shape; small whole numbers, so that ties and points on a line occur."""
    noise = chance.randint(-3, 3)
    match shape:
        case "ramp":
            return 5 + at + (noise if chance.random() < 0.1 else 0)
        case "shift":
            return (12 if at < size // 2 else 20) + noise
        case "spike":
            return 12 + noise // 2 + (chance.choice([-9, 12, 25]) if chance.random() < 0.12 else 0)
        case "level":
            return 15
        case "rare":
            return 4 if chance.random() < 0.08 else 0
        case "waves":
            return 15 + (at // 4 % 3 - 1) * 4 + noise // 3
        case _:
            return 15 + noise


def _row(seed: int) -> tuple[Series, list[PhaseStart], list[date]]:
    """Return an invented series with gaps, and perhaps phases, frozen limits and excluded points."""
    chance = Random(seed)
    size, shape, varied = chance.randint(0, 40), chance.choice(SHAPES), chance.random() < 0.5
    gaps = chance.choice([0, 0, 0.1, 0.3])
    pairs: list[tuple[float | None, float | None]] = []
    for at in range(size):
        out_of = float(chance.randint(48, 60) if varied else 50)
        value = float(_count(shape, at, size, chance)), out_of
        pairs.append(chance.choice([(None, None), (0.0, 0.0)]) if chance.random() < gaps else value)
    phases = [
        PhaseStart(_day(at), frozen_to=_day(at + chance.randint(0, 14)) if chance.random() < 0.4 else None)
        for at in chance.sample(range(size + 1), min(chance.choice([0, 0, 1, 2]), size))
    ]
    excluded = [_day(chance.randint(0, size)) for _ in range(chance.choice([0, 0, 1, 4]))]
    series = Series(
        tuple(_day(at) for at in range(size)),
        tuple(pair[0] for pair in pairs),
        tuple(pair[1] for pair in pairs),
        multiplier=chance.choice([1.0, 100.0, 1000.0]),
    )
    return series, phases, excluded


@settings(max_examples=250, deadline=None)
@given(
    seeds=st.lists(st.integers(0, 2**32), min_size=1, max_size=5),
    chart=st.sampled_from(["run", "i", "p", "u", "c"]),
    rule_set=st.sampled_from(["mdc", "anhoej"]),
    direction=st.sampled_from(Direction),
    screening=st.sampled_from([None, True, False]),
    minimum=st.sampled_from([0, 10]),
)
def test_many_at_once_say_what_each_says_alone(seeds, chart, rule_set, direction, screening, minimum):
    rows = [_row(seed) for seed in seeds]
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


def test_the_invented_series_show_every_rule_screening_and_short_phases():
    seen: set[object] = set()
    for seed in range(300):
        series, phases, excluded = _row(seed)
        for rule_set in ("mdc", "anhoej"):
            alone = analyse(
                series, chart="i", rule_set=rule_set, direction=Direction.UP, phases=phases, excluded=excluded
            )
            seen |= {signal.rule for signal in alone.signals} | {("early", alone.early), ("screened", alone.screened)}
    assert seen >= {"outside", "trend", "two_of_three", "shift", "long_run", "crossings"}
    assert seen >= {("early", True), ("early", False), ("screened", True), ("screened", False)}


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
