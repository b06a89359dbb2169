"""Add, remove, bring back and move rows for the page that is open. What cannot be done is told by the error answers."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from qitracker.web.actors import current_actor
from qitracker.web.sent import number_of, sent, text_of
from qitracker.worksheets import commands
from qitracker.worksheets.queries import sheet_page
from qitracker.worksheets.views.blueprint import bp
from qitracker.worksheets.views.parts import drawn


@bp.post("/<int:sheet_id>/rows")
def add(sheet_id: int) -> ResponseReturnValue:
    """Add a row."""
    wanted = sent()
    row_id = commands.add_row(
        by=current_actor(),
        sheet_id=sheet_id,
        section=text_of(wanted, "section"),
        parent_id=number_of(wanted, "parent"),
        after_id=number_of(wanted, "after"),
        token=text_of(wanted, "token"),
    )
    return _all(sheet_id, row=row_id)


@bp.post("/<int:sheet_id>/rows/<int:row_id>/remove")
def remove(sheet_id: int, row_id: int) -> ResponseReturnValue:
    """Remove a row with all below it."""
    count = commands.remove_row(by=current_actor(), sheet_id=sheet_id, row_id=row_id)
    return _all(sheet_id, row=row_id, count=count)


@bp.post("/<int:sheet_id>/rows/<int:row_id>/restore")
def restore(sheet_id: int, row_id: int) -> ResponseReturnValue:
    """Bring a removed row back."""
    count = commands.restore_row(by=current_actor(), sheet_id=sheet_id, row_id=row_id)
    return _all(sheet_id, row=row_id, count=count)


@bp.post("/<int:sheet_id>/rows/<int:row_id>/move")
def move(sheet_id: int, row_id: int) -> ResponseReturnValue:
    """Hang a row below another one."""
    wanted = sent()
    commands.move_row(
        by=current_actor(),
        sheet_id=sheet_id,
        row_id=row_id,
        parent_id=number_of(wanted, "parent"),
        after_id=number_of(wanted, "after"),
    )
    return _all(sheet_id, row=row_id)


def _all(sheet_id: int, **more: int) -> ResponseReturnValue:
    """Return all steps: rows that come or go change the labels of their neighbours."""
    page = sheet_page(by=current_actor(), sheet_id=sheet_id)
    return jsonify({**drawn(page, [row.id for row in page.rows]), **more})
