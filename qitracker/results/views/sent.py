"""What the browser sends about cells: read from JSON with every shape refused that is not meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say
from qitracker.results.typed import Marks, Typed
from qitracker.spc.analysis import State
from qitracker.web.filters import reader
from qitracker.web.sent import NOT_READ, number_of, text_of


@dataclass(frozen=True)
class SentCell:
    """One row and period as the browser names it, with what was typed there."""

    measure: str
    stratum: str
    start: date
    typed: Typed
    seen: int


def reader_marks() -> Marks:
    """Return how this reader writes numbers."""
    locale = reader().locale
    return Marks(get_decimal_symbol(locale), get_group_symbol(locale))


def sent_cell(item: object) -> SentCell:
    """Return one cell. Raises Invalid."""
    if not isinstance(item, Mapping):
        raise Invalid(NOT_READ)
    state = text_of(item, "state")
    if state and state not in {one.value for one in State}:
        raise Invalid(say("There is no such state. Choose one from the list."), field="state")
    typed = Typed(
        numerator=text_of(item, "numerator"),
        denominator=text_of(item, "denominator"),
        state=State(state) if state else None,
    )
    start = day_of(text_of(item, "start"))
    return SentCell(text_of(item, "measure"), text_of(item, "stratum"), start, typed, number_of(item, "seen") or 0)


def sent_cells(body: Mapping[str, Any], name: str = "rows") -> list[SentCell]:
    """Return the cells of a block. Raises Invalid."""
    items = body.get(name)
    if not isinstance(items, Sequence) or isinstance(items, str):
        raise Invalid(NOT_READ)
    return [sent_cell(item) for item in items]


def day_of(text: str) -> date:
    """Return the day. Raises Invalid."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = say("“{written}” is not a day. Reload the page and try again.", written=text[:40])
        raise Invalid(words, field="period") from None
