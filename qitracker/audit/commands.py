"""Append to the trail inside the transaction that does the deed; seal what is committed."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import func, insert, select

from qitracker.audit.models import AuditEntry, AuditSeal
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import atomic, store
from qitracker.foundation.words import Sentence

SEAL_AT_ONCE = 20_000
_request_id: list[Any] = [lambda: None]


def use_request_id(source: Any) -> None:
    """Let the web layer say which request is being served (None outside one)."""
    _request_id[0] = source


def record(
    event: str,
    *,
    by: Actor,
    subject: tuple[str, object],
    unit: Place | int | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Append one entry. Belongs inside the `atomic()` of the deed, so both stand or neither.

    `subject` is (kind, id): what it happened to; several key parts are joined by "/".
    """
    store.execute(
        insert(AuditEntry).values(
            at=clock.now(),
            actor_id=by.user_id,
            actor_name=by.name,
            event=event,
            unit_id=unit.id if isinstance(unit, Place) else unit,
            subject_kind=subject[0],
            subject_id=str(subject[1]),
            before=_plain(before),
            after=_plain(after),
            request_id=_request_id[0](),
        )
    )


def _plain(values: object) -> Any:
    """Return values as JSON can hold them."""
    match values:
        case None | bool() | int() | float() | str() if not isinstance(values, Enum):
            return values
        case Enum():
            return values.value
        case datetime() | date():
            return values.isoformat()
        case Sentence():
            return str(values)
        case Mapping():
            return {str(key): _plain(value) for key, value in values.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(value) for value in values]
        case _ if dataclasses.is_dataclass(values) and not isinstance(values, type):
            return {field.name: _plain(getattr(values, field.name)) for field in dataclasses.fields(values)}
        case _:
            return str(values)


def seal_committed() -> int:
    """Seal the entries that no seal covers yet, in order, and return how many.

    The job runs each minute: chaining inside the deed itself would let only one save at a time.
    """
    with atomic():
        last = store.execute(
            select(AuditSeal.position, AuditSeal.seal, AuditSeal.entry_id).order_by(AuditSeal.position.desc()).limit(1)
        ).first()
        position, seal = (last.position, last.seal) if last else (0, "")
        covered = select(AuditSeal.entry_id)
        rows = store.execute(
            select(AuditEntry.__table__)
            .where(AuditEntry.id.not_in(covered))
            .order_by(AuditEntry.id)
            .limit(SEAL_AT_ONCE)
        ).all()
        seals = []
        for row in rows:
            position, seal = position + 1, seal_of(row, seal)
            seals.append({"position": position, "entry_id": row.id, "seal": seal})
        if seals:
            store.execute(insert(AuditSeal), seals)
    return len(seals)


def seal_of(row: Any, previous: str) -> str:
    """Return the seal of one entry: SHA-256 over the previous seal and all that the entry says."""
    said = [
        row.id, row.at.isoformat(), row.actor_id, row.actor_name, row.event, row.unit_id,
        row.subject_kind, row.subject_id, row.before, row.after, row.request_id,
    ]  # fmt: skip
    return hashlib.sha256((previous + json.dumps(said, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()


@dataclasses.dataclass(frozen=True)
class TrailCheck:
    """What a check of the chain found: sealed and true, the first broken entry, the unsealed tail."""

    sealed: int
    broken_entry: int | None
    unsealed: int


def check_trail() -> TrailCheck:
    """Read the whole chain and compare every seal with its entry."""
    seal, count = "", 0
    query = (
        select(AuditEntry.__table__, AuditSeal.seal, AuditSeal.entry_id)
        .select_from(AuditSeal)
        .outerjoin(AuditEntry, AuditSeal.entry_id == AuditEntry.id)
        .order_by(AuditSeal.position)
        .execution_options(yield_per=5_000)
    )
    for row in store.execute(query):
        seal = seal_of(row, seal) if row.id is not None else ""  # an entry that is gone breaks the chain at its place
        if seal != row.seal:
            return TrailCheck(sealed=count, broken_entry=row.entry_id, unsealed=_unsealed())
        count += 1
    return TrailCheck(sealed=count, broken_entry=None, unsealed=_unsealed())


def _unsealed() -> int:
    entries = store.scalar(select(func.count()).select_from(AuditEntry)) or 0
    seals = store.scalar(select(func.count()).select_from(AuditSeal)) or 0
    return entries - seals
