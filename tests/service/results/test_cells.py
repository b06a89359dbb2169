"""Cells of the sheet: recorded, corrected, taken away; never over what another saved; blocks keep the good rows."""

from datetime import date

from pytest import fixture, raises
from sqlalchemy import func, select

from qitracker.audit.queries import story
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed
from qitracker.results import events
from qitracker.results.commands.cells import Line, Saved, save_block, save_cell
from qitracker.results.commands.periods import WorkPeriod, check_period, lock_period, submit_period
from qitracker.results.models import PointHistory, point, status
from qitracker.results.queries.beside import last_touch
from qitracker.results.queries.points import stored_point
from qitracker.results.rules import Entry
from qitracker.spc.analysis import State
from tests.builders.measures import a_measure
from tests.builders.results import TODAY, an_entry, key_of

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@fixture
def ward(build):
    build.unit("Noise")
    return build.unit("Ward", below=build.site("North"))


@fixture
def key(build, ward):
    a_measure(build, build.organisation(), [ward], title="Noise")
    return key_of(ward, a_measure(build, build.organisation(), [ward]))


@fixture
def nurse(build, ward):
    return build.person("team_member", ward, name="Wanda Reed").actor


@fixture
def officer(build):
    return build.person("quality_officer", name="Olga Quinn").actor


def save(by, key, entry, seen=0, start=MAY, **more) -> Saved:
    return save_cell(by=by, line=Line(key, start, entry, seen), today=TODAY, **more)


def points() -> int:
    return store.scalar(select(func.count()).select_from(point))


def test_a_cell_is_recorded_corrected_and_taken_away_and_the_trail_tells_all_three(nurse, key):
    first = save(nurse, key, an_entry())
    second = save(nurse, key, an_entry(numerator=42), seen=first.version)
    third = save(nurse, key, None, seen=second.version)
    assert (first.version, second.version, third.version) == (1, 2, 0)
    assert stored_point(key, MAY) is None
    told = [one.event for one in story([key.subject])]
    assert told == [events.CLEARED, events.CORRECTED, events.RECORDED]
    assert store.scalar(select(func.count()).select_from(PointHistory)) == 2


def test_the_status_row_follows_each_save(nurse, key):
    save(nurse, key, an_entry())
    assert store.scalar(select(status.c.last_value).where(status.c.unit_id == key.unit_id)) == 82.0
    save(nurse, key, an_entry(numerator=45), seen=1)
    assert store.scalar(select(status.c.last_value).where(status.c.unit_id == key.unit_id)) == 90.0


def test_sending_the_same_numbers_again_is_no_change_and_no_conflict(nurse, key):
    save(nurse, key, an_entry())
    again = save(nurse, key, an_entry(), seen=0)
    assert again == Saved(1, an_entry())
    assert len(story([key.subject])) == 1


def test_a_comment_beside_the_same_numbers_is_kept_and_nothing_is_corrected(nurse, key):
    save(nurse, key, an_entry())
    assert not save(nurse, key, an_entry(comment="Looked at twice"), seen=1).is_change
    assert [told.event for told in story([key.subject])] == [events.COMMENTED, events.RECORDED]


def test_clearing_what_is_empty_is_nothing(nurse, key):
    assert save(nurse, key, None) == Saved(0, None)
    assert story([key.subject]) == ()


def test_whoever_did_not_see_the_newest_numbers_overwrites_nothing(nurse, officer, key):
    save(officer, key, an_entry(numerator=40))
    with raises(Conflict) as clash:
        save(nurse, key, an_entry(numerator=41), seen=0)
    assert clash.value.theirs.numerator == 40.0
    assert stored_point(key, MAY).numerator == 40.0
    touch = last_touch(key, MAY, "month")
    assert touch.by == "Olga Quinn"


def test_the_conflict_after_a_correction_names_who_corrected(nurse, officer, key):
    save(officer, key, an_entry(numerator=40))
    save(nurse, key, an_entry(numerator=41), seen=1)
    with raises(Conflict):
        save(officer, key, an_entry(numerator=44), seen=1)
    assert last_touch(key, MAY, "month").by == "Wanda Reed"


