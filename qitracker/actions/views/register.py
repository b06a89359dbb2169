"""The register of actions, narrowed by its address, and the same as a table to take away."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from qitracker.actions import queries
from qitracker.actions.hierarchy import STRENGTH_WORDS, Strength
from qitracker.actions.queries.register import STATES
from qitracker.actions.rules import STATE_WORDS
from qitracker.actions.table_file import register_file
from qitracker.actions.views.blueprint import bp
from qitracker.web.actors import current_actor
from qitracker.web.downloads.table import TableFile, as_csv, as_xlsx
from qitracker.web.filters import reader
from qitracker.web.installation import today
from qitracker.web.sent import whole_number


@bp.get("")
def index() -> str:
    """Show the actions this address asks for: what is overdue first."""
    page = queries.register(by=current_actor(), wanted=_wanted(), today=today())
    return render_template("actions/index.html", page=page, strengths=STRENGTH_WORDS, states=STATE_WORDS)


@bp.get("/register.csv")
def register_csv() -> ResponseReturnValue:
    """Send what this address asks for as CSV."""
    return as_csv(_table())


@bp.get("/register.xlsx")
def register_xlsx() -> ResponseReturnValue:
    """Send what this address asks for as a workbook."""
    return as_xlsx(_table())


def _table() -> TableFile:
    day = today()
    found = queries.all_rows(by=current_actor(), wanted=_wanted(), today=day)
    return register_file(found, today=day, say_=reader().say)


def _wanted() -> queries.Wanted:
    """Return what this address asks for; what is not known is passed over."""
    state, strength = (request.args.get(name, "") for name in ("state", "strength"))
    return queries.Wanted(
        unit=request.args.get("unit", ""),
        state=state if state in STATES else "open",
        strength=Strength(strength) if strength in set(Strength) else None,
        mine="mine" in request.args,
        page=whole_number(request.args.get("page")) or 1,
    )
