"""What comes of reading a file: results that are ready, rows that are refused, and how many were left out."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from qitracker.exchange.cells import Number, Reason
from qitracker.exchange.formats.table import Cell
from qitracker.spc.analysis import State


class RowResult(NamedTuple):
    """One result as a row gives it. Blocks hold plain tuples in this order, which are cheaper to make."""

    row: int
    unit: str
    measure: str
    stratum: str
    start: date
    state: State
    numerator: Number | None
    denominator: Number | None
    n: Number | None
    comment: str


@dataclass(frozen=True)
class RefusedRow:
    """A row that gives no result: its number, its cells as they were, and each reason with its column."""

    row: int
    cells: tuple[Cell, ...]
    reasons: tuple[Reason, ...]


@dataclass
class Block:
    """What came of one batch of rows: rows = ready + refused + blank + filtered + empty."""

    rows: int = 0
    ready: list[RowResult] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    blank: int = 0  # nothing in any cell
    filtered: int = 0  # left out by a row filter, such as totals
    empty: int = 0  # no amount in any column, left out because the mapping says so
