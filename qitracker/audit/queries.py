"""Read the trail: the story of one thing, as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_

from qitracker.audit.events import sentence
from qitracker.audit.models import AuditEntry
from qitracker.foundation.db import store
from qitracker.foundation.words import Sentence


@dataclass(frozen=True)
class Told:
    """One entry as people read it."""

    at: datetime
    actor: str
    event: str
    sentence: Sentence


def story(subjects: Iterable[tuple[str, object]], *, limit: int = 20) -> tuple[Told, ...]:
    """Return what happened to these subjects (kind, id), newest first. One statement.

    The caller has already asked whether the reader may see the subject.
    """
    wanted = [(kind, str(ident)) for kind, ident in subjects]
    if not wanted:
        return ()
    rows = store.execute(
        select(AuditEntry.at, AuditEntry.actor_name, AuditEntry.event, AuditEntry.before, AuditEntry.after)
        .where(tuple_(AuditEntry.subject_kind, AuditEntry.subject_id).in_(wanted))
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return tuple(
        Told(
            at=row.at,
            actor=row.actor_name,
            event=row.event,
            sentence=sentence(row.event, actor=row.actor_name, before=row.before, after=row.after),
        )
        for row in rows
    )