def test_what_somebody_took_away_meanwhile_is_a_conflict(nurse, officer, key):
    save(nurse, key, an_entry())
    save(officer, key, None, seen=1)
    with raises(Conflict):
        save(nurse, key, an_entry(numerator=44), seen=1)


def test_after_submission_a_correction_takes_the_right_and_a_reason(nurse, officer, key):
    save(nurse, key, an_entry())
    period = WorkPeriod(key.unit_id, "month", MAY)
    submit_period(by=nurse, period=period, seen=0, reason="The other is counted yearly", today=TODAY)
    with raises(NotAllowed):
        save(nurse, key, an_entry(numerator=44), seen=1, reason="Counted again")
    with raises(Invalid) as refused:
        save(officer, key, an_entry(numerator=44), seen=1)
    assert set(refused.value.fields) == {"reason"}
    assert save(officer, key, an_entry(numerator=44), seen=1, reason="Counted again").version == 2
    kept = store.scalar(select(PointHistory.reason))
    assert kept == "Counted again"


def test_a_locked_period_takes_nothing_from_anybody(nurse, officer, key):
    period = WorkPeriod(key.unit_id, "month", MAY)
    submit_period(by=nurse, period=period, seen=0, reason="Nothing yet", today=TODAY)
    check_period(by=officer, period=period, seen=1)
    lock_period(by=officer, period=period, seen=2)
    with raises(Invalid) as refused:
        save(officer, key, an_entry(), reason="Late")
    assert "locked" in str(refused.value) and points() == 0


def test_a_block_keeps_the_good_rows_and_answers_for_each(nurse, key):
    save(nurse, key, an_entry(APRIL, 30), start=APRIL)
    lines = [
        Line(key, date(2026, 3, 1), an_entry(date(2026, 3, 1)), 0),
        Line(key, APRIL, an_entry(APRIL, 31), 0),
        Line(key, MAY, an_entry(numerator=71, denominator=64), 0),
        Line(key, date(2026, 2, 1), Entry(date(2026, 2, 1), State.SUPPRESSED), 0),
        Line(key, date(2027, 1, 1), an_entry(date(2027, 1, 1)), 0),
    ]
    answers = save_block(by=nurse, unit_id=key.unit_id, lines=lines, today=TODAY)
    assert [type(answer).__name__ for answer in answers] == ["Saved", "Conflict", "Invalid", "Saved", "Invalid"]
    assert points() == 3
    assert stored_point(key, APRIL).numerator == 30.0
    assert len(story([key.subject])) == 3  # what was refused left no trace


def test_nothing_of_a_block_is_kept_when_the_trail_cannot_be_written(nurse, key, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("The trail is full.")

    monkeypatch.setattr("qitracker.results.commands.record.tell", broken)
    with raises(RuntimeError):
        save_block(by=nurse, unit_id=key.unit_id, lines=[Line(key, MAY, an_entry(), 0)], today=TODAY)
    assert points() == 0


def test_an_incomplete_month_is_stored_as_missing_and_completed_later(nurse, key):
    save(nurse, key, Entry(MAY, State.MISSING, 41.0))
    assert stored_point(key, MAY).state is State.MISSING
    save(nurse, key, an_entry(), seen=1)
    held = stored_point(key, MAY)
    assert (held.state, held.numerator, held.denominator) == (State.VALUE, 41.0, 50.0)


def test_an_unusual_number_is_saved_and_asked_about(build, ward, nurse):
    measured = a_measure(build, build.organisation(), [ward], title="Falls", begins=date(2025, 1, 1), plausible_low=40)
    key = key_of(ward, measured)
    done = save(nurse, key, an_entry(numerator=2))
    assert [str(words) for words in done.warnings] == [
        "4.0\u00a0% is below 40\u00a0%. It is saved. Is a digit missing?"
    ]
    assert stored_point(key, MAY).numerator == 2.0
