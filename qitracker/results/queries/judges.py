"""Series as judges of what was done: those that may be chosen, and those that were."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.measures.queries import Measured, measures, strata_of_all
from qitracker.people.queries import places
from qitracker.results.keys import SeriesKey
from qitracker.results.models import status
from qitracker.results.queries.shown import Shown, shown


@dataclass(frozen=True)
class JudgeChoice:
    """One series that may judge an action."""

    key: SeriesKey
    unit_name: str
    title: str  # of the measure, with its part


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


def judges(keys: Collection[SeriesKey], *, by: Actor, today: date) -> dict[SeriesKey, Shown]:
    """Return these series as a board shows them; those that `by` may not read are left out.

    One without results says so. Nine statements, however many there are.
    """
    where = places(key.unit_id for key in keys)
    wanted = {key for key in keys if by.may(Permission.RESULT_READ, on=where[key.unit_id])}
    return shown(wanted, where, today=today)


def _title(measured: Measured, part: str | None) -> str:
    return f"{measured.title}, {part}" if part else measured.title
