"""What a report covers unless told otherwise, and how measures and their parts are named in a wish."""

from datetime import date

from pytest import mark, raises

from qitracker.foundation.periods import shift_period
from qitracker.reports.rules import Held, Wanted, usual_span

TODAY = date(2026, 11, 24)
NOVEMBER = date(2026, 11, 1)


def months(count: int, latest: date = date(2026, 10, 1)) -> Held:
    return Held("month", shift_period(latest, "month", 1 - count), latest)


def test_all_of_thirty_six_months_are_covered_the_first_one_too():
    span = usual_span([months(36)], TODAY)
    assert (span.first, span.last) == (date(2023, 11, 1), date(2026, 10, 31))
    assert str(span.words) == "November 2023 to October 2026: the latest 36 full months with results."


def test_a_month_that_has_not_ended_is_left_out_and_one_at_the_beginning_comes_in():
    span = usual_span([months(60, NOVEMBER)], TODAY)
    assert (span.first, span.last) == (date(2023, 11, 1), date(2026, 10, 31))


def test_fewer_periods_are_all_covered_and_said_to_be_all():
    span = usual_span([months(7)], TODAY)
    assert (span.first, span.last) == (date(2026, 4, 1), date(2026, 10, 31))
    assert str(span.words) == "April 2026 to October 2026: all full months with results."


def test_old_results_are_covered_where_they_end_and_not_up_to_today():
    assert usual_span([months(48, date(2020, 6, 1))], TODAY).last == date(2020, 6, 30)


def test_a_first_month_that_has_not_ended_is_all_there_is():
    assert usual_span([months(1, NOVEMBER)], TODAY).first == NOVEMBER


@mark.parametrize(
    ("frequency", "earliest", "latest", "first", "last"),
    [
        ("quarter", date(2010, 1, 1), date(2026, 7, 1), date(2017, 10, 1), date(2026, 9, 30)),
        ("week", date(2025, 1, 6), date(2026, 11, 16), date(2026, 3, 16), date(2026, 11, 22)),
        ("year", date(2020, 1, 1), date(2026, 1, 1), date(2020, 1, 1), date(2025, 12, 31)),
    ],
)
def test_periods_of_other_lengths_are_counted_in_their_own(frequency, earliest, latest, first, last):
    span = usual_span([Held(frequency, earliest, latest)], TODAY)
    assert (span.first, span.last) == (first, last)


def test_a_set_is_counted_in_its_commonest_frequency_and_reaches_back_to_its_earliest_series():
    quarter = Held("quarter", date(2000, 1, 1), date(2026, 7, 1))
    span = usual_span([months(12), quarter, months(24)], TODAY)
    assert (span.first, span.last) == (date(2024, 11, 1), date(2026, 10, 31))


@mark.parametrize("held", [[], [Held("event", date(2020, 1, 3), date(2026, 11, 20))]])
def test_events_and_nothing_at_all_are_counted_in_months_until_today(held):
    span = usual_span(held, TODAY)
    assert (span.first, span.last) == (date(2023, 12, 1), TODAY)
    assert str(span.words) == "December 2023 to today: the latest 36 months."


def test_a_sign_names_a_measure_or_its_part_and_back():
    for one in (Wanted(7), Wanted(7, "nurses"), Wanted(7, "a:b")):
        assert Wanted.of(one.sign) == one
    with raises(ValueError):
        Wanted.of("x")
