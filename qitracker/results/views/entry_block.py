"""A pasted block: looked at first, then saved; the good rows are kept, each row gets its answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import Invalid, Refusal
from qitracker.measures.queries import definition_at
from qitracker.measures.rules import Definition, Scoring
from qitracker.people.local_day import today_in
from qitracker.results.commands.cells import Line, Saved, save_block
from qitracker.results.keys import SeriesKey
from qitracker.results.pasted import Laid, Spot, laid_out, marks_of, split_block
from qitracker.results.queries.judged import Judged, Proposal, judge
from qitracker.results.queries.sheet_keys import SheetKeys, sheet_keys
from qitracker.results.queries.sparks import spark_now
from qitracker.results.typed import Marks, Typed, entry_of, in_cell, number_text, readable, typed_numbers
from qitracker.results.values import parse_value
from qitracker.results.views.answers import entry_words, refused, saved
from qitracker.results.views.entry import bp
from qitracker.results.views.sent import SentCell, reader_marks, sent_cell, sent_cells
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.installation import settings
from qitracker.web.sent import NOT_READ, sent, text_of

MOST_ROWS = 600


@dataclass(frozen=True)
class PreviewRow:
    """One row of the preview, in the order of the block."""

    number: int
    name: str
    sent: SentCell
    frequency: str
    judged: Judged
    before: str = ""  # what is recorded and what would replace it, where it would
    after: str = ""
    numerator: str = ""  # as its field shows it

    @property
    def is_listed(self) -> bool:
        """Say whether the preview shows it: it is wrong, unusual, or replaces what is recorded."""
        return self.judged.verdict != "ready" or self.judged.is_change


@bp.post("/<unit>/preview")
def preview(unit: str) -> ResponseReturnValue:
    """Say what would become of a pasted block, or of its rows after a correction."""
    body, keys = sent(), sheet_keys(unit, by=current_actor())
    cells, marks = _pasted(body) if "text" in body else (sent_cells(body), None)
    if len(cells) > MOST_ROWS:
        raise Invalid(NOT_READ)
    rows = _judged_rows(cells, keys)
    page = render_template("entry/_preview.html", rows=rows, counts=_counts(rows), marks=marks)
    return jsonify(html=page, rows=[_row(row) for row in rows])


@bp.post("/<unit>/block")
def block(unit: str) -> ResponseReturnValue:
    """Save the rows of a block in one transaction and say for each what became of it."""
    body, keys = sent(), sheet_keys(unit, by=current_actor())
    cells, today = sent_cells(body), today_in(keys.place.id)
    proposals = [_proposal(cell, keys) for cell in cells]
    good = [(cell, one) for cell, one in zip(cells, proposals, strict=True) if one.problem is None]
    done = save_block(
        by=current_actor(),
        unit_id=keys.place.id,
        lines=[Line(one.key, one.start, one.entry, cell.seen) for cell, one in good],
        reason=text_of(body, "reason"),
        today=today,
        fiscal_start=settings().fiscal_year_starts,
    )
    answers = iter(done)
    results = [one.problem or next(answers) for one in proposals]
    sparks = {one.key: spark_now(one.key, one.measured, keys.place, today) for _, one in good}
    return jsonify(rows=[_answer(one, result, sparks) for one, result in zip(proposals, results, strict=True)])


def _counts(rows: Sequence[PreviewRow]) -> Counter[str]:
    """Count the rows by what would become of them; "unusual" ones are new or a change as well."""
    counts = Counter(row.judged.effect for row in rows if row.judged.verdict != "wrong")
    counts.update(row.judged.verdict for row in rows if row.judged.verdict != "ready")
    counts["reason"] = sum(row.judged.needs_reason for row in rows)
    return counts


def _answer(one: Proposal, result: Saved | Refusal, sparks: Mapping[SeriesKey, Any]) -> dict[str, Any]:
    definition = definition_at(one.measured, one.start)
    if isinstance(result, Saved):
        return saved(result, definition, one.start, sparks.get(one.key))
    return refused(result, key=one.key, definition=definition, start=one.start)


def _pasted(body: Mapping[str, Any]) -> tuple[list[SentCell], Marks]:
    """Return the rows and periods that a block covers from the focus on."""
    targets = body.get("targets")
    if not isinstance(targets, Sequence) or isinstance(targets, str) or not targets or len(targets) > MOST_ROWS:
        raise Invalid(NOT_READ)
    lines = [[_target(one) for one in _list(row)] for row in targets]
    spots = [
        [Spot(number, column, which) for column, (_, which) in enumerate(line)] for number, line in enumerate(lines)
    ]
    texts = split_block(text_of_block(body))
    marks = marks_of(texts, reader_marks())
    held: dict[tuple[str, str, str], SentCell] = {}
    for one in laid_out(texts, spots):
        cell = lines[one.row][one.column][0]
        name = (cell.measure, cell.stratum, cell.start.isoformat())
        held[name] = _with(held.get(name, cell), one, marks)
    return list(held.values()), marks


def _with(cell: SentCell, one: Laid, marks: Marks) -> SentCell:
    """Put pasted texts over what stands there, numbers written as this reader writes them."""
    new = {
        name: _as_read(text, marks) for name in ("numerator", "denominator") if (text := getattr(one, name)) is not None
    }
    kept = {"numerator": cell.typed.numerator, "denominator": cell.typed.denominator}
    return replace(cell, typed=Typed(**{**kept, **new}))


def _as_read(text: str, marks: Marks) -> str:
    """Write a pasted number with the reader's marks; what is no number stays as it is."""
    try:
        _, number = parse_value(text, marks.decimal, marks.thousands)
    except Invalid:
        return text
    return text if number is None else number_text(number, reader_marks().decimal)


