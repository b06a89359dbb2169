"""What an import would do, told before it is done: counts, sums, first and last period, what is new."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import MAX_PREC, Context, Decimal

from qitracker.exchange.cells import Number
from qitracker.exchange.outcome import Block, RefusedRow, RowResult
from qitracker.spc.analysis import State

KEPT_REFUSALS = 200  # shown on the page; the file of refused rows holds all
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
    unusual: int = 0
    states: Counter[State] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)  # (column, sentence without its values)
    totals: dict[str, Totals] = field(default_factory=dict)  # by measure
    first: date | None = None
    last: date | None = None
    units: Counter[str] = field(default_factory=Counter)  # results by unit code
    strata: Counter[str] = field(default_factory=Counter)
    refusals: list[RefusedRow] = field(default_factory=list)  # the first of them

    def add(self, block: Block) -> None:
        """Count one block."""
        self.rows += block.rows
        self.blank += block.blank
        self.filtered += block.filtered
        self.empty += block.empty
        self.refuse(block.refused)
        if block.ready:
            self._add_ready(block.ready)

    def refuse(self, rows: Iterable[RefusedRow]) -> None:
        """Count refused rows, each under its first reason; also for those a command refuses afterwards."""
        for row in rows:
            self.refused += 1
            reason = row.reasons[0]
            self.reasons[reason.column, reason.words.text] += 1
            if len(self.refusals) < KEPT_REFUSALS:
                self.refusals.append(row)

    def note_unusual(self, results: int = 1) -> None:
        """Count results that can be true and look odd."""
        self.unusual += results

    def new_units(self, known: AbstractSet[str]) -> tuple[str, ...]:
        """Return the unit codes that are not `known`, in order."""
        return tuple(sorted(set(self.units) - known))

    @property
    def skipped(self) -> int:
        """Rows that are left out on purpose."""
        return self.blank + self.filtered + self.empty

    def _add_ready(self, ready: list[RowResult]) -> None:
        _, units, measures, strata, starts, states, numerators, denominators, _, _ = zip(*ready, strict=True)
        self.ready += len(ready)
        self.units.update(units)
        self.strata.update(strata)
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
