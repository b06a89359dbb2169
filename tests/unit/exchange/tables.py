"""Small tables and mappings for the tests of import."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qitracker.exchange.formats import open_table
from qitracker.exchange.formats.table import RawTable, ReadAs
from qitracker.exchange.judge import Judge
from qitracker.exchange.mapping import Mapping, PeriodColumns
from qitracker.exchange.outcome import Block, RefusedRow, RowResult
from qitracker.exchange.rules import read_blocks
from qitracker.measures.rules import Definition, Direction, Frequency, Scoring

TODAY = date(2026, 11, 1)
FALLS = Mapping(
    unit="unit",
    fixed_measure="falls",
    period=PeriodColumns(start="month"),
    numerator="[cases]",
    denominator="[total]",
)


def table(text: str | bytes, name: str = "results.csv", **said: object) -> RawTable:
    """Return the table that a file with this content holds."""
    content = text.encode() if isinstance(text, str) else text
    return open_table(content, name, read_as=ReadAs(**said))  # type: ignore[arg-type]


def definition(scoring: Scoring = Scoring.PROPORTION, **facts: object) -> Definition:
    """Return a monthly measure that is scored like this."""
    plain = Definition(title="Falls", scoring=scoring, direction=Direction.DOWN, numerator="falls")
    return replace(plain, frequency=Frequency.MONTH, **facts)  # type: ignore[arg-type]


def judge(scoring: Scoring = Scoring.PROPORTION, **facts: object) -> Judge:
    """Return a judge that knows the measure "falls"."""
    return Judge({"falls": definition(scoring, **facts)}, today=TODAY)


def read(
    found: RawTable, mapping: Mapping = FALLS, judge: Judge | None = None, size: int = 300, **changes: object
) -> Block:
    """Return everything a table gives, as one block."""
    whole = Block()
    for block in read_blocks(found, replace(mapping, **changes), judge=judge, size=size):  # type: ignore[arg-type]
        whole.rows += block.rows
        whole.ready += map(RowResult._make, block.ready)
        whole.refused += block.refused
        whole.blank += block.blank
        whole.filtered += block.filtered
        whole.empty += block.empty
    return whole


def reasons(refused: RefusedRow) -> list[tuple[str, str]]:
    """Return the reasons of a refusal as (column, sentence)."""
    return [(reason.column, str(reason.words)) for reason in refused.reasons]


def lines(*rows: Sequence[object]) -> str:
    """Return rows as comma-separated lines under the header unit, month, cases, total."""
    return "\n".join(",".join(map(str, row)) for row in (("unit", "month", "cases", "total"), *rows))
