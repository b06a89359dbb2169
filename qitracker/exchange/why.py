"""Why rows are left out, in a handful of kinds: what a person wants to know before the single sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from qitracker.exchange.cells import Reason
from qitracker.exchange.formats.table import Row
from qitracker.exchange.mapping import Mapping as ColumnMapping
from qitracker.foundation.words import Sentence, say

TWICE, RECORDED, AMOUNT, ROW = "twice", "recorded", "amount", "row"
PERIOD, UNIT, MEASURE, STRATUM, COMMENT = "period", "unit", "measure", "stratum", "comment"
WORDS: Final[Mapping[str, Sentence]] = {
    TWICE: say("given twice in the file"),
    RECORDED: say("recorded already with other numbers"),
    AMOUNT: say("numbers that cannot be read or cannot be true"),
    PERIOD: say("periods that cannot be read, or are not open here"),
    UNIT: say("units that are unknown or do not collect this"),
    MEASURE: say("measures that are unknown"),
    STRATUM: say("strata that are unknown"),
    ROW: say("too few or too many cells"),
    COMMENT: say("comments that cannot be kept"),
}
"""What is said of each kind behind its number of rows."""


def counted_kinds(reasons: Iterable[Reason], mapping: ColumnMapping) -> dict[str, int]:
    """Return how many rows each kind of reason keeps out, the most frequent kind first.

    A reason that names no kind is of the kind of its column: what is wrong there is wrong with what it holds.
    """
    roles = _roles(mapping)
    return dict(Counter(one.kind or roles.get(one.column, AMOUNT) for one in reasons).most_common())


def given_twice(column: str, first: int) -> Reason:
    """Return why the second of two rows for one period is left out."""
    return Reason(column, say("Row {row} already gives this period. Keep one of the two.", row=first), TWICE)


def of_other_width(row: Row, width: int) -> Reason:
    """Return why a row with more or fewer cells than the header is left out."""
    if any("\n" in cell for cell in row if isinstance(cell, str)):
        words = say("A quote mark is opened in this row and closed much later. Check the quotes.")
    else:
        words = say("The row has {found} cells, the header {wanted}. Check it.", found=len(row), wanted=width)
    return Reason("", words, ROW)


def _roles(mapping: ColumnMapping) -> dict[str, str]:
    period = mapping.period
    roles = dict.fromkeys((period.start, period.end, period.year, period.part), PERIOD)
    roles |= dict.fromkeys(mapping.strata, STRATUM)
    roles |= {mapping.comment: COMMENT, mapping.measure: MEASURE, mapping.unit: UNIT}
    roles.pop("", None)
    return roles
