"""The page that shows how a file is read and asks which column means what."""

from dataclasses import replace
from itertools import islice

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.exchange.commands import ask_check, check_import, read_again, set_mapping
from qitracker.exchange.commands.opening import opened
from qitracker.exchange.doubts import numerator_doubt
from qitracker.exchange.formats.table import ColumnGuess, RawTable
from qitracker.exchange.forms.columns import ColumnsForm, shown_columns
from qitracker.exchange.forms.sending import ReadingForm, shown_reading
from qitracker.exchange.mapping import Mapping, Pivot
from qitracker.exchange.queries.batches import Batch, visible_batch
from qitracker.exchange.queries.suggested import suggested_mapping
from qitracker.exchange.views.blueprint import bp, day
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries import visible_measures
from qitracker.people.queries import unit_facts, visible_units
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on
from qitracker.web.installation import settings

SHOWN_ROWS = 10
AT_ONCE = 2_000  # rows that are checked while the page waits; more are checked by a worker
TOLD_AS = {
    ("unit", "number"): "code",
    ("unit", "text"): "code",
    ("measure", "number"): "code",
    ("stratum", "number"): "code",
    ("stratum_2", "number"): "code",
    ("start", "text"): "period",
}


@bp.get("/<int:batch_id>")
def show(batch_id: int) -> ResponseReturnValue:
    """Show how the file is read, and the mapping to begin with."""
    batch = visible_batch(batch_id, by=current_actor())
    if batch.is_stored:
        return redirect(url_for("exchange.result", batch_id=batch_id), code=303)
    return _page(batch, _table(batch))


@bp.post("/<int:batch_id>/reading")
def read_otherwise(batch_id: int) -> ResponseReturnValue:
    """Read the file in another way."""
    by = current_actor()
    batch = visible_batch(batch_id, by=by)
    table = _table(batch)
    form = ReadingForm()
    form.offer(table.detected)

    return answer(
        form,
        deed=lambda: read_again(by=by, batch_id=batch_id, instance=settings().instance, read_as=form.read_as()),
        then=lambda _: go_on(url_for("exchange.show", batch_id=batch_id), say("The file is read anew.")),
        page=lambda: _page(batch, table, reading=form),
    )


@bp.post("/<int:batch_id>/columns")
def columns(batch_id: int) -> ResponseReturnValue:
    """Keep what the columns mean, and check the file: a short one at once, a long one by a worker."""
    by = current_actor()
    batch = visible_batch(batch_id, by=by)
    table = _table(batch)
    form = ColumnsForm()
    _offer(form, table, _sent_pivot(form))

    def deed() -> str:
        mapping = form.mapping(table.detected, unit_facts(batch.place.id).code, settings().fiscal_year_starts)
        set_mapping(by=by, batch_id=batch_id, instance=settings().instance, mapping=mapping, choices=form.choices())
        if len(list(islice(table.rows(), AT_ONCE + 1))) > AT_ONCE:
            return url_for("jobs.show", job_id=ask_check(by=by, batch_id=batch_id))
        check_import(by=by, batch_id=batch_id, instance=settings().instance, day=day())
        return url_for("exchange.preview", batch_id=batch_id)

    return answer(form, deed=deed, then=go_on, page=lambda: _page(batch, table, columns_form=form))


def _table(batch: Batch) -> RawTable:
    return opened(batch, settings().instance)


def _sent_pivot(form: ColumnsForm) -> Pivot | None:
    """Return the pivot as far as it was sent, so that the columns it makes can be chosen."""
    try:
        return form.pivot()
    except Invalid:
        return None


def _page(
    batch: Batch, table: RawTable, *, reading: ReadingForm | None = None, columns_form: ColumnsForm | None = None
) -> str:
    remembered = False
    if reading is None:
        reading = ReadingForm(formdata=None, data=shown_reading(batch.read_as))
        reading.offer(table.detected)
    if columns_form is None:
        mapping, remembered = _first_mapping(batch, table)
        columns_form = ColumnsForm(formdata=None, data=shown_columns(mapping, batch.choices))
        _offer(columns_form, table, mapping.pivot)
    return render_template(
        "exchange/show.html",
        batch=batch,
        detected=table.detected,
        columns=[_as_chosen(guess, columns_form) for guess in table.detected.columns],
        header=table.header,
        rows=list(islice(table.rows(), SHOWN_ROWS)),
        reading=reading,
        form=columns_form,
        remembered=remembered,
        doubt=_doubt(columns_form),
    )


def _doubt(form: ColumnsForm) -> Sentence | None:
    """Return what is to be looked at in the numerator, where the measure of the whole file is known."""
    chosen = [one for one in visible_measures(by=current_actor()).values() if one.slug == form.fixed_measure.data]
    if not chosen or form.measure.data:
        return None
    mapping = Mapping(numerator=form.numerator.data or "", denominator=form.denominator.data or "")
    return numerator_doubt(mapping, chosen[0].definition)


def _as_chosen(guess: ColumnGuess, form: ColumnsForm) -> ColumnGuess:
    """Return what a column holds, now that it is known what for: what names a unit is a code, though it be digits."""
    places = [place for place in ("unit", "measure", "stratum", "stratum_2", "start") if form[place].data == guess.name]
    told = [TOLD_AS[place, guess.kind] for place in places if (place, guess.kind) in TOLD_AS]
    return replace(guess, kind=told[0]) if told else guess


def _first_mapping(batch: Batch, table: RawTable) -> tuple[Mapping, bool]:
    if batch.mapping is not None:
        return batch.mapping, False
    return suggested_mapping(batch, table, by=current_actor(), fiscal_start=settings().fiscal_year_starts)


def _offer(form: ColumnsForm, table: RawTable, pivot: Pivot | None) -> None:
    by = current_actor()
    measures = [one for one in visible_measures(by=by).values() if one.retired_on is None]
    form.offer(table, pivot, measures, visible_units(by, Permission.UNIT_ADD, on=day().today))
