"""Open and end episodes beside the status rows that are refreshed: a few statements, however many series."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from qitracker.foundation import clock
from qitracker.foundation.db import store
from qitracker.results.episodes import Course, Known, Signal, course
from qitracker.results.keys import SeriesKey
from qitracker.results.models import episode

AT_ONCE = 400
_CARRY = (
    update(episode)
    .where(episode.c.id == bindparam("episode_id"))
    .values(side=bindparam("new_side"), reading=bindparam("new_reading"), last_start=bindparam("last"), ended_at=None)
)


def keep_episodes(measure_id: int, keys: Collection[SeriesKey], signals: Sequence[Signal]) -> None:
    """Open, carry on and end the episodes of these series. Belongs inside the transaction that refreshes their rows.

    `signals` are those that the refreshed rows carry; a series in `keys` without one has none. The rows are locked
    by then, so nobody else opens the same episode meanwhile.
    """
    series = {(key.unit_id, key.stratum_id) for key in keys}
    first = min((signal.first for signal in signals), default=None)
    known = [one for one in _known(measure_id, keys, first) if (one.unit_id, one.stratum_id) in series]
    _store(measure_id, course(signals, known), clock.now())


def _known(measure_id: int, keys: Collection[SeriesKey], first: int | None) -> list[Known]:
    """Return the episodes that are open, or that may be named as one of the signals. One statement per 400 units."""
    units = sorted({key.unit_id for key in keys})
    wanted = [episode.c.ended_at.is_(None)]
    if first is not None:
        wanted.append(episode.c.first_start >= first)
    found: list[Known] = []
    for begin in range(0, len(units), AT_ONCE):
        rows = store.execute(
            select(
                episode.c.id,
                episode.c.unit_id,
                episode.c.stratum_id,
                episode.c.rule,
                episode.c.side,
                episode.c.reading,
                episode.c.first_start,
                episode.c.last_start,
                episode.c.ended_at.is_(None),
            )
            .where(episode.c.measure_id == measure_id, episode.c.unit_id.in_(units[begin : begin + AT_ONCE]))
            .where(or_(*wanted))
            .order_by(episode.c.id)
        )
        found += [Known(*row[:8], is_open=bool(row[8])) for row in rows]
    return found


def _store(measure_id: int, what: Course, now: datetime) -> None:
    if what.begun:
        store.execute(insert(episode), [_row(measure_id, signal, now) for signal in what.begun])
    if what.carried:
        store.connection().execute(
            _CARRY,
            [
                {"episode_id": one.id, "new_side": one.side, "new_reading": one.reading, "last": one.last}
                for one in what.carried
            ],
        )
    for begin in range(0, len(what.ended), AT_ONCE):
        some = what.ended[begin : begin + AT_ONCE]
        store.execute(update(episode).where(episode.c.id.in_(some)).values(ended_at=now))


def _row(measure_id: int, signal: Signal, now: datetime) -> dict[str, Any]:
    return {
        "unit_id": signal.unit_id,
        "measure_id": measure_id,
        "stratum_id": signal.stratum_id,
        "rule": signal.rule,
        "side": signal.side,
        "reading": signal.reading,
        "first_start": signal.first,
        "last_start": signal.last,
        "opened_at": now,
    }
