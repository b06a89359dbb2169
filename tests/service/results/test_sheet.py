"""The sheet and the collection calendar: what they show, and that their statements do not grow with what they show."""

from collections.abc import Callable
from datetime import date

from pytest import fixture, raises
from sqlalchemy import event

from qitracker.foundation.db import db
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission, Role
from qitracker.measures.commands import set_responsible
from qitracker.people.queries import visible_units
from qitracker.results.commands.periods import WorkPeriod, submit_period
from qitracker.results.queries.due import due_count, due_items, due_page
from qitracker.results.queries.grid import Sheet, sheet
from qitracker.results.queries.judged import Proposal, judge
from qitracker.spc.analysis import State
from tests.builders.measures import a_benchmark, a_measure, a_target, the_strata
from tests.builders.people import SYSTEM
from tests.builders.results import TODAY, a_series, an_entry, key_of

MAY = date(2026, 5, 1)


def statements(deed: Callable[[], object]) -> int:
    heard = []

    def note(_connection, _cursor, statement, *_more):
        heard.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(heard)


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def nurse(build, ward):
    return build.person("team_member", ward).actor


def shown(by, ward, **more) -> Sheet:
    units = visible_units(by, Permission.RESULT_RECORD, on=TODAY)
    unit = next(one for one in units if one.id == ward.id)
    return sheet(by=by, unit=unit, units=units, today=TODAY, **more)


def test_the_sheet_shows_the_last_three_months_that_are_over(build, ward, nurse):
    measured = a_measure(build, build.organisation(), [ward])
    a_series(build, ward, measured, [(41, 50), State.SUPPRESSED, (0, 50), None], first=date(2026, 2, 1))
    page = shown(nurse, ward)
    assert [column.start.month for column in page.columns] == [3, 4, 5]
    slots = page.rows[0].slots
    assert [(slot.state, slot.value, slot.version) for slot in slots] == [
        (State.SUPPRESSED, None, 1),
        (State.VALUE, 0.0, 1),
        (None, None, 0),
    ]
    assert page.columns[2].empty == ("Pain assessed",) and page.older == date(2026, 2, 1)
    assert page.newer == date(2026, 6, 1)


def test_newer_than_now_there_is_nothing(build, ward, nurse):
    a_measure(build, build.organisation(), [ward])
    page = shown(nurse, ward, last=date(2031, 1, 1))
    assert page.columns[-1].start == date(2026, 6, 1) and page.columns[-1].is_running and page.newer is None


def test_strata_stand_below_their_measure_and_a_part_answers_for_the_whole(build, ward, nurse):
    measured = a_measure(build, build.organisation(), [ward], strata=("Day", "Night"))
    page = shown(nurse, ward)
    assert [row.title for row in page.rows] == ["Pain assessed", "Day", "Night"]
    assert page.columns[-1].empty == ("Pain assessed",)
    day = the_strata(build, measured)[0]
    a_series(build, ward, measured, [(5, 9)], first=MAY, stratum_id=day.id)
    page = shown(nurse, ward)
    assert page.columns[-1].empty == () and page.rows[1].slots[-1].first == 5.0


def test_a_measure_that_is_not_collected_then_is_shut_and_not_missed(build, ward, nurse):
    a_measure(build, build.organisation(), [ward], begins=MAY)
    page = shown(nurse, ward)
    assert [slot.is_collected for slot in page.rows[0].slots] == [False, False, True]
    assert page.columns[0].empty == ()


def test_the_sheet_of_another_branch_is_not_found(build, ward, nurse):
    other = build.unit("Other")
    with raises((NotFound, StopIteration)):
        shown(nurse, other)


def test_the_sheet_asks_the_database_as_often_for_one_row_as_for_many(build, ward, nurse):
    first = a_measure(build, build.organisation(), [ward])
    a_series(build, ward, first, [(41, 50)] * 20, first=date(2024, 10, 1))
    few = statements(lambda: shown(nurse, ward))
    for number in range(12):
        measured = a_measure(build, build.organisation(), [ward], title=f"Measure {number}", strata=("Day", "Night"))
        a_series(build, ward, measured, [(41, 50)] * 5, first=date(2026, 1, 1))
        a_benchmark(build, measured, a_target())
    many = statements(lambda: shown(nurse, ward))
    assert len(shown(nurse, ward).rows) == 1 + 12 * 3
    print(f"statements of a sheet: {few} for one row, {many} for 37")
    assert few == many <= 16


