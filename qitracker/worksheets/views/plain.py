"""One row as a plain form, and rows added by plain buttons: everything works without JavaScript."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid, NotFound
from qitracker.foundation.words import say
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.forms import Form
from qitracker.web.sent import whole_number
from qitracker.worksheets import commands
from qitracker.worksheets.commands import Standing
from qitracker.worksheets.forms import row_form
from qitracker.worksheets.queries import SheetPage, sheet_page
from qitracker.worksheets.sheet_kind import Section, SheetRow
from qitracker.worksheets.views.blueprint import bp


@bp.get("/<int:sheet_id>/rows/<int:row_id>")
def plain_row(sheet_id: int, row_id: int) -> str:
    """Show one row as a form."""
    page, row, section = _found(sheet_id, row_id)
    return _rendered(page, row, section, row_form(row, section.columns, page.scale))


@bp.post("/<int:sheet_id>/rows/<int:row_id>")
def save_row(sheet_id: int, row_id: int) -> ResponseReturnValue:
    """Save the cells of one row that were changed; a cell somebody else changed shows both values."""
    page, row, section = _found(sheet_id, row_id)
    form = row_form(row, section.columns, page.scale)
    if not form.validate_on_submit():
        return _rendered(page, row, section, form), 422
    if _save_each(page, row, section, form):
        flash(reader().say(say("The row is saved.")), "ok")
        return redirect(url_for("worksheets.show", sheet_id=sheet_id, _anchor=f"row-{row_id}"), code=303)
    return _rendered(page, row, section, form), 422


@bp.post("/<int:sheet_id>/rows/add")
def plain_add(sheet_id: int) -> ResponseReturnValue:
    """Add a row by a plain button, and open its form."""
    parent = whole_number(request.form.get("parent"))
    row_id = commands.add_row(
        by=current_actor(),
        sheet_id=sheet_id,
        section=request.form.get("section", ""),
        parent_id=parent,
        token=request.form.get("token", ""),
    )
    return redirect(url_for("worksheets.plain_row", sheet_id=sheet_id, row_id=row_id), code=303)


def _save_each(page: SheetPage, row: SheetRow, section: Section, form: Form) -> bool:
    good = True
    for column in section.columns:
        seen = form[f"seen_{column.code}"]
        value = form[column.code].data or ""
        try:
            done = commands.save_cell(
                by=current_actor(),
                sheet_id=page.id,
                row_id=row.id,
                column=column.code,
                value=value,
                seen=whole_number(seen.data) or 0,
            )
            seen.data = str(done.version)
        except Invalid as problem:
            form.show(Invalid(problem.words, field=column.code))
            good = False
        except Conflict as clash:
            assert isinstance(clash.theirs, Standing)
            words = say(
                "{who} wrote “{theirs}” here while you did. Yours is kept in the field: save again to keep yours.",
                who=clash.theirs.by,
                theirs=clash.theirs.value,
            )
            form.show(Invalid(words, field=column.code))
            seen.data = str(clash.theirs.version)
            good = False
    return good


def _found(sheet_id: int, row_id: int) -> tuple[SheetPage, SheetRow, Section]:
    page = sheet_page(by=current_actor(), sheet_id=sheet_id)
    row = next((row for row in page.rows if row.id == row_id), None)
    if row is None:
        raise NotFound(say("Somebody removed this row meanwhile. Go back to the worksheet to bring it back."))
    return page, row, page.kind.section(row.section)


def _rendered(page: SheetPage, row: SheetRow, section: Section, form: Form) -> str:
    below = page.kind.below(section.code)
    return render_template("worksheets/row.html", page=page, row=row, section=section, form=form, below=below)
