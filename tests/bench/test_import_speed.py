"""200,000 rows checked, stored, audited, with fresh status rows: at most three times a bare script's time."""

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from qitracker.audit.models import AuditEntry
from qitracker.exchange.mapping import Mapping, PeriodColumns
from qitracker.foundation.actor import Place
from qitracker.foundation.db import atomic, store
from qitracker.measures.queries import Measured, strata_of
from qitracker.results.models import point, status
from tests.bench.timing import best, measured, tell
from tests.builders.imports import imported, sent
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM, Build

SHAPES = ((500, 80), (1_111, 36))  # units and months: about 200,000 rows, in long and in many short series
STRATA, TURNS, MOST = 5, 4, 3.0
COLUMNS = "unit_id, measure_id, stratum_id, start, state, numerator, denominator, n, definition, batch_id"
MAPPING = Mapping(
    unit="ward", strata=("part",), period=PeriodColumns(start="month"), numerator="[met]", denominator="[all]"
)


@dataclass(frozen=True)
class Scene:
    """A file of about 200,000 rows, and what it speaks of."""

    build: Build
    path: Path
    database: Path
    measured: Measured
    units: dict[str, Place]
    strata: dict[str, int]
    months: int

    @property
    def series(self) -> int:
        """Return how many series the file gives."""
        return len(self.units) * STRATA

    @property
    def rows(self) -> int:
        """Return how many rows it has."""
        return self.series * self.months


@pytest.fixture(params=SHAPES, ids=lambda shape: f"{shape[1]} months")
def scene(app: Flask, build: Build, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Scene]:
    wards, months = request.param
    with app.app_context():
        units = {f"W{number:04}": build.unit(f"Ward {number}", code=f"W{number:04}") for number in range(wards)}
        parts = tuple(f"Part {number}" for number in range(STRATA))
        measured = a_measure(build, build.organisation(), list(units.values()), strata=parts, begins=date(2016, 1, 1))
        path = tmp_path / "large.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("ward", "month", "part", "met", "all"))
            writer.writerows(_rows(units, parts, months))
        strata = {one.title: one.id for one in strata_of(measured.id)}
        yield Scene(build, path, tmp_path / "qitracker.db", measured, units, strata, months)


def _rows(units: dict[str, Place], parts: tuple[str, ...], months: int) -> Iterator[tuple[object, ...]]:
    for number, code in enumerate(units):
        for part in parts:
            for month in range(months):
                everyone = 100 + (number * 37 + month * 11) % 400
                met = everyone * (60 + (number + month * 7) % 35) // 100
                yield code, f"{2016 + month // 12}-{month % 12 + 1:02}-01", part, met, everyone


def bare(scene: Scene) -> None:
    """Read the same file with csv.reader, convert it, check its ranges, and store it by one executemany."""
    units = {code: place.id for code, place in scene.units.items()}
    database = sqlite3.connect(scene.database, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        database.execute(f"PRAGMA {pragma}")
    rows = []
    with scene.path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        for code, month, part, met, everyone in reader:
            start, numerator, denominator = date.fromisoformat(month).toordinal(), int(met), int(everyone)
            if not 0 <= numerator <= denominator or denominator == 0:
                raise ValueError(code)
            rows.append(
                (units[code], scene.measured.id, scene.strata[part], start, 0, numerator, denominator, None, 1, 1)
            )
    database.execute("BEGIN IMMEDIATE")
    database.executemany(f"INSERT INTO point ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    database.execute("COMMIT")
    database.close()


def empty() -> None:
    """Take all results away again."""
    with atomic():
        store.execute(point.delete())
        store.execute(status.delete())


def test_a_large_import_takes_at_most_three_times_as_long_as_a_bare_script(scene):
    content = scene.path.read_bytes()
    waiting = [
        sent(scene.build, SYSTEM, content, unit=scene.build.organisation(), measured=scene.measured, mapping=MAPPING)
        for _ in range(TURNS)
    ]
    done, by_bare, by_us = [], [], []
    for batch_id in waiting:  # in turns, so that a busy machine slows both alike
        empty()
        by_bare.append(measured(lambda: bare(scene)))
        empty()
        by_us.append(measured(lambda batch_id=batch_id: done.append(imported(scene.build, SYSTEM, batch_id))))
    with_bare, with_us = best(by_bare), best(by_us)
    tell(
        f"Import of {scene.rows:,} rows, {scene.months} months a series, best of {TURNS}",
        [("bare script", with_bare), ("import", with_us)],
    )
    assert {one.new for one in done} == {scene.rows} and not any(one.refused for one in done)
    assert store.scalar(select(func.count()).select_from(point)) == scene.rows
    fresh = store.execute(select(status.c.points).where(status.c.units_expected == 0)).all()
    assert (len(fresh), {row.points for row in fresh}) == (scene.series, {scene.months})
    told = select(func.count()).select_from(AuditEntry).where(AuditEntry.event == "exchange.batch.imported")
    assert store.scalar(told) == TURNS
    assert with_us.work <= MOST * with_bare.work