def text_of_block(body: Mapping[str, Any]) -> str:
    """Return the pasted text. Raises Invalid."""
    text = body.get("text")
    if not isinstance(text, str) or "\x00" in text:
        raise Invalid(NOT_READ)
    return text


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > 20:
        raise Invalid(NOT_READ)
    return value


def _target(item: object) -> tuple[SentCell, str]:
    cell = sent_cell(item)
    which = item.get("which") if isinstance(item, Mapping) else None
    if which not in ("numerator", "denominator"):
        raise Invalid(NOT_READ)
    return cell, which


def _proposal(cell: SentCell, keys: SheetKeys) -> Proposal:
    key, measured, _ = keys.find(cell.measure, cell.stratum)
    try:
        entry = entry_of(cell.typed, definition_at(measured, cell.start), cell.start, reader_marks())
    except Invalid as problem:
        return Proposal(key, measured, cell.start, None, problem)
    return Proposal(key, measured, cell.start, entry)


def _judged_rows(cells: Sequence[SentCell], keys: SheetKeys) -> list[PreviewRow]:
    proposals = [_proposal(cell, keys) for cell in cells]
    verdicts = judge(
        by=current_actor(),
        place=keys.place,
        proposals=proposals,
        today=today_in(keys.place.id),
        fiscal_start=settings().fiscal_year_starts,
    )
    rows = []
    for number, (cell, judged) in enumerate(zip(cells, verdicts, strict=True), 1):
        _, measured, part = keys.find(cell.measure, cell.stratum)
        definition = definition_at(measured, cell.start)
        name = f"{definition.title}, {part.title}" if part else definition.title
        words = [entry_words(one, definition, cell.start) for one in (judged.before, judged.after)]
        shown = _shown(cell, judged, definition)
        rows.append(PreviewRow(number, name, cell, str(definition.frequency), judged, *words, shown))
    return rows


def _shown(cell: SentCell, judged: Judged, definition: Definition) -> str:
    """Return the text of the first field: as it was pasted, of a mean that stands there its few decimals."""
    if judged.after is None or definition.scoring is not Scoring.MEAN:
        return cell.typed.numerator
    return number_text(readable(typed_numbers(judged.after, definition)[0], definition), reader_marks().decimal)


def _row(row: PreviewRow) -> dict[str, Any]:
    problem = Invalid(fields=row.judged.fields) if row.judged.fields else None
    cell = row.sent
    return {
        "measure": cell.measure,
        "stratum": cell.stratum,
        "start": cell.start.isoformat(),
        "numerator": cell.typed.numerator,
        "denominator": cell.typed.denominator,
        "state": str(cell.typed.state or ""),
        "seen": cell.seen,
        "verdict": row.judged.verdict,
        "say": {name: reader().say(words) for name, words in in_cell(problem).items()} if problem else {},
    }
