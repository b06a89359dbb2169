"""Intervals against published and worked figures."""

import pytest
from pytest import approx, raises

from qitracker.foundation.errors import Invalid
from qitracker.spc.intervals import (
    Ratio,
    against_one,
    byar,
    exact_poisson,
    mid_p_value,
    rate_interval,
    standardised_infection_ratio,
    standardised_mortality_ratio,
    wilson,
)

PRINTED = 5e-7


@pytest.mark.parametrize(
    ("cases", "size", "lower", "upper"),
    [
        (81, 263, 0.255289, 0.366210),
        (15, 148, 0.062386, 0.160487),
        (0, 20, 0.0, 0.161125),
        (20, 20, 0.838875, 1.0),
    ],
)
def test_wilson_gives_the_published_limits(cases, size, lower, upper):
    assert wilson(cases, size) == approx((lower, upper), abs=PRINTED)


def test_a_proportion_of_all_or_none_ends_exactly_at_the_edge():
    assert wilson(0, 7)[0] == 0
    assert wilson(7, 7)[1] == 1


def test_no_cases_give_no_interval():
    assert wilson(0, 0) is None


def test_more_cases_than_there_are_is_refused():
    with raises(Invalid, match="71 of 64"):
        wilson(71, 64)


@pytest.mark.parametrize(
    ("observed", "predicted", "value", "lower", "upper", "chance"),
    [
        (4, 1.640, 2.439024, 0.774967, 5.883195, 0.110377),
        (0, 3.2, 0, None, 0.936166, 0.040762),
        (12, 8.5, 1.411765, 0.764923, 2.400100, 0.242255),
    ],
)
def test_an_infection_ratio_has_the_mid_p_interval(observed, predicted, value, lower, upper, chance):
    ratio = standardised_infection_ratio(observed, predicted)
    assert ratio.value == approx(value, abs=PRINTED)
    assert ratio.lower == (None if lower is None else approx(lower, abs=PRINTED))
    assert ratio.upper == approx(upper, abs=PRINTED)
    assert mid_p_value(observed, predicted) == approx(chance, abs=PRINTED)


def test_an_infection_ratio_is_not_calculated_when_fewer_than_one_is_predicted():
    assert standardised_infection_ratio(2, 0.999) is None
    assert mid_p_value(2, 0.999) is None
    assert standardised_infection_ratio(2, 1.0).value == 2


def test_only_an_interval_clear_of_one_is_better_or_worse():
    assert against_one(standardised_infection_ratio(0, 3.2)) == "better"
    assert against_one(standardised_infection_ratio(12, 8.5)) == "no different"
    assert against_one(standardised_infection_ratio(30, 8.5)) == "worse"
    assert against_one(Ratio(0, None, 1.0)) == "no different"


@pytest.mark.parametrize(
    ("observed", "expected", "value", "lower", "upper"),
    [
        (54, 45.2, 1.194690, 0.897428, 1.558842),
        (12, 8.5, 1.411765, 0.728648, 2.466219),
        (10, 1, 10, 4.787450, 18.391459),
        (48, 79.1, 0.606827, 0.447389, 0.804582),
        (0, 1, 0, 0, 3.688879),
    ],
)
def test_a_mortality_ratio_has_byars_interval_from_ten_on_and_the_exact_one_below(
    observed, expected, value, lower, upper
):
    ratio = standardised_mortality_ratio(observed, expected)
    assert (ratio.value, ratio.lower, ratio.upper) == approx((value, lower, upper), abs=PRINTED)


def test_nothing_expected_gives_no_ratio():
    assert standardised_mortality_ratio(3, 0) is None


@pytest.mark.parametrize(
    ("events", "expected", "lower", "upper"),
    [(54, 45.2, 0.897488, 1.558812), (12, 8.5, 0.729479, 2.466069), (10, 1, 4.795389, 18.390356), (0, 1, 0, 3.688879)],
)
def test_exact_poisson_gives_the_worked_limits(events, expected, lower, upper):
    assert [limit / expected for limit in exact_poisson(events)] == approx([lower, upper], abs=PRINTED)


def test_byar_of_a_single_event_shows_why_the_exact_limit_is_used_instead():
    assert byar(1)[0] == approx(0.013072, abs=PRINTED)
    assert exact_poisson(1)[0] == approx(0.025318, abs=PRINTED)
    assert byar(0) == approx((0, 3.668012), abs=PRINTED)


def test_a_rate_is_exact_below_ten_events_and_in_display_units():
    rate = rate_interval(7, 4218, multiplier=1000)
    assert (rate.value, rate.lower, rate.upper) == approx((1.659554, 0.667227, 3.419316), abs=PRINTED)


def test_a_rate_without_exposure_is_none_and_negative_numbers_are_refused():
    assert rate_interval(0, 0) is None
    with raises(Invalid):
        rate_interval(3, -1)
    with raises(Invalid):
        rate_interval(-3, 10)
