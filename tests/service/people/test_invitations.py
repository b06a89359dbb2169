"""A link works once, for a while, and only its hash is kept."""

from datetime import timedelta

import pytest
from flask_security.utils import verify_password
from pytest import raises
from sqlalchemy import select, update

from qitracker.foundation import clock
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Role
from qitracker.people.commands import invite_person, remove_person, renew_invitation, take_up_invitation
from qitracker.people.doubts import Doubt
from qitracker.people.models import Invitation, User
from qitracker.people.queries.people import grants_of, invitation_page
from qitracker.people.setup import make_first_administrator
from tests.builders.people import PASSWORD


def invite(by, unit, **values):
    given = {"name": "Maren Ashgrove", "email": "Maren@Alder.example", "role": Role.LEADER, "days": 7}
    return invite_person(by=by, unit_id=unit.id, **{**given, **values})


def user(user_id) -> User:
    store.expire_all()
    return store.get(User, user_id)


def test_an_invited_person_sets_a_password_once(build):
    invited = invite(build.administrator(), build.unit("Ward"))
    assert user(invited.user_id).password is None
    take_up_invitation(token=invited.token, password=PASSWORD)
    assert verify_password(PASSWORD, user(invited.user_id).password)
    with raises(NotFound, match="was used"):
        take_up_invitation(token=invited.token, password="another set of words")


def test_the_token_is_not_in_the_database(build):
    invited = invite(build.administrator(), build.unit("Ward"))
    row = store.scalars(select(Invitation)).one()
    assert invited.token not in (row.token_hash, str(row.id))
    assert invitation_page(invited.token, now=clock.now()).email == "maren@alder.example"


def test_a_link_expires(build):
    invited = invite(build.administrator(), build.unit("Ward"), days=7)
    with atomic():
        store.execute(update(Invitation).values(expires_at=clock.now() - timedelta(seconds=1)))
    with raises(NotFound):
        take_up_invitation(token=invited.token, password=PASSWORD)
    assert user(invited.user_id).password is None


def test_a_new_link_stops_the_older_and_leaves_the_password_until_it_is_used(build):
    by, person = build.administrator(), build.person("leader", password=PASSWORD)
    first, second = (renew_invitation(by=by, user_id=person.id, days=7) for _ in range(2))
    with raises(NotFound):
        take_up_invitation(token=first.token, password="another set of words")
    assert verify_password(PASSWORD, user(person.id).password)
    key = user(person.id).fs_uniquifier
    take_up_invitation(token=second.token, password="another set of words")
    assert verify_password("another set of words", user(person.id).password)
    assert user(person.id).fs_uniquifier != key  # sign-ins elsewhere have ended


def test_a_weak_password_leaves_the_link_usable(build):
    invited = invite(build.administrator(), build.unit("Ward"))
    with raises(Invalid):
        take_up_invitation(token=invited.token, password="short")
    assert take_up_invitation(token=invited.token, password=PASSWORD) == invited.user_id


def test_somebody_who_works_here_already_only_gains_the_role_and_only_when_that_is_meant(build):
    by, north, person = build.administrator(), build.site("North"), build.person("leader")
    given = {"email": person.email.upper(), "name": "Another Name", "role": Role.FACILITATOR}
    with raises(Doubt, match=f"{person.name} already works here") as asked:
        invite(by, north, **given)
    assert len(grants_of([person.id])[person.id]) == 1
    with raises(Doubt):  # a yes about somebody else is no yes
        invite(by, north, **given, sure="somebody.else@alder.example")
    again = invite(by, north, **given, sure=asked.value.answer)
    assert (again.user_id, again.token, user(person.id).name) == (person.id, None, person.name)
    assert ("facilitator", "North") in {(g.role.value, g.unit_name) for g in grants_of([person.id])[person.id]}
    with raises(Invalid, match="already"):
        invite(by, north, email=person.email, role=Role.FACILITATOR)


def test_a_removed_person_comes_back_under_the_same_account(build):
    by, ward, person = build.administrator(), build.unit("Ward"), build.person("leader", password=PASSWORD)
    remove_person(by=by, user_id=person.id)
    again = invite(by, ward, email=person.email)
    assert again.user_id == person.id
    assert user(person.id).active
    assert user(person.id).password is None
    assert take_up_invitation(token=again.token, password=PASSWORD) == person.id


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "a b@c.org", "a@x.local", "<script>@x.org", "x" * 300 + "@x.org"]
)
def test_what_is_no_address_is_refused_beside_the_field(build, email):
    with raises(Invalid) as refused:
        invite(build.administrator(), build.unit("Ward"), email=email)
    assert "email" in refused.value.fields


def test_the_first_administrator_is_made_once_and_without_a_password_gets_a_link(app):
    made = make_first_administrator(email="first@alder.example", name="First", organisation="Alder Health")
    assert {(g.role.value, g.unit_name) for g in grants_of([made.user_id])[made.user_id]} == {
        ("administrator", "Alder Health"),
        ("quality_officer", "Alder Health"),
    }
    assert take_up_invitation(token=made.token, password=PASSWORD) == made.user_id
    with raises(Invalid, match="administrator already"):
        make_first_administrator(email="second@alder.example", name="Second", organisation="Other")


def test_a_weak_first_password_makes_nothing(app):
    with raises(Invalid):
        make_first_administrator(email="first@alder.example", name="First", organisation="Alder", password="password")
    assert store.scalars(select(User)).all() == []
