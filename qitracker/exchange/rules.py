"""Reading results out of a table by a mapping: syntax, what can be true, and doubles within the file.

What needs the database (unknown units, rights, what is recorded already) is the business of the command.
"""

from collections.abc import Iterator

from qitracker.exchange.convert import Converter
from qitracker.exchange.formats.table import BLOCK, RawTable
from qitracker.exchange.judge import Judge
from qitracker.exchange.mapping import Mapping, check_mapping
from qitracker.exchange.outcome import Block, RefusedRow, RowResult
from qitracker.exchange.pivot import pivoted


def as_mapped(table: RawTable, mapping: Mapping) -> RawTable:
    """Return the table whose columns the mapping speaks of: pivoted where the mapping says so."""
    return pivoted(table, mapping.pivot, mapping.filters).table if mapping.pivot else table


def read_blocks(table: RawTable, mapping: Mapping, *, judge: Judge | None = None, size: int = BLOCK) -> Iterator[Block]:
    """Read the table block by block.

    Each block says which results are ready (tuples in the order of `RowResult`), which rows are refused and
    why, and how many were left out; the first also carries what a pivot refused. Nothing is written anywhere.

    Raises:
        Invalid: the mapping does not fit the table, or the file breaks off while it is read.
    """
    check_mapping(mapping, table.header)
    if mapping.pivot:
        regrouped = pivoted(table, mapping.pivot, mapping.filters)
        lost = regrouped.filtered + regrouped.ignored + len(regrouped.refused)
        yield Block(rows=lost, refused=list(regrouped.refused), filtered=regrouped.filtered + regrouped.ignored)
        table = regrouped.table
    converter = Converter(table, mapping, judge or Judge())
    for raw in table.blocks(size):
        yield converter.block(raw)


def read_results(table: RawTable, mapping: Mapping, *, judge: Judge | None = None) -> Iterator[RowResult | RefusedRow]:
    """Read the table row by row: what is ready and what is refused, in the order of the rows.

    Raises:
        Invalid: as `read_blocks`.
    """
    for block in read_blocks(table, mapping, judge=judge):
        found: list[RowResult | RefusedRow] = [*map(RowResult._make, block.ready), *block.refused]
        yield from sorted(found, key=lambda one: one.row)
