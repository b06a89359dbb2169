"""What a board says of a series: the facts of its status row, turned into the glance that has its line. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.results.standing import is_early
from qitracker.spc.analysis import Reading
from qitracker.spc.lines import MINIMUM
from qitracker.spc.registry import CHART_TYPES
from qitracker.spc.wording import Glance
from qitracker.spc.wording.glance import LOOKED_BACK_ON
from qitracker.spc.wording.story import SETTLED, Story


@dataclass(frozen=True)
class Ending:
    """The last m ≤ 24 points of a series and the signal that its status row keeps."""

    frequency: str
    chart: str  # code of the chart that is drawn
    starts: Sequence[date]
    values: Sequence[float | None]
    readings: Sequence[Reading]
    phase_start: date | None  # the first day of the last phase; None where there is one only
    excluded: Collection[date]  # points that do not count: left out by a person, or their period is not over
    reading: Reading  # of the latest point
    rule: str
    since: date | None
    length: int
    side: str
    centre: float | None
    lower: float | None
    upper: float | None

    @property
    def latest(self) -> int | None:
        """Return the place of the last point that counts; of the last with a value where none counts."""
        held = [at for at, value in enumerate(self.values) if value is not None]
        return next((at for at in reversed(held) if self.starts[at] not in self.excluded), held[-1] if held else None)

    @property
    def is_whole(self) -> bool:
        """Say whether these are surely all points of the series."""
        return len(self.values) < LOOKED_BACK_ON

    def counted(self, first: int = 0) -> int:
        """Return how many points from a place on hold a value that counts."""
        held = zip(self.starts[first:], self.values[first:], strict=True)
        return sum(value is not None and start not in self.excluded for start, value in held)


def glance_at(ending: Ending) -> Glance:
    """Return what the line of a board needs, as `spc` works it out of a whole analysis."""
    latest = ending.latest
    is_median = CHART_TYPES.get(ending.chart).centre_word == "median"
    plain = {"frequency": ending.frequency, "is_median": is_median, "lower": ending.lower, "upper": ending.upper}
    if latest is None:
        return Glance(Story.EMPTY, **plain)
    if _is_early(ending):
        return Glance(Story.EARLY, **plain, length=ending.counted() if ending.is_whole else 0)
    if ending.rule and ending.reading is not Reading.USUAL:
        return _signal(ending, latest, plain)
    first = next(
        (at for at, start in enumerate(ending.starts) if ending.phase_start and start >= ending.phase_start), 0
    )
    begins_here = ending.phase_start is not None and ending.starts[0] < ending.phase_start
    if (begins_here or ending.is_whole) and ending.counted(first) < MINIMUM:
        return Glance(Story.NEW_PHASE, **plain, length=ending.counted(first), since=ending.starts[first])
    return _calm(ending, first, plain)


def _is_early(ending: Ending) -> bool:
    """Say whether there are too few results in all; of a long series its missing limits tell."""
    return is_early(
        ending.counted(), points=len(ending.values), chart=ending.chart, has_limits=ending.upper is not None
    )


def _signal(ending: Ending, latest: int, plain: dict[str, object]) -> Glance:
    if ending.since is None:
        return Glance(Story.WHOLE_PHASE, **plain, rule=ending.rule, since=ending.phase_start)
    is_point = ending.rule == "outside"
    return Glance(
        Story.SIGNAL,
        **plain,
        since=ending.starts[latest] if is_point else ending.since,
        length=1 if is_point else ending.length,
        rule=ending.rule,
        side=ending.side,
        centre=ending.centre,
    )


def _calm(ending: Ending, first: int, plain: dict[str, object]) -> Glance:
    marked = [at for at in range(first, len(ending.readings)) if ending.readings[at] is not Reading.USUAL]
    if not marked:
        return Glance(Story.USUAL, **plain, length=ending.counted(first))
    since = ending.counted(marked[-1] + 1)
    if since < SETTLED:
        return Glance(Story.CALMING, **plain, length=since, since=ending.starts[marked[-1]])
    return Glance(Story.CALM, **plain, length=since)
