"""Begin a session and end it: what was signed out of stays out, wherever a copy of its cookie lies."""

from datetime import timedelta

from sqlalchemy import delete

from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, insert_new, store
from qitracker.people import events
from qitracker.people.models import EndedSession, SignInAttempt
from qitracker.people.passwords import token_hash

KEPT = timedelta(days=2)  # no session lasts a day without a click (setting session_minutes)


def begin_session(*, by: Actor, name_hash: str) -> None:
    """Forget the failed attempts of a name whose owner is in, and tell the trail."""
    with atomic():
        failed = delete(SignInAttempt).where(SignInAttempt.name_hash == name_hash)
        store.execute(failed.execution_options(synchronize_session=False))
        record(events.SIGNED_IN, by=by, subject=("person", by.user_id))


def end_session(*, key: str) -> None:
    """Let nobody in by this session again, and forget those whose copies are idle for too long by now."""
    now = clock.now()
    with atomic():
        old = delete(EndedSession).where(EndedSession.at < now - KEPT)
        store.execute(old.execution_options(synchronize_session=False))
        insert_new(EndedSession.__table__, [{"key_hash": token_hash(key), "at": now}])
