"""What somebody sees who follows a sheet: each change that touches what they look at, and nothing for no change."""

import pytest
from sqlalchemy import select

from qitracker.audit.queries import story
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.worksheets.commands import (
    add_row,
    delete_sheet,
    move_row,
    move_sheet,
    remove_row,
    rename_sheet,
    restore_row,
    save_cell,
)
from qitracker.worksheets.models import Sheet
from qitracker.worksheets.queries import changes
from qitracker.worksheets.rules.states import SheetState
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_cause, a_row, a_sheet


@pytest.fixture
def sheet(build):
    return a_sheet(build, build.unit("Ward"))


def number(sheet: int) -> int:
    return store.scalar(select(Sheet.sequence).where(Sheet.id == sheet))


def told(sheet: int) -> list[str]:
    return [str(one.sentence) for one in story([("sheet", sheet)])]


def test_what_is_no_change_takes_no_number(build, sheet):
    made = a_cause(build, sheet)
    add_row(by=SYSTEM, sheet_id=sheet, section="step", token="once")
    before = number(sheet)
    save_cell(by=SYSTEM, sheet_id=sheet, row_id=made["cause"], column="occurrence", value="5", seen=1)
    add_row(by=SYSTEM, sheet_id=sheet, section="step", token="once")
    assert restore_row(by=SYSTEM, sheet_id=sheet, row_id=made["mode"]) == 0
    assert number(sheet) == before


def test_what_is_refused_takes_no_number(build, sheet):
    made = a_cause(build, sheet)
    before = number(sheet)
    with pytest.raises(Conflict):
        save_cell(by=SYSTEM, sheet_id=sheet, row_id=made["cause"], column="occurrence", value="9", seen=0)
    with pytest.raises(Invalid):
        save_cell(by=SYSTEM, sheet_id=sheet, row_id=made["cause"], column="occurrence", value="11", seen=1)
    assert number(sheet) == before


def test_a_mode_that_moved_is_told_of_the_step_it_left_as_well(build, sheet):
    made = a_cause(build, sheet)
    other = a_row(build, sheet, "step", text="Compare lists")
    before = number(sheet)
    move_row(by=SYSTEM, sheet_id=sheet, row_id=made["mode"], parent_id=other)
    assert set(changes(by=SYSTEM, sheet_id=sheet, after=before).changed) == {made["mode"], made["step"]}


def test_a_new_step_between_others_is_told_of_all_steps_because_their_numbers_change(build, sheet):
    first, second = (a_row(build, sheet, "step", text=text) for text in ("One", "Two"))
    inner = a_row(build, sheet, "step", second, text="Inner")
    before = number(sheet)
    new = add_row(by=SYSTEM, sheet_id=sheet, section="step", after_id=first)
    assert set(changes(by=SYSTEM, sheet_id=sheet, after=before).changed) == {first, second, inner, new}


def test_rows_that_went_are_told_once_each(build, sheet):
    made = a_cause(build, sheet)
    before = number(sheet)
    remove_row(by=SYSTEM, sheet_id=sheet, row_id=made["cause"])
    found = changes(by=SYSTEM, sheet_id=sheet, after=before)
    assert set(found.gone) == {made["cause"], made["control"]} and found.changed == ()
    assert changes(by=SYSTEM, sheet_id=sheet, after=found.sequence).gone == ()


def test_a_follower_of_a_deleted_sheet_is_told_that_it_was_deleted(build, sheet):
    delete_sheet(by=SYSTEM, sheet_id=sheet, reason="Made twice")
    with pytest.raises(NotFound, match="deleted this worksheet"):
        changes(by=SYSTEM, sheet_id=sheet, after=0)


def test_a_step_with_sub_steps_cannot_become_a_sub_step(build, sheet):
    outer, other = (a_row(build, sheet, "step", text=text) for text in ("Outer", "Other"))
    inner = a_row(build, sheet, "step", outer, text="Inner")
    with pytest.raises(Invalid, match="2 levels deep"):
        move_row(by=SYSTEM, sheet_id=sheet, row_id=outer, parent_id=other)
    remove_row(by=SYSTEM, sheet_id=sheet, row_id=inner)
    move_row(by=SYSTEM, sheet_id=sheet, row_id=outer, parent_id=other)


def test_the_trail_tells_each_change_with_what_stood_before(build, sheet):
    made = a_cause(build, sheet)
    save_cell(by=SYSTEM, sheet_id=sheet, row_id=made["cause"], column="text", value="Noise", seen=1)
    save_cell(by=SYSTEM, sheet_id=sheet, row_id=made["cause"], column="occurrence", value="", seen=1)
    rename_sheet(by=SYSTEM, sheet_id=sheet, title="Admission", seen=1)
    move_sheet(by=SYSTEM, sheet_id=sheet, state=SheetState.ANALYSIS, seen=2)
    moved, renamed, emptied, changed, *earlier = told(sheet)
    assert moved.endswith("moved the worksheet from draft to at work.")
    assert renamed.endswith("renamed the worksheet from “Admission medicines” to “Admission”.")
    assert emptied.endswith("emptied Occurrence of the cause “Noise”, where “5” stood.")
    assert changed.endswith("changed Cause of the cause “The patient is tired” from “The patient is tired” to “Noise”.")
    assert any(one.endswith("wrote “5” as Occurrence of the cause “The patient is tired”.") for one in earlier)


def test_a_closed_sheet_opens_again_and_keeps_its_title(build, sheet):
    states = (SheetState.ANALYSIS, SheetState.REVIEW, SheetState.CLOSED)
    for seen, state in enumerate(states, start=1):
        move_sheet(by=SYSTEM, sheet_id=sheet, state=state, seen=seen)
    with pytest.raises(Invalid, match="closed"):
        rename_sheet(by=SYSTEM, sheet_id=sheet, title="Another", seen=4)
    assert rename_sheet(by=SYSTEM, sheet_id=sheet, title=" Admission  medicines ", seen=4) == 4
    move_sheet(by=SYSTEM, sheet_id=sheet, state=SheetState.ANALYSIS, seen=4)
