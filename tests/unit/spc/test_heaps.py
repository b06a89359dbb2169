"""Where most values are the same, a run of them says little: how long it has to be, on both roads, in words."""

from datetime import date
from random import Random

import pytest
from pytest import approx

from qitracker.foundation.periods import shift_period
from qitracker.spc.analyse import analyse
from qitracker.spc.analysis import Direction, Reading, Series
from qitracker.spc.heaps import heap_of, run_needed
from qitracker.spc.wording import reasons
from qitracker.spc.wording.chances import chance_run

FIRST = date(2023, 11, 1)


def judged(counts: list[int]):
    """Return the analysis of cases a month among 300 bed days, fewer being better, by Making Data Count."""
    starts = tuple(shift_period(FIRST, "month", at) for at in range(len(counts)))
    series = Series(starts, tuple(map(float, counts)), (300.0,) * len(counts), multiplier=1000.0)
    return analyse(series, chart="u", rule_set="mdc", direction=Direction.DOWN)


def test_a_year_of_months_without_a_case_is_as_usual_where_four_of_five_have_none():
    assert judged([0, 0, 1, 0, 0] * 4 + [0] * 4 + [1] + [0] * 11).reading is Reading.USUAL


def test_chance_alone_seldom_gives_a_shift_among_rare_cases():
    random, charts = Random(5), 400
    found = sum(
        any(signal.rule == "shift" for signal in judged([int(random.random() < 0.2) for _ in range(36)]).signals)
        for _ in range(charts)
    )
    assert found / charts < 0.15


def test_a_real_fall_to_none_is_still_found_and_says_what_it_was_held_against():
    analysis = judged([3, 5, 4, 6, 5, 3, 4, 5, 4, 6, 5, 4] + [0] * 20)
    assert analysis.reading is Reading.BETTER
    told = " ".join(str(one) for one in reasons(analysis, unit="", decimals=1))
    assert "More than half of the results are the same here, so a run counts from 11 points on" in told


@pytest.mark.parametrize(("share", "needed"), [(0.51, 8), (0.6, 10), (0.8, 22), (0.9, 47)])
def test_the_length_asked_for_is_as_rare_as_seven_tosses(share, needed):
    assert run_needed(7, share) == needed
    assert share**needed <= 0.5**7 < share ** (needed - 1)


@pytest.mark.parametrize(
    ("values", "centre", "heap"),
    [
        ((0.0, 0.0, 0.0, 5.0), 1.25, (-1, 0.75)),
        ((100.0, 100.0, 90.0), 96.7, (1, 2 / 3)),
        ((0.0, 0.0, 5.0, 5.0), 2.5, (0, 0.0)),
        ((4.0, 4.0, 4.0), 4.0, (0, 0.0)),
        ((), 0.0, (0, 0.0)),
    ],
)
def test_a_heap_is_more_than_half_of_the_values_at_one_end(values, centre, heap):
    sides = [(value > centre) - (value < centre) for value in values]
    assert heap_of(values, sides) == heap


def test_the_chance_of_a_run_among_unequal_sides_agrees_with_counting():
    random, turns = Random(1), 20_000
    held = sum("x" * 8 in "".join("x" if random.random() < 0.8 else "." for _ in range(36)) for _ in range(turns))
    assert chance_run(8, 36, share=0.8) == approx(held / turns, abs=0.02)
    assert chance_run(8, 36, share=0.8) == approx(0.8, abs=0.1)
