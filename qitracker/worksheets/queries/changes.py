"""What changed in a sheet since a number: what a browser asks every second and a half."""

from dataclasses import dataclass

from sqlalchemy import select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.people.queries import known_place
from qitracker.worksheets.models import Sheet, SheetRowRow
from qitracker.worksheets.queries.page import GONE, Here, people_here


@dataclass(frozen=True)
class Changes:
    """The newest number, the rows that changed or went since, and who is here. `version` tells of title and state."""

    sequence: int
    version: int
    changed: tuple[int, ...]
    gone: tuple[int, ...]
    here: tuple[Here, ...]


def changes(*, by: Actor, sheet_id: int, after: int) -> Changes:
    """Return what changed since the number `after`. Four statements. Raises NotFound, NotAllowed."""
    row = store.execute(
        select(Sheet.unit_id, Sheet.sequence, Sheet.version, Sheet.deleted_at).where(Sheet.id == sheet_id)
    ).first()
    if row is None:
        raise NotFound
    by.must(Permission.SHEET_READ, on=known_place(row.unit_id, by=by))
    if row.deleted_at is not None:
        raise NotFound(GONE)
    touched = store.execute(
        select(SheetRowRow.id, SheetRowRow.gone_seq).where(
            SheetRowRow.sheet_id == sheet_id, SheetRowRow.changed_seq > after
        )
    ).all()
    return Changes(
        sequence=row.sequence,
        version=row.version,
        changed=tuple(row_id for row_id, gone in touched if gone is None),
        gone=tuple(row_id for row_id, gone in touched if gone is not None),
        here=people_here(sheet_id),
    )
