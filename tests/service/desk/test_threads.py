"""Threads and what waits at home, read by reach: on both databases."""

from datetime import date

import pytest

from qitracker.desk.needs import needs
from qitracker.desk.threads.chain import Stands
from qitracker.desk.threads.pages import threads_in_reach
from qitracker.foundation.permissions import Role
from qitracker.links.rules import Ref
from qitracker.worksheets.commands import make_sheet, move_sheet
from qitracker.worksheets.rules.states import SheetState
from tests.builders.actions import an_action
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM
from tests.builders.results import TODAY, a_series, key_of, the_episode
from tests.builders.worksheets import a_cause

pytestmark = pytest.mark.both_databases
WORSE = [(78, 100), (82, 100)] * 10 + [(66, 100)] * 8
FIRST = date(2024, 2, 1)
OVERDUE = date(2020, 1, 5)


@pytest.fixture
def wards(build):
    return build.unit("Ward", below=build.site("North")), build.unit("South ward", below=build.site("South"))


def begun(build, ward, title):
    """Make a signal with a worksheet at work whose cause asks for an action; return the measure and the cause."""
    measured = a_measure(build, build.organisation(), [ward], begins=FIRST, title=title)
    a_series(build, ward, measured, WORSE, first=FIRST)
    about = Ref("episode", str(the_episode(build, ward, measured)))
    with build._inside():
        sheet = make_sheet(by=SYSTEM, kind="fmea", unit_id=ward.id, title=title, answers=about)
    cause = a_cause(build, sheet, scores=(10, 9, 9))["cause"]
    with build._inside():
        move_sheet(by=SYSTEM, sheet_id=sheet, state=SheetState.ANALYSIS, seen=1)
    return measured, Ref("row", str(cause))


def test_a_reader_has_the_threads_of_their_units_only(build, wards):
    for ward, title in zip(wards, ("Pain", "Skin"), strict=True):
        begun(build, ward, title)
    for ward, title in zip(wards, ("Pain", "Skin"), strict=True):
        by = build.person(Role.FACILITATOR, ward).actor
        assert [one.analyses[0].sheet.title for one in threads_in_reach(by=by, today=TODAY)] == [title]
    assert len(threads_in_reach(by=build.officer(), today=TODAY)) == 2
    assert threads_in_reach(by=build.person().actor, today=TODAY) == ()


def test_a_thread_is_broken_until_its_cause_has_an_action_with_a_measure(build, wards):
    ward, owner = wards[0], build.person(Role.TEAM_MEMBER, wards[0])
    measured, cause = begun(build, ward, "Pain")
    by = build.person(Role.FACILITATOR, ward).actor

    def stands():
        return [one.stands for one in threads_in_reach(by=by, today=TODAY)]

    assert stands() == [Stands.BROKEN]
    an_action(build, ward, owner.id, answers=cause, judged_by=key_of(ward, measured))
    assert stands() == [Stands.ACTING]
    an_action(build, ward, owner.id, answers=cause, title="Label the bags")
    assert stands() == [Stands.BROKEN]


@pytest.mark.parametrize(
    ("role", "held_up", "overdue"),
    [
        (Role.QUALITY_OFFICER, 1, 1),
        (Role.FACILITATOR, 1, 1),
        (Role.TEAM_MEMBER, 0, 0),
        (Role.ADMINISTRATOR, 0, 0),
    ],
)
def test_what_is_held_up_is_told_to_those_who_keep_actions_there(build, wards, role, held_up, overdue):
    for ward, title in zip(wards, ("Pain", "Skin"), strict=True):
        begun(build, ward, title)
        an_action(build, ward, build.person(Role.TEAM_MEMBER, ward).id, due=OVERDUE)
    found = needs(by=build.person(role, wards[0]).actor, today=TODAY, leads=False)
    assert (len(found.held_up), len(found.overdue)) == (held_up, overdue)


def test_a_leader_decides_on_what_stands_in_their_own_units(build, wards):
    for ward, title in zip(wards, ("Pain", "Skin"), strict=True):
        begun(build, ward, title)
        an_action(build, ward, build.person(Role.TEAM_MEMBER, ward).id, due=OVERDUE)
    found = needs(by=build.person(Role.LEADER, wards[1]).actor, today=TODAY, leads=True)
    assert found.decisions == 2 and [one.words.text for one in found.held_up] == ["A cause has no action"]
    assert "Skin" in str(found.held_up[0].title)
