"""Episodes as they are read: of one series, by their numbers, and those that are news in the units of a reader."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.people.queries import reach
from qitracker.results.episodes import Episode
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import episode
from qitracker.results.status import READINGS

LOOKED_AT: Final = 12  # of one series, the newest
_COLUMNS = (
    episode.c.id,
    episode.c.unit_id,
    episode.c.measure_id,
    episode.c.stratum_id,
    episode.c.side,
    episode.c.reading,
    episode.c.first_start,
    episode.c.last_start,
    episode.c.ended_at,
)
OF_SERIES = (
    select(*_COLUMNS)
    .where(
        episode.c.unit_id == bindparam("unit_id"),
        episode.c.measure_id == bindparam("measure_id"),
        episode.c.stratum_id == bindparam("stratum_id"),
    )
    .order_by(episode.c.first_start.desc(), episode.c.id.desc())
    .limit(LOOKED_AT)
)
BY_IDS = select(*_COLUMNS).where(episode.c.id.in_(bindparam("ids", expanding=True)))


def episodes_of(key: SeriesKey) -> tuple[Episode, ...]:
    """Return the newest episodes of one series, newest first. Asks no rights. One statement."""
    rows = store.execute(
        OF_SERIES, {"unit_id": key.unit_id, "measure_id": key.measure_id, "stratum_id": key.stratum_id}
    )
    return tuple(map(_episode, rows))


def episodes_by_id(ids: Collection[int]) -> tuple[Episode, ...]:
    """Return these episodes. Asks no rights. One statement."""
    return tuple(map(_episode, store.execute(BY_IDS, {"ids": sorted(set(ids))})))


def open_episodes(keys: Collection[SeriesKey], *, by: Actor) -> tuple[Episode, ...]:
    """Return the open episodes of these series that `by` may read, what began last first. One statement."""
    rows = store.execute(
        select(*_COLUMNS)
        .where(episode.c.ended_at.is_(None), episode.c.unit_id.in_(reach(by, Permission.RESULT_READ)))
        .order_by(episode.c.first_start.desc(), episode.c.id.desc())
    )
    wanted = set(keys)
    return tuple(one for one in map(_episode, rows) if one.key in wanted)


def _episode(row: Row[Any]) -> Episode:
    return Episode(
        id=row.id,
        key=SeriesKey(row.unit_id, row.measure_id, row.stratum_id),
        side=row.side,
        reading=READINGS[row.reading],
        first=day_of(row.first_start),
        last=day_of(row.last_start),
        is_open=row.ended_at is None,
        ended_at=row.ended_at,
    )
