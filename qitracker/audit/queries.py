"""Read the trail: the story of one thing, as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, tuple_

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


_entry = AuditEntry.__table__
STORY = (
    select(_entry.c.at, _entry.c.actor_name, _entry.c.event, _entry.c.before, _entry.c.after)
    .where(tuple_(_entry.c.subject_kind, _entry.c.subject_id).in_(bindparam("subjects", expanding=True)))
    .order_by(_entry.c.id.desc())
    .limit(bindparam("most"))
)


def story(subjects: Iterable[tuple[str, object]], *, limit: int = 20) -> tuple[Told, ...]:
    """Return what happened to these subjects (kind, id), newest first. One statement.

    The caller has already asked whether the reader may see the subject.
    """
    wanted = [(kind, str(ident)) for kind, ident in subjects]
    if not wanted:
        return ()
    rows = store.execute(STORY, {"subjects": wanted, "most": limit})
    return tuple(
        Told(
            at=row.at,
            actor=row.actor_name,
            event=row.event,
            sentence=sentence(row.event, actor=row.actor_name, before=row.before, after=row.after),
        )
        for row in rows
    )
