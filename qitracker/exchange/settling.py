"""What becomes of placed rows: new, recorded already, to be corrected, or refused for what stands recorded."""

from collections.abc import Callable, Collection, Iterator
from collections.abc import Mapping as MappingLike
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from qitracker.exchange.cells import Reason
from qitracker.exchange.choices import Choices
from qitracker.exchange.mapping import Mapping
from qitracker.exchange.odd import count_unusual
from qitracker.exchange.outcome import RowResult
from qitracker.exchange.placing import FOREVER, Plans, Target
from qitracker.exchange.preview import Totals
from qitracker.exchange.why import PERIOD, RECORDED, given_twice
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.queries import definition_at
from qitracker.measures.rules import Interval
from qitracker.results.commands.batch import CODE_OF, Correction
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.recorded import Held, PointAt
from qitracker.spc.intervals import LEAST_PREDICTED

START = itemgetter(4)
Recorded = Callable[[int, Collection[int]], MappingLike[PointAt, Held]]
Closed = Callable[[str, Collection[int]], MappingLike[tuple[int, int], str]]


@dataclass
class Settled:
    """All rows that were placed: new + corrected + same + refused."""

    new: list[tuple[Any, ...]] = field(default_factory=list)  # in the order of results.commands.batch.COLUMNS
    corrections: list[Correction] = field(default_factory=list)
    series: int = 0  # that have something new
    same: int = 0  # recorded already, and equal
    different: int = 0  # recorded already, and not equal: corrected or refused
    unusual: int = 0  # can be true and looks odd: stored
    not_calculated: int = 0  # fewer than one expected: stored, and no ratio is shown
    refused: list[tuple[RowResult, Reason]] = field(default_factory=list)
    comments: list[tuple[SeriesKey, date, str]] = field(default_factory=list)
    totals: dict[int, Totals] = field(default_factory=dict)  # of what will stand: new, corrected and same
    stored: dict[int, Totals] = field(default_factory=dict)  # of what is new

    def measures(self) -> set[int]:
        """Return the ids of the measures that have something to record."""
        return {row[1] for row in self.new} | {one.row[1] for one in self.corrections}


