"""Results for tests, in one line: a series of months, single entries, the day it is."""

from collections.abc import Sequence
from datetime import date

from qitracker.foundation.actor import Place
from qitracker.foundation.db import atomic
from qitracker.foundation.periods import shift_period
from qitracker.measures.queries import Measured
from qitracker.results.commands.batch import add_points
from qitracker.results.commands.record import Recorded, record_point
from qitracker.results.keys import SeriesKey
from qitracker.results.models import STATE_CODES
from qitracker.results.queries.episodes import episodes_of
from qitracker.results.rules import Entry
from qitracker.spc.analysis import State
from tests.builders.people import SYSTEM, Build

TODAY = date(2026, 6, 15)
FIRST = date(2023, 1, 1)


def an_entry(start: date = date(2026, 5, 1), numerator: float = 41, denominator: float = 50, **more) -> Entry:
    """Return an entry with two numbers."""
    return Entry(start, State.VALUE, numerator, denominator, **more)


def key_of(unit: Place, measured: Measured, stratum_id: int = 0) -> SeriesKey:
    """Return the key of a measure in a unit."""
    return SeriesKey(unit.id, measured.id, stratum_id)


def recorded(build: Build, unit: Place, measured: Measured, entry: Entry | None = None) -> Recorded:
    """Record one entry as the system."""
    with build._inside():
        return record_point(by=SYSTEM, key=key_of(unit, measured), entry=entry or an_entry(), today=TODAY)


def a_series(
    build: Build,
    unit: Place,
    measured: Measured,
    cells: Sequence[tuple[float, float] | State | None],
    *,
    first: date = FIRST,
    stratum_id: int = 0,
) -> SeriesKey:
    """Store months in a row: (numerator, denominator), a state without numbers, or None for one nobody reported."""
    rows = []
    for at, cell in enumerate(cells):
        if cell is None:
            continue
        state, numbers = (cell, (None, None)) if isinstance(cell, State) else (State.VALUE, cell)
        if state is State.NO_CASES:
            numbers = (0.0, 0.0)
        start = shift_period(first, measured.definition.frequency, at).toordinal()
        rows.append((unit.id, measured.id, stratum_id, start, STATE_CODES[state], *numbers, None, 1, 0))
    with build._inside(), atomic():
        add_points(rows)
    return SeriesKey(unit.id, measured.id, stratum_id)


def the_episode(build: Build, unit: Place, measured: Measured) -> int:
    """Return the number of the newest episode of a series."""
    with build._inside():
        return episodes_of(key_of(unit, measured))[0].id
