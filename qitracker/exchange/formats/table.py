"""A table as it lies in a file: header, rows with their row numbers, and what was detected on the way in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from qitracker.foundation.words import Sentence

Cell = str | int | float | date  # an empty cell is "", whatever the format
Row = list[Cell]

BLOCK = (
    300  # rows; small, so that a block is gone before the garbage collector looks at it (5,000 took 2.4 times as long)
)
MOST_COLUMNS = 500


@dataclass(frozen=True)
class ReadAs:
    """What a person says about the file. None leaves it to detection."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None  # row number as a spreadsheet shows it, from 1
    sheet: str | None = None


@dataclass(frozen=True)
class Marks:
    """How one column writes its numbers and dates."""

    decimal: str = "."
    thousands: str = ""
    date_order: str = "dmy"  # "dmy" or "mdy", for 03/04/2026; "ymd" where the dates of a column begin with the year


@dataclass(frozen=True)
class ColumnGuess:
    """What a column seems to hold. `question` is asked where the content allows two readings."""

    name: str
    kind: str  # "number", "date", "code", "text" or "empty"
    marks: Marks = Marks()
    examples: tuple[str, ...] = ()
    question: Sentence | None = None


@dataclass(frozen=True)
class Detected:
    """All that was decided for the person, so that the page can show it and they can object."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header_row: int = 1
    columns: tuple[ColumnGuess, ...] = ()
    notes: tuple[Sentence, ...] = ()

    def column(self, name: str) -> ColumnGuess | None:
        """Return the guess about the column called `name`."""
        return next((guess for guess in self.columns if guess.name == name), None)


@dataclass(frozen=True)
class RawBlock:
    """Some rows of a file with the row number of each, as a spreadsheet would show it."""

    rows: list[Row]
    numbers: Sequence[int]


@dataclass(frozen=True)
class RawTable:
    """A table that can be read again and again: each call of `source` starts at the first data row."""

    name: str
    header: tuple[str, ...]
    source: Callable[[], Iterator[Row]]
    first_row: int = 2
    detected: Detected = field(default_factory=lambda: Detected(format=""))
    numbers: tuple[int, ...] = ()  # where rows were regrouped: the row each one came from

    def rows(self) -> Iterator[Row]:
        """Give the data rows from the start, without their numbers."""
        return self.source()

    def blocks(self, size: int = BLOCK) -> Iterator[RawBlock]:
        """Give the data rows in batches of `size`, each row with its number."""
        rows = self.source()
        done = 0
        while batch := list(islice(rows, size)):
            after = done + len(batch)
            numbers = self.numbers[done:after] if self.numbers else range(self.first_row + done, self.first_row + after)
            yield RawBlock(batch, numbers)
            done = after

    def sample(self, size: int = 1000) -> list[Row]:
        """Return the first `size` data rows."""
        return list(islice(self.source(), size))
