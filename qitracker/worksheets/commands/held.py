"""What each deed on a worksheet asks first: does it stand, may I, is it open; and the number its change takes."""

from dataclasses import dataclass

from sqlalchemy import select, update

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.people.queries import known_place
from qitracker.worksheets.models import Sheet, SheetRowRow
from qitracker.worksheets.rules.states import SheetState
from qitracker.worksheets.sheet_kind import KINDS, SheetKind

NO_SUCH_SHEET = say("There is no such worksheet, or it belongs to a unit you do not reach.")
GONE = say("Somebody deleted this worksheet meanwhile. What you typed is still in this page: copy it before you leave.")
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
    place = known_place(row.unit_id, by=by)
    if row.deleted_at is not None:
        raise NotFound(GONE)
    by.must(needs, on=place)
    if open_only and row.state == SheetState.CLOSED:
        raise Invalid(say("This worksheet is closed. Open it again to change it."), field="value")
    return Held(row.id, KINDS.get(row.kind), place, row.title, SheetState(row.state), row.version)


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


def held_row(sheet_id: int, row_id: int, *, gone: bool = False) -> SheetRowRow:
    """Return a row of the sheet that stands (or, with `gone`, that was removed). Raises NotFound."""
    row = store.scalars(
        select(SheetRowRow)
        .where(SheetRowRow.id == row_id, SheetRowRow.sheet_id == sheet_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None or (row.gone_seq is not None) != gone:
        raise NotFound(NO_SUCH_ROW)
    return row
