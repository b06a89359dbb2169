"""Worksheets on paper: one as it is filled in, and an empty form of each kind to fill in by hand."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import render_template, request

from qitracker.foundation import clock
from qitracker.foundation.errors import NotFound
from qitracker.links.queries import threads_of
from qitracker.links.rules import Ref
from qitracker.people.local_day import tell_time_of
from qitracker.web.actors import current_actor
from qitracker.worksheets import queries
from qitracker.worksheets.kinds import KINDS
from qitracker.worksheets.linked import SHEET
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.views.blueprint import bp
from qitracker.worksheets.views.print_fmea import blank_fmea, filled_fmea
from qitracker.worksheets.views.print_rca import blank_rca, filled_rca

PAPERS: Final = ("a4", "letter")
FILLED: Final[Mapping[str, Callable[[SheetPage], dict[str, Any]]]] = {"fmea": filled_fmea, "rca": filled_rca}
BLANK: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {"fmea": blank_fmea, "rca": blank_rca}
"""What the paper of each kind shows beside the sheet itself."""


@bp.get("/<int:sheet_id>/print")
def printed(sheet_id: int) -> str:
    """Show a worksheet as it is, made for paper."""
    page = queries.sheet_page(by=current_actor(), sheet_id=sheet_id)
    tell_time_of(page.place.id)
    ref = Ref(SHEET, str(page.id))
    hops = [hop for hop in threads_of([ref], current_actor())[ref] if hop.forward]
    code = page.kind.code
    return render_template(f"worksheets/print/{code}.html", page=page, hops=hops, **_furniture(), **FILLED[code](page))


@bp.get("/blank/<kind>")
def blank(kind: str) -> str:
    """Show the empty form of a kind, made for paper."""
    if kind not in BLANK:
        raise NotFound
    known = KINDS.get(kind)
    return render_template(
        f"worksheets/print/{known.code}_blank.html", kind=known, **_furniture(), **BLANK[known.code]()
    )


def _furniture() -> dict[str, Any]:
    """Return what stands at the head and the foot of every page."""
    asked = request.args.get("paper", "")
    paper = asked if asked in PAPERS else PAPERS[0]
    return {"paper": paper, "printed_by": current_actor().name, "printed_at": clock.now()}
