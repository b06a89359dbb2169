"""Save one cell for the page that is open: saved with what changes by it, or both values where two people wrote."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid
from qitracker.people.local_day import tell_time_of
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.sent import LARGEST, NOT_READ, Members, number_of, sent, text_of
from qitracker.worksheets.commands import Standing, save_cell
from qitracker.worksheets.queries import changes, sheet_page
from qitracker.worksheets.views.blueprint import bp
from qitracker.worksheets.views.parts import since


@bp.post("/<int:sheet_id>/cells")
def save(sheet_id: int) -> ResponseReturnValue:
    """Save what was typed in one cell, and answer with its step.

    A page that says which change it shows last (`after`) gets all that changed since, and may go on from there.
    """
    typed = sent()
    row_id, seen = _number(typed, "row"), _number(typed, "seen")
    column, value = text_of(typed, "column"), text_of(typed, "value", longest=None)
    try:
        done = save_cell(by=current_actor(), sheet_id=sheet_id, row_id=row_id, column=column, value=value, seen=seen)
    except Conflict as clash:
        return jsonify(_both(sheet_id, clash)), 409
    after = number_of(typed, "after")
    if after is None:
        after = done.sequence - 1 if done.sequence else LARGEST
    found = changes(by=current_actor(), sheet_id=sheet_id, after=after)
    return jsonify({**since(after, found, sheet_id, also=row_id), "value": done.value, "version": done.version})


def _number(typed: Members, name: str) -> int:
    found = number_of(typed, name)
    if found is None:
        raise Invalid(NOT_READ, field=name)
    return found


def _both(sheet_id: int, clash: Conflict) -> dict[str, object]:
    theirs = clash.theirs
    assert isinstance(theirs, Standing)
    place = sheet_page(by=current_actor(), sheet_id=sheet_id).place
    tell_time_of(place.id)
    return {
        "detail": reader().say(clash.words),
        "mine": clash.mine,
        "theirs": theirs.value,
        "version": theirs.version,
        "by": theirs.by,
        "at": reader().moment(theirs.at) if theirs.at else "",
    }
