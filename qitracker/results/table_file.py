"""A series, and a sheet of the entry page, as lines of a file: what stands above, the heads, the rows."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from qitracker.foundation.locale import round_half_up
from qitracker.foundation.words import Sentence, say
from qitracker.measures.rules import has_denominator
from qitracker.results.comparison import Compared
from qitracker.results.queries.grid import Sheet
from qitracker.results.queries.reported import Reported
from qitracker.results.queries.sheet_rows import Slot
from qitracker.results.table import TableRow, table_rows
from qitracker.results.wording import STATE_WORDS
from qitracker.spc.analysis import State
from qitracker.web.downloads.table import Line, TableFile

Say = Callable[[Sentence], str]


def series_file(reported: Reported, *, unit_slug: str, today: date, say_: Say) -> TableFile:
    """Return the table of a measure page with all its numbers, as they are stored and as they are shown."""
    definition = reported.definition
    title = definition.title + (f", {reported.stratum.title}" if reported.stratum else "")
    return TableFile(
        name=f"{reported.measured.slug}-{unit_slug}",
        sheet=title,
        head=tuple(_head(reported, title, today, say_)),
        header=_header(reported, say_),
        rows=tuple(_row(row, reported, say_) for row in table_rows(reported.analysis)),
    )


def _head(reported: Reported, title: str, today: date, say_: Say) -> Iterator[Line]:
    definition = reported.definition
    yield say_(say("Measure")), title
    yield say_(say("Unit")), reported.place.name
    yield say_(say("Counted")), definition.numerator
    if definition.denominator:
        yield say_(say("Out of")), definition.denominator
    yield say_(say("Shown in")), definition.unit or say_(say("number"))
    yield say_(say("Chart and rules")), f"{reported.analysis.chart}, {reported.analysis.rule_set}"
    yield say_(say("Definition version")), definition.version
    for one in reported.comparisons:
        yield _comparison(one, say_)
    yield say_(say("Downloaded")), today
    yield ()


def _comparison(one: Compared, say_: Say) -> Line:
    source = one.benchmark
    facts = (source.population, source.data_period)
    return (
        say_(one.title),
        one.value,
        say_(say("Source")),
        source.source,
        ", ".join(fact for fact in facts if fact),
        say_(say("holds from")),
        source.effective_from,
        say_(say("until")) if source.effective_to else None,
        source.effective_to,
    )


def _header(reported: Reported, say_: Say) -> tuple[str, ...]:
    definition = reported.definition
    second = (definition.denominator_label,) if has_denominator(definition.scoring) else ()
    words = ("Value", "Value as shown", "Average", "Lower limit", "Upper limit", "Reading", "State", "In the limits")
    rest = tuple(say_(say(word)) for word in (*words, "Phase", "Definition version"))
    return (say_(say("Period begins")), definition.numerator_label, *second, *rest)


def _row(row: TableRow, reported: Reported, say_: Say) -> Line:
    definition = reported.definition
    second = (row.denominator,) if has_denominator(definition.scoring) else ()
    return (
        row.start,
        row.numerator,
        *second,
        row.value,
        None if row.value is None else round_half_up(row.value, definition.decimals),
        row.centre,
        row.lower,
        row.upper,
        say_(row.words),
        say_(STATE_WORDS[row.state]),
        say_(say("yes")) if row.included else say_(say("no")),
        row.phase + 1,
        _version_at(reported, row.start),
    )


def _version_at(reported: Reported, start: date) -> int:
    begun = [version.number for version in reported.measured.versions if version.effective_from <= start]
    return begun[-1] if begun else reported.measured.versions[0].number


def sheet_file(page: Sheet, *, period: Callable[[date], str], say_: Say) -> TableFile:
    """Return the sheet of the entry page: one line for each row, three columns for each period."""
    heads: list[str] = [say_(say("Heading")), say_(say("Measure")), say_(say("Part")), say_(say("Shown in"))]
    for column in page.columns:
        name = period(column.start)
        heads += [f"{name}: {say_(say('count'))}", f"{name}: {say_(say('out of'))}", f"{name}: {say_(say('value'))}"]
    rows = [
        (
            row.domain,
            row.definition.title,
            row.stratum.title if row.stratum else "",
            row.definition.unit,
            *(cell for slot in row.slots for cell in _cells(slot, say_)),
        )
        for row in page.rows
    ]
    first, last = page.columns[0].start, page.columns[-1].start
    return TableFile(
        name=f"{page.unit.slug}-{first.isoformat()}-{last.isoformat()}",
        sheet=page.unit.name,
        head=((say_(say("Unit")), page.unit.words), ()),
        header=tuple(heads),
        rows=tuple(rows),
    )


def _cells(slot: Slot, say_: Say) -> tuple[Any, Any, Any]:
    if slot.state is None:
        return None, None, None
    words = slot.value if slot.state is State.VALUE else say_(STATE_WORDS[slot.state])
    return slot.first, slot.other, words
