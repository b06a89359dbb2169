"""Add, remove, bring back and move rows; what hangs below a row goes and comes with it."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.worksheets import events
from qitracker.worksheets.commands.held import (
    Held,
    held_row,
    held_sheet,
    lock_sheet,
    next_sequence,
    what_of,
)
from qitracker.worksheets.commands.placing import LONGEST_TOKEN, check_size, made_with, make_room, redraw_around
from qitracker.worksheets.models import SheetRowRow
from qitracker.worksheets.sheet_kind import check_parent


def add_row(
    *,
    by: Actor,
    sheet_id: int,
    section: str,
    parent_id: int | None = None,
    after_id: int | None = None,
    token: str = "",
) -> int:
    """Add an empty row below `parent_id` (None: the sheet), after a row or at the end; return its number.

    A `token` that was used in this sheet gives the row it made: a click sent twice adds one row.

    Raises:
        NotFound: no such sheet, section, or row above it.
        NotAllowed: `by` may not work on sheets of this unit.
        Invalid: such a row cannot hang there, or the sheet is full or closed.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_EDIT)
    defined = sheet.kind.section(section)
    if defined.single:
        raise Invalid(say("This worksheet has its {one} already. Change that one.", one=defined.one), field="section")
    with atomic():
        lock_sheet(sheet_id)
        known = made_with(sheet_id, token)
        if known is not None:
            return known
        sequence = next_sequence(sheet_id)
        check_parent(sheet.kind, defined, _sections_above(sheet_id, parent_id))
        check_size(sheet_id)
        row_id = store.scalar(
            insert(SheetRowRow)
            .values(
                sheet_id=sheet_id,
                section=section,
                parent_id=parent_id,
                position=make_room(sheet_id, parent_id, after_id),
                token=token[:LONGEST_TOKEN] or None,
                changed_seq=sequence,
            )
            .returning(SheetRowRow.id)
        )
        assert row_id is not None
        redraw_around(sheet_id, defined, sequence)
        _tell(events.ROW_ADDED, by, sheet, row_id, one=defined.one.text)
    return row_id


def remove_row(*, by: Actor, sheet_id: int, row_id: int) -> int:
    """Remove a row and all below it; return how many rows went. `restore_row` brings them back.

    Raises:
        NotFound, NotAllowed, Invalid: as `add_row`.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_EDIT)
    with atomic():
        lock_sheet(sheet_id)
        sequence = next_sequence(sheet_id)
        row = held_row(sheet_id, row_id)
        if sheet.kind.section(row.section).single:
            raise Invalid(say("A worksheet keeps this part. Empty its cells instead."), field="row")
        going = [row.id, *_below(sheet_id, row.id)]
        store.execute(
            update(SheetRowRow)
            .where(SheetRowRow.id.in_(going), SheetRowRow.gone_seq.is_(None))
            .values(gone_seq=sequence, changed_seq=sequence)
        )
        _tell(events.ROW_GONE, by, sheet, row_id, what=what_of(sheet.kind, row))
    return len(going)


def restore_row(*, by: Actor, sheet_id: int, row_id: int) -> int:
    """Bring back a removed row with all that went in the same change; return how many rows came (0: it stands).

    Raises:
        NotFound, NotAllowed: as `add_row`.
        Invalid: the row it hung below is gone too.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_EDIT)
    with atomic():
        lock_sheet(sheet_id)
        row = held_row(sheet_id, row_id, gone_too=True)
        if row.gone_seq is None:
            return 0
        sequence = next_sequence(sheet_id)
        if row.parent_id is not None and _is_gone(row.parent_id):
            raise Invalid(say("The row above it was removed too. Bring that one back first."), field="value")
        back = store.scalars(
            update(SheetRowRow)
            .where(
                SheetRowRow.sheet_id == sheet_id,
                SheetRowRow.gone_seq == row.gone_seq,
                SheetRowRow.id.in_([row_id, *_below(sheet_id, row_id)]),
            )
            .values(gone_seq=None, changed_seq=sequence)
            .returning(SheetRowRow.id)
        ).all()
        redraw_around(sheet_id, sheet.kind.section(row.section), sequence)
        _tell(events.ROW_BACK, by, sheet, row_id, what=what_of(sheet.kind, row))
    return len(back)


def move_row(*, by: Actor, sheet_id: int, row_id: int, parent_id: int | None, after_id: int | None = None) -> None:
    """Hang a row, with all below it, below another one, after a row there or at the end.

    Raises:
        NotFound, NotAllowed: as `add_row`.
        Invalid: such a row cannot hang there, or it would hang below itself.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_EDIT)
    with atomic():
        lock_sheet(sheet_id)
        row = held_row(sheet_id, row_id)
        if parent_id is not None and parent_id in {row_id, *_below(sheet_id, row_id)}:
            raise Invalid(say("A row cannot hang below itself. Choose another place."), field="parent")
        defined = sheet.kind.section(row.section)
        levels = _levels_of(sheet_id, row)
        check_parent(sheet.kind, defined, _sections_above(sheet_id, parent_id), levels=levels)
        sequence = next_sequence(sheet_id)
        left = row.parent_id
        place = make_room(sheet_id, parent_id, after_id)
        store.execute(
            update(SheetRowRow)
            .where(SheetRowRow.id == row_id)
            .values(parent_id=parent_id, position=place, changed_seq=sequence)
        )
        redraw_around(sheet_id, defined, sequence, left=left)
        _tell(events.ROW_MOVED, by, sheet, row_id, what=what_of(sheet.kind, row))


def _sections_above(sheet_id: int, parent_id: int | None) -> tuple[str, ...]:
    """Return the sections of the rows above, the nearest first."""
    found = []
    while parent_id is not None:
        row = held_row(sheet_id, parent_id)
        found.append(row.section)
        parent_id = row.parent_id
    return tuple(found)


def _below(sheet_id: int, row_id: int) -> list[int]:
    """Return the ids of all rows below one, removed ones included; one statement for the whole sheet."""
    parents = store.execute(select(SheetRowRow.id, SheetRowRow.parent_id).where(SheetRowRow.sheet_id == sheet_id)).all()
    found, todo = [], [row_id]
    while todo:
        above = todo.pop()
        children = [child for child, parent in parents if parent == above]
        found += children
        todo += children
    return found


def _levels_of(sheet_id: int, row: SheetRowRow) -> int:
    """Return how many levels of its own kind a row brings along: itself, and rows of its kind below it."""
    pairs = store.execute(
        select(SheetRowRow.id, SheetRowRow.parent_id).where(
            SheetRowRow.sheet_id == sheet_id, SheetRowRow.section == row.section, SheetRowRow.gone_seq.is_(None)
        )
    ).all()
    levels, above = 0, {row.id}
    while above:
        levels, above = levels + 1, {child for child, parent in pairs if parent in above}
    return levels


def _is_gone(row_id: int) -> bool:
    return store.scalar(select(SheetRowRow.gone_seq).where(SheetRowRow.id == row_id)) is not None


def _tell(event: str, by: Actor, sheet: Held, row_id: int, **after: Sequence[str] | str) -> None:
    record(event, by=by, subject=("sheet", sheet.id), unit=sheet.place, after={**after, "row": row_id})
