"""The facts of thousands of series at once, from stored rows to status rows, through the NumPy road. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qitracker.measures.rules import Definition, Frequency, Interval
from qitracker.results.series import LATELY, possible_range, unfinished
from qitracker.results.status import READING_CODES, Facts, last_two, telling_rule
from qitracker.spc.analyse_block import READINGS, Block, BlockAnalysis, analyse_block
from qitracker.spc.analysis import Direction
from qitracker.spc.intervals import LEAST_PREDICTED

AT_ONCE = 4_000
EPOCH = date(1970, 1, 1).toordinal()
STEP = {Frequency.WEEK: 7}
UNITS = {Frequency.MONTH: ("M", 1), Frequency.QUARTER: ("M", 3)}
StoredRow = Sequence[Any]  # unit, stratum, start, state, numerator, denominator; state 0 is a value


@dataclass(frozen=True)
class Many:
    """Rows of many series as arrays, in the order unit, stratum, start, with their places in a grid."""

    starts: NDArray[np.int64]
    states: NDArray[np.int64]
    numerators: NDArray[np.float64]
    denominators: NDArray[np.float64]
    first: NDArray[np.int64]  # index of the first row of each series
    sizes: NDArray[np.int64]  # rows of each series
    series: NDArray[np.int64]  # number of the series of each row
    places: NDArray[np.int64]  # place of each row in its series, holes counted


def arrays_of(rows: Sequence[StoredRow], frequency: Frequency) -> Many | None:
    """Return the rows as arrays; None when a row does not lie on the grid of its frequency (after a change of it)."""
    units, strata, starts, states, numerators, denominators = zip(*rows, strict=True)
    start = np.array(starts, dtype=np.int64)
    unit, stratum = np.array(units, dtype=np.int64), np.array(strata, dtype=np.int64)
    begins = np.ones(len(start), dtype=np.bool_)
    begins[1:] = (unit[1:] != unit[:-1]) | (stratum[1:] != stratum[:-1])
    first = np.flatnonzero(begins)
    series = np.cumsum(begins) - 1
    numbers = _period_numbers(start, frequency)
    if numbers is None:
        places = np.arange(len(start)) - first[series]
    else:
        places = numbers - numbers[first][series]
        if (np.diff(places)[~begins[1:]] <= 0).any() or (_period_starts(numbers, frequency) != start).any():
            return None
    return Many(
        starts=start,
        states=np.array(states, dtype=np.int64),
        numerators=np.array(numerators, dtype=np.float64),
        denominators=np.array(denominators, dtype=np.float64),
        first=first,
        sizes=np.diff(np.append(first, len(start))),
        series=series,
        places=places,
    )


def _period_numbers(start: NDArray[np.int64], frequency: Frequency) -> NDArray[np.int64] | None:
    """Return the running number of each period; None for days and events, which have no holes."""
    if frequency in STEP:
        return (start - 1) // STEP[frequency]  # day 1 of the calendar was a Monday
    if frequency not in UNITS:
        return None
    unit, step = UNITS[frequency]
    return (start - EPOCH).astype("datetime64[D]").astype(f"datetime64[{unit}]").astype(np.int64) // step


def _period_starts(numbers: NDArray[np.int64], frequency: Frequency) -> NDArray[np.int64]:
    if frequency in STEP:
        return numbers * STEP[frequency] + 1
    unit, step = UNITS[frequency]
    return (numbers * step).astype(f"datetime64[{unit}]").astype("datetime64[D]").astype(np.int64) + EPOCH


def running_rows(many: Many, frequency: Frequency, today: Sequence[date]) -> NDArray[np.bool_]:
    """Mark the rows whose period is not over; `today` is the day in the unit of each series."""
    running = np.zeros(len(many.starts), dtype=np.bool_)
    days = np.array([day.toordinal() for day in today], dtype=np.int64)
    for day in set(today):
        near = np.unique(many.starts[many.starts > day.toordinal() - LATELY]).tolist()
        starts = unfinished(map(date.fromordinal, near), frequency, today=day)
        if starts:
            here = (days == day.toordinal())[many.series]
            running |= here & np.isin(many.starts, [start.toordinal() for start in starts])
    return running


def facts_of_many(many: Many, definition: Definition, running: NDArray[np.bool_]) -> Iterator[Facts]:
    """Yield the facts of each series, in their order; `running` marks the rows whose period is not over."""
    floor, ceiling = possible_range(definition)
    for begin in range(0, len(many.first), AT_ONCE):
        end = min(begin + AT_ONCE, len(many.first))
        rows = slice(int(many.first[begin]), int(many.first[end]) if end < len(many.first) else len(many.starts))
        grid = _grid(many, rows, begin, end - begin, running)
        analysed = analyse_block(
            _block(grid, definition),
            chart=definition.chart,
            rule_set=definition.rule_set,
            direction=definition.direction,
            floor=floor,
            ceiling=ceiling,
        )
        yield from _facts(grid, analysed, definition.direction)


@dataclass(frozen=True)
class _Grid:
    """Some series as n x m arrays; NaN where nothing is counted."""

    numerators: NDArray[np.float64]
    denominators: NDArray[np.float64]
    starts: NDArray[np.int64]  # 0 where no row stands
    included: NDArray[np.bool_]  # not where the period is not over
    lengths: NDArray[np.int64]


def _grid(many: Many, rows: slice, begin: int, count: int, running: NDArray[np.bool_]) -> _Grid:
    places, series = many.places[rows], many.series[rows] - begin
    width = int(places.max(initial=-1)) + 1
    numerators, denominators = np.full((count, width), np.nan), np.full((count, width), np.nan)
    starts = np.zeros((count, width), dtype=np.int64)
    held = (many.states[rows] == 0) & (many.denominators[rows] != 0)
    numerators[series, places] = np.where(held, many.numerators[rows], np.nan)
    denominators[series, places] = np.where(held, many.denominators[rows], np.nan)
    starts[series, places] = many.starts[rows]
    included = np.ones((count, width), dtype=np.bool_)
    included[series, places] = ~running[rows]
    last = np.append(many.first[begin + 1 : begin + count], rows.stop) - 1
    return _Grid(numerators, denominators, starts, included, many.places[last] + 1)


def _block(grid: _Grid, definition: Definition) -> Block:
    numerators, denominators = grid.numerators, grid.denominators
    if definition.interval is Interval.MID_P:  # too few expected: counted, and no ratio is shown
        shown = denominators >= LEAST_PREDICTED
        numerators, denominators = np.where(shown, numerators, np.nan), np.where(shown, denominators, np.nan)
    return Block(
        numerators=numerators,
        denominators=denominators,
        multipliers=np.full(len(numerators), float(definition.multiplier)),
        phases=np.zeros(numerators.shape, dtype=np.int64),
        included=grid.included,
        baseline=grid.included,
    )


def _facts(grid: _Grid, analysed: BlockAnalysis, direction: Direction) -> Iterator[Facts]:
    codes = np.array([READING_CODES[reading] for reading in READINGS])
    readings, latest_codes = codes[analysed.readings].tolist(), codes[analysed.latest_reading].tolist()
    values, numerators, denominators = (_with_none(a) for a in (analysed.values, grid.numerators, grid.denominators))
    rules = list(analysed.marks)
    marks = {rule: marked.tolist() for rule, marked in analysed.marks.items()}
    lines = [_at(line, analysed.latest) for line in (analysed.centre, analysed.lower, analysed.upper)]
    starts = grid.starts.tolist()
    for row, (size, latest) in enumerate(zip(grid.lengths.tolist(), analysed.latest.tolist(), strict=True)):
        code = latest_codes[row]
        rule = ""
        if code != "u":
            marking = [one for one in rules if marks[one][row][latest]]
            reading = READINGS[analysed.latest_reading[row]]
            newest = last_two(values[row], latest)
            rule = telling_rule(marking, newest, lines[0][row], direction, reading) or "crossings"
        days = _Days(starts[row])
        yield Facts(
            starts=days,
            values=values[row][:size],
            numerators=numerators[row][:size],
            denominators=denominators[row][:size],
            readings=readings[row][:size],
            reading=code,
            latest=latest if latest >= 0 else None,
            centre=lines[0][row],
            lower=lines[1][row],
            upper=lines[2][row],
            rule=rule,
            marked=marks[rule][row] if rule in marks else [False] * size,
            begins=days[0] if rule else None,  # the whole series is one phase
        )


class _Days(Sequence[date]):
    """Day numbers read as days only where somebody looks; a hole, in which no row stands, is the first day of all."""

    def __init__(self, numbers: list[int]) -> None:
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: Any) -> Any:
        return date.fromordinal(self._numbers[at] or date.min.toordinal())


def _with_none(numbers: NDArray[np.float64]) -> list[list[float | None]]:
    objects = numbers.astype(object)
    objects[np.isnan(numbers)] = None
    return objects.tolist()


def _at(lines: NDArray[np.float64], latest: NDArray[np.int64]) -> list[float | None]:
    if not lines.shape[1]:
        return [None] * len(latest)
    found = np.take_along_axis(lines, np.maximum(latest, 0)[:, None], axis=1)
    return [row[0] for row in _with_none(np.where(latest[:, None] < 0, np.nan, found))]
