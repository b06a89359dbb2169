"""Periods: where they begin and end, and how people write them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from pytest import mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.foundation.period_text import parse_day, parse_period
from qitracker.foundation.periods import (
    FREQUENCIES,
    is_period_start,
    next_period,
    period_end,
    period_of,
    periods_between,
    previous_period,
    shift_period,
)
from qitracker.foundation.words import plain_period

DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))
FREQUENCY = st.sampled_from(FREQUENCIES)


@given(DAYS, FREQUENCY, st.integers(1, 12))
def test_every_day_lies_between_the_first_and_the_last_day_of_its_period(day, frequency, fiscal_start):
    start = period_of(day, frequency, fiscal_start=fiscal_start)
    assert start <= day <= period_end(start, frequency)
    assert is_period_start(start, frequency, fiscal_start=fiscal_start)


@given(DAYS, FREQUENCY, st.integers(1, 12))
def test_the_day_after_a_period_begins_the_next(day, frequency, fiscal_start):
    start = period_of(day, frequency, fiscal_start=fiscal_start)
    following = next_period(start, frequency)
    assert (following - period_end(start, frequency)).days == 1
    assert is_period_start(following, frequency, fiscal_start=fiscal_start)
    assert previous_period(following, frequency) == start


@given(DAYS, st.sampled_from(["week", "month", "quarter"]))
def test_a_period_written_in_plain_words_is_read_back_as_the_same_period(day, frequency):
    start = period_of(day, frequency)
    if start.year >= 1901:
        assert parse_period(plain_period(start, frequency), frequency) == start


@given(DAYS, FREQUENCY)
def test_an_iso_date_names_the_period_that_holds_it(day, frequency):
    assert parse_period(day.isoformat(), frequency) == period_of(day, frequency)


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "year"]), st.integers(0, 60))
def test_periods_between_lists_each_period_once_and_in_order(day, frequency, count):
    start = period_of(day, frequency)
    starts = periods_between(start, shift_period(start, frequency, count), frequency)
    assert len(starts) == count + 1
    assert starts[0] == start and starts[-1] == shift_period(start, frequency, count)


def test_no_periods_lie_between_a_start_and_an_earlier_day():
    assert periods_between(date(2026, 5, 1), date(2026, 4, 30), "month") == ()


def test_a_fiscal_year_holds_the_months_before_its_start_of_the_next_calendar_year():
    assert period_of(date(2026, 3, 31), "year", fiscal_start=4) == date(2025, 4, 1)
    assert period_of(date(2026, 4, 1), "year", fiscal_start=4) == date(2026, 4, 1)
    assert period_end(date(2025, 4, 1), "year") == date(2026, 3, 31)


def test_a_week_begins_on_monday_also_across_the_new_year():
    assert period_of(date(2027, 1, 3), "week") == date(2026, 12, 28)


def test_an_unknown_frequency_is_refused_with_the_known_ones():
    with raises(Invalid, match="Choose one of: day, week, month"):
        period_of(date(2026, 1, 1), "fortnight")
    with raises(Invalid):
        shift_period(date(2026, 1, 1), "fortnight", 1)


@mark.parametrize(
    ("text", "frequency", "start"),
    [
        ("2026-03", "month", date(2026, 3, 1)),
        ("2026/3", "month", date(2026, 3, 1)),
        ("March 2026", "month", date(2026, 3, 1)),
        ("  march   2026 ", "month", date(2026, 3, 1)),
        ("Mar 2026", "month", date(2026, 3, 1)),
        ("Mar-2026", "month", date(2026, 3, 1)),
        ("Sept. 2026", "month", date(2026, 9, 1)),
        ("03/2026", "month", date(2026, 3, 1)),
        ("2026-03-01", "month", date(2026, 3, 1)),
        ("2026-03-01 00:00:00", "month", date(2026, 3, 1)),
        ("2026-03-01T00:00:00Z", "month", date(2026, 3, 1)),
        ("20260301", "month", date(2026, 3, 1)),
        ("01/03/2026", "month", date(2026, 3, 1)),
        ("31.3.2026", "month", date(2026, 3, 1)),
        ("1 March 2026", "day", date(2026, 3, 1)),
        ("March 1, 2026", "day", date(2026, 3, 1)),
        ("29 Feb 2024", "day", date(2024, 2, 29)),
        ("2026-W12", "week", date(2026, 3, 16)),
        ("2026W12", "week", date(2026, 3, 16)),
        ("W12 2026", "week", date(2026, 3, 16)),
        ("2026-W01", "week", date(2025, 12, 29)),
        ("2026-03-18", "week", date(2026, 3, 16)),
        ("Q1 2026", "quarter", date(2026, 1, 1)),
        ("2026-Q4", "quarter", date(2026, 10, 1)),
        ("March 2026", "quarter", date(2026, 1, 1)),
        ("2016", "year", date(2016, 1, 1)),
        ("2016-07", "year", date(2016, 1, 1)),
    ],
)
def test_a_period_is_read_as_people_write_it(text, frequency, start):
    assert parse_period(text, frequency) == start


def test_the_order_of_day_and_month_is_a_choice():
    assert parse_day("01/03/2026") == date(2026, 3, 1)
    assert parse_day("01/03/2026", day_first=False) == date(2026, 1, 3)


def test_a_year_written_as_a_pair_is_a_fiscal_year():
    for text in ("2016/17", "2016-17", "2016–17", "2016/2017", "2016", "2017-02-01"):
        assert parse_period(text, "year", fiscal_start=4) == date(2016, 4, 1)


def test_months_may_be_named_in_another_language():
    german = (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    )
    assert parse_period("Mär 2026", "month", month_names=german) == date(2026, 3, 1)
    with raises(Invalid, match="not the name of a month"):
        parse_period("März 2026", "month")


@mark.parametrize(
    ("text", "frequency", "words"),
    [
        ("31.11.2026", "month", "31.11.2026: November has 30 days. Correct the date."),
        ("29.2.2026", "day", "29.2.2026: February 2026 has 28 days. Correct the date."),
        ("29.02.1900", "day", "29.02.1900: February 1900 has 28 days. Correct the date."),
        ("12/31/2026", "day", "12/31/2026: there is no month 31. Check the order of day and month."),
        ("0/3/2026", "day", "0/3/2026: March has 31 days. Correct the date."),
        ("2026-13", "month", "2026-13: there is no month 13. Check the order of day and month."),
        ("2026-W54", "week", "2026-W54: 2026 has weeks 1 to 53. Correct the week."),
        ("2025-W53", "week", "2025-W53: 2025 has weeks 1 to 52. Correct the week."),
        ("Q5 2026", "quarter", "Q5 2026: quarters go from Q1 to Q4. Correct the period."),
        ("0026-03", "month", "0026-03: the year is outside 1900 to 2199. Correct the year."),
        ("Ma 2026", "month", "“Ma 2026” is not a period we can read. Write it like 2026-03."),
        ("1.3.26", "day", "“1.3.26” is not a period we can read. Write it like 2026-03-01."),
        ("٢٠٢٦-03", "month", "“٢٠٢٦-03” is not a period we can read. Write it like 2026-03."),
        ("", "month", "No period is written here. Write it like 2026-03."),
        ("2016", "month", "“2016” names a year, but this measure is recorded by month. Write it like 2026-03."),
        ("Q1 2026", "week", "“Q1 2026” names a quarter, but this measure is recorded by week. Write it like 2026-W12."),
        ("2026-W12", "month", "“2026-W12” names a week, but this measure is recorded by month. Write it like 2026-03."),
        ("2016-17", "year", "2016-17: there is no month 17. Check the order of day and month."),
    ],
)
def test_what_is_no_period_gets_a_sentence_with_the_way_out(text, frequency, words):
    with raises(Invalid) as refusal:
        parse_period(text, frequency)
    assert str(refusal.value) == words


@given(st.text(max_size=60), FREQUENCY)
def test_any_text_is_either_a_period_start_or_a_refusal(text, frequency):
    try:
        start = parse_period(text, frequency)
    except Invalid as refusal:
        assert str(refusal)
    else:
        assert is_period_start(start, frequency)
