"""Roles are given, ended and handed over within one's own part, and one administrator always remains."""

from datetime import date

from pytest import raises
from sqlalchemy import select

from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid, NotAllowed, NotFound
from qitracker.foundation.permissions import Permission, Role
from qitracker.people.commands import (
    change_person,
    close_unit,
    grant_role,
    hand_over,
    remove_person,
    renew_invitation,
    revoke_role,
)
from qitracker.people.models import GrantRow, User
from qitracker.people.queries import actor_by_id, places, reach
from qitracker.people.queries.people import grants_of
from qitracker.people.queries.people_pages import people_page, person_page
from tests.builders.people import PASSWORD


def grant_of(person) -> int:
    return grants_of([person.id])[person.id][0].id


def held(person) -> set[tuple[str, str]]:
    return {(grant.role.value, grant.unit_name) for grant in grants_of([person.id])[person.id]}


def test_a_role_reaches_its_unit_and_all_below_and_nothing_beside(build):
    north, south = build.site("North"), build.site("South")
    ward, other = build.unit("Ward", below=north), build.unit("Other", below=south)
    officer = build.officer(north)
    reached = set(store.scalars(reach(officer, Permission.RESULT_LOCK)))
    assert reached == {north.id, ward.id}
    assert set(store.scalars(reach(officer, Permission.PEOPLE_MANAGE))) == set()
    for place in places([north.id, ward.id, south.id, other.id, build.organisation().id]).values():
        assert officer.may(Permission.RESULT_LOCK, on=place) == (place.id in reached)


def test_an_administrator_of_a_site_gives_roles_there_and_nowhere_else(build):
    north, south = build.site("North"), build.site("South")
    ward = build.unit("Ward", below=north)
    by, person = build.administrator(north), build.person(Role.TEAM_MEMBER, ward)
    grant_role(by=by, user_id=person.id, role=Role.FACILITATOR, unit_id=north.id)
    assert held(person) == {("team_member", "Ward"), ("facilitator", "North")}
    with raises(NotFound):
        grant_role(by=by, user_id=person.id, role=Role.LEADER, unit_id=south.id)
    with raises(NotFound):
        grant_role(by=by, user_id=person.id, role=Role.ADMINISTRATOR, unit_id=build.organisation().id)


def test_an_administrator_of_a_site_does_not_know_the_people_of_another(build):
    north, south = build.site("North"), build.site("South")
    by, mine, theirs = build.administrator(north), build.person("leader", north), build.person("leader", south)
    assert theirs.name not in {row.person.name for row in people_page(by=by).rows}
    assert mine.name in {row.person.name for row in people_page(by=by).rows}
    with raises(NotFound):
        person_page(by=by, user_id=theirs.id)
    with raises(NotFound):
        grant_role(by=by, user_id=theirs.id, role=Role.LEADER, unit_id=north.id)


def test_roles_elsewhere_are_counted_but_not_named_and_protect_the_account(build):
    north, south = build.site("North"), build.site("South")
    by = build.administrator(north)
    person = build.grant(build.person("leader", north), "administrator", south)
    page = person_page(by=by, user_id=person.id)
    assert ([role.unit_name for role in page.row.roles], page.elsewhere, page.may_change) == (["North"], 1, False)
    with raises(NotAllowed, match="outside your part"):
        renew_invitation(by=by, user_id=person.id, days=7)
    with raises(NotAllowed):
        change_person(by=by, user_id=person.id, seen=1, name="X", email="mine@alder.example", discipline="")
    with raises(NotAllowed):
        remove_person(by=by, user_id=person.id)


