"""From a signed-in user to the actor who carries their grants."""

from sqlalchemy import bindparam, select

from qitracker.foundation.actor import STRANGER, Actor, Grant
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Role
from qitracker.foundation.words import say
from qitracker.people.models import GrantRow, User

_grant = GrantRow.__table__
GRANTS = (
    select(_grant.c.role, _grant.c.unit_id)
    .where(_grant.c.user_id == bindparam("user_id"))
    .order_by(_grant.c.unit_id, _grant.c.role)
)


def actor_of(user: User) -> Actor:
    """Return the user as an actor. One statement, for the grants."""
    rows = store.execute(GRANTS, {"user_id": user.id})
    return Actor(user_id=user.id, name=user.name, grants=tuple(Grant(Role(role), unit_id) for role, unit_id in rows))


def actor_by_id(user_id: int) -> Actor:
    """Return the actor of an active user, for jobs done on their behalf; a stranger when they have left."""
    user = store.get(User, user_id)
    return actor_of(user) if user is not None and user.active else STRANGER


def actor_by_email(email: str) -> Actor:
    """Return the actor of the active user with that address, for the command line. Raises NotFound."""
    user = store.scalars(select(User).where(User.email == email.strip().casefold())).first()
    if user is None or not user.active:
        raise NotFound(say("Nobody with the address {email} can sign in.", email=email))
    return actor_of(user)
