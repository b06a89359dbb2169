"""The typefaces, cut from their installed packages at set-up and served from the instance folder."""

from flask import Blueprint, Response, abort, current_app, send_from_directory

from qitracker.web.fonts import FACES

bp = Blueprint("assets", __name__, url_prefix="/assets")


@bp.get("/fonts/<name>")
def font(name: str) -> Response:
    """Send one face; browsers may keep it for a year."""
    if name.rsplit(".", 1)[0] not in FACES:
        abort(404)
    return send_from_directory(current_app.config["FONT_FOLDER"], name, max_age=31_536_000)
