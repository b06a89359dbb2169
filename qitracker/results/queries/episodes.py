"""Episodes as they are read: of one series, by their numbers, and those that are news in the units of a reader."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, tuple_

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission
from qitracker.links.queries import edges_of
from qitracker.links.rules import Role
from qitracker.people.queries import places, reach
from qitracker.results.episodes import Episode
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import episode
from qitracker.results.queries.shown import Shown, shown
from qitracker.results.queries.standings import own_series
from qitracker.results.standing import NEWS
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
_SERIES = tuple_(episode.c.unit_id, episode.c.measure_id, episode.c.stratum_id)
OF_MANY = select(*_COLUMNS).where(_SERIES.in_(bindparam("keys", expanding=True))).order_by(episode.c.id)
OPEN = select(*_COLUMNS).where(episode.c.ended_at.is_(None)).order_by(episode.c.id)


@dataclass(frozen=True)
class OpenEpisode:
    """One episode that is news: as a board shows its series, and whether somebody has begun to answer it."""

    episode: Episode
    shown: Shown
    is_answered: bool


def episodes(*, by: Actor, today: date, most: int | None = None) -> tuple[OpenEpisode, ...]:
    """Return the open episodes of the units that `by` reaches, what began last first; at most `most`.

    They are the news of the home page: only of series that units collect themselves, that are still kept and not too
    early to judge. A fixed number of statements.
    """
    news = {one.key for one in own_series(by, today) if one.stands in NEWS}
    within = OPEN.where(episode.c.unit_id.in_(reach(by, Permission.RESULT_READ)))
    found = [one for one in map(_episode, store.execute(within)) if one.key in news]
    found.sort(key=lambda one: (-one.first.toordinal(), one.key, one.id))
    newest = found[:most]
    rows = shown({one.key for one in newest}, places(one.key.unit_id for one in newest), today=today)
    answered = {edge.end for edge in edges_of([one.ref for one in newest]) if edge.role == Role.ANSWERS}
    return tuple(OpenEpisode(one, rows[one.key], one.ref in answered) for one in newest)


def episodes_of(key: SeriesKey) -> tuple[Episode, ...]:
    """Return the newest episodes of one series, newest first. Asks no rights. One statement."""
    rows = store.execute(
        OF_SERIES, {"unit_id": key.unit_id, "measure_id": key.measure_id, "stratum_id": key.stratum_id}
    )
    return tuple(map(_episode, rows))


def episodes_by_id(ids: Collection[int]) -> tuple[Episode, ...]:
    """Return these episodes. Asks no rights. One statement."""
    return tuple(map(_episode, store.execute(BY_IDS, {"ids": sorted(set(ids))})))


def episodes_of_many(keys: Collection[SeriesKey]) -> tuple[Episode, ...]:
    """Return all episodes of these series. Asks no rights. One statement."""
    wanted = sorted((key.unit_id, key.measure_id, key.stratum_id) for key in set(keys))
    return tuple(map(_episode, store.execute(OF_MANY, {"keys": wanted}))) if wanted else ()


def _episode(row: Row[Any]) -> Episode:
    return Episode(
        id=row.id,
        key=SeriesKey(row.unit_id, row.measure_id, row.stratum_id),
        side=row.side,
        reading=READINGS[row.reading],
        first=day_of(row.first_start),
        last=day_of(row.last_start),
        is_open=row.ended_at is None,
    )
