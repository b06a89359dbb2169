"""Invite a person, renew the link, take it up. A link works once; only its hash is stored."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from flask_security.utils import hash_password
from sqlalchemy import delete, insert, select, update

from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission, Role
from qitracker.foundation.words import Sentence, say
from qitracker.people import events, rules
from qitracker.people.commands.grants import ALREADY, add_grant
from qitracker.people.doubts import ask
from qitracker.people.models import Invitation, User
from qitracker.people.passwords import check_password, new_token, token_hash
from qitracker.people.queries.people import invitation_page, known_person, must_reach_whole
from qitracker.people.queries.places import known_place

EMAIL_TAKEN = say("Somebody has this e-mail address already. Look for it in the list of people.")


@dataclass(frozen=True)
class Invited:
    """Who was invited, and the one-time token: shown or mailed once, then known to nobody.

    Without a token the person had an account already; they only gained the role.
    """

    user_id: int
    name: str
    email: str
    token: str | None
    expires_at: datetime | None


def check_email(email: str) -> str:
    """Return the address as it is stored: valid in form, lower case. Raises Invalid beside `email`."""
    try:
        return validate_email(email.strip(), check_deliverability=False, test_environment=True).normalized.casefold()
    except EmailNotValidError:
        raise Invalid(say("This is not an e-mail address. Write it like name@hospital.org."), field="email") from None


def invite_person(
    *, by: Actor, name: str, email: str, role: Role, unit_id: int, days: int, discipline: str = "", sure: str = ""
) -> Invited:
    """Make an account without a password, give it a role, and make the link that sets the password.

    A person who was removed comes back under the same account; one who has an account only gains the role, once
    `sure` has answered that this is meant.

    Raises:
        NotAllowed: `by` does not manage people in that unit.
        NotFound: no such unit, or none `by` may know of.
        Invalid: name or address will not do, the unit is closed, or the role is held already.
        Doubt: somebody works here with this address already.
    """
    place = known_place(unit_id, by=by)
    by.must(Permission.PEOPLE_MANAGE, on=place)
    name, email = rules.check_name(name), check_email(email)
    with refuse_duplicate("role", ALREADY), atomic():
        known = store.execute(select(User.id, User.name, User.active).where(User.email == email)).first()
        if known is not None and known.active:
            add_grant(by=by, user_id=known.id, name=known.name, role=role, place=place)
            ask(_works_here(known.name, role, place), field="email", answer=email, sure=sure)
            return Invited(known.id, known.name, email, token=None, expires_at=None)
        values = {"name": name, "discipline": discipline.strip()}
        user_id = _revive(known.id, values) if known is not None else new_user(email=email, **values)
        record(events.PERSON_INVITED, by=by, subject=("person", user_id), unit=place, after={**values, "email": email})
        add_grant(by=by, user_id=user_id, name=name, role=role, place=place)
        token, expires_at = new_link(user_id, days=days)
    return Invited(user_id, name, email, token, expires_at)


def _works_here(name: str, role: Role, place: Place) -> Sentence:
    return say(
        "{name} already works here with this address; this gives them one more role: {role} in {unit}. "
        "Their name and discipline stay as they are. Confirm it, or enter another address.",
        name=name,
        role=rules.ROLE_TITLES[role],
        unit=place.name,
    )


def new_user(
    *, name: str, email: str, discipline: str = "", password: str | None = None, is_demonstration: bool = False
) -> int:
    """Insert an account and return its id; `password` is checked by the caller and hashed here."""
    with refuse_duplicate("email", EMAIL_TAKEN):
        return store.scalars(
            insert(User)
            .values(
                name=name,
                email=email,
                discipline=discipline,
                password=hash_password(password) if password is not None else None,
                active=True,
                is_demonstration=is_demonstration,
                fs_uniquifier=uuid.uuid4().hex,
                created_at=clock.now(),
            )
            .returning(User.id)
        ).one()


def _revive(user_id: int, values: dict[str, str]) -> int:
    store.execute(
        update(User)
        .where(User.id == user_id)
        .values(**values, active=True, password=None, fs_uniquifier=uuid.uuid4().hex, version=User.version + 1)
    )
    return user_id


def new_link(user_id: int, *, days: int) -> tuple[str, datetime]:
    """Make a fresh one-time link for a person; older ones stop working."""
    token, expires_at = new_token(), clock.now() + timedelta(days=days)
    store.execute(delete(Invitation).where(Invitation.user_id == user_id).execution_options(synchronize_session=False))
    store.execute(insert(Invitation).values(user_id=user_id, token_hash=token_hash(token), expires_at=expires_at))
    return token, expires_at


def renew_invitation(*, by: Actor, user_id: int, days: int) -> Invited:
    """Make a new link for somebody who lost the first or forgot the password; it works until taken up or expired.

    Raises:
        NotFound: no such person, or none `by` may know of.
        NotAllowed: the person has roles outside the part `by` manages.
        Invalid: the person was removed.
    """
    person = known_person(user_id, by=by)
    must_reach_whole(person, by=by)
    with atomic():
        if not person.is_active:
            raise Invalid(say("{name} was removed. Invite them again.", name=person.name))
        token, expires_at = new_link(user_id, days=days)
        record(events.INVITATION_RENEWED, by=by, subject=("person", user_id), after={"name": person.name})
    return Invited(user_id, person.name, person.email, token, expires_at)


def take_up_invitation(*, token: str, password: str) -> int:
    """Set the password of the person who holds the link; sign-ins elsewhere end. Return the person's id.

    Raises:
        NotFound: the link was used, has expired or never was.
        Invalid: the password will not do.
    """
    page = invitation_page(token, now=clock.now())
    hashed = hash_password(check_password(password, email=page.email, name=page.name))
    with atomic():
        taken = store.execute(
            update(Invitation)
            .where(Invitation.token_hash == token_hash(token), Invitation.taken_at.is_(None))
            .values(taken_at=clock.now())
            .returning(Invitation.id)
        ).first()
        if taken is None:
            raise NotFound(say("This link was used meanwhile. Ask for a new one."))
        store.execute(
            update(User)
            .where(User.id == page.user_id)
            .values(password=hashed, fs_uniquifier=uuid.uuid4().hex, version=User.version + 1)
        )
        owner = Actor(user_id=page.user_id, name=page.name)
        record(events.INVITATION_TAKEN_UP, by=owner, subject=("person", page.user_id), after={"name": page.name})
    return page.user_id
