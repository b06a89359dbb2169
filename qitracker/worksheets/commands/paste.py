"""Take over the good rows of a block from a spreadsheet: all in one change, told once; the rest is handed back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from qitracker.audit.commands import record
from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic, store
from qitracker.foundation.permissions import Permission
from qitracker.worksheets import events
from qitracker.worksheets.commands.held import Held, held_sheet, lock_sheet, next_sequence
from qitracker.worksheets.commands.placing import LONGEST_TOKEN, check_size, last_position, made_with, redraw_around
from qitracker.worksheets.kinds.fmea_block import Block
from qitracker.worksheets.kinds.fmea_paste import Node, PastePlan, plan_paste
from qitracker.worksheets.models import CellRow, CellVersion, SheetRowRow
from qitracker.worksheets.queries.page import rows_of


def paste_block(*, by: Actor, sheet_id: int, block: Block, below: int | None, token: str) -> PastePlan:
    """Add what the good rows of a block say; return what was planned, the refused rows with their reasons.

    A `token` that was used in this sheet adds nothing: a click sent twice pastes once.

    Raises:
        NotFound: no such sheet, or it was deleted meanwhile.
        NotAllowed: `by` may not work on sheets of this unit.
        Invalid: the sheet is closed, or has no room for so many rows.
    """
    sheet = held_sheet(sheet_id, by=by, needs=Permission.SHEET_EDIT)
    with atomic():
        lock_sheet(sheet_id)
        plan = plan_paste(block, rows_of(sheet_id), below=below)
        if not plan.adds or made_with(sheet_id, token) is not None:
            return plan
        check_size(sheet_id, more=len(plan.adds))
        sequence = next_sequence(sheet_id)
        stored = _add_rows(sheet_id, plan.adds, sequence, token)
        _write_cells(by, plan.adds, stored)
        if any(node.section == "step" for node in plan.adds):
            redraw_around(sheet_id, sheet.kind.section("step"), sequence)
        _tell(by, sheet, plan, stored)
    return plan


def _add_rows(sheet_id: int, nodes: Sequence[Node], sequence: int, token: str) -> dict[int, int]:
    """Store the rows, parents first, and return their numbers by key. The first of all keeps the token."""
    stored: dict[int, int] = {}
    places: dict[int | None, int] = {}
    for section in dict.fromkeys(node.section for node in nodes):
        level = [node for node in nodes if node.section == section]
        rows = []
        for node in level:
            parent = stored.get(node.parent, node.parent) if node.parent is not None else None
            if parent not in places:
                places[parent] = -1 if node.parent in stored else last_position(sheet_id, parent)
            places[parent] += 1
            rows.append(_row(sheet_id, section, parent, places[parent], sequence, token if node is nodes[0] else ""))
        made = store.scalars(insert(SheetRowRow).returning(SheetRowRow.id, sort_by_parameter_order=True), rows).all()
        stored |= {node.key: row_id for node, row_id in zip(level, made, strict=True)}
    return stored


def _row(sheet_id: int, section: str, parent: int | None, place: int, sequence: int, token: str) -> Any:
    return {
        "sheet_id": sheet_id,
        "section": section,
        "parent_id": parent,
        "position": place,
        "token": token[:LONGEST_TOKEN] or None,
        "changed_seq": sequence,
    }


def _write_cells(by: Actor, nodes: Sequence[Node], stored: Mapping[int, int]) -> None:
    who = {"version": 1, "by_id": by.user_id, "by_name": by.name, "at": clock.now()}
    cells = [
        {"row_id": stored[node.key], "column": column, "value": value, **who}
        for node in nodes
        for column, value in node.cells.items()
    ]
    store.execute(insert(CellRow), cells)
    store.execute(insert(CellVersion), cells)


def _tell(by: Actor, sheet: Held, plan: PastePlan, stored: Mapping[int, int]) -> None:
    record(
        events.PASTED,
        by=by,
        subject=("sheet", sheet.id),
        unit=sheet.place,
        after={"count": len(plan.good), "rows": len(stored), "first": min(stored.values())},
    )
