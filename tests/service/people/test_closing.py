"""Units close, open again and merge; their past stays theirs."""

from datetime import date

from pytest import raises

from qitracker.foundation.errors import Conflict, Invalid, NotAllowed
from qitracker.foundation.permissions import Role
from qitracker.people import queries
from qitracker.people.commands import close_unit, merge_units, reopen_unit
from qitracker.people.doubts import Doubt
from qitracker.people.queries.people import grants_of
from tests.builders.measures import a_measure
from tests.builders.results import FIRST, a_series

LAST = date(2026, 5, 31)


def held(person) -> set[tuple[str, str]]:
    return {(grant.role.value, grant.unit_name) for grant in grants_of([person.id])[person.id]}


def test_closing_a_unit_closes_what_stands_below_and_leaves_the_rest_open(build):
    by, site = build.administrator(), build.site("North")
    ward, beside = build.unit("Ward", below=site), build.unit("Beside", below=site)
    bay = build.unit("Bay", below=ward)
    assert close_unit(by=by, unit_id=ward.id, seen=1, last_day=LAST) == 2
    facts = queries.facts_of([ward.id, bay.id, beside.id, site.id])
    assert {u.name: u.valid_to for u in facts.values()} == {"Ward": LAST, "Bay": LAST, "Beside": None, "North": None}


def test_a_closed_unit_opens_again_but_not_below_a_closed_one(build):
    by, ward = build.administrator(), build.unit("Ward")
    bay = build.unit("Bay", below=ward)
    close_unit(by=by, unit_id=ward.id, seen=1, last_day=LAST)
    with raises(Invalid, match="Ward above it is closed"):
        reopen_unit(by=by, unit_id=bay.id, seen=2)
    reopen_unit(by=by, unit_id=ward.id, seen=2)
    reopen_unit(by=by, unit_id=bay.id, seen=2)
    assert queries.unit_facts(bay.id).valid_to is None
    with raises(Invalid, match="open already"):
        reopen_unit(by=by, unit_id=bay.id, seen=3)


def test_closing_needs_the_right_above_so_that_it_can_be_undone(build):
    site = build.site("North")
    with raises(NotAllowed):
        close_unit(by=build.administrator(site), unit_id=site.id, seen=1, last_day=LAST)


def test_closing_an_older_version_is_a_conflict(build):
    by, ward = build.administrator(), build.unit("Ward")
    with raises(Conflict):
        close_unit(by=by, unit_id=ward.id, seen=0, last_day=LAST)
    assert queries.unit_facts(ward.id).valid_to is None


def test_a_unit_below_that_begins_later_stops_the_closing_by_name(build):
    by, ward = build.administrator(), build.unit("Ward")
    build.unit("Bay", below=ward, valid_from=date(2026, 9, 1))
    with raises(Invalid, match="Bay below it begins on 1 Sep 2026"):
        close_unit(by=by, unit_id=ward.id, seen=1, last_day=LAST)
    assert queries.unit_facts(ward.id).valid_to is None


def test_merging_gives_the_roles_to_the_other_unit_once_each(build):
    by, old, new = build.administrator(), build.unit("Old"), build.unit("New")
    only_old = build.person(Role.FACILITATOR, old)
    both = build.grant(build.person(Role.TEAM_MEMBER, old), Role.TEAM_MEMBER, new)
    noise = build.person(Role.LEADER, build.unit("Third"))
    merge_units(by=by, source_id=old.id, target_id=new.id, seen=1, last_day=LAST)
    assert held(only_old) == {("facilitator", "New")}
    assert held(both) == {("team_member", "New")}
    assert held(noise) == {("leader", "Third")}
    facts = queries.unit_facts(old.id)
    assert (facts.valid_to, facts.merged_into_id) == (LAST, new.id)


def test_a_merged_unit_stays_closed_and_a_unit_with_open_units_below_is_not_merged(build):
    by, old, new = build.administrator(), build.unit("Old"), build.unit("New")
    bay = build.unit("Bay", below=old)
    with raises(Invalid, match="Move or close them first"):
        merge_units(by=by, source_id=old.id, target_id=new.id, seen=1, last_day=LAST)
    close_unit(by=by, unit_id=bay.id, seen=1, last_day=LAST)
    merge_units(by=by, source_id=old.id, target_id=new.id, seen=1, last_day=LAST)
    with raises(Invalid, match="Old goes on as New"):
        reopen_unit(by=by, unit_id=old.id, seen=2)


def year_in(build, *units):
    """Let each unit collect one measure and hold its results of a year."""
    measured = a_measure(build, build.organisation(), units, begins=FIRST)
    for unit in units:
        a_series(build, unit, measured, [(30.0, 50.0)] * 12)


def month(number: int) -> date:
    return date(FIRST.year, number, 28)


def test_closing_before_results_that_are_recorded_asks_once_and_says_how_many(build):
    by, ward = build.administrator(), build.unit("Ward")
    year_in(build, build.unit("Bay 1", below=ward), build.unit("Bay 2", below=ward))
    deed = {"by": by, "unit_id": ward.id, "seen": 1}
    with raises(Doubt, match="4 results are recorded for periods after that day") as asked:
        close_unit(**deed, last_day=month(10))
    assert "last_day" in asked.value.fields
    assert queries.unit_facts(ward.id).valid_to is None
    with raises(Doubt):  # another day is another question
        close_unit(**deed, last_day=month(9), sure=asked.value.answer)
    assert close_unit(**deed, last_day=month(10), sure=asked.value.answer) == 3


def test_closing_after_the_last_result_asks_nothing(build):
    by, ward = build.administrator(), build.unit("Ward")
    year_in(build, ward)
    assert close_unit(by=by, unit_id=ward.id, seen=1, last_day=month(12)) == 1


def test_merging_before_results_that_are_recorded_asks_too_and_they_stay_where_they_are(build):
    by, ward, target = build.administrator(), build.unit("Ward"), build.unit("Target")
    year_in(build, ward)
    deed = {"by": by, "source_id": ward.id, "target_id": target.id, "seen": 1, "last_day": month(11)}
    with raises(Doubt, match="One result is recorded for a period after that day") as asked:
        merge_units(**deed)
    merge_units(**deed, sure=asked.value.answer)
    assert queries.unit_facts(ward.id).merged_into_id == target.id
