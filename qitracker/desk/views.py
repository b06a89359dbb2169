"""The pages people land on: home, and the board of a unit."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from qitracker.desk import queries
from qitracker.foundation import clock
from qitracker.foundation.config import Settings
from qitracker.results.queries.board import board
from qitracker.web.actors import current_actor

bp = Blueprint("desk", __name__)
board_bp = Blueprint("board", __name__, url_prefix="/board")


@bp.get("/")
def home() -> ResponseReturnValue:
    """Show what needs this person."""
    settings = _settings()
    today = clock.today(settings.timezone)
    page = queries.home(by=current_actor(), today=today, fiscal_start=settings.fiscal_year_starts)
    return render_template("desk/home.html", page=page, today=today)


@board_bp.get("")
def index() -> ResponseReturnValue:
    """Show the measures of one unit, each against its own usual range and its target."""
    settings = _settings()
    page = board(
        by=current_actor(),
        unit=request.args.get("unit", ""),
        wanted=request.args.get("show", ""),
        today=clock.today(settings.timezone),
        fiscal_start=settings.fiscal_year_starts,
    )
    return render_template("desk/board.html" if page else "desk/no_units.html", page=page)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
