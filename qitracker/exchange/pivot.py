"""Long files made wide: one row per value becomes one row per measure, with numerator and denominator side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qitracker.exchange.cells import Reason, text_of
from qitracker.exchange.formats.table import Cell, ColumnGuess, RawTable, Row
from qitracker.exchange.mapping import Pivot, RowFilter, pivoted_header
from qitracker.exchange.outcome import RefusedRow
from qitracker.exchange.why import TWICE, of_other_width
from qitracker.foundation.words import say

Split = tuple[str, str] | None  # (measure, role), None for a name that is left out


@dataclass(frozen=True)
class Pivoted:
    """The wide table, and what became of the rows that did not go into it. Row numbers are those of the long file."""

    table: RawTable
    refused: tuple[RefusedRow, ...]  # a second value for the same key, measure and role; or a ragged row
    ignored: int  # rows whose name stands for nothing that is wanted
    filtered: int  # rows left out by a filter


def split_name(name: str, pivot: Pivot) -> Split:
    """Return the measure and the role that `name` stands for: looked up whole, else by its longest fitting ending."""
    if name in pivot.table:
        return pivot.table[name]
    folded = name.casefold()
    endings = [ending for ending in pivot.endings if ending and folded.endswith(ending.casefold())]
    if not endings:
        return None
    longest = max(endings, key=len)
    measure = name[: len(name) - len(longest)].rstrip(" :,-_")
    return (measure, pivot.endings[longest]) if measure else None


def pivoted(table: RawTable, pivot: Pivot, filters: Sequence[RowFilter] = ()) -> Pivoted:
    """Return the table with one row per key and measure, in order of appearance.

    The whole table is held in memory. A role that no row gives stays empty, so it is missing and not zero.
    """
    gather = _Gatherer(table.header, pivot, filters)
    for raw in table.blocks():
        for row, number in zip(raw.rows, raw.numbers, strict=True):
            gather.add(row, number)
    header = pivoted_header(pivot)
    rows = [[*key, measure, *cells] for (key, measure), cells in gather.groups.items()]

    def source() -> Iterator[Row]:
        return iter(rows)

    detected = replace(table.detected, columns=_guesses(table, pivot, header))
    wide = RawTable(table.name, header, source, table.first_row, detected, tuple(gather.first_rows.values()))
    return Pivoted(wide, tuple(gather.refused), gather.ignored, gather.filtered)


class _Gatherer:
    """Collects the values of a long table by key and measure."""

    def __init__(self, header: Sequence[str], pivot: Pivot, filters: Sequence[RowFilter]) -> None:
        at = {name: index for index, name in enumerate(header)}
        self._width = len(header)
        self._keys = [at[name] for name in pivot.keys]
        self._name, self._value = at[pivot.names], at[pivot.values]
        self._values_column = pivot.values
        self._pivot = pivot
        self._roles = {role: index for index, role in enumerate(pivoted_header(pivot)[len(pivot.keys) + 1 :])}
        self._filters = [(at[one.column], one.test()) for one in filters]
        self._splits: dict[Cell, Split] = {}
        self._taken: dict[tuple[tuple[Cell, ...], str, int], int] = {}
        self.groups: dict[tuple[tuple[Cell, ...], str], list[Cell]] = {}
        self.first_rows: dict[tuple[tuple[Cell, ...], str], int] = {}
        self.refused: list[RefusedRow] = []
        self.ignored = 0
        self.filtered = 0

    def add(self, row: Row, number: int) -> None:
        if len(row) != self._width:
            if any(row):
                self.refused.append(RefusedRow(number, tuple(row), (of_other_width(row, self._width),)))
            return
        if not all(passes(row[at]) for at, passes in self._filters):
            self.filtered += 1
            return
        split = self._split(row[self._name])
        if split is None:
            self.ignored += 1
        else:
            self._put(row, number, *split)

    def _split(self, name: Cell) -> Split:
        if name not in self._splits:
            self._splits[name] = split_name(text_of(name), self._pivot)
        return self._splits[name]

    def _put(self, row: Row, number: int, measure: str, role: str) -> None:
        key = tuple(row[at] for at in self._keys)
        group = (key, measure)
        place = self._roles[role]
        first = self._taken.setdefault((key, measure, place), number)
        if first != number:
            words = say("Row {row} already gives this value. Keep one of the two.", row=first)
            self.refused.append(RefusedRow(number, tuple(row), (Reason(self._values_column, words, TWICE),)))
            return
        self.groups.setdefault(group, [""] * len(self._roles))[place] = row[self._value]
        self.first_rows.setdefault(group, number)


def _guesses(table: RawTable, pivot: Pivot, header: Sequence[str]) -> tuple[ColumnGuess, ...]:
    """Carry over what was detected: keys keep their guess, every role has the marks of the value column."""
    values = table.detected.column(pivot.values) or ColumnGuess(pivot.values, "number")
    return tuple(_guess(name, table, pivot, values) for name in header)


def _guess(name: str, table: RawTable, pivot: Pivot, values: ColumnGuess) -> ColumnGuess:
    if name in pivot.keys:
        return table.detected.column(name) or ColumnGuess(name, "text")
    return ColumnGuess(name, "text") if name == "measure" else replace(values, name=name, kind="number", question=None)
