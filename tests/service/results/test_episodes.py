"""Episodes in the database: opened once, carried on, ended, for units and those above them, in few statements."""

from contextlib import contextmanager
from datetime import date

from flask_migrate import downgrade, upgrade
from pytest import fixture
from sqlalchemy import event, select

from qitracker.foundation.db import atomic, db, store
from qitracker.results.commands.rebuild import rebuild_status
from qitracker.results.commands.record import correct_point
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.models import episode, status
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import TODAY, a_series, an_entry, key_of, recorded

CALM = [(78, 100), (82, 100)] * 9
LOW = [*CALM, *[(66, 100)] * 7]
FIRST = date(2024, 3, 1)  # 25 months from there end in March 2026


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def measured(build, ward):
    return a_measure(build, build.organisation(), [ward, build.unit("Other")], begins=date(2016, 1, 1))


def of(unit):
    return store.execute(select(episode).where(episode.c.unit_id == unit.id).order_by(episode.c.id)).all()


@contextmanager
def counted():
    seen = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_a_calm_series_has_no_episode(build, ward, measured):
    a_series(build, ward, measured, CALM)
    assert of(ward) == []


def test_a_signal_opens_one_episode_and_the_months_that_follow_carry_it_on(build, ward, measured):
    a_series(build, ward, measured, LOW)
    (opened,) = of(ward)
    assert (opened.side, opened.reading, opened.ended_at) == ("below", "w", None)
    recorded(build, ward, measured, an_entry(date(2026, 4, 1), 65, 100))
    recorded(build, ward, measured, an_entry(date(2026, 5, 1), 64, 100))
    (kept,) = of(ward)
    assert (kept.id, kept.first_start, kept.opened_at) == (opened.id, opened.first_start, opened.opened_at)
    assert (kept.last_start, kept.ended_at) == (date(2026, 5, 1).toordinal(), None)


def test_an_episode_names_what_the_status_row_carries(build, ward, measured):
    a_series(build, ward, measured, LOW)
    row = store.execute(select(status).where(status.c.unit_id == ward.id)).one()
    (held,) = of(ward)
    assert (held.rule, held.side, held.first_start) == (row.signal_rule, row.signal_side, row.signal_since)


def test_a_correction_ends_the_episode_and_taking_it_back_opens_the_same_one_again(build, ward, measured):
    april = date(2026, 4, 1)
    a_series(build, ward, measured, CALM + CALM[:7])
    key = key_of(ward, measured)
    recorded(build, ward, measured, an_entry(april, 20, 100))
    (opened,) = of(ward)
    correct_point(by=SYSTEM, key=key, entry=an_entry(april, 80, 100), reason="Misread", seen=1, today=TODAY)
    (ended,) = of(ward)
    assert ended.id == opened.id and ended.ended_at is not None
    correct_point(by=SYSTEM, key=key, entry=an_entry(april, 20, 100), reason="Was right", seen=2, today=TODAY)
    (again,) = of(ward)
    assert again.id == opened.id and again.ended_at is None


def test_what_stands_above_a_unit_has_an_episode_of_its_own(build, ward, measured):
    a_series(build, ward, measured, LOW)
    parents = store.scalars(select(episode.c.unit_id).where(episode.c.ended_at.is_(None))).all()
    assert {ward.id, *ward.lineage} == set(parents) and len(parents) == 3


def test_a_signal_of_a_whole_phase_begins_with_its_phase(build, ward):
    measured = a_measure(
        build, build.organisation(), [ward], begins=FIRST, chart="run", rule_set="anhoej", title="Rarely crossing"
    )
    a_series(build, ward, measured, [(70 + at // 4 % 2 * 10 + at % 3, 100) for at in range(24)], first=FIRST)
    row = store.execute(select(status).where(status.c.unit_id == ward.id)).one()
    (held,) = of(ward)
    assert (row.signal_rule, row.signal_since) == ("crossings", None)
    assert (held.rule, held.first_start) == ("crossings", FIRST.toordinal())


def test_making_all_status_rows_anew_leaves_the_episodes_as_they_are(build, ward, measured):
    a_series(build, ward, measured, LOW)
    before = store.execute(select(episode).order_by(episode.c.id)).all()
    rebuild_status()
    assert store.execute(select(episode).order_by(episode.c.id)).all() == before


def test_many_series_take_no_more_statements_than_a_few(build):
    site = build.site("Big")
    wards = [build.unit(below=site) for _ in range(40)]
    taken = []
    for title, some in (("Few", wards[:15]), ("Many", wards)):
        measured = a_measure(build, build.organisation(), some, begins=date(2016, 1, 1), title=title)
        for one in some[1:]:
            a_series(build, one, measured, LOW)
        with counted() as seen, atomic():
            store.execute(episode.delete())
            refresh_status(key_of(one, measured) for one in some)
        taken.append(len(seen))
        opened = store.scalars(select(episode.c.unit_id).where(episode.c.measure_id == measured.id)).all()
        assert {one.id for one in some[1:]} <= set(opened)
    assert taken[0] == taken[1]


def test_an_older_installation_gets_an_episode_for_each_signal_that_stands(build, ward, measured):
    a_series(build, ward, measured, LOW)
    crossing = a_measure(
        build, build.organisation(), [ward], begins=FIRST, chart="run", rule_set="anhoej", title="Flat"
    )
    a_series(build, ward, crossing, [(70 + at // 4 % 2 * 10 + at % 3, 100) for at in range(24)], first=FIRST)
    named = (episode.c.unit_id, episode.c.measure_id, episode.c.rule, episode.c.side, episode.c.reading)
    wanted = select(*named, episode.c.last_start, episode.c.ended_at).order_by(*named)
    before = store.execute(wanted).all()
    started = select(episode.c.first_start).where(episode.c.unit_id == ward.id).order_by(*named)
    firsts = store.scalars(started).all()
    store.rollback()
    downgrade(revision="007")
    upgrade()
    assert store.execute(wanted).all() == before
    assert store.scalars(started).all() == firsts
    assert len(before) == 6
