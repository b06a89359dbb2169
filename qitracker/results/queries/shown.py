"""Series as boards show them, found by their keys: the row in words, and the address of its unit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from qitracker.foundation.actor import Place
from qitracker.foundation.db import store
from qitracker.measures.queries import measures
from qitracker.people.queries import facts_of
from qitracker.results.keys import SeriesKey
from qitracker.results.models import status
from qitracker.results.queries.board_rows import STATUS_COLUMNS, BoardRow, board_rows, empty_row


@dataclass(frozen=True)
class Shown:
    """One series with its line in words and its last values, and the address of its unit."""

    row: BoardRow
    unit_slug: str


def shown(keys: Collection[SeriesKey], where: Mapping[int, Place], *, today: date) -> dict[SeriesKey, Shown]:
    """Return these series by their keys; `where` holds their units. One without results says so.

    Asks no rights. Eight statements, however many there are.
    """
    columns = (status.c.unit_id, status.c.measure_id, status.c.stratum_id)
    wanted = sorted((key.unit_id, key.measure_id, key.stratum_id) for key in keys)
    rows = store.execute(select(*STATUS_COLUMNS).where(tuple_(*columns).in_(wanted), status.c.points > 0)).all()
    known = measures(key.measure_id for key in keys)
    slugs = {key: unit.slug for key, unit in facts_of(where).items()}
    found = {
        SeriesKey(row.unit_id, row.measure_id, row.stratum_id): made
        for row, made in zip(rows, board_rows(rows, where, today=today, measured=known), strict=True)
    }
    for key in keys:
        if key not in found:
            found[key] = empty_row(where[key.unit_id], known[key.measure_id], is_missing=False)
    return {key: Shown(row, slugs[key.unit_id]) for key, row in found.items()}
