"""Cells written by several people: neighbours never notice each other, the same cell loses nothing."""

import threading

import pytest
from sqlalchemy import select

from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from qitracker.worksheets.commands import add_row, delete_sheet, move_sheet, remove_row, save_cell
from qitracker.worksheets.models import CellVersion, Sheet
from qitracker.worksheets.queries import changes
from qitracker.worksheets.rules.states import SheetState
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_cause, a_sheet, rows


@pytest.fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@pytest.fixture
def sheet(build, ward):
    return a_sheet(build, ward)


def save(row_id, column, value, seen, *, by=SYSTEM, sheet_id):
    return save_cell(by=by, sheet_id=sheet_id, row_id=row_id, column=column, value=value, seen=seen)


def test_two_people_write_in_neighbouring_cells_and_neither_notices(app, build, ward, sheet):
    made = a_cause(build, sheet)
    nurse, doctor = build.actor("team_member", ward), build.actor("team_member", ward)
    with app.app_context():
        first = save(made["cause"], "text", "Night shift", 1, by=nurse, sheet_id=sheet)
        second = save(made["cause"], "occurrence", "8", 1, by=doctor, sheet_id=sheet)
    assert (first.version, second.version) == (2, 2) and second.sequence == first.sequence + 1
    row = rows(build, sheet)[made["cause"]]
    assert (row.text("text"), row.score("occurrence")) == ("Night shift", 8)


def test_the_same_cell_gives_the_later_one_both_values_and_loses_nothing(app, build, ward, sheet):
    made = a_cause(build, sheet)
    nurse, doctor = build.actor("team_member", ward), build.actor("team_member", ward)
    with app.app_context():
        save(made["cause"], "occurrence", "8", 1, by=nurse, sheet_id=sheet)
        with pytest.raises(Conflict) as clash:
            save(made["cause"], "occurrence", "6", 1, by=doctor, sheet_id=sheet)
        assert (clash.value.theirs.value, clash.value.mine, clash.value.theirs.by) == ("8", "6", nurse.name)
        kept = store.scalars(select(CellVersion.value).where(CellVersion.row_id == made["cause"])).all()
        assert {"5", "8"} <= set(kept)
        assert (
            save(made["cause"], "occurrence", "6", clash.value.theirs.version, by=doctor, sheet_id=sheet).version == 3
        )


def test_the_same_value_again_is_no_change_whatever_was_seen(app, build, sheet):
    made = a_cause(build, sheet)
    with app.app_context():
        assert save(made["cause"], "occurrence", " 5 ", 0, sheet_id=sheet).sequence == 0


@pytest.mark.parametrize("typed", ["0", "11", "3.5", "often"])
def test_a_score_that_is_none_is_refused_and_the_old_one_stays(app, build, sheet, typed):
    made = a_cause(build, sheet)
    with app.app_context(), pytest.raises(Invalid, match="from 1"):
        save(made["effect"], "severity", typed, 1, sheet_id=sheet)
    assert rows(build, sheet)[made["effect"]].score("severity") == 7


def test_a_cell_of_a_row_that_went_or_of_a_sheet_that_was_deleted_says_so(app, build, sheet):
    made = a_cause(build, sheet)
    with app.app_context():
        remove_row(by=SYSTEM, sheet_id=sheet, row_id=made["mode"])
        with pytest.raises(NotFound, match="removed this row"):
            save(made["cause"], "text", "Late", 1, sheet_id=sheet)
        delete_sheet(by=SYSTEM, sheet_id=sheet, reason="Made twice")
        with pytest.raises(NotFound, match="deleted this worksheet"):
            save(made["step"], "text", "Late", 1, sheet_id=sheet)


def test_a_closed_sheet_takes_no_more_words(app, build, sheet):
    made = a_cause(build, sheet)
    with app.app_context():
        for seen, state in enumerate((SheetState.ANALYSIS, SheetState.REVIEW, SheetState.CLOSED), start=1):
            move_sheet(by=SYSTEM, sheet_id=sheet, state=state, seen=seen)
        with pytest.raises(Invalid, match="closed"):
            save(made["step"], "text", "Late", 1, sheet_id=sheet)


def test_another_units_sheet_is_unknown_and_a_leader_may_only_read(app, build, ward, sheet):
    made = a_cause(build, sheet)
    stranger, leader = build.actor("facilitator", build.unit("Elsewhere")), build.actor("leader", ward)
    with app.app_context():
        with pytest.raises(NotFound):
            save(made["step"], "text", "Mine now", 1, by=stranger, sheet_id=sheet)
        with pytest.raises(NotAllowed):
            save(made["step"], "text", "Mine now", 1, by=leader, sheet_id=sheet)


def test_a_row_of_another_sheet_cannot_be_written_through_this_one(app, build, ward, sheet):
    made = a_cause(build, a_sheet(build, ward, title="Another"))
    with app.app_context(), pytest.raises(NotFound):
        save(made["step"], "text", "Through the back door", 1, sheet_id=sheet)


def test_many_writers_at_once_take_numbers_without_gaps_and_a_poller_misses_none(app, build, ward, sheet):
    made = a_cause(build, sheet)
    with app.app_context():
        before = store.scalar(select(Sheet.sequence).where(Sheet.id == sheet))
    taken: list[int] = []

    def add() -> None:
        with app.app_context():
            for _ in range(5):
                row_id = add_row(by=SYSTEM, sheet_id=sheet, section="cause", parent_id=made["mode"])
                taken.append(save(row_id, "text", f"Cause {row_id}", 0, sheet_id=sheet).sequence)
            store.remove()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with app.app_context():
        found = changes(by=SYSTEM, sheet_id=sheet, after=before)
    assert found.sequence == before + 40 and len(set(taken)) == 20 and len(found.changed) == 20
