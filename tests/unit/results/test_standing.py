"""When a series is current, when it is silent, and how charts are counted: one of each, never two."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pytest import mark

from qitracker.foundation.periods import FREQUENCIES, period_end, period_of, shift_period
from qitracker.results.standing import Standing, Tally, current_until, is_current, is_early, standing, tally
from qitracker.spc.analysis import Reading


@mark.parametrize(
    ("last", "frequency", "due_days", "until"),
    [
        (date(2026, 7, 1), "month", 10, date(2026, 11, 14)),  # 31 July + 92 days + 14
        (date(2026, 8, 31), "week", 5, date(2026, 12, 14)),  # weeks get three months too
        (date(2026, 1, 1), "quarter", 0, date(2026, 9, 30)),  # two quarters missed in a row
        (date(2024, 1, 1), "year", 0, date(2026, 12, 31)),
        (date(2026, 7, 1), "month", 125, date(2027, 4, 24)),  # a survey that may take half a year
        (date(2024, 11, 20), "event", 0, date(2026, 11, 21)),  # two years without an event
    ],
)
def test_two_periods_may_be_missed_three_months_at_least_and_the_days_a_result_may_take(
    last, frequency, due_days, until
):
    assert current_until(last, frequency, due_days) == until
    assert is_current(last, frequency, due_days, today=until)
    assert not is_current(last, frequency, due_days, today=until + timedelta(days=1))


def test_a_series_that_waits_for_its_first_result_is_current():
    assert is_current(None, "month", 0, today=date(2026, 1, 1))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(FREQUENCIES), st.integers(0, 366))
def test_a_series_stays_current_through_two_missed_periods_and_a_newer_result_never_shortens_it(day, frequency, due):
    start = period_of(day, frequency)
    missed = period_end(shift_period(start, frequency, 2), frequency)
    assert is_current(start, frequency, due, today=missed)
    assert current_until(shift_period(start, frequency, 1), frequency, due) > current_until(start, frequency, due)


def test_an_old_signal_is_silent_and_a_young_one_too_early_whatever_it_reads():
    assert standing(Reading.WORSE, early=True, current=False) is Standing.SILENT
    assert standing(Reading.WORSE, early=True, current=True) is Standing.EARLY
    assert standing(Reading.WORSE, early=False, current=True) is Standing.WORSE


def test_few_values_are_early_and_a_long_series_only_without_limits_and_not_as_run_chart():
    assert is_early(9, points=20, chart="p", has_limits=True)
    assert not is_early(10, points=20, chart="p", has_limits=False)
    assert is_early(9, points=24, chart="p", has_limits=False)
    assert not is_early(9, points=24, chart="p", has_limits=True)
    assert not is_early(9, points=24, chart="run", has_limits=False)


def test_every_chart_is_counted_once():
    counted = tally([*Standing, Standing.SILENT])
    assert counted == Tally(worse=1, better=1, changed=1, usual=1, early=1, silent=2)
    assert (counted.charts, counted.current, counted.signals) == (7, 5, 3)
