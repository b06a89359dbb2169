"""The rows of boards: status rows with their definition, what they are held against, and their line in words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from qitracker.foundation.actor import Place
from qitracker.foundation.db import store
from qitracker.foundation.periods import period_end, shift_period
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.benchmark_rules import BenchmarkKind
from qitracker.measures.queries import Measured, StratumChoice, benchmarks_of_all, measures, strata_of_all
from qitracker.measures.rules import Definition, Frequency, Scoring
from qitracker.results.comparison import Compared, compared, target_of
from qitracker.results.glances import Ending, glance_at
from qitracker.results.keys import SeriesKey, day_of
from qitracker.results.models import STATES, Exclusion, PhaseRow, point, status
from qitracker.results.queries.sparks import Spark, spark_of
from qitracker.results.standing import Standing, is_current, standing
from qitracker.results.status import READINGS
from qitracker.results.versions import definition_phases
from qitracker.spc.analysis import Assurance, Reading, State
from qitracker.spc.assurance import range_against
from qitracker.spc.wording import glance_line
from qitracker.spc.wording.story import TOO_EARLY, Story

TOO_FEW = (Story.EMPTY, Story.EARLY)
GOALS = (BenchmarkKind.TARGET, BenchmarkKind.REGULATORY)
COUNTED_OUT_OF = frozenset({Scoring.PROPORTION, Scoring.RATE, Scoring.MEAN, Scoring.RATIO})


@dataclass(frozen=True)
class BoardRow:
    """One measure in one place, as a board or a home page shows it."""

    place: Place
    measured: Measured
    definition: Definition
    stratum: StratumChoice | None
    stands: Standing
    reading: Reading  # of the latest result; as usual where that is too old to be news
    side: str
    words: Sentence
    assurance: Assurance
    spark: Spark | None
    recorded_to: date | None  # the last period that holds anything
    last_start: date | None  # the last that counts: over, and not left out; the next three are of it
    last_state: State | None
    last_value: float | None
    size: float | None  # of the last value: cases, exposure
    coverage: Sentence | None  # of a parent that lacks units
    target: float | None
    peers: Compared | None  # what it is compared with besides its target
    is_missing: bool = False  # no result for the last period that is due
    is_too_early: bool = False  # its line calls it too early, so that no mark beside it may say "as usual"

    @property
    def title(self) -> str:
        """Return the title of the measure, with its part where it is one."""
        return f"{self.definition.title}, {self.stratum.title}" if self.stratum else self.definition.title

    @property
    def stratum_code(self) -> str | None:
        """Return what an address names its part by, None for the whole."""
        return self.stratum.code if self.stratum else None

    @property
    def peer_value(self) -> float | None:
        """Return the figure of the peers; of one that ran out the last it had."""
        if self.peers is None or self.peers.value is not None:
            return self.peers.value if self.peers else None
        held = self.peers.benchmark
        return held.value if held.value is not None else held.percentiles.get(50)


@dataclass(frozen=True)
class _Known:
    """What all rows need, read at once."""

    measures: Mapping[int, Measured]
    benchmarks: Mapping[int, tuple]
    strata: Mapping[int, tuple[StratumChoice, ...]]
    phases: Mapping[SeriesKey, list[date]]
    excluded: Mapping[SeriesKey, list[date]]
    starts: Mapping[SeriesKey, list[date]]  # of days and events, whose periods cannot be counted back


def board_rows(
    rows: Sequence[Any], places: Mapping[int, Place], *, today: date, measured: Mapping[int, Measured] | None = None
) -> list[BoardRow]:
    """Return one row for each status row, in their order. Six statements, however many there are.

    `rows` hold the columns of `status`; `places` the place of each of their units; `measured`, where somebody has
    read them already, their measures, which saves a statement.
    """
    known = _read(rows, measured)
    return [_row(row, places[row.unit_id], known, today) for row in rows]


def empty_row(place: Place, measured: Measured, *, is_missing: bool) -> BoardRow:
    """Return the row of a measure that is collected and holds nothing yet."""
    return BoardRow(
        place=place,
        measured=measured,
        definition=measured.definition,
        stratum=None,
        stands=Standing.EARLY,
        reading=Reading.USUAL,
        side="",
        words=say("No results yet."),
        assurance=Assurance.NO_TARGET,
        spark=None,
        recorded_to=None,
        last_start=None,
        last_state=None,
        last_value=None,
        size=None,
        coverage=None,
        target=None,
        peers=None,
        is_missing=is_missing,
    )


def main_series(rows: Iterable[Any]) -> list[Any]:
    """Return one row for each unit and measure: the total, or its first stratum where there is no total."""
    chosen: dict[tuple[int, int], Any] = {}
    for row in rows:
        if row.points:
            held = chosen.get((row.unit_id, row.measure_id))
            if held is None or row.stratum_id < held.stratum_id:
                chosen[row.unit_id, row.measure_id] = row
    return list(chosen.values())


def _read(rows: Sequence[Any], measured: Mapping[int, Measured] | None) -> _Known:
    measure_ids = {row.measure_id for row in rows}
    unit_ids = {row.unit_id for row in rows}
    known = measures(measure_ids) if measured is None else measured
    return _Known(
        measures=known,
        benchmarks=benchmarks_of_all(measure_ids),
        strata=strata_of_all(measure_ids),
        phases=_days(PhaseRow, unit_ids),
        excluded=_days(Exclusion, unit_ids),
        starts=_starts(rows, known, unit_ids),
    )


def _days(table: Any, unit_ids: Collection[int]) -> dict[SeriesKey, list[date]]:
    found = store.execute(
        select(table.unit_id, table.measure_id, table.stratum_id, table.start).where(
            table.unit_id.in_(sorted(unit_ids))
        )
    )
    return _by_series(found)


def _starts(
    rows: Sequence[Any], known: Mapping[int, Measured], unit_ids: Collection[int]
) -> dict[SeriesKey, list[date]]:
    uneven = {
        one
        for one in {row.measure_id for row in rows}
        if known[one].definition.frequency in (Frequency.EVENT, Frequency.DAY)
    }
    found = store.execute(
        select(point.c.unit_id, point.c.measure_id, point.c.stratum_id, point.c.start)
        .where(point.c.unit_id.in_(sorted(unit_ids)), point.c.measure_id.in_(sorted(uneven)))
        .order_by(point.c.start)
    )
    return _by_series(found)


def _by_series(found: Iterable[Any]) -> dict[SeriesKey, list[date]]:
    days: dict[SeriesKey, list[date]] = defaultdict(list)
    for unit_id, measure_id, stratum_id, start in found:
        days[SeriesKey(unit_id, measure_id, stratum_id)].append(day_of(start))
    return days


def _row(row: Any, place: Place, known: _Known, today: date) -> BoardRow:
    key = SeriesKey(row.unit_id, row.measure_id, row.stratum_id)
    measured = known.measures[row.measure_id]
    definition = measured.definition
    recorded_to, last = day_of(row.last_start), day_of(row.judged_start)
    ends = period_end(last, definition.frequency)
    benchmarks = known.benchmarks.get(row.measure_id, ())
    against = compared(
        benchmarks, row.last_value, period_ends=ends, today=today, definition=definition, lineage=place.lineage
    )
    goal = target_of(against)
    target = goal.value if goal else None
    glance = glance_at(_ending(row, key, measured, known))
    current = is_current(recorded_to, definition.frequency, definition.due_days, today=today)
    line = glance_line(glance, unit=definition.unit, decimals=definition.decimals)
    return BoardRow(
        place=place,
        measured=measured,
        definition=definition,
        stratum=next((one for one in known.strata.get(row.measure_id, ()) if one.id == row.stratum_id), None),
        stands=standing(READINGS[row.reading], early=glance.story in TOO_FEW, current=current),
        reading=READINGS[row.reading] if current else Reading.USUAL,
        side=row.signal_side,
        words=line
        if current
        else say("Last result {period}, not current.", period=Period(recorded_to, definition.frequency)),
        assurance=range_against(row.lower, row.upper, target, definition.direction),
        spark=spark_of(row, definition, benchmarks, place.lineage, ends),
        recorded_to=recorded_to,
        last_start=last,
        last_state=STATES[row.last_state] if row.last_state is not None else None,
        last_value=row.last_value,
        size=row.last_denominator if definition.scoring in COUNTED_OUT_OF else None,
        coverage=_coverage(row),
        target=target,
        peers=next((one for one in against if one.benchmark.kind not in GOALS), None),
        is_too_early=current and glance.story in TOO_EARLY,
    )


def _ending(row: Any, key: SeriesKey, measured: Measured, known: _Known) -> Ending:
    definition, last = measured.definition, day_of(row.last_start)
    count = len(row.spark)
    starts = known.starts.get(key, [])[-count:]
    if len(starts) != count:
        starts = [shift_period(last, definition.frequency, at - count + 1) for at in range(count)]
    begun = [*known.phases.get(key, ()), *(phase.start for phase in definition_phases(measured))]
    return Ending(
        frequency=str(definition.frequency),
        chart=definition.chart,
        starts=starts,
        values=[value for value, _ in row.spark],
        readings=[READINGS[code] for _, code in row.spark],
        phase_start=max((start for start in begun if start <= last), default=None),
        excluded={*known.excluded.get(key, ()), *_running(starts, definition.frequency, row.open_until)},
        reading=READINGS[row.reading],
        rule=row.signal_rule,
        since=day_of(row.signal_since) if row.signal_since else None,
        length=row.signal_length,
        side=row.signal_side,
        centre=row.centre,
        lower=row.lower,
        upper=row.upper,
    )


def _running(starts: Sequence[date], frequency: str, open_until: int | None) -> list[date]:
    """Return the periods that were not over when the row was made; it is made anew when they are."""
    if open_until is None:
        return []
    return [start for start in starts if period_end(start, frequency).toordinal() >= open_until]


def _coverage(row: Any) -> Sentence | None:
    if row.units_reporting >= row.units_expected:
        return None
    return say("{reporting} of {units} units", reporting=row.units_reporting, units=row.units_expected)


STATUS_COLUMNS = tuple(status.c)
