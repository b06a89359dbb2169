"""Which units collect a measure changes from a day on; earlier results stay their own."""

from datetime import date

import pytest

from qitracker.audit.queries import story
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from qitracker.measures import commands, queries
from tests.builders.measures import a_measure, as_it_stands
from tests.builders.people import SYSTEM

JUNE = date(2026, 6, 15)


def spans(measured):
    return {one.unit_id: (one.begins, one.ends) for one in queries.who_collects(measured.id)}


def choose(measured, units, *, by=SYSTEM, day=JUNE, row_version=None):
    commands.set_collecting_units(
        by=by,
        measure_id=measured.id,
        unit_ids=[unit.id for unit in units],
        day=day,
        row_version=measured.row_version if row_version is None else row_version,
    )


def test_a_new_unit_begins_with_the_period_and_one_left_out_ends_the_day_before(build):
    first, second = build.unit(), build.unit()
    measured = a_measure(build, build.organisation(), [first])
    choose(measured, [second])
    assert spans(measured) == {
        first.id: (date(2026, 1, 1), date(2026, 5, 31)),
        second.id: (date(2026, 6, 1), None),
    }


def test_a_unit_that_comes_back_goes_on_from_where_it_once_began(build):
    first, second = build.unit(), build.unit()
    measured = a_measure(build, build.organisation(), [first, second])
    choose(measured, [first])
    choose(as_it_stands(build, measured), [first, second], day=date(2026, 9, 1))
    assert spans(measured)[second.id] == (date(2026, 1, 1), None)


def test_a_unit_that_never_began_is_dropped(build):
    first, second = build.unit(), build.unit()
    measured = a_measure(build, build.organisation(), [first])
    choose(measured, [first, second], day=date(2026, 8, 1))
    choose(as_it_stands(build, measured), [first], day=date(2026, 7, 1))
    assert set(spans(measured)) == {first.id}


def test_the_last_unit_cannot_be_left_out(build):
    ward = build.unit()
    measured = a_measure(build, ward, [ward])
    with pytest.raises(Invalid) as refusal:
        choose(measured, [])
    assert "units" in refusal.value.fields


def test_an_officer_of_one_site_decides_for_its_wards_and_leaves_those_of_others(build):
    north, south = build.site(), build.site()
    mine, theirs = build.unit(below=north), build.unit(below=south)
    measured = a_measure(build, build.organisation(), [theirs])
    choose(measured, [mine], by=build.officer(north))
    assert {unit_id for unit_id, (_, ends) in spans(measured).items() if ends is None} == {mine.id, theirs.id}


def test_an_officer_of_one_site_does_not_choose_wards_of_another(build):
    north, south = build.site(), build.site()
    mine, theirs = build.unit(below=north), build.unit(below=south)
    measured = a_measure(build, build.organisation(), [mine])
    with pytest.raises(NotFound):
        choose(measured, [mine, theirs], by=build.officer(north))
    assert set(spans(measured)) == {mine.id}


def test_a_team_member_does_not_choose_units(build):
    ward = build.unit()
    measured = a_measure(build, build.organisation(), [ward])
    with pytest.raises(NotAllowed):
        choose(measured, [ward], by=build.actor("team_member", ward))


def test_units_chosen_on_an_old_page_are_refused(build):
    first, second = build.unit(), build.unit()
    measured = a_measure(build, build.organisation(), [first])
    choose(measured, [first, second])
    with pytest.raises(Conflict):
        choose(measured, [first])
    assert spans(measured)[second.id] == (date(2026, 6, 1), None)


def test_who_answers_for_a_measure_holds_a_role_around_the_unit(build):
    ward, elsewhere = build.unit("Ward 1"), build.unit()
    nurse, other = build.person("team_member", ward, name="Ann Reed"), build.person("leader", elsewhere)
    measured = a_measure(build, ward, [ward])
    arguments = {"by": SYSTEM, "measure_id": measured.id, "unit_id": ward.id, "version": 1}
    with pytest.raises(Invalid):
        commands.set_responsible(**arguments, responsible_id=other.id)
    commands.set_responsible(**arguments, responsible_id=nurse.id)
    (collecting,) = queries.who_collects(measured.id)
    assert collecting.responsible == "Ann Reed"
    assert str(story([("measure", measured.id)])[0].sentence).endswith(
        "made Ann Reed answer for Pain assessed in Ward 1."
    )
    with pytest.raises(Conflict):
        commands.set_responsible(**arguments, responsible_id=None)


def test_an_owner_is_named_and_taken_away(build):
    ward = build.unit()
    nurse = build.person("team_member", ward, name="Ann Reed")
    measured = a_measure(build, ward, [ward])
    commands.set_owner(by=SYSTEM, measure_id=measured.id, owner_id=nurse.id, row_version=1)
    assert as_it_stands(build, measured).owner == "Ann Reed"
    commands.set_owner(by=SYSTEM, measure_id=measured.id, owner_id=None, row_version=2)
    assert as_it_stands(build, measured).owner == ""
