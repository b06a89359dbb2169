"""Steps of a large FMEA that were not sent with its page: asked for in pieces when the page can be used already."""

from typing import Final

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from qitracker.people.local_day import tell_time_of
from qitracker.web.actors import current_actor
from qitracker.web.sent import whole_number
from qitracker.worksheets.queries import sheet_page
from qitracker.worksheets.views.blueprint import bp
from qitracker.worksheets.views.parts import drawn

MOST: Final = 400


@bp.get("/<int:sheet_id>/steps")
def steps(sheet_id: int) -> ResponseReturnValue:
    """Send the steps that are named, as they stand."""
    page = sheet_page(by=current_actor(), sheet_id=sheet_id)
    tell_time_of(page.place.id)
    wanted = (whole_number(each) for each in request.args.get("ids", "").split(",", MOST)[:MOST])
    return jsonify(drawn(page, {each for each in wanted if each is not None}))