class Settler:
    """Settles the rows of placed series, measure by measure, against what is recorded and closed."""

    def __init__(self, mapping: Mapping, choices: Choices, plans: Plans, *, batch_id: int) -> None:
        self._period_column = mapping.period.start or mapping.period.year
        self._has_comments = bool(mapping.comment)
        self._choices = choices
        self._plans = plans
        self._batch_id = batch_id
        self.settled = Settled()

    def settle(self, targets: list[Target], recorded: Recorded, closed: Closed) -> Settled:
        """Settle all rows; rows come out in the order in which points are stored."""
        by_measure: dict[int, list[Target]] = {}
        for target in targets:
            by_measure.setdefault(target.measured.id, []).append(target)
        for measure_id, some in by_measure.items():
            measured = some[0].measured
            units = {target.spot.id for target in some if target.spot.id > 0}
            frequencies = {one.definition.frequency.value for one in measured.versions}
            points = recorded(measure_id, units)
            held = _by_series(points)
            shut = _by_unit(period for each in frequencies for period in closed(each, units).items())
            begin = len(self.settled.new)
            for target in some:
                place = (target.spot.id, target.stratum_id)
                self._series(target, held.get(place, {}), shut.get(target.spot.id, {}))
            new = self.settled.new[begin:]
            self._add_up(measure_id, new)
            self.settled.unusual += count_unusual(measured.definition, new, points)
        self.settled.new.sort(key=itemgetter(0, 1, 2, 3))
        return self.settled

    def _series(self, target: Target, held: dict[int, Held], shut: dict[int, str]) -> None:
        rows = self._without_doubles(sorted(target.rows, key=START))
        if not rows:
            return
        if held or shut or rows[0][4] < target.first or rows[-1][4] > target.last:
            rows = [row for row in rows if self._may_be_new(row, target, held, shut)]
        if not rows:
            return
        self._add(rows, target)
        if target.since is None or rows[0][4] < target.since:
            self._begin(target, rows[0][4])

    def _without_doubles(self, rows: list[RowResult]) -> list[RowResult]:
        """Refuse the later of two rows for one period: of a series that the file names in two ways."""
        if len(set(map(START, rows))) == len(rows):
            return rows
        first: dict[date, RowResult] = {}
        for row in rows:
            if first.setdefault(row[4], row) is not row:
                self.settled.refused.append((row, given_twice(self._period_column, first[row[4]][0])))
        return list(first.values())

    def _begin(self, target: Target, first: date) -> None:
        days = self._plans.collections.setdefault(target.measured.id, {})
        days[target.spot.id] = min(first, days.get(target.spot.id, FOREVER))

    def _add(self, rows: list[RowResult], target: Target) -> None:
        self.settled.new += self._stored(rows, target)
        self.settled.series += 1
        self._note(rows, target)

    def _add_up(self, measure_id: int, new: list[tuple[Any, ...]]) -> None:
        """Add the new rows of a measure to what is stored and to what will stand."""
        if new:
            found = Totals()
            found.add([row[5] for row in new], [row[6] for row in new], len(new))
            for totals in (self.settled.totals, self.settled.stored):
                totals.setdefault(measure_id, Totals()).join(found)

    def _stored(self, rows: list[RowResult], target: Target) -> Iterator[tuple[Any, ...]]:
        unit_id, measure_id, stratum_id, batch_id = (
            target.spot.id,
            target.measured.id,
            target.stratum_id,
            self._batch_id,
        )
        if len(target.measured.versions) == 1:
            version = target.measured.versions[0].number
            return (
                (unit_id, measure_id, stratum_id, start.toordinal(), CODE_OF[state], a, b, n, version, batch_id)
                for _, _, _, _, start, state, a, b, n, _ in rows
            )
        return (self._one(row, target) for row in rows)

    def _one(self, row: RowResult, target: Target) -> tuple[Any, ...]:
        _, _, _, _, start, state, numerator, denominator, n, _ = row
        version = definition_at(target.measured, start).version
        key = (target.spot.id, target.measured.id, target.stratum_id, start.toordinal())
        return (*key, CODE_OF[state], numerator, denominator, n, version, self._batch_id)

    def _note(self, rows: list[RowResult], target: Target) -> None:
        """Keep the comments of rows that will stand, and count ratios that are not calculated."""
        key = SeriesKey(target.spot.id, target.measured.id, target.stratum_id)
        if self._has_comments:
            self.settled.comments += [(key, row[4], row[9]) for row in rows if row[9]]
        if target.measured.definition.interval is Interval.MID_P:
            self.settled.not_calculated += sum(
                1 for row in rows if row[6] is not None and row[7] is not None and 0 < row[7] < LEAST_PREDICTED
            )

    def _may_be_new(self, row: RowResult, target: Target, held: dict[int, Held], shut: dict[int, str]) -> bool:
        """Say whether the row is new; settle it here when it is anything else."""
        start = row[4].toordinal()
        there = held.get(start)
        if there is not None and _is_same(row, there):
            self.settled.same += 1
            self.settled.totals.setdefault(target.measured.id, Totals()).add([row[6]], [row[7]], 1)
            return False
        wrong, kind = _out_of_time(row, target) or _shut(row, target, shut.get(start, "open")), PERIOD
        if there is not None:
            self.settled.different += 1
            wrong, kind = (wrong, kind) if wrong else (self._uncorrectable(row, target), RECORDED)
        if wrong is not None:
            self.settled.refused.append((row, Reason(self._period_column, wrong, kind)))
            return False
        if there is not None:
            self.settled.corrections.append(Correction(self._one(row, target), there))
            self.settled.totals.setdefault(target.measured.id, Totals()).add([row[6]], [row[7]], 1)
            self._note([row], target)
            return False
        return True

    def _uncorrectable(self, row: RowResult, target: Target) -> Sentence | None:
        period = Period(row[4], target.measured.definition.frequency.value)
        if not self._choices.correct:
            return say("{period} is recorded already, with other numbers. They stay as they are.", period=period)
        if not target.spot.may_correct:
            return say(
                "{period} is recorded already, and you may not correct results in {unit}.",
                period=period,
                unit=target.spot.name,
            )
        return None


def _by_series(recorded: MappingLike[PointAt, Held]) -> dict[tuple[int, int], dict[int, Held]]:
    found: dict[tuple[int, int], dict[int, Held]] = {}
    for (unit_id, stratum_id, start), held in recorded.items():
        found.setdefault((unit_id, stratum_id), {})[start] = held
    return found


def _by_unit(closed: Iterator[tuple[tuple[int, int], str]]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (unit_id, start), state in closed:
        found.setdefault(unit_id, {})[start] = state
    return found


def _is_same(row: RowResult, there: Held) -> bool:
    same = (CODE_OF[row[5]], row[6], row[7]) == there[:3]
    return same and (row[8] is None or row[8] == there.n)


def _out_of_time(row: RowResult, target: Target) -> Sentence | None:
    measured, start = target.measured, row[4]
    values = {
        "unit": target.spot.name,
        "measure": measured.title,
        "period": Period(start, measured.definition.frequency.value),
    }
    if start < target.first:
        return say("{unit} did not collect {measure} in {period} yet. Let it begin earlier.", **values)
    if start > target.last:
        return _too_late(target, values)
    return None


def _too_late(target: Target, values: dict[str, object]) -> Sentence:
    if target.spot.last_day == target.last:
        return say("{unit} was closed before {period}.", **values)
    if target.measured.retired_on == target.last:
        return say("{measure} was retired before {period}.", **values)
    return say("{unit} no longer collected {measure} in {period}.", **values)


def _shut(row: RowResult, target: Target, stage: str) -> Sentence | None:
    period = Period(row[4], target.measured.definition.frequency.value)
    if stage == "locked":
        return say(
            "{period} is locked in {unit}. Reopen it with a reason, then import it.",
            period=period,
            unit=target.spot.name,
        )
    if stage != "open" and not target.spot.may_correct:
        return say(
            "{period} was submitted in {unit}, and you may not correct it.", period=period, unit=target.spot.name
        )
    return None
