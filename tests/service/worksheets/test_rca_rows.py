"""A root cause analysis in the database: its one event, its tree without circles, what its cells take."""

import pytest

from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.worksheets.commands import add_row, delete_sheet, make_sheet, move_row, remove_row, save_cell
from qitracker.worksheets.kinds import rca
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_row, rows


@pytest.fixture
def sheet(build):
    ward = build.unit("Ward", below=build.site("North"))
    with build._inside():
        return make_sheet(by=SYSTEM, kind="rca", unit_id=ward.id, title="Dose missed")


@pytest.fixture
def event(build, sheet):
    return rca.event_of(tuple(rows(build, sheet).values())).id


def save(sheet, row, column, value, seen=0):
    return save_cell(by=SYSTEM, sheet_id=sheet, row_id=row, column=column, value=value, seen=seen)


def test_it_is_made_with_its_event_which_is_neither_doubled_nor_removed(app, build, sheet, event):
    with app.app_context():
        with pytest.raises(Invalid, match="already"):
            add_row(by=SYSTEM, sheet_id=sheet, section="event")
        with pytest.raises(Invalid, match="keeps this part"):
            remove_row(by=SYSTEM, sheet_id=sheet, row_id=event)
    assert [row.id for row in rows(build, sheet).values()] == [event]


def test_a_cause_hangs_below_causes_but_never_below_itself(app, build, sheet):
    first = a_row(build, sheet, "why", text="No date")
    second = a_row(build, sheet, "why", first, text="No field")
    third = a_row(build, sheet, "why", second, text="Nobody asked")
    with app.app_context():
        for below in (first, second, third):
            with pytest.raises(Invalid, match="below itself"):
                move_row(by=SYSTEM, sheet_id=sheet, row_id=first, parent_id=below)
        move_row(by=SYSTEM, sheet_id=sheet, row_id=third, parent_id=first)
    tree = rca.tree(tuple(rows(build, sheet).values()))
    assert [why.row.id for why in tree[0].behind] == [second, third]


def test_a_cause_goes_with_its_statement_and_all_behind_it(app, build, sheet, event):
    first = a_row(build, sheet, "why", text="No date")
    a_row(build, sheet, "statement", a_row(build, sheet, "why", first, text="No field", root="yes"), text="A form")
    with app.app_context():
        assert remove_row(by=SYSTEM, sheet_id=sheet, row_id=first) == 3
    assert set(rows(build, sheet)) == {event}


def test_a_harm_names_its_scale_and_a_level_of_no_scale_is_refused(app, build, sheet, event):
    with app.app_context():
        assert save(sheet, event, "harm", "ncc_merp1.F").value == "ncc_merp1.F"
        for wrong in ("F", "ahrq1.F", "va1.major"):
            with pytest.raises(Invalid, match="Choose one"):
                save(sheet, event, "harm", wrong, seen=1)
        assert save(sheet, event, "harm", "ahrq1.moderate", seen=1).version == 2


def test_a_moment_is_kept_as_it_is_read_and_what_is_none_is_refused(app, build, sheet):
    moment = a_row(build, sheet, "moment")
    with app.app_context():
        assert save(sheet, moment, "at", "19 Oct 2026 08:12").value == "2026-10-19 08:12"
        with pytest.raises(Invalid, match="is no moment"):
            save(sheet, moment, "at", "31 Feb 2026", seen=1)
        with pytest.raises(Invalid, match="characters long"):
            save(sheet, moment, "text", "x" * 10_000)


def test_two_in_one_part_of_a_statement_see_both_and_a_deleted_sheet_says_so(app, build, sheet):
    why = a_row(build, sheet, "why", text="No date")
    row = a_row(build, sheet, "statement", why, text="The order has no end")
    with app.app_context():
        with pytest.raises(Conflict) as clash:
            save(sheet, row, "text", "The pause has no end")
        assert clash.value.theirs.value == "The order has no end"
        delete_sheet(by=SYSTEM, sheet_id=sheet, reason="Made twice")
        with pytest.raises(NotFound, match="Somebody deleted this worksheet"):
            save(sheet, row, "event", "it stayed off")
