"""The pages of what an import would do, of what it did, and of taking it back."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.exchange.commands import ask_import, set_choices, undo_import
from qitracker.exchange.forms.deciding import DecideForm, shown_decisions
from qitracker.exchange.queries.batches import refused_rows, visible_batch
from qitracker.exchange.refused import refused_rows_csv
from qitracker.exchange.views.blueprint import bp
from qitracker.foundation.errors import Conflict, NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.results.commands.batch import TakenBack
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on
from qitracker.web.forms import Form


@bp.route("/<int:batch_id>/preview", methods=["GET", "POST"])
def preview(batch_id: int) -> ResponseReturnValue:
    """Show what the import would do; sent, have a worker do it."""
    by = current_actor()
    batch = visible_batch(batch_id, by=by)
    if batch.is_stored:
        return redirect(url_for("exchange.result", batch_id=batch_id), code=303)
    if batch.summary is None:
        return redirect(url_for("exchange.show", batch_id=batch_id), code=303)
    form = DecideForm(data=shown_decisions(batch.choices))

    def deed() -> str:
        set_choices(by=by, batch_id=batch_id, choices=form.decided(batch.choices))
        return url_for("jobs.show", job_id=ask_import(by=by, batch_id=batch_id))

    def page() -> str:
        return render_template(
            "exchange/preview.html",
            batch=batch,
            summary=batch.summary,
            form=form,
            refused=list(refused_rows(batch)),
            may_correct=by.may(Permission.RESULT_CORRECT, on=batch.place),
        )

    return answer(form, deed=deed, then=go_on, page=page)


@bp.get("/<int:batch_id>/result")
def result(batch_id: int) -> ResponseReturnValue:
    """Show what the import did."""
    by = current_actor()
    batch = visible_batch(batch_id, by=by)
    if batch.summary is None:
        return redirect(url_for("exchange.show", batch_id=batch_id), code=303)
    if not batch.is_stored and batch.state != "held":
        return redirect(url_for("exchange.preview", batch_id=batch_id), code=303)
    return render_template(
        "exchange/result.html",
        batch=batch,
        summary=batch.summary,
        refused=list(refused_rows(batch)),
        may_undo=batch.state == "done" and by.may(Permission.RESULT_CORRECT, on=batch.place),
    )


@bp.get("/<int:batch_id>/refused.csv")
def refused(batch_id: int) -> ResponseReturnValue:
    """Send the refused rows with their reasons, ready to be corrected and sent again."""
    batch = visible_batch(batch_id, by=current_actor())
    if batch.summary is None or not batch.summary.refused:
        raise NotFound(say("No row of this import is refused."))
    lines = refused_rows_csv(batch.header, list(refused_rows(batch, limit=None)))
    name = f"refused-{batch.id}.csv"
    answer_ = Response((line.encode() for line in lines), mimetype="text/csv")
    answer_.headers.set("Content-Disposition", "attachment", filename=name)
    return answer_


@bp.route("/<int:batch_id>/undo", methods=["GET", "POST"])
def undo(batch_id: int) -> ResponseReturnValue:
    """Take the import back, after a question."""
    by, form = current_actor(), Form()
    batch = visible_batch(batch_id, by=by)
    by.must(Permission.RESULT_CORRECT, on=batch.place)
    if batch.state != "done":
        raise Conflict(say("There is nothing of this import to take back."))

    def then(taken: TakenBack) -> ResponseReturnValue:
        words = say("{removed} results are taken back, {kept} stay.", removed=taken.removed, kept=taken.kept)
        return go_on(url_for("exchange.result", batch_id=batch_id), words)

    return answer(
        form,
        deed=lambda: undo_import(by=by, batch_id=batch_id),
        then=then,
        page=lambda: render_template("exchange/undo.html", form=form, batch=batch, summary=batch.summary),
    )
