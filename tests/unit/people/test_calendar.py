"""Working days over weekends, public holidays and a site's own days off."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import raises

from qitracker.foundation.errors import Invalid
from qitracker.people.calendar import WorkCalendar, add_working_days, check_country, holiday_name, is_working_day

ENGLAND = WorkCalendar("England", "GB", "ENG")
SCOTLAND = WorkCalendar("Scotland", "GB", "SCT")


def test_christmas_and_boxing_day_are_skipped_with_the_days_given_for_them():
    # 25 Dec 2026 is a Friday; Boxing Day falls on Saturday, so Monday the 28th is given for it.
    assert add_working_days(date(2026, 12, 24), 1, ENGLAND) == date(2026, 12, 29)
    assert add_working_days(date(2026, 12, 29), -1, ENGLAND) == date(2026, 12, 24)


def test_parts_of_a_country_differ():
    second_of_january = date(2026, 1, 2)
    assert is_working_day(second_of_january, ENGLAND)
    assert not is_working_day(second_of_january, SCOTLAND)


def test_a_day_off_of_the_site_counts_beside_those_of_the_country():
    founders = WorkCalendar("Site", "GB", "ENG", {date(2026, 6, 10): "Founders' day"})
    assert holiday_name(date(2026, 6, 10), founders) == "Founders' day"
    assert add_working_days(date(2026, 6, 9), 1, founders) == date(2026, 6, 11)
    assert holiday_name(date(2026, 12, 25), founders) == "Christmas Day"


def test_without_a_country_only_weekends_are_off():
    assert is_working_day(date(2026, 12, 25), WorkCalendar())
    assert not is_working_day(date(2026, 12, 26), WorkCalendar())


def test_no_days_from_a_weekend_is_the_monday_after():
    assert add_working_days(date(2026, 6, 6), 0, WorkCalendar()) == date(2026, 6, 8)
    assert add_working_days(date(2026, 6, 5), 0, WorkCalendar()) == date(2026, 6, 5)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_going_forward_counts_exactly_the_working_days_between(start, count):
    end = add_working_days(start, count, ENGLAND)
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, ENGLAND) for day in days) == count
    assert is_working_day(end, ENGLAND)


@pytest.mark.parametrize(
    ("country", "part", "field"), [("XX", "", "country"), ("GB", "BY", "subdivision"), ("", "ENG", "country")]
)
def test_an_unknown_country_or_part_is_refused_beside_its_field(country, part, field):
    with raises(Invalid) as refused:
        check_country(country, part)
    assert list(refused.value.fields) == [field]