def test_a_role_is_given_once_to_people_who_are_here_in_units_that_are_open(build):
    by, ward = build.administrator(), build.unit("Ward")
    person, gone = build.person("leader", ward), build.person("leader", ward)
    with raises(Invalid, match="already"):
        grant_role(by=by, user_id=person.id, role=Role.LEADER, unit_id=ward.id)
    remove_person(by=by, user_id=gone.id)
    with raises(Invalid, match="was removed"):
        grant_role(by=by, user_id=gone.id, role=Role.LEADER, unit_id=ward.id)
    close_unit(by=by, unit_id=ward.id, seen=1, last_day=date(2026, 1, 1))
    with raises(Invalid, match="is closed"):
        grant_role(by=by, user_id=person.id, role=Role.FACILITATOR, unit_id=ward.id)


def test_the_last_administrator_of_the_organisation_keeps_the_role(build):
    last = build.person("administrator", password=PASSWORD)
    build.person("administrator")  # invited, cannot sign in yet: does not count
    build.person("administrator", build.site("North"), password=PASSWORD)  # of a site only
    with raises(Invalid, match="last administrator"):
        revoke_role(by=last.actor, user_id=last.id, grant_id=grant_of(last))
    assert held(last) == {("administrator", "Alder Health")}
    second = build.person("administrator", password=PASSWORD)
    revoke_role(by=second.actor, user_id=last.id, grant_id=grant_of(last))
    with raises(Invalid, match="cannot remove yourself"):
        remove_person(by=second.actor, user_id=second.id)


def test_ending_a_role_that_is_not_there_any_more_says_so(build):
    by, person = build.administrator(), build.person("leader")
    with raises(NotFound):
        revoke_role(by=by, user_id=person.id, grant_id=grant_of(person) + 1000)


def test_handing_over_moves_every_role_in_reach_and_no_other(build):
    north, south = build.site("North"), build.site("South")
    by = build.administrator(north)
    leaver = build.grant(build.grant(build.person("leader", north), "facilitator", north), "leader", south)
    successor = build.person("leader", north)
    assert hand_over(by=by, user_id=leaver.id, successor_id=successor.id) == 2
    assert held(successor) == {("leader", "North"), ("facilitator", "North")}
    assert held(leaver) == {("leader", "South")}


def test_handing_over_the_last_administrator_needs_a_successor_who_can_sign_in(build):
    last, invited = build.person("administrator", password=PASSWORD), build.person("leader")
    with raises(Invalid, match="last administrator"):
        hand_over(by=last.actor, user_id=last.id, successor_id=invited.id)
    ready = build.person("leader", password=PASSWORD)
    hand_over(by=last.actor, user_id=last.id, successor_id=ready.id)
    assert ("administrator", "Alder Health") in held(ready)
    with raises(Invalid, match="somebody else"):
        hand_over(by=actor_by_id(ready.id), user_id=ready.id, successor_id=ready.id)


def test_a_removed_person_loses_roles_password_and_open_sessions_but_stays_named(build):
    by, person = build.administrator(), build.person("leader", password=PASSWORD)
    before = store.scalar(select(User.fs_uniquifier).where(User.id == person.id))
    remove_person(by=by, user_id=person.id)
    store.expire_all()
    user = store.get(User, person.id)
    assert (user.active, user.password, user.name) == (False, None, person.name)
    assert user.fs_uniquifier != before
    assert store.scalars(select(GrantRow).where(GrantRow.user_id == person.id)).all() == []
    assert actor_by_id(person.id).user_id is None
    with raises(Invalid, match="removed already"):
        remove_person(by=by, user_id=person.id)


def test_the_list_of_people_finds_by_name_or_address_and_takes_signs_as_they_are(build):
    by, ward = build.administrator(), build.unit("Ward")
    build.person("leader", ward, name="Ann 100%_Real", email="ann@alder.example")
    build.person("leader", ward, name="Bob", email="bob@alder.example")
    assert [row.person.name for row in people_page(by=by, search="100%_r").rows] == ["Ann 100%_Real"]
    assert [row.person.name for row in people_page(by=by, search="BOB@").rows] == ["Bob"]
    assert [row.person.name for row in people_page(by=by, search="%").rows] == ["Ann 100%_Real"]
    assert {row.person.name for row in people_page(by=by, unit="ward").rows} == {"Ann 100%_Real", "Bob"}
