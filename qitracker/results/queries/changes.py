"""What changed in the units a person reaches: the signals, worse first, and how many charts show none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.people.queries import facts_of, places
from qitracker.results.models import status
from qitracker.results.queries.board_rows import STATUS_COLUMNS, BoardRow, board_rows
from qitracker.results.queries.standings import OwnSeries, own_series
from qitracker.results.standing import NEWS, Standing, Tally, tally


@dataclass(frozen=True)
class Change:
    """One chart that shows a signal now, and the address of its unit."""

    row: BoardRow
    unit_slug: str


@dataclass(frozen=True)
class Changes:
    """What the charts of all units in reach say, each unit against itself."""

    tally: Tally
    shown: Mapping[Standing, tuple[Change, ...]]  # the newest of each kind of signal
    most_points: int  # of the longest series; 0 where nothing is recorded
    units: int
    silent_since: date | None  # no silent series has a result of a later period

    @property
    def all_shown(self) -> tuple[Change, ...]:
        """Return the changes of all kinds, worse first."""
        return tuple(change for kind in NEWS for change in self.shown[kind])

    def left(self, kind: Standing) -> int:
        """Return how many signals of a kind are not shown."""
        return int(getattr(self.tally, kind)) - len(self.shown[kind])


def changes(*, by: Actor, today: date, most: int = 5) -> Changes:
    """Return the signals in the units that `by` reaches, and the counts. Twelve statements, whatever the number.

    `most` of each kind are shown, so that what got better is not crowded out by what got worse. Parents are left
    out: their units speak for themselves, and a sum may hide them.
    """
    found = own_series(by, today)
    wanted = {kind: _newest(found, kind)[:most] for kind in NEWS}
    made = changes_of([one for kind in NEWS for one in wanted[kind]], today)
    return Changes(
        tally=tally(one.stands for one in found),
        shown={kind: tuple(made[one.key] for one in some) for kind, some in wanted.items()},
        most_points=max((one.points for one in found), default=0),
        units=len({one.unit_id for one in found}),
        silent_since=silent_since(found),
    )


def silent_since(found: Iterable[OwnSeries]) -> date | None:
    """Return the latest period that any silent series has a result of."""
    return max((one.last for one in found if one.stands is Standing.SILENT), default=None)


def _newest(found: Iterable[OwnSeries], kind: Standing) -> list[OwnSeries]:
    """Return the signals of a kind, what began last first."""
    held = (one for one in found if one.stands is kind)
    return sorted(held, key=lambda one: (-one.signal_since, one.unit_id, one.measured.id))


def changes_of(wanted: Sequence[OwnSeries], today: date) -> dict[tuple[int, int, int], Change]:
    """Return these series as a board shows them, by their keys. Nine statements, however many there are."""
    columns = (status.c.unit_id, status.c.measure_id, status.c.stratum_id)
    rows = store.execute(select(*STATUS_COLUMNS).where(tuple_(*columns).in_([one.key for one in wanted]))).all()
    where = places(row.unit_id for row in rows)
    slugs = {key: unit.slug for key, unit in facts_of(where).items()}
    return {
        (row.unit_id, row.measure_id, row.stratum_id): Change(made, slugs[row.unit_id])
        for row, made in zip(rows, board_rows(rows, where, today=today), strict=True)
    }
