"""What is typed into the cells of one row and period becomes an entry, and an entry becomes such text again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import isclose
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.measures.rules import Definition, Scoring, has_denominator
from qitracker.results.rules import Entry, entry_for, mean_entry
from qitracker.results.values import parse_value
from qitracker.spc.analysis import State


@dataclass(frozen=True)
class Marks:
    """How numbers are written: decimal mark, and mark between groups of three (None: there is none)."""

    decimal: str = "."
    thousands: str | None = None


@dataclass(frozen=True)
class Typed:
    """The texts of one row and period. `state` is one that was chosen instead of typing a number."""

    numerator: str = ""
    denominator: str = ""
    state: State | None = None
    comment: str = ""


STATE_MARKS: Final[Mapping[State, str]] = {
    State.MISSING: "-",
    State.SUPPRESSED: "*",
    State.NOT_APPLICABLE: "not applicable",
    State.NO_CASES: "no cases",
}
"""What can be typed for each state; `values.WORDS` knows more."""


def second_of(definition: Definition) -> str:
    """Name what the second cell of a row holds: "denominator", "n" (how many cases a median rests on), or ""."""
    if has_denominator(definition.scoring):
        return "denominator"
    return "n" if definition.scoring is Scoring.MEDIAN else ""


def entry_of(typed: Typed, definition: Definition, start: date, marks: Marks = Marks()) -> Entry | None:
    """Return the entry these texts make, None where both are empty; nothing is checked yet.

    A word or mark for "no number" in either cell is the state of the whole period. Of two numbers that
    belong together, one alone is kept with the state missing: the period is incomplete, not wrong.
    A mean that lacks its n is kept as the figure it is.

    Raises:
        Invalid: beside `numerator` or `denominator`, when a text is neither a number nor such a word.
    """
    if typed.state is not None and typed.state is not State.VALUE:
        return _without_number(typed.state, definition, start, None, None, typed.comment)
    second_name = second_of(definition)
    first = _read("numerator", typed.numerator, marks)
    second = _read("denominator", typed.denominator, marks)
    if first is None and second is None:
        return None
    if second is not None and not second_name:
        raise Invalid(say("This measure has one number only. Clear this cell."), field="denominator")
    stated = [one for one in (first, second) if isinstance(one, State)]
    if stated:
        return _without_number(stated[0], definition, start, _number(first), _number(second), typed.comment)
    return _with_numbers(definition, start, _number(first), _number(second), typed.comment)


def _read(field: str, text: str, marks: Marks) -> State | float | None:
    if not text.strip():
        return None
    try:
        state, number = parse_value(text, marks.decimal, marks.thousands)
    except Invalid as problem:
        raise Invalid(problem.words, field=field) from None
    return state if number is None else number


def _number(read: State | float | None) -> float | None:
    return None if isinstance(read, State) else read


def _without_number(
    state: State, definition: Definition, start: date, first: float | None, second: float | None, comment: str
) -> Entry:
    if state is State.NO_CASES and first is None and second is None:
        return Entry(start, state, 0.0, 0.0, None, comment)
    if second_of(definition) == "n":
        return Entry(start, state, first, None, _whole(second), comment)
    return Entry(start, state, first, second, None, comment)


def _with_numbers(
    definition: Definition, start: date, first: float | None, second: float | None, comment: str
) -> Entry:
    kind = second_of(definition)
    if kind == "n":
        if first is None:
            return Entry(start, State.MISSING, n=_whole(second), comment=comment)
        return entry_for(definition, start, numerator=first, n=_whole(second), comment=comment)
    if not kind:
        return entry_for(definition, start, numerator=first, comment=comment)
    if first is None or second is None:
        return Entry(start, State.MISSING, first, second, None, comment)
    if definition.scoring is Scoring.MEAN:
        return mean_entry(start, mean=first, n=_whole(second) or 0, comment=comment)
    return entry_for(definition, start, numerator=first, denominator=second, comment=comment)


def _whole(number: float | None) -> int | None:
    if number is None:
        return None
    if number != int(number):
        words = say("{number} is not a whole number. Cases are counted in whole numbers.", number=number)
        raise Invalid(words, field="denominator")
    return int(number)


def typed_numbers(entry: Entry, definition: Definition) -> tuple[float | None, float | None]:
    """Return the two numbers of an entry as a person typed them: of a mean the figure, not its sum."""
    if entry.state is State.NO_CASES:
        return None, None
    first, second = entry.numerator, entry.denominator
    if definition.scoring is Scoring.MEAN and first is not None and second:
        first = first / second
    if second_of(definition) != "denominator":
        second = float(entry.n) if entry.n is not None and second_of(definition) else None
    return first, second


def is_incomplete(entry: Entry, definition: Definition) -> bool:
    """Say whether one of the numbers is known and the other is still to come."""
    return entry.state is State.MISSING and any(number is not None for number in typed_numbers(entry, definition))


def number_text(number: float | None, decimal: str = ".") -> str:
    """Write a number so that typing it again gives the same number."""
    return "" if number is None else f"{number:.15g}".replace(".", decimal)


MEAN_DECIMALS: Final = 4
SAME: Final = 1e-12  # relative; a written number has 15 digits


def readable(number: float | None, definition: Definition) -> float | None:
    """Return the first number of a cell as it is shown: a mean, worked out from its sum, with few decimals.

    For reading only: what is saved is the number as it stands, or what somebody typed in its place.
    """
    if number is None or definition.scoring is not Scoring.MEAN:
        return number
    return round(number, MEAN_DECIMALS)


def as_it_stood(entry: Entry, held: Entry, definition: Definition) -> Entry:
    """Return the entry with the full mean that stands there where only its shown decimals came back.

    A sum over n is worked out again from a mean that was written out, and the last digit may differ:
    what nobody edited must not count as a change.
    """
    if definition.scoring is not Scoring.MEAN or entry.state is not State.VALUE or held.state is not State.VALUE:
        return entry
    (mean, n), (full, held_n) = typed_numbers(entry, definition), typed_numbers(held, definition)
    if mean is None or full is None or n is None:
        return entry
    if not any(isclose(mean, one, rel_tol=SAME) for one in (full, round(full, MEAN_DECIMALS))):
        return entry
    return replace(held, comment=entry.comment) if n == held_n else replace(entry, numerator=full * n)


def in_cell(problem: Invalid) -> dict[str, Sentence | str]:
    """Return the sentences of a refusal by the cell they belong to: numerator, denominator, reason or period."""
    cells = {"n": "denominator", "state": "numerator", "comment": "numerator"}
    found: dict[str, Sentence | str] = {}
    for name, words in (problem.fields or {"period": problem.words}).items():
        found.setdefault(cells.get(name, name), words)
    return found
