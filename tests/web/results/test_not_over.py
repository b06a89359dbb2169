"""A page whose latest point does not count: its month is not over, or somebody left it out."""

from datetime import UTC, date, datetime

from pytest import fixture

from qitracker.foundation import clock
from qitracker.results.commands.annotate import exclude_point, start_phase
from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.people import SYSTEM
from tests.builders.results import a_series, an_entry, key_of, recorded
from tests.web.browsing import heading, words

MIDST = datetime(2026, 5, 24, 12, tzinfo=UTC)
AFTER = datetime(2026, 6, 3, 12, tzinfo=UTC)
CALM = [(78, 100), (82, 100)] * 9  # to April 2026


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measured(build, ward):
    one = a_measure(build, build.organisation(), [ward], begins=date(2016, 1, 1))
    with clock.at(MIDST):
        a_series(build, ward, one, CALM, first=date(2024, 11, 1))
        recorded(build, ward, one, an_entry(date(2026, 5, 1), 7, 70))
    return one


@fixture
def officer(build):
    with clock.at(MIDST):
        return build.signed_in(build.person("quality_officer"))


@fixture
def path(measured):
    return f"/measures/{measured.slug}/units/ward"


def shown(client, path, moment):
    with clock.at(moment):
        return client.get(path)


def test_a_month_that_is_not_over_makes_no_headline_and_says_what_it_is(officer, path):
    page = shown(officer, path, MIDST)
    assert "No real change" in heading(page)
    told = words(page).replace("\u00a0", " ")
    assert "May 2026 is not over: 10.0 % so far (7 of 70)." in told
    assert "So far, not over yet" in told and "Why is this a signal?" not in told


def test_the_same_page_tells_the_signal_when_the_month_is_over(officer, path):
    page = shown(officer, path, AFTER)
    assert "got worse" in heading(page) and "is not over:" not in words(page)


def test_the_target_is_compared_with_the_latest_month_that_counts(build, ward, measured, officer, path):
    a_benchmark(build, measured, a_target())
    with build._inside(), clock.at(AFTER):
        exclude_point(by=SYSTEM, key=key_of(ward, measured), start=date(2026, 5, 1), reason="Typed in haste.")
    told = words(shown(officer, path, AFTER)).replace("\u00a0", " ")
    assert "The latest result that counts, April 2026, is 8.0 points worse" in told
    assert "80.0 points" not in told


def test_a_signal_that_ends_because_the_limits_moved_says_so(build, ward, officer):
    one = a_measure(build, build.organisation(), [ward], begins=date(2016, 1, 1), title="Falls seen")
    with clock.at(MIDST):
        a_series(build, ward, one, [*CALM, *[(66, 100)] * 10], first=date(2024, 1, 1))
    with clock.at(AFTER), build._inside():
        start_phase(by=SYSTEM, key=key_of(ward, one), start=date(2025, 7, 1), reason="New team")
    said = words(shown(officer, f"/measures/{one.slug}/units/ward", AFTER))
    assert "Ended by the new limits from July 2025, not by a change of the results." in said
    assert "It is over." not in said
