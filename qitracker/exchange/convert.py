"""A mapping made ready for one file: turns blocks of raw rows into results and refusals.

Columns are converted whole. A block without any flaw is put together at the speed of C; in a block with one,
each row is looked at, and every flaw of a row is told.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import compress, repeat
from operator import itemgetter
from typing import Any

from qitracker.exchange.cells import Column, Memo, Numbers, Reason, text_of, written_text
from qitracker.exchange.formats.table import Cell, Marks, RawBlock, RawTable, Row
from qitracker.exchange.formula import Formula, parse_formula
from qitracker.exchange.given import Given
from qitracker.exchange.judge import Judge
from qitracker.exchange.mapping import Mapping
from qitracker.exchange.outcome import Block, RefusedRow
from qitracker.exchange.period_columns import Periods
from qitracker.exchange.row import RowReader
from qitracker.exchange.why import of_other_width
from qitracker.measures.rules import Scoring
from qitracker.results.values import WORDS
from qitracker.spc.analysis import State


class Converter:
    """Reads the blocks of one table in order; remembers what it has seen, so that doubles within the file are found.

    It holds no way back to itself, so that all it remembers is let go of without the garbage collector.
    """

    def __init__(self, table: RawTable, mapping: Mapping, judge: Judge) -> None:
        self._mapping = mapping
        self._judge = judge
        self._width = len(table.header)
        self._at = {name: index for index, name in enumerate(table.header)}
        marks = _marks_of(table, mapping)
        self._formulas: dict[str, Formula] = {what: parse_formula(text) for what, text in mapping.amounts().items()}
        words = {**WORDS, **{word.casefold(): state for word, state in mapping.words.items()}}
        names = dict.fromkeys(name for formula in self._formulas.values() for name in formula.names)
        self._numbers = {name: Numbers(name, marks(name), words) for name in names}
        self._periods = Periods(mapping.period, marks)
        self._units = code_reader(mapping.unit, mapping.unit_codes, mapping.unit_width)
        self._measures = code_reader(mapping.measure, mapping.measure_codes, 0)
        self._strata = Memo(_stratum_reader(mapping.fixed_stratum))
        self._comments = Memo(text_of)
        self._filters = [(one.column, Memo(one.test())) for one in mapping.filters]
        self._seen: dict[tuple[str, str, str, date], int] = {}
        self._rows = RowReader(mapping, self._formulas, judge, self._seen)

    def block(self, raw: RawBlock) -> Block:
        """Return the results and refusals of one block of rows."""
        rows, numbers, ragged, blank = self._whole_rows(raw)
        rows, numbers, filtered = self._filtered(rows, numbers)
        block = Block(rows=len(raw.rows), blank=blank, filtered=filtered, refused=ragged)
        if rows:
            self._read(rows, numbers, block)
        block.refused.sort(key=lambda refused: refused.row)
        return block

    def _whole_rows(self, raw: RawBlock) -> tuple[list[Row], Sequence[int], list[RefusedRow], int]:
        """Part the rows as wide as the header from the ragged and the blank."""
        if set(map(len, raw.rows)) == {self._width}:
            return raw.rows, raw.numbers, [], 0
        rows: list[Row] = []
        numbers: list[int] = []
        ragged: list[RefusedRow] = []
        blank = 0
        for row, number in zip(raw.rows, raw.numbers, strict=True):
            if not any(cell != "" for cell in row):
                blank += 1
            elif len(row) == self._width or (len(row) > self._width and not any(row[self._width :])):
                rows.append(row[: self._width])
                numbers.append(number)
            else:
                ragged.append(RefusedRow(number, tuple(row), (of_other_width(row, self._width),)))
        return rows, numbers, ragged, blank

    def _filtered(self, rows: list[Row], numbers: Sequence[int]) -> tuple[list[Row], Sequence[int], int]:
        before = len(rows)
        for column, passes in self._filters:
            keep = list(map(passes.__getitem__, map(itemgetter(self._at[column]), rows)))
            if not all(keep):
                rows, numbers = list(compress(rows, keep)), list(compress(numbers, keep))
        return rows, numbers, before - len(rows)

    def _read(self, rows: list[Row], numbers: Sequence[int], block: Block) -> None:
        size = len(rows)

        def cells(name: str) -> list[Cell]:
            return list(map(itemgetter(self._at[name]), rows))

        mapping = self._mapping
        columns = {name: reader.read(cells(name)) for name, reader in self._numbers.items()}
        amounts = {what: formula.evaluate(columns, size) for what, formula in self._formulas.items()}
        keys = (
            self._units.column(cells(mapping.unit)) if mapping.unit else _same(mapping.fixed_unit, size),
            self._measures.column(cells(mapping.measure)) if mapping.measure else _same(mapping.fixed_measure, size),
            self._strata_column(cells, size),
            self._periods.read(cells, size),
        )
        comments = self._comments.column(cells(mapping.comment)).values if mapping.comment else [""] * size
        given = Given(rows, numbers, keys, amounts, comments)
        if not self._read_plain(given, block):
            self._read_apart(given, block)

    def _read_apart(self, given: Given, block: Block) -> None:
        """Read the plain rows of a block in one go and look at the others one by one; all of them where keys repeat."""
        plain = given.plain_rows()
        keys = list(given.readable_keys())
        if not any(plain) or not self._seen.keys().isdisjoint(keys) or len(set(keys)) < len(keys):
            self._rows.read(given, block)
            return
        easy = given.only(plain)
        if not self._read_plain(easy, block):
            self._rows.read(easy, block)
        self._rows.read(given.only([not one for one in plain]), block)
        block.ready.sort(key=itemgetter(0))

    def _strata_column(self, cells: Any, size: int) -> Column:
        names = self._mapping.strata
        if not names:
            return _same(self._mapping.fixed_stratum, size)
        if len(names) == 1:
            return self._strata.column(cells(names[0]))
        return self._strata.column(zip(*map(cells, names), strict=True))

    def _read_plain(self, given: Given, block: Block) -> bool:
        """Put the rows together in one go if none needs a closer look; say whether it was done."""
        if not given.is_clean or "n" in given.amounts:
            return False
        units, measures, strata, starts = (column.values for column in given.keys)
        numerators, denominators = self._clean_amounts(measures, given.amounts)
        if not numerators or not self._judge.surely_true(
            measures, starts, numerators, denominators, frequency=self._mapping.period.frequency
        ):
            return False
        numbers = list(given.numbers)
        if list(map(self._seen.setdefault, given.key_tuples(), numbers)) != numbers:
            return False  # a key twice; the rows keep what they have claimed, each in its turn
        found = zip(  # noqa: B905  one part has no end
            *(numbers, units, measures, strata, starts, repeat(State.VALUE)),
            *(numerators, denominators, repeat(None), given.comments),
        )
        block.ready.extend(found)  # type: ignore[arg-type]  # plain tuples in the order of RowResult
        return True

    def _clean_amounts(self, measures: list[str], amounts: dict[str, Column]) -> tuple[list[Any], list[Any]]:
        """Return numerators and denominators; empty lists where they hang on how the measure is scored."""
        if "numerator" in amounts and "denominator" in amounts:
            return amounts["numerator"].values, amounts["denominator"].values
        scorings = {self._judge.scoring(measure) for measure in set(measures)}
        given = amounts.get("value") or amounts["numerator"]
        if scorings <= _ALONE:
            return given.values, [1] * len(given.values)
        return [], []


_ALONE = {Scoring.MEDIAN, Scoring.COUNT, Scoring.TIME_BETWEEN, Scoring.CASES_BETWEEN}


def _marks_of(table: RawTable, mapping: Mapping) -> Callable[[str], Marks]:
    """Return what tells the marks of a column: as the mapping says, else as detected."""
    detected = {guess.name: guess.marks for guess in table.detected.columns}
    return lambda column: mapping.marks.get(column) or detected.get(column) or Marks()


def _stratum_reader(fixed: str) -> Callable[[Cell | tuple[Cell, ...]], str]:
    """Return the reader of the name of a stratum, which may stand in two columns."""

    def read(found: Cell | tuple[Cell, ...]) -> str:
        parts = found if isinstance(found, tuple) else (found,)
        return " / ".join(filter(None, (fixed, *map(text_of, parts))))

    return read


def _same(text: str, size: int) -> Column:
    return Column([text] * size, True)


def code_reader(column: str, table: dict[str, str], width: int) -> Memo:
    """Return the reader of codes: padded to `width`, then translated by `table`."""
    plain = written_text(column)

    def read(cell: Cell) -> str | Reason:
        found = plain[cell]
        if isinstance(found, Reason):
            return found
        padded: str = found.zfill(width) if width and found.isalnum() else found
        return table.get(padded) or table.get(found) or padded

    return Memo(read)
