"""What the pages of people show: the list of a unit, one person, oneself."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from qitracker.audit.queries import Told, story
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotAllowed
from qitracker.foundation.permissions import Permission, Role
from qitracker.foundation.words import Sentence, say
from qitracker.people.models import GrantRow, Invitation, UnitAbove, User
from qitracker.people.queries.people import (
    GrantFacts,
    PersonFacts,
    facts_of_user,
    grants_of,
    known_person,
    must_reach_whole,
    person_facts,
)
from qitracker.people.queries.places import organisation, places, reach, visible_place
from qitracker.people.rules import ROLE_TITLES

MOST_ROWS = 200


@dataclass(frozen=True)
class HeldRole:
    """One role as the pages name it; `may_end` says whether the reader may end it."""

    grant_id: int
    role: Role
    title: Sentence
    unit_name: str
    unit_slug: str
    may_end: bool


@dataclass(frozen=True)
class PersonRow:
    """One person in the list."""

    person: PersonFacts
    roles: tuple[HeldRole, ...]
    state: str  # "active", "invited", "expired" (the link), "removed"


@dataclass(frozen=True)
class PeoplePage:
    """Everything templates/people/index.html may use."""

    headline: Sentence
    rows: tuple[PersonRow, ...]
    search: str
    unit_slug: str
    unit_name: str
    is_cut: bool


def people_page(*, by: Actor, unit: str | None = None, search: str = "") -> PeoplePage:
    """Return the people with a role in a unit or below (all that `by` manages, without one), found by name or address.

    Raises:
        NotFound: no such unit, or none `by` may know of.
        NotAllowed: `by` manages no people there.
    """
    place = visible_place(unit, by=by) if unit else None
    if place is not None:
        by.must(Permission.PEOPLE_MANAGE, on=place)
    elif not by.may_anywhere(Permission.PEOPLE_MANAGE):
        raise NotAllowed(say("The list of people is for administrators. Ask one."))
    within = reach(by, Permission.PEOPLE_MANAGE)
    held = select(GrantRow.user_id).where(GrantRow.unit_id.in_(within))
    if place is not None:
        held = held.where(GrantRow.unit_id.in_(select(UnitAbove.unit_id).where(UnitAbove.above_id == place.id)))
    over_all = by.is_system or by.may(Permission.PEOPLE_MANAGE, on=organisation())
    query = select(User).order_by(func.lower(User.name), User.id).limit(MOST_ROWS + 1)
    if place is not None or not over_all:
        query = query.where(User.id.in_(held))
    words = search.strip()
    if words:
        query = query.where(
            or_(User.name.icontains(words, autoescape=True), User.email.icontains(words, autoescape=True))
        )
    found = [facts_of_user(user) for user in store.scalars(query)]
    rows = _rows(found[:MOST_ROWS], by=by)
    return PeoplePage(
        headline=_headline(rows, words, place.name if place else None),
        rows=rows,
        search=words,
        unit_slug=unit or "",
        unit_name=place.name if place else "",
        is_cut=len(found) > MOST_ROWS,
    )


def _headline(rows: tuple[PersonRow, ...], search: str, unit: str | None) -> Sentence:
    waiting = sum(row.state in {"invited", "expired"} for row in rows)
    present = sum(row.state == "active" for row in rows)
    if search:
        return _counted(
            len(rows),
            say("One person matches “{search}”.", search=search),
            say("{count} people match “{search}”.", count=len(rows), search=search),
        )
    if unit:
        first = _counted(
            present,
            say("One person has a role in {unit}", unit=unit),
            say("{count} people have a role in {unit}", count=present, unit=unit),
        )
    else:
        first = _counted(present, say("One person can sign in"), say("{count} people can sign in", count=present))
    if not waiting:
        return say("{present}.", present=first)
    return say(
        "{present}; {invited}.",
        present=first,
        invited=_counted(waiting, say("one more is invited"), say("{count} more are invited", count=waiting)),
    )


def _counted(count: int, one: Sentence, many: Sentence) -> Sentence:
    return one if count == 1 else many


def _rows(found: list[PersonFacts], *, by: Actor) -> tuple[PersonRow, ...]:
    held = grants_of(person.id for person in found)
    open_links = _open_links([person.id for person in found])
    where = places(grant.unit_id for grants in held.values() for grant in grants)
    managed = {unit_id for unit_id, place in where.items() if by.may(Permission.PEOPLE_MANAGE, on=place)}
    return tuple(
        PersonRow(
            person=person,
            roles=_held(held[person.id], managed),
            state=_state(person, has_link=person.id in open_links),
        )
        for person in found
    )


def _held(grants: tuple[GrantFacts, ...], managed: set[int]) -> tuple[HeldRole, ...]:
    """Name the roles the reader manages; roles elsewhere are not told."""
    return tuple(
        HeldRole(grant.id, grant.role, ROLE_TITLES[grant.role], grant.unit_name, grant.unit_slug, may_end=True)
        for grant in grants
        if grant.unit_id in managed
    )


def _open_links(user_ids: list[int]) -> frozenset[int]:
    return frozenset(
        store.scalars(
            select(Invitation.user_id).where(
                Invitation.user_id.in_(user_ids), Invitation.taken_at.is_(None), Invitation.expires_at > clock.now()
            )
        )
    )


def _state(person: PersonFacts, *, has_link: bool) -> str:
    if not person.is_active:
        return "removed"
    if person.has_password:
        return "active"
    return "invited" if has_link else "expired"


@dataclass(frozen=True)
class PersonPage:
    """Everything templates/people/person.html may use."""

    headline: Sentence
    row: PersonRow
    elsewhere: int  # roles outside the reader's part: counted, not named
    may_change: bool  # every role of the person lies in the reader's part
    is_self: bool
    story: tuple[Told, ...]


def person_page(*, by: Actor, user_id: int) -> PersonPage:
    """Return one person as an administrator sees them. Raises NotFound."""
    person = known_person(user_id, by=by)
    row = _rows([person], by=by)[0]
    elsewhere = len(grants_of([user_id])[user_id]) - len(row.roles)
    return PersonPage(
        headline=_person_headline(row),
        row=row,
        elsewhere=elsewhere,
        may_change=_reaches_whole(person, by=by),
        is_self=by.user_id == user_id,
        story=story([("person", user_id)]),
    )


def _reaches_whole(person: PersonFacts, *, by: Actor) -> bool:
    try:
        must_reach_whole(person, by=by)
    except NotAllowed:
        return False
    return True


def _person_headline(row: PersonRow) -> Sentence:
    name = row.person.name
    match row.state:
        case "removed":
            return say("{name} was removed and cannot sign in.", name=name)
        case "invited":
            return say("{name} is invited and has not signed in yet.", name=name)
        case "expired":
            return say("{name} cannot sign in: the link has expired.", name=name)
        case _ if len(row.roles) == 1:
            return say("{name} is {role} in {unit}.", name=name, role=row.roles[0].title, unit=row.roles[0].unit_name)
        case _ if row.roles:
            return say("{name} holds {count} roles.", name=name, count=len(row.roles))
        case _:
            return say("{name} can sign in and has no role yet.", name=name)


@dataclass(frozen=True)
class ProfilePage:
    """Everything templates/people/me.html may use."""

    person: PersonFacts
    roles: tuple[HeldRole, ...]


def profile_page(*, by: Actor) -> ProfilePage:
    """Return what a person sees of themselves. Raises NotAllowed when nobody is signed in."""
    if by.user_id is None:
        raise NotAllowed(say("Sign in first."))
    grants = grants_of([by.user_id])[by.user_id]
    named = (HeldRole(g.id, g.role, ROLE_TITLES[g.role], g.unit_name, g.unit_slug, may_end=False) for g in grants)
    return ProfilePage(person_facts(by.user_id), tuple(named))


def successors(*, by: Actor, user_id: int) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of those whom `by` could hand this person's roles to."""
    return tuple(
        (row.person.id, f"{row.person.name} ({row.person.email})")
        for row in people_page(by=by).rows
        if row.person.id != user_id and row.state != "removed"
    )
