"""What looks turned round or out of place in a file before it is imported. Pure; a doubt is told, never decided."""

import re
from dataclasses import dataclass, replace
from typing import Final

from qitracker.exchange.formula import parse_formula
from qitracker.exchange.mapping import Mapping
from qitracker.exchange.summary import Sums
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Quantity, Sentence, say
from qitracker.measures.rules import Definition, Scoring, has_denominator
from qitracker.spc.analysis import Direction

_FAILED = re.compile(r"breach|fail|late\b|missed|missing|delay|error|lapse|omit|overdue|exceed|refus|not[ _]|non[ _-]")
_PASSED = re.compile(r"\bmet\b|within|on time|pass|succe|complian|achiev")
FAR: Final = 3.0  # times as far from what is usual as the mirrored share: then the count is likely the opposite
APART: Final = 40.0  # percentage points, and for other values a factor of `FAR`


@dataclass(frozen=True)
class Known:
    """What a measure is held against, in display units; None where nothing is known."""

    usual: float | None = None  # of what is recorded in the last twelve periods
    target: float | None = None


def counts_the_opposite(name: str, definition: Definition) -> bool:
    """Say whether a column, by its name, counts what the measure does not: breaches, where more within time is better.

    A word that the measure itself uses for what it counts is none of the opposite.
    """
    if definition.scoring is not Scoring.PROPORTION:
        return False
    failed, passed = _FAILED.search(name.casefold()), _PASSED.search(name.casefold())
    found = {Direction.UP: failed, Direction.DOWN: None if failed else passed}.get(definition.direction)
    said = f"{definition.title} {definition.numerator} {definition.numerator_label}".casefold()
    return found is not None and found[0] not in said


def turned(mapping: Mapping, definition: Definition) -> Mapping:
    """Return the mapping with the numerator counted from the other end where its column counts the opposite.

    Without a column for all cases the numerator stays empty, so that a person says what it is.
    """
    column = _column(mapping.numerator)
    if not column or not counts_the_opposite(column, definition):
        return mapping
    whole = _column(mapping.denominator)
    return replace(mapping, numerator=f"{mapping.denominator} - {mapping.numerator}" if whole else "")


def numerator_doubt(mapping: Mapping, definition: Definition) -> Sentence | None:
    """Return what is to be looked at in the numerator: that it was turned, or that it likely should be."""
    names = _names(mapping.numerator)
    opposite = next((name for name in names if counts_the_opposite(name, definition)), None)
    if opposite is None:
        return None
    if len(names) == 1:
        return say(
            "“{column}” seems to count the opposite of “{measure}”. Count it from the other end, such as {formula}.",
            column=opposite,
            measure=definition.title,
            formula=f"{mapping.denominator or '[all]'} - {mapping.numerator}",
        )
    return say(
        "“{column}” counts the opposite of “{measure}”, so the numerator is {formula}. Is that right?",
        column=opposite,
        measure=definition.title,
        formula=mapping.numerator,
    )


def level_doubt(read: Sums, definition: Definition, known: Known) -> Sentence | None:
    """Return what is odd about the level of a whole file beside what is usual or aimed at; None: nothing."""
    if not has_denominator(definition.scoring) or not read.denominator:
        return None
    level = float(read.numerator / read.denominator) * definition.multiplier
    shown = {"level": _shown(level, definition), "measure": definition.title}
    usual = known.usual if known.usual is not None else known.target
    if usual is not None and _is_far(level, usual, definition):
        words = _USUAL if known.usual is not None else _AIMED
        mirrored = definition.multiplier - level
        if definition.scoring is Scoring.PROPORTION and abs(mirrored - usual) * FAR < abs(level - usual):
            words = _MIRRORED
            shown["mirrored"] = _shown(mirrored, definition)
        return Sentence(words.text, {**shown, "usual": _shown(usual, definition)})
    low, high = definition.plausible_low, definition.plausible_high
    if (low is not None and level < low) or (high is not None and level > high):
        return Sentence(_BEYOND.text, shown)
    return None


_USUAL = say("All rows together give {level} for “{measure}”; recorded so far is {usual}. Look at the columns again.")
_AIMED = say("All rows together give {level} for “{measure}”; its target is {usual}. Look at the columns again.")
_MIRRORED = say(
    "All rows together give {level} for “{measure}”, where {usual} would be expected; the other way round it is "
    "{mirrored}. Does the numerator count the opposite?"
)
_BEYOND = say(
    "All rows together give {level} for “{measure}”, beyond what its definition takes for plausible. "
    "Look at the columns again."
)


def _is_far(level: float, usual: float, definition: Definition) -> bool:
    if definition.scoring is Scoring.PROPORTION:
        return abs(level - usual) * 100 > APART * definition.multiplier
    return usual > 0 and not usual / FAR <= level <= usual * FAR


def _shown(value: float, definition: Definition) -> Quantity:
    return Quantity(value, definition.unit, definition.decimals)


def _column(formula: str) -> str:
    """Return the name of the column that the formula is, "" for a calculation or nothing."""
    names = _names(formula)
    return names[0] if len(names) == 1 and formula.strip().startswith("[") and formula.strip().endswith("]") else ""


def _names(formula: str) -> tuple[str, ...]:
    try:
        return parse_formula(formula).names if formula.strip() else ()
    except Invalid:
        return ()
