"""People as a search reads them: only those whom the reader manages somewhere."""

from sqlalchemy import func, select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.foundation.sought import Sought
from qitracker.links.narrowing import may_hold
from qitracker.people.models import GrantRow, User
from qitracker.people.queries.people import PersonFacts, facts_of_user
from qitracker.people.queries.places import organisation, reach


def people_sought(words: Sought, *, by: Actor) -> tuple[PersonFacts, ...]:
    """Return people who may fit, by name. At most two statements; none for those who manage nobody."""
    if not by.may_anywhere(Permission.PEOPLE_MANAGE):
        return ()
    query = select(User).where(may_hold(words, User.name, User.email, User.discipline))
    if not by.may(Permission.PEOPLE_MANAGE, on=organisation()):
        within = reach(by, Permission.PEOPLE_MANAGE)
        query = query.where(User.id.in_(select(GrantRow.user_id).where(GrantRow.unit_id.in_(within))))
    return tuple(facts_of_user(user) for user in store.scalars(query.order_by(func.lower(User.name), User.id)))
