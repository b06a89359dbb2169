"""What each deed on a worksheet asks first: does it stand, may I, is it open; and the number its change takes."""

from dataclasses import dataclass

from sqlalchemy import select, update

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people.queries import known_place
from qitracker.worksheets.models import CellRow, Sheet, SheetRowRow
from qitracker.worksheets.queries.page import GONE, NO_SUCH_SHEET
from qitracker.worksheets.rules.states import SheetState
from qitracker.worksheets.sheet_kind import KINDS, SheetKind

LONGEST_IN_TRAIL = 200
CLOSED = say("This worksheet is closed. Open it again to change it.")
NO_SUCH_ROW = say("Somebody removed this row meanwhile. What you typed is still here: copy it, or bring the row back.")


@dataclass(frozen=True)
class Held:
    """One sheet a person may work on."""

    id: int
    kind: SheetKind
    place: Place
    title: str
    state: SheetState
    version: int


def held_sheet(sheet_id: int, *, by: Actor, needs: Permission, open_only: bool = True) -> Held:
    """Return the sheet if `by` holds the right there and it is still open.

    Raises:
        NotFound: there is none, it was deleted, or `by` does not reach its unit.
        NotAllowed: `by` may read it but not do this.
        Invalid: it is closed.
    """
    row = store.execute(
        select(Sheet.id, Sheet.kind, Sheet.unit_id, Sheet.title, Sheet.state, Sheet.version, Sheet.deleted_at).where(
            Sheet.id == sheet_id
        )
    ).first()
    if row is None:
        raise NotFound(NO_SUCH_SHEET)
    place = known_place(row.unit_id, by=by, otherwise=NO_SUCH_SHEET)
    if row.deleted_at is not None:
        raise NotFound(GONE)
    by.must(needs, on=place)
    if open_only and row.state == SheetState.CLOSED:
        raise Invalid(CLOSED, field="value")
    return Held(row.id, KINDS.get(row.kind), place, row.title, SheetState(row.state), row.version)


def lock_sheet(sheet_id: int) -> None:
    """Wait until nobody else changes the sheet; then it must still stand and be open.

    Raises:
        NotFound: the sheet was deleted while we waited.
        Invalid: it was closed while we waited.
    """
    state = store.scalar(select(Sheet.state).where(Sheet.id == sheet_id, Sheet.deleted_at.is_(None)).with_for_update())
    if state is None:
        raise NotFound(GONE)
    if state == SheetState.CLOSED:
        raise Invalid(CLOSED, field="value")


def next_sequence(sheet_id: int) -> int:
    """Take the next number of the sheet's changes. Its row lock makes commits come in the order of numbers.

    Raises:
        NotFound: the sheet was deleted while we waited.
    """
    taken = store.scalar(
        update(Sheet)
        .where(Sheet.id == sheet_id, Sheet.deleted_at.is_(None))
        .values(sequence=Sheet.sequence + 1)
        .returning(Sheet.sequence)
    )
    if taken is None:
        raise NotFound(GONE)
    return taken


def held_row(sheet_id: int, row_id: int, *, gone_too: bool = False) -> SheetRowRow:
    """Return a row of the sheet that stands; with `gone_too`, one that was removed as well. Raises NotFound."""
    row = store.scalars(
        select(SheetRowRow)
        .where(SheetRowRow.id == row_id, SheetRowRow.sheet_id == sheet_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None or (row.gone_seq is not None and not gone_too):
        raise NotFound(NO_SUCH_ROW)
    return row


def what_of(kind: SheetKind, row: SheetRowRow) -> str:
    """Return how the trail names a row: by its kind and its words."""
    text = store.scalar(select(CellRow.value).where(CellRow.row_id == row.id, CellRow.column == "text"))
    one = kind.section(row.section).one.text
    return f"the {one} “{shortened(text)}”" if text else f"a new {one}"


def shortened(text: str) -> str:
    """Return as much of a text as the trail keeps; the versions of the cell keep all of it."""
    return text if len(text) <= LONGEST_IN_TRAIL else text[: LONGEST_IN_TRAIL - 1] + "…"
