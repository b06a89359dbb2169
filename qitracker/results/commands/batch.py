"""Store many points of one measure at once, and refresh what depends on them. For imports and generators."""

from collections.abc import Iterable, Sequence
from typing import Any

from qitracker.foundation.bulk import insert_many
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey
from qitracker.results.models import point

COLUMNS = (
    "unit_id", "measure_id", "stratum_id", "start", "state", "numerator", "denominator", "n", "definition", "batch_id",
)  # fmt: skip


def add_points(rows: Sequence[Sequence[Any]]) -> None:
    """Insert checked rows in the order of COLUMNS, and refresh every series they belong to.

    Belongs inside the caller's `atomic()`, after its rights, its rules and its look for duplicates.
    """
    insert_many(point, COLUMNS, rows)
    refresh_status(series_of(rows))


def series_of(rows: Iterable[Sequence[Any]]) -> set[SeriesKey]:
    """Return the keys of the series that these rows belong to."""
    return {SeriesKey(*key) for key in {(row[0], row[1], row[2]) for row in rows}}
