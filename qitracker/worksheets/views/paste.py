"""Rows from a spreadsheet: looked at first, corrected in place, then all good ones added as one; without script too."""

from dataclasses import dataclass
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.sent import whole_number
from qitracker.worksheets.commands import paste_block
from qitracker.worksheets.commands.held import CLOSED
from qitracker.worksheets.kinds.fmea import FMEA, step_groups
from qitracker.worksheets.kinds.fmea_block import FIELDS, IN_ORDER, Block, read_block, title_of
from qitracker.worksheets.kinds.fmea_paste import PastedRow, PastePlan, plan_paste
from qitracker.worksheets.queries import SheetPage, sheet_page
from qitracker.worksheets.views.blueprint import bp


@dataclass(frozen=True)
class PastePage:
    """Everything templates/worksheets/paste.html may use besides the sheet itself."""

    text: str
    first: str
    below: int | None
    titles: dict[str, Sentence]
    first_choices: tuple[str, ...]
    token: str
    plan: PastePlan | None = None
    fault: Sentence | str | None = None

    @property
    def shown(self) -> tuple[PastedRow, ...]:
        """Return the rows of the preview, those to be corrected first."""
        rows = self.plan.rows if self.plan else ()
        return tuple(sorted(rows, key=lambda row: row.is_good))

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the columns of the preview, in the order of the sheet; one that was carried or is missing too."""
        rows = self.plan.rows if self.plan else ()
        return tuple(name for name in FIELDS if any(name in row.texts or name in row.faults for row in rows))


@bp.get("/<int:sheet_id>/paste")
def paste(sheet_id: int) -> ResponseReturnValue:
    """Ask for the rows."""
    return _rendered(_editable(sheet_id), _typed(""))


@bp.post("/<int:sheet_id>/paste")
def take_pasted(sheet_id: int) -> ResponseReturnValue:
    """Show what goes where; on the second button add what is good, and keep the rest to be corrected."""
    page = _editable(sheet_id)
    first, below = request.form.get("first", ""), whole_number(request.form.get("below"))
    text = request.form.get("text", "")
    try:
        block = read_block(text, first=first)
        block, first, text = _corrected(block, first, text)
        if request.form.get("deed") == "add":
            return _added(page, block, below)
    except Invalid as problem:
        return _rendered(page, _typed(text, first, below, fault=problem.words)), 422
    plan = plan_paste(block, page.rows, below=below)
    return _rendered(page, _typed(text, first, below, plan=plan))


def _added(page: SheetPage, block: Block, below: int | None) -> ResponseReturnValue:
    token = request.form.get("token", "")
    plan = paste_block(by=current_actor(), sheet_id=page.id, block=block, below=below, token=token)
    count = len(plan.good)
    words = say("{count} lines are added.", count=count) if count != 1 else say("One line is added.")
    if not plan.refused:
        flash(reader().say(words if count else say("All of it stands in the sheet already.")), "ok")
        return redirect(url_for("worksheets.show", sheet_id=page.id), code=303)
    if count:
        flash(reader().say(words), "ok")
    left = block.written([row.texts for row in plan.refused])
    now = _editable(page.id)
    again = plan_paste(read_block(left), now.rows, below=below)
    return _rendered(now, _typed(left, "", below, plan=again)), 422


def _corrected(block: Block, first: str, text: str) -> tuple[Block, str, str]:
    """Return the block with what was typed into the cells of the preview; it then names its columns by headings."""
    typed = {name: value for name, value in request.form.items() if name.startswith("cell-")}
    if not typed:
        return block, first, text
    plan = plan_paste(block, ())
    rows = [dict(row.texts) for row in plan.rows]
    for name, value in typed.items():
        number, _, column = name.removeprefix("cell-").partition("-")
        at = whole_number(number)
        if at is not None and 0 < at <= len(rows) and column in FIELDS:
            rows[at - 1][column] = value.strip()
    text = block.written(rows)
    return read_block(text), "", text


def _editable(sheet_id: int) -> SheetPage:
    page = sheet_page(by=current_actor(), sheet_id=sheet_id)
    current_actor().must(Permission.SHEET_EDIT, on=page.place)
    if page.kind is not FMEA:
        raise NotFound(say("Rows are pasted into an FMEA. This worksheet is filled in part by part."))
    if not page.is_open:
        raise Invalid(CLOSED)
    return page


def _typed(
    text: str,
    first: str = "",
    below: int | None = None,
    *,
    plan: PastePlan | None = None,
    fault: Sentence | str | None = None,
) -> PastePage:
    titles = {name: title_of(name) for name in FIELDS}
    return PastePage(text, first, below, titles, IN_ORDER, uuid4().hex, plan, fault)


def _rendered(page: SheetPage, paste: PastePage) -> str:
    return render_template("worksheets/paste.html", page=page, paste=paste, groups=step_groups(page.rows))
