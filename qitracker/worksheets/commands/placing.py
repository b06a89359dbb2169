"""Where a row goes in a sheet: its place among its siblings, whether there is room, who has to be drawn anew."""

from sqlalchemy import func, select, update

from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.words import say
from qitracker.worksheets.commands.held import NO_SUCH_ROW
from qitracker.worksheets.models import SheetRowRow
from qitracker.worksheets.sheet_kind import Section

MOST_ROWS = 2_000
LONGEST_TOKEN = 64


def made_with(sheet_id: int, token: str) -> int | None:
    """Return the row that a click with this token made, None where none did."""
    if not token:
        return None
    return store.scalar(
        select(SheetRowRow.id).where(SheetRowRow.sheet_id == sheet_id, SheetRowRow.token == token[:LONGEST_TOKEN])
    )


def redraw_around(sheet_id: int, section: Section, sequence: int, *, left: int | None = None) -> None:
    """Mark the rows whose numbers or place change with a neighbour, so that whoever follows the sheet sees it.

    A row that can stand by itself numbers all its kind; any other only leaves the row it hung below.
    """
    others = SheetRowRow.section == section.code if "" in section.parents else SheetRowRow.id == left
    store.execute(
        update(SheetRowRow)
        .where(SheetRowRow.sheet_id == sheet_id, SheetRowRow.gone_seq.is_(None), others)
        .values(changed_seq=sequence)
    )


def make_room(sheet_id: int, parent_id: int | None, after_id: int | None) -> int:
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
        return last_position(sheet_id, parent_id) + 1
    before = store.scalar(select(SheetRowRow.position).where(*siblings, SheetRowRow.id == after_id))
    if before is None:
        raise NotFound(NO_SUCH_ROW)
    store.execute(
        update(SheetRowRow).where(*siblings, SheetRowRow.position > before).values(position=SheetRowRow.position + 1)
    )
    return before + 1


def last_position(sheet_id: int, parent_id: int | None) -> int:
    """Return the place of the last row below another, -1 where there is none."""
    last = store.scalar(
        select(func.max(SheetRowRow.position)).where(
            SheetRowRow.sheet_id == sheet_id,
            SheetRowRow.parent_id.is_(None) if parent_id is None else SheetRowRow.parent_id == parent_id,
        )
    )
    return -1 if last is None else last


def check_size(sheet_id: int, *, more: int = 1) -> None:
    """Pass when so many more rows fit. Raises Invalid."""
    count = store.scalar(
        select(func.count())
        .select_from(SheetRowRow)
        .where(SheetRowRow.sheet_id == sheet_id, SheetRowRow.gone_seq.is_(None))
    )
    if (count or 0) + more > MOST_ROWS:
        raise Invalid(
            say("A worksheet holds {most} rows. Begin a second one for the next part.", most=MOST_ROWS), field="text"
        )
