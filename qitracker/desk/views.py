"""The pages people land on: home, and the board of a unit."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.desk import commands, queries
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say
from qitracker.results.queries.board import board
from qitracker.results.queries.board_units import units_found
from qitracker.results.queries.silent import silent_page
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.installation import settings, today
from qitracker.web.sent import whole_number

bp = Blueprint("desk", __name__)
board_bp = Blueprint("board", __name__, url_prefix="/board")

LONGEST_SEARCH = 200


@bp.get("/")
def home() -> ResponseReturnValue:
    """Show what needs this person."""
    day = today()
    page = queries.home(by=current_actor(), today=day, fiscal_start=settings().fiscal_year_starts)
    return render_template("desk/home.html", page=page, today=day)


@board_bp.get("")
def index() -> ResponseReturnValue:
    """Show the measures of one unit, each against its own usual range and its target."""
    page = board(
        by=current_actor(),
        unit=request.args.get("unit", ""),
        wanted=request.args.get("show", ""),
        today=today(),
        fiscal_start=settings().fiscal_year_starts,
        number=_page_number(),
    )
    return render_template("desk/board.html" if page else "desk/no_units.html", page=page)


@board_bp.get("/find")
def find() -> ResponseReturnValue:
    """Show the units that are called so; the board itself where there is only one."""
    sought = " ".join(request.args.get("unit", "").replace("\0", "").split())[:LONGEST_SEARCH]
    page = units_found(by=current_actor(), sought=sought, today=today(), number=_page_number())
    if page.part.units == 1:
        return redirect(url_for("board.index", unit=page.part.rows[0].unit.slug), code=303)
    return render_template("desk/found.html", page=page)


@board_bp.get("/silent")
def silent() -> ResponseReturnValue:
    """Show the charts that have had no result for long."""
    page = silent_page(by=current_actor(), today=today())
    return render_template("desk/silent.html", page=page)


@board_bp.post("/silent/<slug>")
def end_silent(slug: str) -> ResponseReturnValue:
    """End the collection of one measure where it has been silent for long."""
    try:
        commands.end_silent_collections(
            by=current_actor(),
            slug=slug,
            today=today(),
            fiscal_start=settings().fiscal_year_starts,
        )
    except Invalid as problem:
        flash(reader().say(problem.words), "danger")
    else:
        flash(
            reader().say(say("Ended. The results stay, and a unit can begin again on the page of the measure.")), "ok"
        )
    return redirect(url_for("board.silent"), code=303)


def _page_number() -> int:
    return whole_number(request.args.get("page")) or 1
