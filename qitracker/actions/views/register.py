"""The register of actions, narrowed by its address, and the same as a table to take away."""

from io import BytesIO

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from qitracker.actions import queries
from qitracker.actions.hierarchy import STRENGTH_WORDS, Strength
from qitracker.actions.queries.register import STATES
from qitracker.actions.rules import STATE_WORDS
from qitracker.actions.table_file import header, rows
from qitracker.actions.views.blueprint import bp, today
from qitracker.foundation.words import say
from qitracker.web.actors import current_actor
from qitracker.web.downloads.safe import csv_lines
from qitracker.web.downloads.xlsx import write_xlsx
from qitracker.web.filters import reader

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
def index() -> str:
    """Show the actions this address asks for: what is overdue first."""
    page = queries.register(by=current_actor(), wanted=_wanted(), today=today())
    return render_template("actions/index.html", page=page, strengths=STRENGTH_WORDS, states=STATE_WORDS)


@bp.get("/register.csv")
def register_csv() -> ResponseReturnValue:
    """Send what this address asks for as CSV."""
    heads, lines = _table()
    return _download("".join(csv_lines([heads, *lines])).encode(), "actions.csv", CSV)


@bp.get("/register.xlsx")
def register_xlsx() -> ResponseReturnValue:
    """Send what this address asks for as a workbook."""
    heads, lines = _table()
    target = BytesIO()
    write_xlsx(target, sheet=reader().say(say("Actions")), header=heads, rows=lines)
    return _download(target.getvalue(), "actions.xlsx", XLSX)


def _table() -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    day = today()
    found = queries.all_rows(by=current_actor(), wanted=_wanted(), today=day)
    return header(reader().say), rows(found, today=day, say_=reader().say)


def _wanted() -> queries.Wanted:
    """Return what this address asks for; what is not known is passed over."""
    state, strength, page = (request.args.get(name, "") for name in ("state", "strength", "page"))
    return queries.Wanted(
        unit=request.args.get("unit", ""),
        state=state if state in STATES else "open",
        strength=Strength(strength) if strength in set(Strength) else None,
        mine="mine" in request.args,
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 8 and int(page) else 1,
    )


def _download(content: bytes, name: str, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
