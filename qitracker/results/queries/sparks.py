"""The small line of a row: the last 24 values with their usual range, read off the status row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from qitracker.foundation.actor import Place
from qitracker.foundation.db import store
from qitracker.foundation.words import Quantity, Sentence, say
from qitracker.measures.benchmark_rules import Benchmark
from qitracker.measures.queries import Measured, benchmarks_of
from qitracker.measures.rules import Definition
from qitracker.results.comparison import compared, target_of
from qitracker.results.keys import SeriesKey
from qitracker.results.models import status
from qitracker.results.queries.of_series import of_series
from qitracker.results.status import READINGS
from qitracker.spc.analysis import Reading

_READING_WORDS = {
    Reading.USUAL: say("as usual"),
    Reading.BETTER: say("better"),
    Reading.WORSE: say("worse"),
    Reading.CHANGED: say("changed"),
}


LINE = (status.c.spark, status.c.open_until, status.c.centre, status.c.lower, status.c.upper)


@dataclass(frozen=True)
class Spark:
    """What the drawing needs: see templates/components/spark.html."""

    values: tuple[float | None, ...]
    readings: tuple[Reading, ...]
    lower: float | None
    upper: float | None
    centre: float | None
    target: float | None
    label: Sentence


def spark_of(
    row: Any, definition: Definition, benchmarks: Sequence[Benchmark], lineage: tuple[int, ...], day: date
) -> Spark | None:
    """Return the line of a status row, None where it holds nothing. `day` decides which target holds.

    A period that is not over has no place in it: half a month would look like a fall.
    """
    if row is None or not row.spark:
        return None
    judged = row.spark if row.open_until is None else row.spark[:-1]
    if not judged:
        return None
    values = tuple(value for value, _ in judged)
    readings = tuple(READINGS[code] for _, code in judged)
    known = compared(benchmarks, None, period_ends=day, today=day, definition=definition, lineage=lineage)
    target = target_of(known)
    return Spark(
        values=values,
        readings=readings,
        lower=row.lower,
        upper=row.upper,
        centre=row.centre,
        target=target.value if target else None,
        label=_label(values, readings, row.lower, row.upper, definition),
    )


def spark_now(key: SeriesKey, measured: Measured, place: Place, day: date) -> Spark | None:
    """Return the line of one series as it stands now. Two statements."""
    row = store.execute(select(*LINE).where(of_series(status, key))).first()
    return spark_of(row, measured.definition, benchmarks_of(measured.id, place.lineage), place.lineage, day)


def _label(
    values: Sequence[float | None],
    readings: Sequence[Reading],
    lower: float | None,
    upper: float | None,
    definition: Definition,
) -> Sentence:
    last = next((n for n in range(len(values) - 1, -1, -1) if values[n] is not None), None)
    if last is None:
        return say("No values yet.")
    value = Quantity(values[last] or 0.0, definition.unit, definition.decimals)
    reading = _READING_WORDS[readings[last]]
    if lower is None or upper is None:
        return say(
            "Last {count} results. The latest is {value}: {reading}.", count=len(values), value=value, reading=reading
        )
    return say(
        "Last {count} results. The latest is {value}: {reading}. Usual range {lower} to {upper}.",
        count=len(values),
        value=value,
        reading=reading,
        lower=Quantity(lower, decimals=definition.decimals),
        upper=Quantity(upper, definition.unit, definition.decimals),
    )
