"""What came of a series: its episodes with the work that answers them, what studies it, and what it judges."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.actor import Actor
from qitracker.links.queries import threads_of
from qitracker.links.rules import Hop, Linked, Ref, Role
from qitracker.results.episodes import Answered, Episode
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.episodes import episodes_of
from qitracker.results.queries.remarks import Remark
from qitracker.results.stations import Station, stations

ANYHOW: Final = 2  # of the newest episodes, shown even where they are over and nobody looked into them

DROPPED: Final = "dropped"  # the state of work that was given up: nothing comes of it


@dataclass(frozen=True)
class CameOf:
    """Everything the card of a measure page shows, as far as the reader may see it."""

    episodes: tuple[Answered, ...] = ()  # newest first
    others: tuple[Linked, ...] = ()  # what studies the series or is judged by it, but answers none of these episodes
    phases: tuple[Remark, ...] = ()  # new limits, which may have ended an episode

    def __bool__(self) -> bool:
        return bool(self.episodes or self.others)

    @property
    def to_study(self) -> Episode | None:
        """Return the episode that an analysis would begin with: the newest open one, else the newest."""
        shown = [one.episode for one in self.episodes]
        return next((one for one in shown if one.is_open), shown[0] if shown else None)

    def stations(self, frequency: str) -> tuple[Station, ...]:
        """Return the stations of the card, in the order in which things came."""
        return stations(self.episodes[::-1], self.others, frequency, self.phases)

    @property
    def is_unanswered(self) -> bool:
        """Say whether a signal stands that nobody has begun to look into."""
        return any(one.episode.is_open and not one.answers for one in self.episodes)


def came_of(key: SeriesKey, *, by: Actor, phases: tuple[Remark, ...] = ()) -> CameOf:
    """Return what came of one series. Asks whether the reader may see the work, not whether the series.

    Two statements, and those of one look-up for each kind that is linked.
    """
    found = episodes_of(key)
    series = Ref(*key.subject)
    hops = threads_of([series, *(one.ref for one in found)], by)
    answered = [Answered(one, _at(hops[one.ref], Role.ANSWERS)) for one in found]
    shown = tuple(one for at, one in enumerate(answered) if one.episode.is_open or one.answers or at < ANYHOW)
    told = {linked.ref for one in shown for linked in one.answers}
    return CameOf(
        episodes=shown,
        others=tuple(one for one in _at(hops[series], Role.STUDIES, Role.JUDGED_BY) if one.ref not in told),
        phases=phases,
    )


def _at(hops: Iterable[Hop], *roles: Role) -> tuple[Linked, ...]:
    """Return what stands to a thing in one of these roles, those of the first role first."""
    back = [hop for hop in hops if not hop.forward and hop.linked.state != DROPPED]
    return tuple(hop.linked for role in roles for hop in back if hop.role == role)
