"""Style sheets, scripts and typefaces: kept by browsers for a year under an address that changes with the content."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, request, send_from_directory, url_for

from qitracker.web.fonts import FACES

YEAR_SECONDS = 31_536_000

bp = Blueprint("assets", __name__, url_prefix="/assets")


@bp.get("/fonts/<name>")
def font(name: str) -> Response:
    """Send one face, cut from its installed package at set-up."""
    if name.rsplit(".", 1)[0] not in FACES:
        abort(404)
    return send_from_directory(current_app.config["FONT_FOLDER"], name, max_age=YEAR_SECONDS)


def init_assets(app: Flask) -> None:
    """Give each static file an address with the mark of its content, and let only such addresses be kept."""
    folder = Path(app.static_folder or "static")
    may_change = bool(app.config["TEMPLATES_AUTO_RELOAD"])

    @app.url_defaults
    def _mark(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static" and "v" not in values:
            mark = _mark_of(folder / str(values.get("filename", "")), may_change)
            if mark:
                values["v"] = mark

    if not may_change:
        app.jinja_env.globals["url_for"] = _remembering(url_for)

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint == "static":
            marked = "v" in request.args and response.status_code == 200
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable" if marked else "no-cache"
        return response


def _remembering(give: Callable[..., str]) -> Callable[..., str]:
    """Return `url_for` for templates that makes the address of a static file once: a page names one a hundred times."""
    made: dict[tuple[str, str], str] = {}

    def address(endpoint: str, **values: Any) -> str:
        if endpoint != "static" or values.keys() != {"filename"}:
            return give(endpoint, **values)
        key = (request.script_root if request else "", values["filename"])
        if key not in made:
            made[key] = give(endpoint, **values)
        return made[key]

    return address


def _mark_of(path: Path, may_change: bool) -> str:
    """Return the mark of a file's content, "" where there is none; looked at again only in development."""
    return _content_mark(path, path.stat().st_mtime_ns if may_change and path.is_file() else 0)


@lru_cache(maxsize=1024)
def _content_mark(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""
