"""The page where a file is chosen, with what became of earlier ones."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.exchange.commands import send_file
from qitracker.exchange.formats.registry import known_suffixes
from qitracker.exchange.forms.sending import SendForm
from qitracker.exchange.queries.batches import recent_batches
from qitracker.exchange.views.blueprint import bp, day
from qitracker.foundation.errors import NotAllowed
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures.queries import visible_measures
from qitracker.people.queries import visible_units
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on
from qitracker.web.installation import settings


@bp.route("", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Choose a file and where its results belong."""
    by, form = current_actor(), SendForm()
    if not by.may_anywhere(Permission.IMPORT_RUN):
        raise NotAllowed(say("Your role does not include imports. A quality officer can import your file."))
    measures = [one for one in visible_measures(by=by).values() if one.retired_on is None]
    form.offer(visible_units(by, Permission.IMPORT_RUN, on=day().today), measures)

    def deed() -> int:
        sent = form.file.data
        return send_file(
            by=by,
            instance=settings().instance,
            stream=sent.stream,
            filename=sent.filename,
            unit_id=int(form.unit.data),
            measure_id=form.measure_id,
            most=settings().upload_megabytes * 1024 * 1024,
        )

    def page() -> str:
        return render_template(
            "exchange/new.html",
            form=form,
            batches=recent_batches(by=by),
            accept=",".join(known_suffixes()),
            most=settings().upload_megabytes,
        )

    return answer(form, deed=deed, then=lambda batch_id: go_on(url_for("exchange.show", batch_id=batch_id)), page=page)
