"""Say that somebody has a sheet open, and in which cell. Never audited; nothing depends on it."""

from collections.abc import Collection
from datetime import timedelta

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, upsert
from qitracker.worksheets.models import Presence
from qitracker.worksheets.queries.page import Here

NOTED_EVERY = timedelta(seconds=15)


def be_here(
    *, by: Actor, sheet_id: int, row_id: int | None = None, column: str = "", known: Collection[Here] = ()
) -> None:
    """Note where `by` is. The caller has just read the sheet with their rights, and hands in who is `known` there.

    Where the place is noted already and not long ago nothing is written, so that many who look on hold up nobody.
    """
    now = clock.now()
    fresh = any(
        (one.user_id, one.row_id, one.column) == (by.user_id, row_id, column) and one.at > now - NOTED_EVERY
        for one in known
    )
    if by.user_id is None or fresh:
        return
    values = {"name": by.name, "row_id": row_id, "column": column, "at": now}
    with atomic():
        upsert(Presence.__table__, [{"sheet_id": sheet_id, "user_id": by.user_id, **values}])
