"""Reads the period of each row, however many columns it takes; each distinct way of writing it is read once."""

from collections.abc import Callable, Sequence
from datetime import date

from qitracker.exchange.cells import Column, Memo, Reason, text_of
from qitracker.exchange.formats.table import Cell, Marks
from qitracker.exchange.mapping import PeriodColumns
from qitracker.foundation.errors import Invalid
from qitracker.foundation.period_text import parse_period
from qitracker.foundation.periods import period_end, period_of
from qitracker.foundation.words import Period, Sentence, say

Cells = Callable[[str], Sequence[Cell]]
"""Gives the cells of a column by its name."""


class Periods:
    """Reads the first day of the period of each row of a block."""

    def __init__(self, where: PeriodColumns, marks: Callable[[str], Marks]) -> None:
        self._where = where
        self._marks = marks
        self._names = tuple(name for name in (where.start or where.year, where.end or where.part) if name)
        self._fixed = self._read(where.start, where.fixed) if where.fixed else None
        self._memo = Memo(self._reader())

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        return self._names

    def read(self, cells: Cells, size: int) -> Column:
        """Return the first day of the period, or a `Reason`, for each of `size` rows."""
        if self._fixed is not None:
            return Column([self._fixed] * size, not isinstance(self._fixed, Reason))
        if len(self._names) == 1:
            return self._memo.column(cells(self._names[0]))
        return self._memo.column(zip(cells(self._names[0]), cells(self._names[1]), strict=True))

    def _reader(self) -> Callable[[Cell], date | Reason] | Callable[[tuple[Cell, Cell]], date | Reason]:
        where = self._where
        if where.year and where.part:
            return lambda pair: self._read(where.part, self._joined(pair))
        if where.end:
            return self._between
        return lambda cell: self._read(where.start or where.year, cell)

    def _read(self, column: str, cell: Cell) -> date | Reason:
        where = self._where
        if isinstance(cell, date):
            return period_of(cell, where.frequency, fiscal_start=where.fiscal_start)
        text = text_of(cell)
        if not text:
            return Reason(column, say("“{column}” is empty here. Fill it in.", column=column))
        try:
            return parse_period(
                text, where.frequency, day_first=self._day_first(column), fiscal_start=where.fiscal_start
            )
        except Invalid as refusal:
            return Reason(column, _sentence(refusal))

    def _day_first(self, column: str) -> bool:
        return not column or self._marks(column).date_order != "mdy"

    def _joined(self, pair: tuple[Cell, Cell]) -> str:
        """Write a year and its part as `parse_period` reads them: "2026-03", "March 2026", "Q1 2026", "2026-W12"."""
        year, part = text_of(pair[0]), text_of(pair[1])
        if not year or not part:
            return ""
        digits = part.lstrip("QqWwMm ")
        if not digits.isdecimal():
            return f"{part} {year}"
        match self._where.frequency:
            case "quarter":
                return f"Q{digits} {year}"
            case "week":
                return f"{year}-W{digits}"
            case _:
                return f"{year}-{digits:0>2}"

    def _between(self, pair: tuple[Cell, Cell]) -> date | Reason:
        first, last = self._day(self._where.start, pair[0]), self._day(self._where.end, pair[1])
        if isinstance(first, Reason) or isinstance(last, Reason):
            return first if isinstance(first, Reason) else last
        if last < first:
            words = say("The last day, {last}, lies before the first, {first}. Check both.", first=first, last=last)
            return Reason(self._where.end, words)
        frequency = self._where.frequency
        start = period_of(first, frequency, fiscal_start=self._where.fiscal_start)
        if frequency != "event" and last > period_end(start, frequency):
            words = say(
                "{first} to {last} is more than one period ({period}). Choose how often results are recorded.",
                first=first,
                last=last,
                period=Period(start, frequency),
            )
            return Reason(self._where.end, words)
        return start

    def _day(self, column: str, cell: Cell) -> date | Reason:
        if isinstance(cell, date):
            return cell
        try:
            return parse_period(text_of(cell), "day", day_first=self._day_first(column))
        except Invalid as refusal:
            return Reason(column, _sentence(refusal))


def _sentence(refusal: Invalid) -> Sentence:
    words = refusal.words
    return words if isinstance(words, Sentence) else say("{words}", words=words)
