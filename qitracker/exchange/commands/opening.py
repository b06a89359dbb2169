"""Open the kept file of an import as a table, and read and place all its rows."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from qitracker.exchange.formats import open_table
from qitracker.exchange.formats.table import RawTable, ReadAs
from qitracker.exchange.mapping import Mapping
from qitracker.exchange.naming import names_of_units
from qitracker.exchange.outcome import RefusedRow
from qitracker.exchange.placing import Placer
from qitracker.exchange.preview import Preview
from qitracker.exchange.queries.batches import Batch
from qitracker.exchange.queries.ground import Ground
from qitracker.exchange.rules import as_mapped, read_blocks
from qitracker.exchange.uploads import kept_path
from qitracker.foundation.actor import Actor
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say
from qitracker.people.queries import place_of, unit_facts

MOST_ROWS = 1_000_000


class Tell(Protocol):
    """Told how far the work is; may raise to call it off."""

    def __call__(self, done: int, total: int, words: str = "") -> None:
        """Take in how many of how many rows are read (0: nobody knows), and what is done."""


def in_silence(done: int, total: int, words: str = "") -> None:
    """Tell nobody."""
    assert done >= 0 and total >= 0


@dataclass(frozen=True)
class Day:
    """What day it is, and in which month years begin."""

    today: date
    fiscal_start: int = 1


@dataclass
class Placed:
    """All rows of a file: counted, and sorted by series."""

    mapping: Mapping
    table: RawTable
    ground: Ground
    placer: Placer
    preview: Preview
    refused: list[RefusedRow]
    today: date


def opened(batch: Batch, instance: Path, read_as: ReadAs | None = None) -> RawTable:
    """Return the table in the file of an import. Raises Invalid, NotFound."""
    return open_table(kept_path(instance, batch.fingerprint), batch.filename, read_as=read_as or batch.read_as)


def read_and_place(batch: Batch, instance: Path, *, by: Actor, day: Day, tell: Tell) -> Placed:
    """Read the file of an import and find where each row belongs. Changes nothing.

    Raises:
        Invalid: the mapping does not fit, or the file breaks off.
    """
    table = opened(batch, instance)
    mapping = _with_fixed_unit(batch)
    ground = Ground(by, batch.place)
    below = place_of(batch.choices.units_below) if batch.choices.units_below is not None else None
    placer, preview, refused = Placer(ground, mapping, batch.choices, below), Preview(), []
    total = rows_in(kept_path(instance, batch.fingerprint)) if table.detected.format == "csv" else 0
    judge = ground.judge(today=day.today, fiscal_start=mapping.period.fiscal_start)
    for block in read_blocks(table, mapping, judge=judge):
        ground.learn({result[1] for result in block.ready})
        preview.add(block)
        placer.add(block.ready)
        refused += block.refused
        tell(preview.rows, total, "Reading rows")
        if preview.rows > MOST_ROWS:
            raise Invalid(say("The file has more than {most} rows. Split it.", most=MOST_ROWS), field="file")
    placer.plans.name_units(names_of_units(table, mapping, placer.plans.units))
    return Placed(mapping, table, ground, placer, preview, refused, day.today)


def _with_fixed_unit(batch: Batch) -> Mapping:
    mapping = batch.mapping
    if mapping is None:
        raise Invalid(say("Say first which column means what."))
    return mapping if mapping.unit else replace(mapping, fixed_unit=unit_facts(batch.place.id).code)


def rows_in(path: Path) -> int:
    """Return about how many rows a text file has."""
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def refused_header(placed: Placed) -> tuple[str, ...]:
    """Return the names of the columns in which refused rows are told."""
    return as_mapped(placed.table, placed.mapping).header if placed.mapping.pivot else placed.table.header
