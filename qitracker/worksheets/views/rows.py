"""Add, remove, bring back and move rows for the page that is open."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.worksheets import commands
from qitracker.worksheets.queries import sheet_page
from qitracker.worksheets.views.blueprint import bp
from qitracker.worksheets.views.parts import drawn
from qitracker.worksheets.views.sent import sent


@bp.post("/<int:sheet_id>/rows")
def add(sheet_id: int) -> ResponseReturnValue:
    """Add a row."""
    wanted = sent()
    try:
        row_id = commands.add_row(
            by=current_actor(),
            sheet_id=sheet_id,
            section=wanted.text("section"),
            parent_id=wanted.maybe_number("parent"),
            after_id=wanted.maybe_number("after"),
            token=wanted.text("token"),
        )
    except Invalid as problem:
        return _refused(problem)
    return _all(sheet_id, row=row_id)


@bp.post("/<int:sheet_id>/rows/<int:row_id>/remove")
def remove(sheet_id: int, row_id: int) -> ResponseReturnValue:
    """Remove a row with all below it."""
    try:
        count = commands.remove_row(by=current_actor(), sheet_id=sheet_id, row_id=row_id)
    except Invalid as problem:
        return _refused(problem)
    return _all(sheet_id, row=row_id, count=count)


@bp.post("/<int:sheet_id>/rows/<int:row_id>/restore")
def restore(sheet_id: int, row_id: int) -> ResponseReturnValue:
    """Bring a removed row back."""
    try:
        count = commands.restore_row(by=current_actor(), sheet_id=sheet_id, row_id=row_id)
    except Invalid as problem:
        return _refused(problem)
    return _all(sheet_id, row=row_id, count=count)


@bp.post("/<int:sheet_id>/rows/<int:row_id>/move")
def move(sheet_id: int, row_id: int) -> ResponseReturnValue:
    """Hang a row below another one."""
    wanted = sent()
    try:
        commands.move_row(
            by=current_actor(),
            sheet_id=sheet_id,
            row_id=row_id,
            parent_id=wanted.maybe_number("parent"),
            after_id=wanted.maybe_number("after"),
        )
    except Invalid as problem:
        return _refused(problem)
    return _all(sheet_id, row=row_id)


def _refused(problem: Invalid) -> ResponseReturnValue:
    return jsonify({"message": reader().say(problem.words)}), 422


def _all(sheet_id: int, **more: int) -> ResponseReturnValue:
    """Return all steps: rows that come or go change the labels of their neighbours."""
    page = sheet_page(by=current_actor(), sheet_id=sheet_id)
    return jsonify({**drawn(page, [row.id for row in page.rows]), **more})
