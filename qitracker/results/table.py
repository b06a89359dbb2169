"""The numbers of a series as a table: what page, CSV, workbook and PDF list, all from one analysis. Pure."""

from dataclasses import dataclass
from datetime import date

from qitracker.foundation.words import Sentence, say
from qitracker.results.wording import STATE_WORDS
from qitracker.spc.analysis import Analysis, Point, Reading, State


@dataclass(frozen=True)
class TableRow:
    """One period: its numbers, its usual range, and what they mean."""

    start: date
    state: State
    numerator: float | None
    denominator: float | None
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    reading: Reading
    words: Sentence  # of the rule that marks it, of its state, or "As usual"
    included: bool
    phase: int
    is_over: bool = True  # else the value is one so far, and is not judged


def table_rows(analysis: Analysis) -> tuple[TableRow, ...]:
    """Return one row for each period, newest first."""
    return tuple(
        TableRow(
            start=point.start,
            state=point.state,
            numerator=point.numerator,
            denominator=point.denominator,
            value=point.value,
            centre=point.centre,
            lower=point.lower,
            upper=point.upper,
            reading=point.reading,
            words=reading_words(point),
            included=point.included,
            phase=point.phase,
            is_over=point.is_over,
        )
        for point in reversed(analysis.points)
    )


_RULES: dict[tuple[str, bool], Sentence] = {
    ("outside", True): say("Above the usual range"),
    ("outside", False): say("Below the usual range"),
    ("two_of_three", True): say("Near the upper limit, 2 of 3"),
    ("two_of_three", False): say("Near the lower limit, 2 of 3"),
    ("shift", True): say("Run above average"),
    ("shift", False): say("Run below average"),
    ("long_run", True): say("Long run above the centre"),
    ("long_run", False): say("Long run below the centre"),
    ("trend", True): say("Steady trend"),
    ("trend", False): say("Steady trend"),
}


def reading_words(point: Point) -> Sentence:
    """Return in a few words why a point is marked, or what its state is."""
    if point.state is not State.VALUE:
        return STATE_WORDS[point.state]
    if not point.is_over:
        return say("So far, not over yet")
    if not point.included:
        return say("Left out of the limits")
    if not point.rules:
        return say("As usual") if point.centre is not None else say("No limits yet")
    above = point.value is not None and point.centre is not None and point.value > point.centre
    return _RULES.get((point.rules[0], above), say("Signal"))
