"""Who is who, as far as the reader may know: one person's account and grants, and who administers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotAllowed, NotFound
from qitracker.foundation.permissions import Permission, Role
from qitracker.foundation.words import say
from qitracker.people.models import GrantRow, Invitation, Unit, User
from qitracker.people.passwords import token_hash
from qitracker.people.queries.places import organisation, places, reach


@dataclass(frozen=True)
class PersonFacts:
    """One account without its secrets."""

    id: int
    name: str
    email: str
    discipline: str
    language: str | None
    is_active: bool
    has_password: bool
    is_demonstration: bool
    version: int


@dataclass(frozen=True)
class GrantFacts:
    """One role of one person, with the place where it holds."""

    id: int
    user_id: int
    role: Role
    unit_id: int
    unit_name: str
    unit_slug: str


NO_SUCH_PERSON = say("There is no such person.")


def person_facts(user_id: int) -> PersonFacts:
    """Return one account. Raises NotFound. Asks no rights: see `known_person`."""
    user = store.get(User, user_id)
    if user is None:
        raise NotFound(NO_SUCH_PERSON)
    return facts_of_user(user)


def facts_of_user(user: User) -> PersonFacts:
    """Return what may be shown of an account."""
    return PersonFacts(
        id=user.id,
        name=user.name,
        email=user.email,
        discipline=user.discipline,
        language=user.language,
        is_active=user.active,
        has_password=user.password is not None,
        is_demonstration=user.is_demonstration,
        version=user.version,
    )


def known_person(user_id: int, *, by: Actor) -> PersonFacts:
    """Return a person whom `by` may manage somewhere; else NotFound.

    An administrator knows those who hold a role within their part; one of the whole organisation knows all.
    """
    if not by.is_system and not by.may(Permission.PEOPLE_MANAGE, on=organisation()):
        within = select(GrantRow.id).where(
            GrantRow.user_id == user_id, GrantRow.unit_id.in_(reach(by, Permission.PEOPLE_MANAGE))
        )
        if store.scalar(within.limit(1)) is None:
            raise NotFound(NO_SUCH_PERSON)
    return person_facts(user_id)


def must_reach_whole(person: PersonFacts, *, by: Actor) -> None:
    """Pass when every role of the person lies where `by` manages people.

    A new link or address is a key to all that the person may do, so the right must cover all of it.

    Raises:
        NotAllowed: some role lies elsewhere, or the person has none and `by` is not over the whole.
    """
    if by.is_system or by.may(Permission.PEOPLE_MANAGE, on=organisation()):
        return
    outside = (
        select(func.count())
        .select_from(GrantRow)
        .where(GrantRow.user_id == person.id, GrantRow.unit_id.not_in(reach(by, Permission.PEOPLE_MANAGE)))
    )
    held = select(func.count()).select_from(GrantRow).where(GrantRow.user_id == person.id)
    if store.scalar(outside) or not store.scalar(held):
        raise NotAllowed(
            say(
                "{name} also has roles outside your part. Ask an administrator of the whole organisation.",
                name=person.name,
            )
        )


def grants_of(user_ids: Iterable[int]) -> dict[int, tuple[GrantFacts, ...]]:
    """Return the grants of these people with the names of their units. One statement."""
    wanted = sorted(set(user_ids))
    rows = store.execute(
        select(GrantRow.id, GrantRow.user_id, GrantRow.role, GrantRow.unit_id, Unit.name, Unit.slug)
        .join(Unit, Unit.id == GrantRow.unit_id)
        .where(GrantRow.user_id.in_(wanted))
        .order_by(GrantRow.user_id, Unit.name, GrantRow.role)
    )
    found: dict[int, list[GrantFacts]] = {user_id: [] for user_id in wanted}
    for row in rows:
        found[row.user_id].append(GrantFacts(row.id, row.user_id, Role(row.role), row.unit_id, row.name, row.slug))
    return {user_id: tuple(grants) for user_id, grants in found.items()}


def grants_within(user_id: int, *, by: Actor) -> tuple[tuple[GrantFacts, Place], ...]:
    """Return the grants of a person that `by` manages, each with its place. Two statements."""
    held = grants_of([user_id])[user_id]
    where = places(grant.unit_id for grant in held)
    return tuple(
        (grant, where[grant.unit_id]) for grant in held if by.may(Permission.PEOPLE_MANAGE, on=where[grant.unit_id])
    )


@dataclass(frozen=True)
class InvitationPage:
    """What an invited person sees before choosing a password."""

    user_id: int
    name: str
    email: str
    expires_at: datetime
    is_first: bool  # False: a new link for somebody who has a password already


def invitation_page(token: str, *, now: datetime) -> InvitationPage:
    """Return the invitation behind a link. Raises NotFound when it was used, has expired or never was."""
    row = store.execute(
        select(User.id, User.name, User.email, User.password, Invitation.expires_at)
        .join(Invitation, Invitation.user_id == User.id)
        .where(Invitation.token_hash == token_hash(token), Invitation.taken_at.is_(None), User.active)
    ).first()
    if row is None or row.expires_at <= now:
        raise NotFound(
            say("This link was used, has expired or is not complete. Ask the person who invited you for a new one.")
        )
    return InvitationPage(row.id, row.name, row.email, row.expires_at, is_first=row.password is None)
