"""The entry page: the sheet of a unit, and its cells saved one by one."""

from datetime import date

from flask import Blueprint, jsonify, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Conflict, Invalid, NotAllowed
from qitracker.foundation.words import say
from qitracker.measures.queries import definition_at
from qitracker.measures.rules import Frequency, Scoring
from qitracker.people.local_day import today_in
from qitracker.people.queries import UnitChoice
from qitracker.results.commands.cells import Line, save_cell
from qitracker.results.queries.due import first_unit_with_something_due
from qitracker.results.queries.grid import Sheet, recording_units, sheet, unit_named
from qitracker.results.queries.sheet_keys import SheetKeys, sheet_keys
from qitracker.results.queries.sparks import spark_now
from qitracker.results.typed import entry_of, number_text
from qitracker.results.views.answers import refused, saved, value_words
from qitracker.results.views.sent import SentCell, reader_marks, sent_cell
from qitracker.results.wording import first_label, second_label
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.installation import settings, today
from qitracker.web.sent import sent, text_of

bp = Blueprint("entry", __name__, url_prefix="/entry")
LAST_UNIT = "entry_unit"
FREQUENCY_WORDS = {
    Frequency.MONTH: say("Months"),
    Frequency.WEEK: say("Weeks"),
    Frequency.QUARTER: say("Quarters"),
    Frequency.YEAR: say("Years"),
    Frequency.DAY: say("Days"),
}


@bp.get("")
def index() -> ResponseReturnValue:
    """Show the sheet of a unit: the one asked for, the last one used, or the first with something due."""
    units = recording_units(current_actor(), today=today())
    if not units:
        return render_template("entry/none.html")
    unit = _chosen(units)
    session[LAST_UNIT] = unit.slug
    return render_template("entry/sheet.html", **context(asked_sheet(unit, units)))


def asked_sheet(unit: UnitChoice, units: tuple[UnitChoice, ...]) -> Sheet:
    """Return the sheet that the address asks for."""
    return sheet(
        by=current_actor(),
        unit=unit,
        units=units,
        today=today_in(unit.id),
        frequency=request.args.get("frequency", ""),
        last=_day(request.args.get("to", "")),
        fiscal_start=settings().fiscal_year_starts,
    )


def context(page: Sheet) -> dict[str, object]:
    """Return what the template of a sheet uses."""
    marks = reader_marks()
    return {
        "page": page,
        "today": today_in(page.place.id),
        "person_id": current_actor().user_id,
        "frequencies": [
            (
                reader().say(FREQUENCY_WORDS[one]),
                url_for("entry.index", unit=page.unit.slug, frequency=one),
                one == page.frequency,
            )
            for one in page.frequencies
        ],
        "plain": lambda number: number_text(number, marks.decimal),
        "value_words": value_words,
        "first_label": first_label,
        "second_label": second_label,
        **heads_of(page),
    }


def heads_of(page: Sheet) -> dict[str, object]:
    """Return what stands above the two columns of numbers: in words that fit all rows of the sheet."""
    kinds = {row.definition.scoring for row in page.rows}
    one_kind = len(kinds) == 1
    say_ = reader().say
    if one_kind and kinds <= {Scoring.MEAN}:
        return {"one_kind": False, "heads": (say_(say("Mean")), say_(say("Cases (n)")))}
    if one_kind and kinds <= {Scoring.PROPORTION}:
        return {"one_kind": True, "heads": (say_(say("Count")), say_(say("Out of")))}
    return {"one_kind": False, "heads": (say_(say("Number")), say_(say("Out of, n")))}


def _chosen(units: tuple[UnitChoice, ...]) -> UnitChoice:
    asked = request.args.get("unit", "")
    if asked:
        return unit_named(asked, units)
    last = session.get(LAST_UNIT, "")
    for unit in units:
        if unit.slug == last:
            return unit
    return first_unit_with_something_due(
        current_actor(), units, today=today(), fiscal_start=settings().fiscal_year_starts
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@bp.post("/<unit>/cell")
def cell(unit: str) -> ResponseReturnValue:
    """Save one row and period and say what became of it."""
    body = sent()
    what, keys = sent_cell(body), sheet_keys(unit, by=current_actor())
    key, measured, _ = keys.find(what.measure, what.stratum)
    definition, today = definition_at(measured, what.start), today_in(keys.place.id)
    try:
        done = save_cell(
            by=current_actor(),
            line=line_of(what, keys),
            reason=text_of(body, "reason"),
            today=today,
            fiscal_start=settings().fiscal_year_starts,
        )
    except (Invalid, Conflict, NotAllowed) as problem:
        code = {Conflict: 409, NotAllowed: 403}.get(type(problem), 422)
        return jsonify(refused(problem, key=key, definition=definition, start=what.start)), code
    return jsonify(saved(done, definition, what.start, spark_now(key, measured, keys.place, today)))


def line_of(what: SentCell, keys: SheetKeys) -> Line:
    """Return what the command saves. Raises Invalid beside the cell that cannot be read, NotFound."""
    key, measured, _ = keys.find(what.measure, what.stratum)
    entry = entry_of(what.typed, definition_at(measured, what.start), what.start, reader_marks())
    return Line(key, what.start, entry, what.seen)


def sheet_address(unit: str, frequency: str, start: date) -> str:
    """Return the address of the sheet that ends with this period."""
    return url_for("entry.index", unit=unit, frequency=frequency, to=start.isoformat())
