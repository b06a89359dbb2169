"""Say that somebody has a sheet open, and in which cell. Never audited; nothing depends on it."""

from sqlalchemy import delete

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store, upsert
from qitracker.worksheets.models import Presence


def be_here(*, by: Actor, sheet_id: int, row_id: int | None = None, column: str = "") -> None:
    """Note where `by` is. The caller has just read the sheet with their rights."""
    if by.user_id is None:
        return
    values = {"name": by.name, "row_id": row_id, "column": column, "at": clock.now()}
    with atomic():
        upsert(Presence.__table__, [{"sheet_id": sheet_id, "user_id": by.user_id, **values}])


def leave(*, by: Actor, sheet_id: int) -> None:
    """Note that `by` has closed the sheet."""
    with atomic():
        store.execute(delete(Presence).where(Presence.sheet_id == sheet_id, Presence.user_id == by.user_id))
