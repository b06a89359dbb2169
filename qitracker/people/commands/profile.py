"""What is known about a person: by themselves, or by an administrator."""

from typing import Any

from sqlalchemy import update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, refuse_duplicate, store
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed
from qitracker.foundation.words import say
from qitracker.people import events, rules
from qitracker.people.commands.invitations import EMAIL_TAKEN, check_email
from qitracker.people.models import User
from qitracker.people.queries.people import PersonFacts, known_person, must_reach_whole, person_facts

LONGEST_DISCIPLINE = 60


def change_profile(*, by: Actor, seen: int, name: str, discipline: str, language: str | None) -> None:
    """Change one's own name, discipline and language.

    Raises:
        NotAllowed: nobody is signed in.
        Conflict: it was changed since `seen` (a version).
        Invalid: name empty or too long.
    """
    if by.user_id is None:
        raise NotAllowed(say("Sign in first."))
    values = {"name": rules.check_name(name), "discipline": _discipline(discipline), "language": language or None}
    with atomic():
        _write(person_facts(by.user_id), seen, values, by=by)


def change_person(*, by: Actor, user_id: int, seen: int, name: str, email: str, discipline: str) -> None:
    """Change a person's name, sign-in address and discipline, as an administrator.

    Raises:
        NotFound: no such person, or none `by` may know of.
        NotAllowed: the person has roles outside the part `by` manages.
        Conflict: it was changed since `seen` (a version).
        Invalid: name or address will not do.
    """
    person = known_person(user_id, by=by)
    must_reach_whole(person, by=by)
    values = {"name": rules.check_name(name), "email": check_email(email), "discipline": _discipline(discipline)}
    with refuse_duplicate("email", EMAIL_TAKEN), atomic():
        _write(person, seen, values, by=by)


def _discipline(words: str) -> str:
    cleaned = " ".join(words.split())
    if len(cleaned) > LONGEST_DISCIPLINE:
        raise Invalid(say("Use at most {most} characters.", most=LONGEST_DISCIPLINE), field="discipline")
    return cleaned


def _write(person: PersonFacts, seen: int, values: dict[str, Any], *, by: Actor) -> None:
    written = store.execute(
        update(User)
        .where(User.id == person.id, User.version == seen)
        .values(**values, version=seen + 1)
        .returning(User.id)
    ).first()
    if written is None:
        words = say("Somebody else changed this meanwhile. Look at it again, then repeat your change.")
        raise Conflict(words, theirs=person_facts(person.id), mine=values)
    before = {key: getattr(person, key) for key in values}
    record(events.PERSON_CHANGED, by=by, subject=("person", person.id), before=before, after=values)
