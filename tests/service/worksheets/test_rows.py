"""Rows: added, removed with what hangs below them, brought back, moved."""

import pytest

from qitracker.foundation.errors import Invalid, NotFound
from qitracker.worksheets.commands import add_row, move_row, remove_row, restore_row
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_cause, a_row, a_sheet, rows


@pytest.fixture
def sheet(build):
    return a_sheet(build, build.unit("Ward"))


def test_a_click_sent_twice_adds_one_row(app, build, sheet):
    with app.app_context():
        made = [add_row(by=SYSTEM, sheet_id=sheet, section="step", token="once") for _ in range(2)]
    assert made[0] == made[1] and len(rows(build, sheet)) == 1


def test_a_cause_without_a_mode_is_refused_with_what_is_missing(app, build, sheet):
    with app.app_context(), pytest.raises(Invalid, match="needs a failure mode"):
        add_row(by=SYSTEM, sheet_id=sheet, section="cause")


def test_a_row_goes_with_all_below_it_and_comes_back_whole(app, build, sheet):
    made = a_cause(build, sheet)
    with app.app_context():
        assert remove_row(by=SYSTEM, sheet_id=sheet, row_id=made["mode"]) == 4
    assert set(rows(build, sheet)) == {made["step"]}
    with app.app_context():
        assert restore_row(by=SYSTEM, sheet_id=sheet, row_id=made["mode"]) == 4
    back = rows(build, sheet)
    assert set(back) == set(made.values()) and back[made["cause"]].text("text") == "The patient is tired"


def test_what_went_before_its_parent_does_not_come_back_with_it(app, build, sheet):
    made = a_cause(build, sheet)
    with app.app_context():
        remove_row(by=SYSTEM, sheet_id=sheet, row_id=made["control"])
        remove_row(by=SYSTEM, sheet_id=sheet, row_id=made["mode"])
        with pytest.raises(Invalid, match="Bring that one back first"):
            restore_row(by=SYSTEM, sheet_id=sheet, row_id=made["control"])
        restore_row(by=SYSTEM, sheet_id=sheet, row_id=made["mode"])
    assert made["control"] not in rows(build, sheet)


def test_a_row_never_hangs_below_itself(app, build, sheet):
    outer = a_row(build, sheet, "step", text="Outer")
    inner = a_row(build, sheet, "step", outer, text="Inner")
    with app.app_context(), pytest.raises(Invalid, match="below itself"):
        move_row(by=SYSTEM, sheet_id=sheet, row_id=outer, parent_id=inner)


def test_a_row_moves_after_another_and_those_behind_step_back(app, build, sheet):
    first, second, third = (a_row(build, sheet, "step", text=text) for text in ("One", "Two", "Three"))
    with app.app_context():
        move_row(by=SYSTEM, sheet_id=sheet, row_id=third, parent_id=None, after_id=first)
    assert list(rows(build, sheet)) == [first, third, second]


def test_a_row_after_one_that_stands_elsewhere_is_refused(app, build, sheet):
    made = a_cause(build, sheet)
    with app.app_context(), pytest.raises(NotFound):
        add_row(by=SYSTEM, sheet_id=sheet, section="mode", parent_id=made["step"], after_id=made["cause"])
