"""What worksheets do when something below them changes: an action that answers a row is seen in its sheet at once."""

from collections.abc import Collection

from sqlalchemy import select

from qitracker.actions.commands.hooks import on_action_changed
from qitracker.foundation.db import store
from qitracker.links.registry import row_ids
from qitracker.links.rules import Ref
from qitracker.worksheets.commands.touch import touch_rows
from qitracker.worksheets.linked import ROW
from qitracker.worksheets.models import SheetRowRow


@on_action_changed
def show_in_sheets(answered: Collection[Ref]) -> None:
    """Mark the rows that an action answers as changed, so that the next poll of their sheets brings them."""
    ids = row_ids([ref.id for ref in answered if ref.kind == ROW])
    if not ids:
        return
    rows = store.execute(
        select(SheetRowRow.id, SheetRowRow.sheet_id)
        .where(SheetRowRow.id.in_(ids))
        .order_by(SheetRowRow.sheet_id, SheetRowRow.id)  # sheets are locked in one order, whoever comes first
    ).all()
    for sheet_id in dict.fromkeys(row.sheet_id for row in rows):
        touch_rows(sheet_id, [row.id for row in rows if row.sheet_id == sheet_id])
