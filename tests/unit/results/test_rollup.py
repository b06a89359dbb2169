"""Roll-up: a parent is summed from its units, and says how many are in it."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.measures.rules import Scoring, rolls_up
from qitracker.results.rollup import Part, roll_up, why_not
from qitracker.spc.analysis import State

MISSING, SUPPRESSED = Part(State.MISSING), Part(State.SUPPRESSED)
NOT_APPLICABLE, NO_CASES = Part(State.NOT_APPLICABLE), Part(State.NO_CASES, 0, 0)


def value(numerator, denominator=1.0, n=None):
    return Part(State.VALUE, numerator, denominator, n)


def test_rates_are_pooled_never_averaged():
    total = roll_up([value(2, 900), value(9, 2500)], Scoring.RATE)
    assert total.numerator / total.denominator * 1000 == approx(3.235294, abs=5e-7)


def test_observed_and_expected_are_summed():
    total = roll_up([value(4, 1.64), value(0, 3.2), value(12, 8.5)], Scoring.OBSERVED_EXPECTED)
    assert (total.numerator, total.denominator) == (16, approx(13.34))


def test_a_mean_is_weighted_by_its_n():
    total = roll_up([value(4.0 * 10, 10, 10), value(7.0 * 30, 30, 30)], Scoring.MEAN)
    assert total.numerator / total.denominator == approx(6.25)
    assert total.n == 40


def test_counts_are_summed_over_one():
    total = roll_up([value(3), value(5), value(0)], Scoring.COUNT)
    assert (total.numerator, total.denominator) == (8, 1)


def test_a_part_that_is_itself_a_sum_counts_its_units():
    total = roll_up([Part(State.VALUE, 9, 90, units=4), value(1, 10), MISSING], Scoring.PROPORTION)
    assert str(total.coverage) == "5 of 6 units"


def test_units_missing_are_told():
    total = roll_up([value(1, 10)] * 7 + [MISSING, SUPPRESSED, NOT_APPLICABLE], Scoring.PROPORTION)
    assert str(total.coverage) == "7 of 9 units"
    assert not total.is_complete
    assert (total.numerator, total.denominator, total.suppressed) == (7, 70, 1)


def test_a_unit_without_cases_has_reported():
    total = roll_up([value(3, 4), NO_CASES], Scoring.PROPORTION)
    assert str(total.coverage) == "2 of 2 units" and total.is_complete
    assert (total.numerator, total.denominator) == (3, 4)


def test_a_ratio_not_calculated_in_a_unit_still_adds_its_numbers():
    parts = [Part(State.NOT_CALCULATED, 0, 0.4), Part(State.NOT_CALCULATED, 1, 0.7)]
    total = roll_up(parts, Scoring.OBSERVED_EXPECTED)
    assert (total.state, total.numerator, total.denominator) == (State.VALUE, 1, approx(1.1))


@mark.parametrize(
    ("parts", "state"),
    [
        ([], State.MISSING),
        ([MISSING, MISSING], State.MISSING),
        ([NOT_APPLICABLE, NOT_APPLICABLE], State.NOT_APPLICABLE),
        ([NO_CASES, NO_CASES, NOT_APPLICABLE], State.NO_CASES),
        ([NO_CASES, MISSING], State.MISSING),
        ([SUPPRESSED, SUPPRESSED], State.SUPPRESSED),
        ([SUPPRESSED, MISSING, NO_CASES], State.SUPPRESSED),
        ([value(0, 5), SUPPRESSED, MISSING], State.VALUE),
    ],
)
def test_the_state_of_the_whole_follows_from_its_units(parts, state):
    total = roll_up(parts, Scoring.PROPORTION)
    assert total.state is state
    if state not in (State.VALUE, State.NO_CASES):
        assert total.numerator is None and total.denominator is None


def test_a_median_does_not_roll_up_and_says_why():
    with raises(Invalid, match=r"Medians of units do not add up to the median of all patients. Look at each unit."):
        roll_up([value(12), value(15)], Scoring.MEDIAN)
    assert why_not(Scoring.TIME_BETWEEN) is not None
    assert all((why_not(scoring) is None) == rolls_up(scoring) for scoring in Scoring)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 500)), min_size=1), st.integers(0, 50))
def test_units_added_in_two_steps_or_in_one_give_the_same(numbers, cut):
    parts = [value(*pair) for pair in numbers]
    whole = roll_up(parts, Scoring.RATE)
    halves = [roll_up(half, Scoring.RATE) for half in (parts[:cut], parts[cut:]) if half]
    again = roll_up([Part(half.state, half.numerator, half.denominator) for half in halves], Scoring.RATE)
    assert (again.numerator, again.denominator) == (whole.numerator, whole.denominator)
