"""Save cells of the entry grid: one row and period, or a pasted block of which the good ones are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import atomic
from qitracker.foundation.errors import Conflict, Invalid, NotAllowed, Refusal
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries import definition_at, measure_by_id
from qitracker.people.queries import known_place
from qitracker.results.commands.record import clear_point, comment_point, correct_point, record_point
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.points import StoredPoint, stored_point
from qitracker.results.rules import Entry
from qitracker.results.typed import as_it_stood

MOST_LINES = 600


@dataclass(frozen=True)
class Line:
    """One row and period of a block: `entry` None takes it away; `seen` 0 means nothing stood there."""

    key: SeriesKey
    start: date
    entry: Entry | None
    seen: int


@dataclass(frozen=True)
class Saved:
    """What stands there now: version 0 and no entry where nothing does."""

    version: int
    entry: Entry | None
    warnings: tuple[Sentence, ...] = ()
    is_change: bool = field(default=True, compare=False)  # else the same stood there already


def save_cell(*, by: Actor, line: Line, reason: str = "", today: date, fiscal_start: int = 1) -> Saved:
    """Record, correct or take away one period, whichever the cells ask for.

    The same numbers again are no change, whatever stands in their history: a browser may send again what it got no
    answer to. A comment that comes with them is kept.

    Raises:
        NotAllowed, NotFound, Invalid: as `record_point` and `correct_point`.
        Conflict: somebody recorded, changed or took it away since version `seen`.
    """
    by.must(Permission.RESULT_RECORD, on=known_place(line.key.unit_id, by=by))
    with atomic():
        held = stored_point(line.key, line.start)
        line = _with_what_stood(line, held)
        if _stands_already(held, line.entry):
            if line.entry and line.entry.comment:
                comment_point(by=by, key=line.key, start=line.start, text=line.entry.comment)
            return Saved(held.version if held else 0, line.entry, is_change=False)
        if line.entry is None:
            clear_point(by=by, key=line.key, start=line.start, reason=reason, seen=line.seen)
            return Saved(0, None)
        if held is None and line.seen == 0:
            return _record(by, line, line.entry, today, fiscal_start)
        done = correct_point(
            by=by,
            key=line.key,
            entry=line.entry,
            reason=reason,
            seen=line.seen,
            today=today,
            fiscal_start=fiscal_start,
        )
        return Saved(done.version, line.entry, done.warnings)


def save_block(
    *, by: Actor, unit_id: int, lines: Sequence[Line], reason: str = "", today: date, fiscal_start: int = 1
) -> tuple[Saved | Refusal, ...]:
    """Save the lines that can be saved and return for each what became of it, in one transaction.

    Raises:
        NotAllowed: `by` may not record results in this unit.
        Invalid: more lines than one block may have.
    """
    by.must(Permission.RESULT_RECORD, on=known_place(unit_id, by=by))
    if len(lines) > MOST_LINES:
        raise Invalid(say("A block may have {most} rows. Import longer lists as a file.", most=MOST_LINES))
    answers: list[Saved | Refusal] = []
    with atomic():
        for line in lines:
            try:
                answers.append(save_cell(by=by, line=line, reason=reason, today=today, fiscal_start=fiscal_start))
            except (Invalid, Conflict, NotAllowed) as refusal:
                answers.append(refusal)
    return tuple(answers)


def _with_what_stood(line: Line, held: StoredPoint | None) -> Line:
    if held is None or line.entry is None or line.entry.n is None:  # only a mean is shown with fewer decimals
        return line
    definition = definition_at(measure_by_id(line.key.measure_id), line.start)
    return replace(line, entry=as_it_stood(line.entry, held.entry(), definition))


def _stands_already(held: StoredPoint | None, entry: Entry | None) -> bool:
    if held is None or entry is None:
        return held is None and entry is None
    return held.entry() == replace(entry, comment="")


def _record(by: Actor, line: Line, entry: Entry, today: date, fiscal_start: int) -> Saved:
    try:
        done = record_point(by=by, key=line.key, entry=entry, today=today, fiscal_start=fiscal_start)
    except Invalid as problem:
        theirs = stored_point(line.key, line.start)
        if theirs is None:
            raise problem from None
        raise Conflict(  # recorded by somebody else between our look and our save
            say("Somebody recorded this at the same moment. Look at both numbers."), theirs=theirs, mine=entry
        ) from None
    return Saved(done.version, entry, done.warnings)
