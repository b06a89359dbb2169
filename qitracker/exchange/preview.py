"""What a file holds, counted while it is read: rows, states, sums as written, first and last period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import MAX_PREC, Context, Decimal

from qitracker.exchange.cells import Number
from qitracker.exchange.outcome import Block, RowResult
from qitracker.spc.analysis import State

_EXACT = Context(prec=min(MAX_PREC, 1000))  # sums of any column are exact as written


@dataclass
class Totals:
    """Exact sums of one measure, as the file writes its numbers. Only what is written counts; missing adds nothing."""

    rows: int = 0
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)

    def add(self, numerators: Iterable[Number | None], denominators: Iterable[Number | None], rows: int) -> None:
        """Add the numbers of `rows` results."""
        self.rows += rows
        self.numerator = _EXACT.add(self.numerator, exact_sum(numerators))
        self.denominator = _EXACT.add(self.denominator, exact_sum(denominators))

    def join(self, other: "Totals") -> None:
        """Add what was added up elsewhere."""
        self.rows += other.rows
        self.numerator = _EXACT.add(self.numerator, other.numerator)
        self.denominator = _EXACT.add(self.denominator, other.denominator)


@dataclass
class Preview:
    """Counts what the blocks of a file hold; nothing is stored. Add each block once."""

    rows: int = 0
    ready: int = 0
    refused: int = 0
    blank: int = 0
    filtered: int = 0
    empty: int = 0
    states: Counter[State] = field(default_factory=Counter)
    totals: dict[str, Totals] = field(default_factory=dict)  # by measure
    first: date | None = None
    last: date | None = None

    def add(self, block: Block) -> None:
        """Count one block."""
        self.rows += block.rows
        self.blank += block.blank
        self.filtered += block.filtered
        self.empty += block.empty
        self.refused += len(block.refused)
        if block.ready:
            self._add_ready(block.ready)

    @property
    def skipped(self) -> int:
        """Rows that are left out on purpose."""
        return self.blank + self.filtered + self.empty

    def _add_ready(self, ready: list[RowResult]) -> None:
        _, _, measures, _, starts, states, numerators, denominators, _, _ = zip(*ready, strict=True)
        self.ready += len(ready)
        self.states.update(states)
        self.first = min(filter(None, (self.first, min(starts))))
        self.last = max(filter(None, (self.last, max(starts))))
        if len(set(measures)) == 1:
            self.totals.setdefault(measures[0], Totals()).add(numerators, denominators, len(ready))
            return
        by_measure: dict[str, list[RowResult]] = {}
        for result in ready:
            by_measure.setdefault(result[2], []).append(result)
        for measure, results in by_measure.items():
            numbers = ([result[6] for result in results], [result[7] for result in results])
            self.totals.setdefault(measure, Totals()).add(*numbers, len(results))


def exact_sum(numbers: Iterable[Number | None]) -> Decimal:
    """Return the sum of the numbers as they are written (0.1 + 0.2 is 0.3); None adds nothing."""
    found = list(numbers)
    if set(map(type, found)) == {int}:
        return Decimal(sum(found))  # type: ignore[arg-type]  # all are whole
    total = Decimal(0)
    for number in found:
        if number is not None:
            total = _EXACT.add(total, Decimal(repr(number)))
    return total
