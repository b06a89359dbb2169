"""What the browser is told about cells: as JSON, every number and sentence already written for the reader."""

from datetime import date
from typing import Any

from flask import render_template

from qitracker.foundation.errors import Conflict, Invalid, Refusal
from qitracker.measures.rules import Definition, Scoring
from qitracker.results.commands.cells import Saved
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.beside import last_touch
from qitracker.results.queries.points import StoredPoint
from qitracker.results.queries.sheet_rows import Slot, slot_of
from qitracker.results.queries.sparks import Spark
from qitracker.results.rules import Entry
from qitracker.results.typed import in_cell, number_text
from qitracker.results.views.sent import reader_marks
from qitracker.results.wording import STATE_WORDS
from qitracker.web.filters import reader

Answer = dict[str, Any]


def cell_of(slot: Slot) -> Answer:
    """Return what one row and period shows: the texts to edit, the numbers to read, the value and its word."""
    decimal = reader_marks().decimal
    state = None if slot.state is None else str(slot.state)
    return {
        "version": slot.version,
        "numerator": number_text(slot.first, decimal),
        "denominator": number_text(slot.other, decimal),
        "edit_numerator": number_text(slot.shown, decimal),
        "shown_numerator": "" if slot.shown is None else reader().number(slot.shown),
        "shown_denominator": "" if slot.other is None else reader().number(slot.other),
        "value": value_words(slot),
        "state": state,
        "stateful": slot.is_stateful,
        "incomplete": slot.is_incomplete,
    }


def value_words(slot: Slot) -> str:
    """Return what stands in the value column: the value, a state in words, or nothing."""
    if slot.value is not None:
        return reader().number(slot.value, slot.definition.decimals)
    if slot.state is None:
        return ""
    if slot.is_incomplete:
        return reader().translate("incomplete")
    return reader().say(STATE_WORDS[slot.state])


def saved(done: Saved, definition: Definition, start: date, spark: Spark | None = None) -> Answer:
    """Return the answer to cells that are saved, with what looks unusual."""
    slot = slot_of(definition, start, None if done.entry is None else _stored(done.entry, start, done.version))
    return {
        "state": "unusual" if done.warnings else "saved",
        "cell": cell_of(slot),
        "say": {"numerator": " ".join(reader().say(words) for words in done.warnings)} if done.warnings else {},
        "spark": None if spark is None else render_template("entry/_spark.html", spark=spark),
    }


def refused(problem: Refusal, *, key: SeriesKey, definition: Definition, start: date) -> Answer:
    """Return the answer to cells that are not saved, and why."""
    if isinstance(problem, Conflict):
        return _clash(problem, key, definition, start)
    said = in_cell(problem) if isinstance(problem, Invalid) else {"numerator": problem.words}
    state = "reason" if "reason" in said else "invalid"
    return {"state": state, "say": {name: reader().say(words) for name, words in said.items()}}


def _clash(problem: Conflict, key: SeriesKey, definition: Definition, start: date) -> Answer:
    theirs = problem.theirs if isinstance(problem.theirs, StoredPoint) else None
    touch = last_touch(key, start, definition.frequency)
    slot = slot_of(definition, start, theirs)
    return {
        "state": "conflict",
        "say": {"numerator": reader().say(problem.words)},
        "theirs": cell_of(slot) | {"words": numbers_words(slot)},
        "who": touch.by if touch else "",
        "when": reader().moment(touch.at) if touch else "",
    }


def entry_words(entry: Entry | None, definition: Definition, start: date) -> str:
    """Return the numbers of an entry as one line, "nothing" for none."""
    return numbers_words(slot_of(definition, start, None if entry is None else _stored(entry, start, 1)))


def numbers_words(slot: Slot) -> str:
    """Return the numbers of a cell as one line: "41 of 50"."""
    if slot.version == 0:
        return reader().translate("nothing")
    if slot.is_stateful:
        return value_words(slot)
    first = "–" if slot.shown is None else reader().number(slot.shown)
    if not slot.second:
        return first
    other = "–" if slot.other is None else reader().number(slot.other)
    if slot.definition.scoring is Scoring.MEAN:
        return reader().translate("mean {first}, n {other}").format(first=first, other=other)
    return reader().translate("{first} of {other}").format(first=first, other=other)


def _stored(entry: Entry, start: date, version: int) -> StoredPoint:
    return StoredPoint(start, entry.state, entry.numerator, entry.denominator, entry.n, version, 0)
