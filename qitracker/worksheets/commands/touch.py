"""Mark rows as changed for those who follow a sheet, when what stands beside them changed and not their cells."""

from collections.abc import Collection

from sqlalchemy import update

from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.worksheets.commands.held import next_sequence
from qitracker.worksheets.models import SheetRowRow


def touch_rows(sheet_id: int, row_ids: Collection[int]) -> None:
    """Give these rows the next number of the sheet's changes. A sheet that was deleted has nobody to follow it.

    Asks no rights and tells no trail: what changed beside the rows is told where it was done. Belongs in `atomic()`.
    """
    try:
        sequence = next_sequence(sheet_id)
    except NotFound:
        return
    store.execute(
        update(SheetRowRow)
        .where(SheetRowRow.id.in_(row_ids), SheetRowRow.sheet_id == sheet_id)
        .values(changed_seq=sequence)
    )
