"""How worksheets and their rows show themselves at the end of a link."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.links.registry import linkable, row_ids
from qitracker.links.rules import Linked
from qitracker.people.queries import places, reach
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.models import CellRow, Sheet, SheetRowRow
from qitracker.worksheets.rules.states import WORDS, SheetState

SHEET: Final = "sheet"
ROW: Final = "row"


@linkable(SHEET)
def describe_sheets(ids: Collection[str], by: Actor) -> dict[str, Linked]:
    """Return what these worksheets are; without those that `by` may not read. Two statements."""
    rows = store.execute(
        select(Sheet.id, Sheet.kind, Sheet.title, Sheet.state, Sheet.unit_id).where(
            Sheet.id.in_(row_ids(ids)),
            Sheet.deleted_at.is_(None),
            Sheet.unit_id.in_(reach(by, Permission.SHEET_READ)),
        )
    ).all()
    named = places(row.unit_id for row in rows)
    return {
        str(row.id): Linked(
            SHEET,
            str(row.id),
            row.title,
            f"/worksheets/{row.id}",
            say(
                "{kind}, {unit}, {state}",
                kind=KINDS.get(row.kind).title,
                unit=named[row.unit_id].name,
                state=WORDS[SheetState(row.state)],
            ),
            row.state,
        )
        for row in rows
    }


@linkable(ROW)
def describe_rows(ids: Collection[str], by: Actor) -> dict[str, Linked]:
    """Return what these rows of worksheets are; without those that `by` may not read. One statement."""
    rows = store.execute(
        select(
            SheetRowRow.id,
            SheetRowRow.section,
            SheetRowRow.sheet_id,
            Sheet.kind,
            Sheet.title,
            Sheet.unit_id,
            CellRow.value,
        )
        .join(Sheet, Sheet.id == SheetRowRow.sheet_id)
        .outerjoin(CellRow, (CellRow.row_id == SheetRowRow.id) & (CellRow.column == "text"))
        .where(
            SheetRowRow.id.in_(row_ids(ids)),
            SheetRowRow.gone_seq.is_(None),
            Sheet.deleted_at.is_(None),
            Sheet.unit_id.in_(reach(by, Permission.SHEET_READ)),
        )
    ).all()
    return {
        str(row.id): Linked(
            ROW,
            str(row.id),
            row.value or say("{one} without words", one=KINDS.get(row.kind).section(row.section).one),
            f"/worksheets/{row.sheet_id}#row-{row.id}",
            say("{one} in “{title}”", one=KINDS.get(row.kind).section(row.section).one, title=row.title),
            "",
            unit_id=row.unit_id,
        )
        for row in rows
    }
