"""A person leaves: the account is closed, the roles end, what they did stays told."""

import uuid

from sqlalchemy import delete, update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid, NotAllowed
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people import events
from qitracker.people.commands.grants import check_administrator_remains, end_grant, lock_administrators
from qitracker.people.models import Invitation, User
from qitracker.people.queries.people import grants_within, known_person, must_reach_whole


def remove_person(*, by: Actor, user_id: int) -> None:
    """Close an account: all roles and links end, open sign-ins end at once; entries in the trail keep the name.

    Raises:
        NotFound: no such person, or none `by` may know of.
        NotAllowed: `by` manages nobody, or not every role of the person.
        Invalid: oneself, removed already, or the last administrator.
    """
    if not by.may_anywhere(Permission.PEOPLE_MANAGE):
        raise NotAllowed(say("Removing people is for administrators. Ask one."))
    person = known_person(user_id, by=by)
    must_reach_whole(person, by=by)
    if by.user_id == user_id:
        raise Invalid(say("You cannot remove yourself. Ask another administrator."))
    if not person.is_active:
        raise Invalid(say("{name} was removed already.", name=person.name))
    with atomic():
        lock_administrators()
        held = grants_within(user_id, by=by)
        for grant, place in held:
            end_grant(by=by, grant=grant, place=place, name=person.name)
        store.execute(
            delete(Invitation).where(Invitation.user_id == user_id).execution_options(synchronize_session=False)
        )
        store.execute(
            update(User)
            .where(User.id == user_id)
            .values(active=False, password=None, fs_uniquifier=uuid.uuid4().hex, version=User.version + 1)
        )
        check_administrator_remains(after=[grant for grant, _ in held])
        record(
            events.PERSON_REMOVED,
            by=by,
            subject=("person", user_id),
            before={"email": person.email},
            after={"name": person.name},
        )
