"""Add, remove, bring back and move rows; what hangs below a row goes and comes with it."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select, update

from qitracker.audit.commands import record
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.worksheets import events
from qitracker.worksheets.commands.held import (
    NO_SUCH_ROW,
    Held,
    held_row,
    held_sheet,
    lock_sheet,
    next_sequence,
    what_of,
)
from qitracker.worksheets.models import SheetRowRow
from qitracker.worksheets.sheet_kind import Section, check_parent

MOST_ROWS = 2_000
LONGEST_TOKEN = 64


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
    with atomic():
        lock_sheet(sheet_id)
        known = _made_with(sheet_id, token)
        if known is not None:
            return known
        sequence = next_sequence(sheet_id)
        check_parent(sheet.kind, defined, _sections_above(sheet_id, parent_id))
        _check_size(sheet_id)
        row_id = store.scalar(
            insert(SheetRowRow)
            .values(
                sheet_id=sheet_id,
                section=section,
                parent_id=parent_id,
                position=_make_room(sheet_id, parent_id, after_id),
                token=token[:LONGEST_TOKEN] or None,
                changed_seq=sequence,
            )
            .returning(SheetRowRow.id)
        )
        assert row_id is not None
        _redraw_around(sheet_id, defined, sequence)
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
        _redraw_around(sheet_id, sheet.kind.section(row.section), sequence)
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
        place = _make_room(sheet_id, parent_id, after_id)
        store.execute(
            update(SheetRowRow)
            .where(SheetRowRow.id == row_id)
            .values(parent_id=parent_id, position=place, changed_seq=sequence)
        )
        _redraw_around(sheet_id, defined, sequence, left=left)
        _tell(events.ROW_MOVED, by, sheet, row_id, what=what_of(sheet.kind, row))


def _made_with(sheet_id: int, token: str) -> int | None:
    if not token:
        return None
    return store.scalar(
        select(SheetRowRow.id).where(SheetRowRow.sheet_id == sheet_id, SheetRowRow.token == token[:LONGEST_TOKEN])
    )


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


def _redraw_around(sheet_id: int, section: Section, sequence: int, *, left: int | None = None) -> None:
    """Mark the rows whose numbers or place change with a neighbour, so that whoever follows the sheet sees it.

    A row that can stand by itself numbers all its kind; any other only leaves the row it hung below.
    """
    others = SheetRowRow.section == section.code if "" in section.parents else SheetRowRow.id == left
    store.execute(
        update(SheetRowRow)
        .where(SheetRowRow.sheet_id == sheet_id, SheetRowRow.gone_seq.is_(None), others)
        .values(changed_seq=sequence)
    )


def _make_room(sheet_id: int, parent_id: int | None, after_id: int | None) -> int:
    """Return the position of a new row among its siblings; those behind it step back by one."""
    siblings = (
        (SheetRowRow.sheet_id == sheet_id, SheetRowRow.parent_id.is_(parent_id))
        if parent_id is None
        else (
            SheetRowRow.sheet_id == sheet_id,
            SheetRowRow.parent_id == parent_id,
        )
    )
    if after_id is None:
        last = store.scalar(select(func.max(SheetRowRow.position)).where(*siblings))
        return 0 if last is None else last + 1
    before = store.scalar(select(SheetRowRow.position).where(*siblings, SheetRowRow.id == after_id))
    if before is None:
        raise NotFound(NO_SUCH_ROW)
    store.execute(
        update(SheetRowRow).where(*siblings, SheetRowRow.position > before).values(position=SheetRowRow.position + 1)
    )
    return before + 1


def _check_size(sheet_id: int) -> None:
    count = store.scalar(
        select(func.count())
        .select_from(SheetRowRow)
        .where(SheetRowRow.sheet_id == sheet_id, SheetRowRow.gone_seq.is_(None))
    )
    if (count or 0) >= MOST_ROWS:
        raise Invalid(say("This worksheet has {most} rows. Begin a second one for the next part.", most=MOST_ROWS))


def _is_gone(row_id: int) -> bool:
    return store.scalar(select(SheetRowRow.gone_seq).where(SheetRowRow.id == row_id)) is not None


def _tell(event: str, by: Actor, sheet: Held, row_id: int, **after: Sequence[str] | str) -> None:
    record(event, by=by, subject=("sheet", sheet.id), unit=sheet.place, after={**after, "row": row_id})
