"""Whole columns of cells at once: text, numbers and periods, each distinct text read only once.

A cell that cannot be read becomes a `Reason` in its place, a cell that says "no number" its `State`. A
column without either is *clean*, and what follows can work on it at the speed of C.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

from qitracker.exchange.formats.table import Cell, Marks
from qitracker.foundation.errors import Invalid
from qitracker.foundation.numbers import LARGEST
from qitracker.foundation.words import Sentence, say
from qitracker.results.values import WORDS, parse_value
from qitracker.spc.analysis import State


@dataclass(frozen=True)
class Reason:
    """Why a row is refused, tied to the column that is to blame."""

    column: str
    words: Sentence
    kind: str = ""  # code of exchange.why; "": what its column holds is wrong

    def __hash__(self) -> int:
        return hash((self.column, self.words.text))  # the values of a sentence cannot be hashed


Number = int | float
Amount = Number | State | Reason


class Column(NamedTuple):
    """What the cells of one column (or a formula of columns) are, and whether all of them are plain values."""

    values: list[Any]
    clean: bool


class Memo(dict[Any, Any]):
    """Answers of `read` by question, so that each distinct cell is read once."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read
        self.has_reason = False

    def __missing__(self, key: Any) -> Any:
        answer = self._read(key)
        self.has_reason = self.has_reason or isinstance(answer, Reason)
        if len(self) < _MOST_REMEMBERED:
            self[key] = answer
        return answer

    def column(self, keys: Iterable[Any]) -> Column:
        """Return the answers for `keys`, in order."""
        values = list(map(self.__getitem__, keys))
        return Column(values, not self.has_reason or Reason not in set(map(type, values)))


_MOST_REMEMBERED = 1_000_000


def text_of(cell: Cell) -> str:
    """Write a cell as text: a whole number without point, a date as in 2026-03-01, spaces at the ends left out."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def written_text(column: str) -> Memo:
    """Return the reader of a text that must not be empty, such as the code of a unit."""

    def read(cell: Cell) -> str | Reason:
        return text_of(cell) or Reason(column, say("“{column}” is empty here. Fill it in.", column=column))

    return Memo(read)


class Numbers:
    """Reads the cells of one column as numbers, or as the words that stand for none."""

    def __init__(self, column: str, marks: Marks, words: Mapping[str, State] = WORDS) -> None:
        self.column = column
        self._marks = marks
        self._words = words
        self._memo = Memo(self._read)

    def read(self, cells: Sequence[Cell]) -> Column:
        """Return a number, a `State` or a `Reason` for each cell."""
        plain = self._plain(cells)
        if plain is not None:
            return Column(plain, True)
        values = list(map(self._memo.__getitem__, cells))
        return Column(values, set(map(type, values)) <= {int, float})

    def _plain(self, cells: Sequence[Cell]) -> list[Number] | None:
        """Read a column of plain digits in one go; None where any cell needs a closer look."""
        try:
            joined = "".join(cells)  # type: ignore[arg-type]  # a cell that is no text raises TypeError
            if not joined.isascii():
                return None
            if joined.isdecimal():
                values: list[Number] = list(map(int, cells))  # type: ignore[arg-type]
            else:
                point = self._marks.decimal
                if not joined.replace(point, "").isdecimal():
                    return None
                values = list(map(float, "\n".join(cells).replace(point, ".").split("\n")))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return None
        return values if values and max(values) <= LARGEST else None

    def _read(self, cell: Cell) -> Amount:
        if isinstance(cell, date):
            return Reason(self.column, say("{date} is a date; a number belongs here.", date=cell))
        if isinstance(cell, (int, float)):
            if isfinite(cell) and abs(cell) <= LARGEST:
                return cell
            cell = str(cell)
        try:
            state, number = parse_value(cell, self._marks.decimal, self._marks.thousands or None, words=self._words)
        except Invalid as refusal:
            words = refusal.words
            return Reason(self.column, words if isinstance(words, Sentence) else say("{words}", words=words))
        if number is None:
            return state
        return int(number) if number.is_integer() else number
