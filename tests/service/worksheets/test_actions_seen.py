"""An action that is added, changed or moved is news of the sheet whose row it answers, and of no other sheet."""

from datetime import date

import pytest
from sqlalchemy import select

from qitracker.actions.commands import add_action, change_action, move_action
from qitracker.actions.rules import ActionState
from qitracker.audit.models import AuditEntry
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict
from qitracker.links.rules import Ref
from qitracker.worksheets.commands import delete_sheet, save_cell
from qitracker.worksheets.models import Sheet
from qitracker.worksheets.queries import changes
from tests.builders.actions import an_action, moved, plan_of
from tests.builders.people import SYSTEM
from tests.builders.results import TODAY
from tests.builders.worksheets import a_cause, a_sheet
from tests.service.worksheets.test_same_moment import at_once


@pytest.fixture
def ward(build):
    return build.unit("Ward")


@pytest.fixture
def owner(build, ward):
    return build.person("quality_officer", ward).id


@pytest.fixture
def sheet(build, ward):
    return a_sheet(build, ward)


@pytest.fixture
def cause(build, sheet):
    return a_cause(build, sheet)["cause"]


def number(sheet: int) -> int:
    return store.scalar(select(Sheet.sequence).where(Sheet.id == sheet))


def news(sheet: int, after: int) -> tuple[int, ...]:
    return changes(by=SYSTEM, sheet_id=sheet, after=after).changed


def answers(row_id: int) -> Ref:
    return Ref("row", str(row_id))


def test_a_new_action_is_news_of_the_row_it_answers(build, ward, owner, sheet, cause):
    other = a_sheet(build, ward, title="Discharge")
    before, beside = number(sheet), number(other)
    an_action(build, ward, owner, answers=answers(cause))
    assert news(sheet, before) == (cause,) and number(sheet) == before + 1
    assert number(other) == beside


def test_a_changed_and_a_moved_action_are_news_and_the_same_again_is_none(build, ward, owner, sheet, cause):
    action_id = an_action(build, ward, owner, answers=answers(cause))
    before = number(sheet)
    change_action(by=SYSTEM, action_id=action_id, seen=1, **plan_of(owner, title="Lock both drawers"))
    assert news(sheet, before) == (cause,)
    change_action(by=SYSTEM, action_id=action_id, seen=2, **plan_of(owner, title="Lock both drawers"))
    assert number(sheet) == before + 1
    moved(build, action_id, ActionState.RUNNING)
    assert news(sheet, before + 1) == (cause,) and number(sheet) == before + 2


def test_an_action_that_answers_nothing_or_a_refused_change_is_news_of_no_sheet(build, ward, owner, sheet, cause):
    action_id = an_action(build, ward, owner, answers=answers(cause))
    before = number(sheet)
    an_action(build, ward, owner)
    with pytest.raises(Conflict):
        change_action(by=SYSTEM, action_id=action_id, seen=0, **plan_of(owner, title="Stale"))
    store.rollback()
    assert number(sheet) == before


def test_an_action_whose_sheet_was_deleted_can_still_be_moved(build, ward, owner, sheet, cause):
    action_id = an_action(build, ward, owner, answers=answers(cause))
    before = number(sheet)
    delete_sheet(by=SYSTEM, sheet_id=sheet, reason="Made twice")
    moved(build, action_id, ActionState.RUNNING)
    assert number(sheet) == before


def test_the_news_is_lost_with_the_action_when_it_cannot_be_written(build, ward, owner, sheet, cause, monkeypatch):
    before = number(sheet)

    def broken(*_arguments):
        raise RuntimeError

    monkeypatch.setattr("qitracker.worksheets.commands.touch.store.execute", broken)
    with pytest.raises(RuntimeError):
        an_action(build, ward, owner, answers=answers(cause))
    monkeypatch.undo()
    store.rollback()
    assert number(sheet) == before
    assert store.scalar(select(AuditEntry.id).where(AuditEntry.event == "actions.action.added")) is None


def test_actions_and_cells_at_the_same_moment_take_numbers_of_their_own(app, build, ward, owner, sheet, cause):
    first, second = (an_action(build, ward, owner, answers=answers(cause)) for _ in range(2))
    before = number(sheet)

    def moves(action_id: int):
        return lambda: move_action(by=SYSTEM, action_id=action_id, seen=1, state=ActionState.RUNNING, today=TODAY)

    given = at_once(
        app,
        moves(first),
        moves(second),
        lambda: add_action(by=SYSTEM, unit_id=ward.id, **plan_of(owner, due=date(2026, 8, 1), answers=answers(cause))),
        lambda: save_cell(by=SYSTEM, sheet_id=sheet, row_id=cause, column="text", value="Late", seen=1),
    )
    assert not [one for one in given if isinstance(one, Exception)]
    assert number(sheet) == before + 4 and news(sheet, before) == (cause,)


def test_two_who_move_one_action_at_once_are_one_piece_of_news(app, build, ward, owner, sheet, cause):
    action_id = an_action(build, ward, owner, answers=answers(cause))
    before = number(sheet)
    given = at_once(
        app,
        *[lambda: move_action(by=SYSTEM, action_id=action_id, seen=1, state=ActionState.RUNNING, today=TODAY)] * 2,
    )
    assert sorted(type(one).__name__ for one in given) == ["Conflict", "NoneType"]
    assert number(sheet) == before + 1
