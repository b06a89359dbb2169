"""Intervals of observed over expected on the measure page: the published numbers, by the method of the definition."""

from datetime import date

from pytest import approx, mark

from qitracker.measures.rules import Definition, Interval, Scoring
from qitracker.results.intervals import interval_sentence, intervals_of
from qitracker.results.series import Row, analysis_of
from qitracker.spc.analysis import Direction, State

JANUARY = date(2026, 1, 1)
OVER = date(2026, 2, 1)


def definition(interval):
    return Definition("SIR", Scoring.OBSERVED_EXPECTED, Direction.DOWN, "observed", interval=interval, chart="i")


def analysed(observed, expected, interval):
    return analysis_of([Row(JANUARY, State.VALUE, observed, expected)], definition(interval), today=OVER)


@mark.parametrize(
    ("observed", "expected", "interval", "lower", "upper"),
    (
        (4, 1.64, Interval.MID_P, 0.774967, 5.883195),
        (0, 3.2, Interval.MID_P, None, 0.936166),
        (54, 45.2, Interval.BYAR, 0.897428, 1.558842),
        (1, 1.0, Interval.BYAR, 0.025318, 5.571643),
    ),
)
def test_each_ratio_has_the_interval_its_definition_asks_for(observed, expected, interval, lower, upper):
    bounds = intervals_of(analysed(observed, expected, interval), definition(interval))[JANUARY]
    assert bounds.lower == (None if lower is None else approx(lower, abs=5e-4))
    assert bounds.upper == approx(upper, abs=5e-4)


def test_below_one_expected_no_infection_ratio_and_no_interval_is_calculated():
    assert intervals_of(analysed(2, 0.4, Interval.MID_P), definition(Interval.MID_P)) == {}


def test_the_sentence_says_more_only_where_the_whole_interval_lies_above_one():
    said = [
        str(interval_sentence(analysed(observed, 10.0, Interval.BYAR), definition(Interval.BYAR)))
        for observed in (12, 30, 2)
    ]
    assert "not different from expected" in said[0]
    assert "more than expected" in said[1] and "fewer than expected" in said[2]


def test_a_proportion_has_none():
    share = Definition("Share", Scoring.PROPORTION, Direction.UP, "x", multiplier=100)
    analysis = analysis_of([Row(JANUARY, State.VALUE, 4, 10)], share, today=OVER)
    assert intervals_of(analysis, share) == {} and interval_sentence(analysis, share) is None
