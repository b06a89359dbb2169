"""Give a role, take it back, hand all of them over."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission, Role
from qitracker.foundation.words import say
from qitracker.people import events, rules
from qitracker.people.models import GrantRow, User
from qitracker.people.queries.people import GrantFacts, grants_within, known_person
from qitracker.people.queries.places import known_place, organisation, unit_facts

ALREADY = say("This person has that role there already.")
LAST_ADMINISTRATOR = say(
    "This is the last administrator of the whole organisation who can sign in. Make somebody else administrator first."
)


def grant_role(*, by: Actor, user_id: int, role: Role, unit_id: int) -> int:
    """Give a person a role in a unit and all below it; return the grant's id.

    Raises:
        NotAllowed: `by` does not manage people there.
        NotFound: no such person or unit, or none `by` may know of.
        Invalid: the person was removed, the unit is closed, or the role is held already.
    """
    place = known_place(unit_id, by=by)
    by.must(Permission.PEOPLE_MANAGE, on=place)
    person = known_person(user_id, by=by)
    with refuse_duplicate("role", ALREADY), atomic():
        if not person.is_active:
            raise Invalid(say("{name} was removed. Invite them again first.", name=person.name), field="role")
        return add_grant(by=by, user_id=user_id, name=person.name, role=role, place=place)


def add_grant(*, by: Actor, user_id: int, name: str, role: Role, place: Place) -> int:
    """Write one grant with its entry in the trail. The caller has asked the rights and opened `atomic()`."""
    unit = unit_facts(place.id)
    if unit.valid_to is not None:
        raise Invalid(say("{unit} is closed. Choose an open unit.", unit=unit.name), field="unit")
    grant_id = store.scalars(
        insert(GrantRow)
        .values(user_id=user_id, role=role.value, unit_id=place.id, granted_at=clock.now(), granted_by_id=by.user_id)
        .returning(GrantRow.id)
    ).one()
    after = {"name": name, "role": rules.ROLE_TITLES[role], "place": place.name, "grant_id": grant_id}
    record(events.ROLE_GRANTED, by=by, subject=("person", user_id), unit=place, after=after)
    return grant_id


def revoke_role(*, by: Actor, user_id: int, grant_id: int) -> None:
    """End one role of a person.

    Raises:
        NotFound: no such role, or not in the part that `by` manages.
        Invalid: it is the last administrator of the organisation.
    """
    person = known_person(user_id, by=by)
    with atomic():
        lock_administrators()
        found = next(((g, p) for g, p in grants_within(user_id, by=by) if g.id == grant_id), None)
        if found is None:
            raise NotFound(say("This role has ended already."))
        end_grant(by=by, grant=found[0], place=found[1], name=person.name)
        check_administrator_remains(after=[found[0]])


def end_grant(*, by: Actor, grant: GrantFacts, place: Place, name: str) -> None:
    """Delete one grant with its entry in the trail. The caller has asked the rights and opened `atomic()`."""
    store.execute(delete(GrantRow).where(GrantRow.id == grant.id).execution_options(synchronize_session=False))
    values = {"name": name, "role": rules.ROLE_TITLES[grant.role], "place": place.name}
    record(
        events.ROLE_REVOKED,
        by=by,
        subject=("person", grant.user_id),
        unit=place,
        before={"grant_id": grant.id},
        after=values,
    )


def lock_administrators() -> None:
    """Let only one deed at a time end roles: two who leave at once would count on each other, or wait in a circle."""
    store.execute(
        select(GrantRow.id)
        .where(GrantRow.role == Role.ADMINISTRATOR.value, GrantRow.unit_id == organisation().id)
        .order_by(GrantRow.id)
        .with_for_update()
    ).all()


def check_administrator_remains(*, after: Iterable[GrantFacts]) -> None:
    """Pass when, `after` these grants ended, somebody who can sign in still administers the whole organisation.

    The caller has locked the administrators (`lock_administrators`) before it ended anything.

    Raises:
        Invalid: nobody would be left.
    """
    top = organisation().id
    if not any(grant.role is Role.ADMINISTRATOR and grant.unit_id == top for grant in after):
        return
    left = store.scalars(
        select(GrantRow.id)
        .join(User, User.id == GrantRow.user_id)
        .where(GrantRow.role == Role.ADMINISTRATOR.value, GrantRow.unit_id == top)
        .where(User.active, User.password.is_not(None))
        .limit(1)
    ).all()
    if not left:
        raise Invalid(LAST_ADMINISTRATOR)


def hand_over(*, by: Actor, user_id: int, successor_id: int) -> int:
    """Give every role of one person, as far as `by` manages it, to another; return how many moved.

    Raises:
        NotFound: no such person, or none `by` may know of.
        Invalid: the same person, a removed successor, nothing to hand over, or no administrator would be left.
    """
    person, successor = known_person(user_id, by=by), known_person(successor_id, by=by)
    if person.id == successor.id:
        raise Invalid(say("Choose somebody else to hand over to."), field="successor")
    if not successor.is_active:
        raise Invalid(
            say("{name} was removed. Choose somebody who works here.", name=successor.name), field="successor"
        )
    with atomic():
        lock_administrators()
        moving = grants_within(user_id, by=by)
        if not moving:
            raise Invalid(say("{name} has no role in your part to hand over.", name=person.name), field="successor")
        held = {(grant.role, grant.unit_id) for grant, _ in grants_within(successor_id, by=by)}
        for grant, place in moving:
            if (grant.role, grant.unit_id) in held:
                end_grant(by=by, grant=grant, place=place, name=person.name)
            else:
                _move_grant(by=by, grant=grant, to=successor_id)
        check_administrator_remains(after=[grant for grant, _ in moving])
        after = {
            "name": person.name,
            "successor": successor.name,
            "roles": [f"{rules.ROLE_TITLES[g.role]}, {p.name}" for g, p in moving],
        }
        for subject in (user_id, successor_id):
            record(events.HANDED_OVER, by=by, subject=("person", subject), unit=moving[0][1], after=after)
    return len(moving)


def _move_grant(*, by: Actor, grant: GrantFacts, to: int) -> None:
    store.execute(
        update(GrantRow)
        .where(GrantRow.id == grant.id)
        .values(user_id=to, granted_at=clock.now(), granted_by_id=by.user_id)
        .execution_options(synchronize_session=False)
    )
