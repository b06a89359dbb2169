"""The first administrator of a new installation; no password is ever built in."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qitracker.audit.commands import record
from qitracker.foundation.actor import Place, system
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Role
from qitracker.foundation.words import say
from qitracker.people import events, rules
from qitracker.people.commands.grants import add_grant
from qitracker.people.commands.invitations import check_email, new_link, new_user
from qitracker.people.commands.units import found_organisation
from qitracker.people.models import GrantRow
from qitracker.people.passwords import check_password

FIRST_DAY = date(2000, 1, 1)  # results of former years can be imported
ROLES_OF_THE_FIRST = (Role.ADMINISTRATOR, Role.QUALITY_OFFICER)


@dataclass(frozen=True)
class FirstAdministrator:
    """Who was made, where; `token` is the one-time link's end when no password was given."""

    user_id: int
    email: str
    organisation: Place
    token: str | None


def has_administrator() -> bool:
    """Say whether anybody administers anything yet."""
    return store.scalar(select(GrantRow.id).where(GrantRow.role == Role.ADMINISTRATOR.value).limit(1)) is not None


def make_first_administrator(
    *,
    email: str,
    name: str,
    organisation: str,
    password: str | None = None,
    code: str = "1",
    timezone: str = "UTC",
    days: int = 7,
) -> FirstAdministrator:
    """Found the organisation and its first person, who administers and is quality officer of the whole.

    Without a password the answer carries the token of a one-time link (`/invitation/<token>`).

    Raises:
        Invalid: there is an administrator already, or the name, address or password will not do.
    """
    by = system("The set-up")
    name, email = rules.check_name(name), check_email(email)
    if password is not None:
        password = check_password(password, email=email, name=name)
    with atomic():
        if has_administrator():
            raise Invalid(
                say("There is an administrator already. Sign in as them and invite further people on the page People.")
            )
        place = found_organisation(by=by, name=organisation, code=code, timezone=timezone, valid_from=FIRST_DAY)
        user_id = new_user(name=name, email=email, password=password)
        record(
            events.PERSON_INVITED, by=by, subject=("person", user_id), unit=place, after={"name": name, "email": email}
        )
        for role in ROLES_OF_THE_FIRST:
            add_grant(by=by, user_id=user_id, name=name, role=role, place=place)
        token = None if password is not None else new_link(user_id, days=days)[0]
    return FirstAdministrator(user_id, email, place, token)
