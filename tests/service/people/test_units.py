"""Adding, changing and moving units keeps the tree, its closure and the trail in step."""

from datetime import date

from pytest import raises
from sqlalchemy import select

from qitracker.audit.models import AuditEntry
from qitracker.foundation.db import store
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.people import queries
from qitracker.people.commands import add_calendar, add_unit, change_unit, move_unit
from qitracker.people.models import UnitAbove

TODAY = date(2026, 6, 1)


def version(place) -> int:
    return queries.unit_facts(place.id).version


def closure() -> set[tuple[int, int, int]]:
    return {tuple(row) for row in store.execute(select(UnitAbove.unit_id, UnitAbove.above_id, UnitAbove.distance))}


def closure_from_parents() -> set[tuple[int, int, int]]:
    """Work the closure out by walking up from each unit, the slow and plain way."""
    top = queries.organisation()
    units = {u.id: u.parent_id for u in (queries.unit_facts(top.id), *queries.descendants(top.id))}
    found = set()
    for unit_id in units:
        above, distance = unit_id, 0
        while above is not None:
            found.add((unit_id, above, distance))
            above, distance = units[above], distance + 1
    return found


def change(place, **values):
    given = {"name": place.name, "code": "X", "timezone": None, "calendar_id": None, "valid_from": date(2020, 1, 1)}
    return {"unit_id": place.id, "seen": version(place), **given, **values}


def test_a_unit_moves_with_all_below_it_and_the_closure_follows(build):
    by, north, south = build.administrator(), build.site("North"), build.site("South")
    ward = build.unit("Ward", below=north)
    bay = build.unit("Bay", below=ward)
    build.unit("Other ward", below=south)
    move_unit(by=by, unit_id=ward.id, parent_id=south.id, seen=version(ward))
    assert queries.place_of(bay.id).lineage == (bay.id, ward.id, south.id, build.organisation().id)
    assert closure() == closure_from_parents()


def test_a_circle_is_refused_and_nothing_changes(build):
    by, ward = build.administrator(), build.unit("Ward")
    bay = build.unit("Bay", below=ward)
    before = closure()
    with raises(Invalid, match="Choose a place outside Ward"):
        move_unit(by=by, unit_id=ward.id, parent_id=bay.id, seen=version(ward))
    assert closure() == before
    assert version(ward) == 1


def test_moving_takes_the_right_at_both_places(build):
    north, south = build.site("North"), build.site("South")
    ward = build.unit("Ward", below=north)
    of_north = build.administrator(north)
    with raises(NotFound):
        move_unit(by=of_north, unit_id=ward.id, parent_id=south.id, seen=1)
    with raises(NotAllowed):
        move_unit(by=of_north, unit_id=north.id, parent_id=ward.id, seen=1)


def test_whoever_changes_an_older_version_is_told_and_overwrites_nothing(build):
    by, ward = build.administrator(), build.unit("Ward")
    change_unit(by=by, **change(ward, name="Ward One"))
    with raises(Conflict) as conflict:
        change_unit(by=by, **change(ward, name="Ward Uno", seen=1))
    assert conflict.value.theirs.name == "Ward One"
    assert queries.place_of(ward.id).name == "Ward One"


def test_the_address_of_a_unit_stays_when_it_is_renamed(build):
    by, ward = build.administrator(), build.unit("Ward")
    change_unit(by=by, **change(ward, name="Intensive care"))
    assert queries.place_by_slug("ward").name == "Intensive care"


def test_two_units_never_share_a_code_and_zeros_in_front_count(build):
    by, top = build.administrator(), build.organisation()
    build.unit("Seven", code="007x")
    with raises(Invalid) as refused:
        add_unit(by=by, parent_id=top.id, kind="unit", name="Again", code="007x", valid_from=TODAY)
    assert "code" in refused.value.fields
    build.unit("Plain seven", code="7x")
    assert {code: unit.name for code, unit in queries.units_by_code(["007x", "7x", "07x"]).items()} == {
        "007x": "Seven",
        "7x": "Plain seven",
    }


def test_units_of_one_name_get_addresses_of_their_own_and_never_that_of_a_page(build):
    slugs = {queries.unit_facts(build.unit(name).id).slug for name in ("ICU", "ICU", "Icu!", "Add")}
    assert slugs == {"icu", "icu-2", "icu-3", "add-2"}


def test_a_unit_begins_no_later_than_what_stands_below_it(build):
    by, ward = build.administrator(), build.unit("Ward")
    build.unit("Bay", below=ward, valid_from=date(2021, 5, 1))
    with raises(Invalid, match="Bay below it begins on 1 May 2021"):
        change_unit(by=by, **change(ward, valid_from=date(2022, 1, 1)))


def test_a_time_zone_and_a_calendar_are_inherited_until_a_unit_has_its_own(build):
    by, site = build.administrator(), build.site("North")
    ward, bay = (ward := build.unit("Ward", below=site)), build.unit("Bay", below=ward)
    calendar_id = add_calendar(by=by, name="Scottish", country="gb", subdivision="SCT")
    change_unit(by=by, **change(site, code="N", timezone="Europe/Lisbon", calendar_id=calendar_id))
    change_unit(by=by, **change(ward, code="W", timezone="Asia/Tokyo"))
    assert queries.timezones_of([site.id, ward.id, bay.id, build.organisation().id]) == {
        site.id: "Europe/Lisbon",
        ward.id: "Asia/Tokyo",
        bay.id: "Asia/Tokyo",
        build.organisation().id: "Europe/London",
    }
    assert queries.calendar_of(bay.id).subdivision == "SCT"
    assert queries.calendar_of(build.organisation().id).name == "Weekdays"
    with raises(Invalid) as refused:
        change_unit(by=by, **change(ward, timezone="Mars/Olympus"))
    assert "timezone" in refused.value.fields


def test_every_change_is_told_with_what_stood_there_before(build):
    by, ward = build.administrator(), build.unit("Ward")
    change_unit(by=by, **change(ward, name="Ward One", code="W1"))
    entry = store.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.event, entry.actor_name, entry.before["name"], entry.after["name"]) == (
        "people.unit.changed",
        by.name,
        "Ward",
        "Ward One",
    )


def test_nothing_is_stored_when_the_trail_cannot_be_written(build, monkeypatch):
    by, top = build.administrator(), build.organisation()

    def broken(*_args, **_kwargs):
        raise RuntimeError("no trail")

    monkeypatch.setattr("qitracker.people.commands.units.record", broken)
    with raises(RuntimeError):
        add_unit(by=by, parent_id=top.id, kind="unit", name="Lost", code="L", valid_from=TODAY)
    assert queries.units_by_code(["L"]) == {}


def test_choosers_show_open_units_in_reach_in_tree_order_with_their_path(build):
    north, south = build.site("North"), build.site("South")
    ward = build.unit("Ward", below=north)
    build.unit("Bay", below=ward)
    build.unit("Gone", below=north, valid_to=date(2025, 1, 1))
    build.unit("Elsewhere", below=south)
    facilitator = build.actor("facilitator", north)
    chosen = queries.visible_units(facilitator, Permission.RESULT_RECORD, on=TODAY)
    assert [(unit.words, unit.depth) for unit in chosen] == [
        ("Alder Health › North", 0),
        ("Alder Health › North › Ward", 1),
        ("Alder Health › North › Ward › Bay", 2),
    ]
    assert queries.visible_units(facilitator, Permission.PEOPLE_MANAGE, on=TODAY) == ()
