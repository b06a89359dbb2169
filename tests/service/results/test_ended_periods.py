"""A period is judged when it is over: no signal and no episode before, both after, without anybody's save."""

from datetime import UTC, date, datetime

from pytest import fixture
from sqlalchemy import select, update

from qitracker.foundation import clock
from qitracker.foundation.db import atomic, store
from qitracker.people.models import Unit
from qitracker.results.commands.annotate import exclude_point
from qitracker.results.commands.ended import judge_ended
from qitracker.results.commands.rebuild import rebuild_status
from qitracker.results.models import episode, status
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import a_series, an_entry, key_of, recorded

CALM = [(78, 100), (82, 100)] * 9  # to April 2026
FIRST = date(2024, 11, 1)
MIDST = datetime(2026, 5, 24, 12, tzinfo=UTC)
LAST_EVENING = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)  # in Auckland it is June
AFTER = datetime(2026, 6, 1, 0, 5, tzinfo=UTC)


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward], begins=date(2016, 1, 1))


def row_of(unit):
    return store.execute(select(status).where(status.c.unit_id == unit.id)).one()


def episodes():
    return len(store.execute(select(episode)).all())


def half_a_month(build, ward, measured):
    """Record twenty-four days of May that look far too low."""
    with clock.at(MIDST):
        a_series(build, ward, measured, CALM, first=FIRST)
        recorded(build, ward, measured, an_entry(date(2026, 5, 1), 7, 70))


def test_half_a_month_is_no_signal_and_opens_no_episode(build, ward, measured):
    half_a_month(build, ward, measured)
    row = row_of(ward)
    assert (row.reading, row.last_value, episodes()) == ("u", 82.0, 0)
    assert date.fromordinal(row.judged_start) == date(2026, 4, 1)
    assert date.fromordinal(row.last_start) == date(2026, 5, 1)


def test_the_worker_judges_it_when_the_month_is_over_and_opens_the_episode_of_unit_and_parent(build, ward, measured):
    half_a_month(build, ward, measured)
    with clock.at(LAST_EVENING):
        assert judge_ended() == 0
    with clock.at(AFTER):
        assert judge_ended() > 0
        assert judge_ended() == 0
    row = row_of(ward)
    assert (row.reading, row.last_value, row.open_until) == ("w", 10.0, None)
    assert episodes() == len(store.execute(select(status)).all())


def test_a_month_is_over_when_it_is_over_in_the_time_zone_of_the_unit(build, ward, measured):
    half_a_month(build, ward, measured)
    with atomic():
        store.execute(update(Unit).where(Unit.id == ward.id).values(timezone="Pacific/Auckland"))
    with clock.at(LAST_EVENING):
        judge_ended()
    assert row_of(ward).reading == "w"


def test_rows_made_anew_say_the_same(build, ward, measured):
    half_a_month(build, ward, measured)
    before = row_of(ward)
    with clock.at(MIDST):
        rebuild_status()
    after = row_of(ward)
    assert (after.reading, after.judged_start, after.open_until) == (
        before.reading,
        before.judged_start,
        before.open_until,
    )


def test_a_latest_point_left_out_gives_way_to_the_one_before(build, ward, measured):
    with clock.at(AFTER):
        a_series(build, ward, measured, CALM, first=FIRST)
        recorded(build, ward, measured, an_entry(date(2026, 5, 1), 7, 70))
        exclude_point(by=SYSTEM, key=key_of(ward, measured), start=date(2026, 5, 1), reason="Typed in haste.")
    row = row_of(ward)
    assert (row.reading, row.last_value) == ("u", 82.0)
