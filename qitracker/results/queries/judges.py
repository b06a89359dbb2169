"""Series as judges of what was done: those that may be chosen, and the row of each as a board shows it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.measures.queries import Measured, measures, strata_of_all
from qitracker.people.queries import facts_of, places
from qitracker.results.keys import SeriesKey
from qitracker.results.models import status
from qitracker.results.queries.board_rows import STATUS_COLUMNS, BoardRow, board_rows, empty_row


@dataclass(frozen=True)
class JudgeChoice:
    """One series that may judge an action."""

    key: SeriesKey
    unit_name: str
    title: str  # of the measure, with its part


@dataclass(frozen=True)
class Judge:
    """One series with its line in words and its last values, and the address of its unit."""

    key: SeriesKey
    row: BoardRow
    unit_slug: str

    @property
    def measured(self) -> Measured:
        """Return its measure."""
        return self.row.measured

    @property
    def stratum_code(self) -> str | None:
        """Return the code of its part, None for the total."""
        return self.row.stratum.code if self.row.stratum else None


def judge_choices(place: Place, *, by: Actor) -> tuple[JudgeChoice, ...]:
    """Return the series with results in a unit and in what stands above it, as far as `by` reads them.

    The unit itself comes first, then upward; within each in the order of lists. Retired measures are left out.
    Four statements.
    """
    above = places(place.lineage)
    readable = [key for key in place.lineage if by.may(Permission.RESULT_READ, on=above[key])]
    rows = store.execute(
        select(status.c.unit_id, status.c.measure_id, status.c.stratum_id)
        .where(status.c.unit_id.in_(readable), status.c.points > 0)
        .order_by(status.c.stratum_id)
    ).all()
    known = {key: one for key, one in measures(row.measure_id for row in rows).items() if one.retired_on is None}
    parts = {part.id: part.title for all_of in strata_of_all(known).values() for part in all_of}
    rank = {key: at for at, key in enumerate(known)}
    kept = [SeriesKey(*row) for row in rows if row.measure_id in known]
    kept.sort(key=lambda key: (readable.index(key.unit_id), rank[key.measure_id], key.stratum_id))
    return tuple(
        JudgeChoice(key, above[key.unit_id].name, _title(known[key.measure_id], parts.get(key.stratum_id)))
        for key in kept
    )


def judges(keys: Collection[SeriesKey], *, by: Actor, today: date) -> dict[SeriesKey, Judge]:
    """Return these series as a board shows them; those that `by` may not read are left out.

    One without results says so. Ten statements, however many there are.
    """
    where = places(key.unit_id for key in keys)
    wanted = {key for key in keys if by.may(Permission.RESULT_READ, on=where[key.unit_id])}
    columns = (status.c.unit_id, status.c.measure_id, status.c.stratum_id)
    rows = store.execute(
        select(*STATUS_COLUMNS).where(tuple_(*columns).in_(sorted(map(_columns, wanted))), status.c.points > 0)
    ).all()
    known = measures(key.measure_id for key in wanted)
    slugs = {key: unit.slug for key, unit in facts_of(where).items()}
    found = {
        SeriesKey(row.unit_id, row.measure_id, row.stratum_id): made
        for row, made in zip(rows, board_rows(rows, where, today=today, measured=known), strict=True)
    }
    for key in wanted - found.keys():
        found[key] = empty_row(where[key.unit_id], known[key.measure_id], is_missing=False)
    return {key: Judge(key, row, slugs[key.unit_id]) for key, row in found.items()}


def _columns(key: SeriesKey) -> tuple[int, int, int]:
    return key.unit_id, key.measure_id, key.stratum_id


def _title(measured: Measured, part: str | None) -> str:
    return f"{measured.title}, {part}" if part else measured.title
