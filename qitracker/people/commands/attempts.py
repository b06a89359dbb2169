"""Count failed sign-ins by a keyed hash of the name, so that a name is locked for a while, known or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import system
from qitracker.foundation.db import atomic, store
from qitracker.people import events, rules
from qitracker.people.models import SignInAttempt


@dataclass(frozen=True)
class Attempt:
    """One attempt that is being made: counted before it is judged, so that many at once do not slip through."""

    id: int
    name_hash: str
    locked_until: datetime | None


def begin_attempt(*, name_hash: str, limit: int, minutes: int) -> Attempt:
    """Count an attempt; when the name is locked already, it is not counted and says until when."""
    now = clock.now()
    with atomic():
        _one_by_one(name_hash)
        store.execute(_gone(SignInAttempt.at < now - timedelta(minutes=2 * minutes)))
        attempt_id = store.scalars(
            insert(SignInAttempt).values(name_hash=name_hash, at=now).returning(SignInAttempt.id)
        ).one()
    with atomic():
        until = rules.locked_until(
            _times(name_hash, before=attempt_id, limit=limit), now=now, limit=limit, minutes=minutes
        )
        if until is not None:
            store.execute(_gone(SignInAttempt.id == attempt_id))
    return Attempt(attempt_id, name_hash, until)


def fail_attempt(attempt: Attempt, *, limit: int, minutes: int) -> datetime | None:
    """Leave the attempt counted; return until when the name is locked now, if this was one too many."""
    times = _times(attempt.name_hash, before=attempt.id + 1, limit=limit)
    until = rules.locked_until(times, now=clock.now(), limit=limit, minutes=minutes)
    if until is not None:
        with atomic():
            record(
                events.NAME_LOCKED,
                by=system("sign-in"),
                subject=("sign_in", attempt.name_hash[:12]),
                after={"until": until},
            )
    return until


def _one_by_one(name_hash: str) -> None:
    """Number the attempts of a name in the order in which they are stored, so that none overlooks one before it."""
    if store().get_bind().dialect.name == "postgresql":  # SQLite: BEGIN IMMEDIATE holds the whole database already
        store.execute(select(func.pg_advisory_xact_lock(func.hashtext(name_hash))))


def _times(name_hash: str, *, before: int, limit: int) -> list[datetime]:
    query = (
        select(SignInAttempt.at)
        .where(SignInAttempt.name_hash == name_hash, SignInAttempt.id < before)
        .order_by(SignInAttempt.id.desc())
        .limit(limit)
    )
    return list(store.scalars(query))


def _gone(condition):  # type: ignore[no-untyped-def]
    return delete(SignInAttempt).where(condition).execution_options(synchronize_session=False)
