"""What changed in the units a person reaches: the signals, worse first, and how many charts show none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.actor import Actor
from qitracker.people.queries import places
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.shown import Shown, shown
from qitracker.results.queries.standings import OwnSeries, own_series
from qitracker.results.standing import NEWS, Standing, Tally, tally


@dataclass(frozen=True)
class Changes:
    """What the charts of all units in reach say, each unit against itself."""

    tally: Tally
    shown: Mapping[Standing, tuple[Shown, ...]]  # the newest of each kind of signal
    most_points: int  # of the longest series; 0 where nothing is recorded
    units: int
    silent_since: date | None  # no silent series has a result of a later period
    signals: tuple[SeriesKey, ...] = ()  # the series of all signals, worse first, of each kind what began last first

    @property
    def all_shown(self) -> tuple[Shown, ...]:
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
    newest = {kind: _newest(found, kind) for kind in NEWS}
    wanted = {kind: some[:most] for kind, some in newest.items()}
    keys = [one.key for some in wanted.values() for one in some]
    made = shown(keys, places(key.unit_id for key in keys), today=today)
    return Changes(
        tally=tally(one.stands for one in found),
        shown={kind: tuple(made[one.key] for one in some) for kind, some in wanted.items()},
        most_points=max((one.points for one in found), default=0),
        units=len({one.unit_id for one in found}),
        silent_since=silent_since(found),
        signals=tuple(one.key for some in newest.values() for one in some),
    )


def silent_since(found: Iterable[OwnSeries]) -> date | None:
    """Return the latest period that any silent series has a result of."""
    return max((one.last for one in found if one.stands is Standing.SILENT), default=None)


def news(*, by: Actor, today: date) -> tuple[SeriesKey, ...]:
    """Return the series of all signals in the units that `by` reaches. Three statements."""
    return tuple(one.key for one in own_series(by, today) if one.stands in NEWS)


def _newest(found: Iterable[OwnSeries], kind: Standing) -> list[OwnSeries]:
    """Return the signals of a kind, what began last first."""
    held = (one for one in found if one.stands is kind)
    return sorted(held, key=lambda one: (-one.signal_since, one.unit_id, one.measured.id))