def test_what_is_over_and_not_recorded_is_due_and_late_once_its_day_has_passed(build, ward, nurse):
    measured = a_measure(build, build.organisation(), [ward], begins=date(2026, 3, 1), due_days=10)
    a_series(build, ward, measured, [(41, 50)], first=date(2026, 3, 1))
    late, waiting = due_items(by=nurse, today=date(2026, 6, 12))
    assert (late.start, late.due_on, late.is_late) == (date(2026, 4, 1), date(2026, 5, 14), True)
    assert (waiting.start, waiting.due_on, waiting.is_late) == (MAY, date(2026, 6, 12), False)
    assert due_count(nurse, date(2026, 6, 12)) == 2


def test_what_is_recorded_closed_retired_or_elsewhere_is_not_due(build, ward, nurse):
    measured = a_measure(build, build.organisation(), [ward, build.unit("South")], begins=MAY)
    assert due_count(nurse, TODAY) == 1
    submit_period(by=nurse, period=WorkPeriod(ward.id, "month", MAY), seen=0, reason="Ward closed", today=TODAY)
    assert due_count(nurse, TODAY) == 0
    assert due_count(SYSTEM, TODAY) == 1
    assert measured.definition.due_days == 10


def test_the_calendar_is_filtered_by_unit_and_by_who_answers(build, ward, nurse):
    south = build.unit("South", below=build.site("South site"))
    measured = a_measure(build, build.organisation(), [ward, south], begins=MAY)
    person = build.person(Role.TEAM_MEMBER, ward, name="Rita Answer")
    set_responsible(by=SYSTEM, measure_id=measured.id, unit_id=ward.id, responsible_id=person.id, version=1)
    officer = build.officer()
    assert len(due_page(by=officer, today=TODAY).items) == 2
    assert [item.unit_id for item in due_page(by=officer, today=TODAY, unit="south").items] == [south.id]
    page = due_page(by=officer, today=TODAY, person_id=person.id)
    assert [item.responsible for item in page.items] == ["Rita Answer"] and page.people == ((person.id, "Rita Answer"),)


def test_the_calendar_asks_the_database_as_often_for_one_unit_as_for_many(build, ward):
    officer = build.officer()
    a_measure(build, build.organisation(), [ward])
    few = statements(lambda: due_page(by=officer, today=TODAY)), statements(lambda: due_count(officer, TODAY))
    units = [build.unit(f"Unit {number}") for number in range(15)]
    for number in range(4):
        a_measure(build, build.organisation(), [*units, ward], title=f"Measure {number}")
    many = statements(lambda: due_page(by=officer, today=TODAY)), statements(lambda: due_count(officer, TODAY))
    print(f"statements of the calendar and of its count: {few} for one unit, {many} for 16")
    assert few == many and many[1] <= 3


def test_a_block_is_judged_as_it_would_be_saved_in_four_statements(build, ward, nurse):
    measured = a_measure(build, build.organisation(), [ward], begins=date(2025, 1, 1))
    a_series(build, ward, measured, [(40, 50), (41, 50)] * 8, first=date(2025, 1, 1))
    key = key_of(ward, measured)
    proposals = [
        Proposal(key, measured, MAY, an_entry(MAY, 41)),
        Proposal(key, measured, MAY, an_entry(MAY, 71, 64)),
        Proposal(key, measured, MAY, an_entry(MAY, 2)),
        Proposal(key, measured, date(2024, 5, 1), an_entry(date(2024, 5, 1))),
        Proposal(key, measured, MAY, None),
    ]
    judged = judge(by=nurse, place=ward, proposals=proposals, today=TODAY)
    assert [one.verdict for one in judged] == ["ready", "wrong", "unusual", "wrong", "ready"]
    assert statements(lambda: judge(by=nurse, place=ward, proposals=proposals * 30, today=TODAY)) <= 4
