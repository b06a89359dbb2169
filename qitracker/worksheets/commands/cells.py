"""Save one cell: whoever saw the latest version writes; whoever did not gets both values and loses nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, insert_new, store
from qitracker.foundation.errors import Conflict, Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.worksheets import events
from qitracker.worksheets.commands.held import (
    Held,
    held_row,
    held_sheet,
    lock_sheet,
    next_sequence,
    shortened,
    what_of,
)
from qitracker.worksheets.models import CellRow, CellVersion, SheetRowRow
from qitracker.worksheets.sheet_kind import Column


@dataclass(frozen=True)
class Standing:
    """What stands in a cell, who wrote it and when: the other side of a conflict."""

    value: str
    version: int
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Saved:
    """What stands in the cell now, and the number of the change (0: nothing had to change)."""

    value: str
    version: int
    sequence: int


def save_cell(*, by: Actor, sheet_id: int, row_id: int, column: str, value: str, seen: int) -> Saved:
    """Save what was typed in one cell. The same value again is no change, so a browser may send twice.

    Raises:
        NotFound: no such sheet, row or column, or it was deleted meanwhile.
        NotAllowed: `by` may not work on sheets of this unit.
        Invalid: it cannot stand there, or the sheet is closed.
        Conflict: somebody wrote since version `seen`; `theirs` is a Standing, `mine` the value.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_EDIT)
    with atomic():
        lock_sheet(sheet_id)
        row = held_row(sheet_id, row_id)
        defined = sheet.kind.section(row.section).column(column)
        value = defined.parse(value)
        stands = _standing(row_id, column)
        if stands.value == value:
            return Saved(value, stands.version, 0)
        if stands.version != seen:
            raise Conflict(say("Somebody wrote here while you did. Nothing is lost."), theirs=stands, mine=value)
        if value:
            _must_count(row_id, defined)
        sequence = next_sequence(sheet_id)
        what = what_of(sheet.kind, row)
        _write(by, row_id, column, value, stands.version + 1)
        store.execute(update(SheetRowRow).where(SheetRowRow.id == row_id).values(changed_seq=sequence))
        _tell(by, sheet, row_id, what, defined, before=stands.value, after=value)
    return Saved(value, stands.version + 1, sequence)


def _must_count(row_id: int, column: Column) -> None:
    """Refuse what would count for nothing beside what stands in the row. One statement, for such columns only."""
    if not column.idle_when:
        return
    rest = store.execute(select(CellRow.column, CellRow.value).where(CellRow.row_id == row_id)).all()
    if column.is_idle({name: value for name, value in rest}.get):
        raise Invalid(column.idle_words or "", field="value")


def _standing(row_id: int, column: str) -> Standing:
    found = store.execute(
        select(CellRow.value, CellRow.version, CellRow.by_name, CellRow.at).where(
            CellRow.row_id == row_id, CellRow.column == column
        )
    ).first()
    return Standing(*found) if found else Standing("", 0, "", None)


def _write(by: Actor, row_id: int, column: str, value: str, version: int) -> None:
    written = {"value": value, "version": version, "by_id": by.user_id, "by_name": by.name, "at": clock.now()}
    key = {"row_id": row_id, "column": column}
    if version == 1:
        insert_new(CellRow.__table__, [{**key, **written}])
    else:
        store.execute(update(CellRow).where(CellRow.row_id == row_id, CellRow.column == column).values(**written))
    store.execute(insert(CellVersion).values(**key, **written))


def _tell(by: Actor, sheet: Held, row_id: int, what: str, column: Column, *, before: str, after: str) -> None:
    event = events.EMPTIED if not after else events.CHANGED if before else events.WROTE
    record(
        event,
        by=by,
        subject=("sheet", sheet.id),
        unit=sheet.place,
        before={"value": shortened(before)},
        after={"value": shortened(after), "column": column.title.text, "what": what, "row": row_id},
    )
