"""Each chart type draws the lines its textbook gives, worked out by hand."""

from math import sqrt

import pytest
from pytest import approx, raises

from qitracker.foundation.errors import Invalid, NotEnoughData
from qitracker.foundation.shelf import Shelf
from qitracker.spc.limits import Limits
from qitracker.spc.moving_ranges import mean_range, moving_ranges
from qitracker.spc.registry import CHART_TYPES, Settings
from tests.unit.spc.months import monthly, read, values

PLAIN = Settings(sigma_per_range=1 / 1.128, screening=False)


def draw(code, series, baseline=None, settings=PLAIN) -> Limits:
    return CHART_TYPES.get(code).draw(series, baseline=baseline or series, settings=settings)


def test_larger_months_weigh_more_in_the_centre_of_a_p_chart_and_have_tighter_limits():
    limits = draw("p", monthly((5, 50), (15, 100)))
    assert limits.centre == approx(20 / 150)
    assert limits.line(3) == approx((0.27756, 0.23532), abs=1e-5)


def test_the_true_line_of_a_p_chart_may_leave_what_is_possible_but_the_drawn_one_does_not():
    limits = draw("p", monthly((1, 10), (2, 10)))
    assert limits.line(-3)[0] < 0
    assert limits.drawn(-3)[0] == 0
    assert draw("p", monthly((9, 10), (10, 10))).drawn(3)[0] == 1


def test_a_month_without_cases_has_no_line():
    assert draw("p", monthly((5, 50), (0, 0), (15, 100))).line(3)[1] is None


def test_a_u_chart_follows_exposure_and_stops_at_zero():
    limits = draw("u", monthly((4, 1000), (8, 2000)))
    assert limits.centre == approx(0.004)
    assert limits.sigma == approx((sqrt(0.004 / 1000), sqrt(0.004 / 2000)))
    assert limits.drawn(-3) == (0, 0)


def test_a_c_chart_has_level_lines_that_run_on_over_a_gap():
    limits = draw("c", values([9, None, 7, 8]))
    assert limits.centre == 8
    assert limits.line(3) == approx((8 + 3 * sqrt(8),) * 4)


def test_an_xmr_chart_takes_its_sigma_from_the_steps_between_neighbours():
    limits = draw("i", values([10, 12, 9, 13]))
    assert limits.centre == 11
    assert limits.sigma[0] == approx((2 + 3 + 4) / 3 / 1.128)


def test_a_missing_month_takes_both_of_its_steps_away():
    assert moving_ranges([10, 12, None, 9, 13]) == [2, 4]


def test_a_large_step_is_left_out_once():
    steps = [1.0] * 9 + [41.0]
    assert mean_range(steps, screening=False) == (5.0, False)
    assert mean_range(steps, screening=True) == (1.0, True)


def test_one_event_among_many_zeros_does_not_put_the_zeros_outside():
    analysis = read([0.0] * 20 + [5.0] + [0.0] * 10)
    assert [at for at, point in enumerate(analysis.points) if "outside" in point.rules] == [20]
    assert not analysis.screened


def test_steps_below_the_bound_all_stay():
    assert mean_range([1.0, 2.0, 3.0], screening=True) == (2.0, False)


def test_equal_values_have_limits_on_their_centre_line():
    limits = draw("i", values([0.1] * 7), settings=Settings(sigma_per_range=2.66 / 3, screening=True))
    assert (limits.centre, limits.line(3)) == (0.1, (0.1,) * 7)


def test_a_run_chart_has_the_median_and_no_limits():
    limits = draw("run", values([3, 100, 5, 4]))
    assert (limits.centre, limits.line(3)) == (4.5, (None,) * 4)


@pytest.mark.parametrize("code", ["run", "i", "p", "u", "c"])
def test_a_baseline_without_results_is_refused(code):
    with raises(NotEnoughData, match="Choose a longer baseline"):
        draw(code, values([1, 2]), baseline=values([None, None]))


@pytest.mark.parametrize("code", ["run", "i", "p", "u", "c"])
def test_a_centre_line_set_by_hand_replaces_the_calculated_one(code):
    settings = Settings(sigma_per_range=1 / 1.128, screening=False, centre=0.25)
    assert draw(code, monthly((5, 50), (15, 100)), settings=settings).centre == 0.25


def test_limits_are_turned_into_display_units_once():
    limits = Limits(0.1, (0.02, None), floor=0.0, ceiling=1.0).times(100)
    assert (limits.centre, limits.sigma, limits.floor, limits.ceiling) == (10, (2, None), 0, 100)


def test_two_kinds_with_one_code_stop_the_import():
    shelf: Shelf[str] = Shelf("chart type")
    shelf.add("p", "one")
    with raises(ValueError, match="two kinds of chart type with the code 'p'"):
        shelf.add("p", "another")


def test_an_unknown_code_is_refused_with_the_choices():
    with raises(Invalid, match=r"“zz” is not known. Choose one of: c, i, p, run, u\."):
        CHART_TYPES.get("zz")
