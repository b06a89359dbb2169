"""Draw the numbers of one invented series: binomial, Poisson or normal, always the same for the same seed. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, exp, pi, sqrt
from random import Random
from typing import Final

from qitracker.demonstration.course import Course, Parts, Plan
from qitracker.foundation.periods import period_of, shift_period
from qitracker.measures.rules import Definition, Frequency, Scoring
from qitracker.results.rules import Entry
from qitracker.spc.analysis import State

SEED: Final = "thistledown"
YEARS: Final = 3
PERIODS: Final = {Frequency.WEEK: 156, Frequency.MONTH: 36, Frequency.QUARTER: 12, Frequency.YEAR: 3}
LARGE: Final = 400  # from here on the normal curve stands in for the binomial, from LARGE / 10 on for the Poisson
PEAK_MONTH: Final = 1


@dataclass(frozen=True)
class Drawn:
    """The numbers of one series: the total, and each stratum in the order of the definition."""

    total: tuple[Entry, ...]
    parts: tuple[tuple[Entry, ...], ...] = ()


def starts_of(frequency: Frequency, today: date) -> tuple[date, ...]:
    """Return the first days of the three years of periods that are over, the oldest first."""
    running = period_of(today, frequency)
    return tuple(shift_period(running, frequency, -back) for back in range(PERIODS[frequency], 0, -1))


def draw(plan: Plan, course: Course, definition: Definition, *, today: date, seed: str = SEED) -> Drawn:
    """Return the numbers of a course up to the last complete period before `today`."""
    dice = Random(f"{seed}/{plan.code}/{course.unit}/{course.salt}")
    if definition.frequency is Frequency.EVENT:
        return Drawn(tuple(_events(course, today, dice)))
    starts = starts_of(definition.frequency, today)
    silent = plan.lag + course.unrecorded
    total: list[Entry] = []
    parts: list[list[Entry]] = [[] for _ in (plan.parts.shares if plan.parts else ())]
    for at, start in enumerate(starts):
        back = len(starts) - at
        level = _level(course, at, back, start)
        entry = _ROLLS[definition.scoring](course, level, start, definition, dice)
        split = _split(entry, plan.parts, dice) if plan.parts else []
        if back <= silent or (course.begins is not None and back > course.begins):
            continue
        state = _state(course, back, start)
        total.append(_without(entry, state) if state else entry)
        for kept, part in zip(parts, split, strict=True):
            kept.append(_without(part, state) if state else part)
    return Drawn(tuple(total), tuple(map(tuple, parts)))


def _level(course: Course, at: int, back: int, start: date) -> float:
    if back in course.odd:
        return course.odd[back]
    reached = [level for since, level in course.turns if back <= since]
    level = reached[-1] if reached else course.level
    season = course.season * cos(2 * pi * (start.month - PEAK_MONTH) / 12)
    return level + course.drift * at + season


def _state(course: Course, back: int, start: date) -> State | None:
    """Return the state of a period that holds no value, None for one that does."""
    if course.only and start.month not in course.only:
        return State.NOT_APPLICABLE
    return course.states.get(back)


def _without(entry: Entry, state: State) -> Entry:
    if state is State.NO_CASES:
        return Entry(entry.start, state, 0.0, 0.0)
    return Entry(entry.start, state)


# One period ----------------------------------------------------------------------------------------

Roll = Callable[[Course, float, date, Definition, Random], Entry]


def _proportion(course: Course, level: float, start: date, definition: Definition, dice: Random) -> Entry:
    cases = max(5, round(dice.gauss(course.size, course.size * 0.08)))
    share = min(max(level, 0.0), 1.0)
    return Entry(start, State.VALUE, float(binomial(dice, cases, share)), float(cases))


def _rate(course: Course, level: float, start: date, definition: Definition, dice: Random) -> Entry:
    exposure = max(1, round(dice.gauss(course.size, course.size * 0.04)))
    count = poisson(dice, max(level, 0.0) * exposure / definition.multiplier)
    return Entry(start, State.VALUE, float(count), float(exposure))


def _expected(course: Course, level: float, start: date, definition: Definition, dice: Random) -> Entry:
    expected = round(max(0.1, dice.gauss(course.size, course.size * 0.08)), 2)
    return Entry(start, State.VALUE, float(poisson(dice, max(level, 0.0) * expected)), expected)


def _ratio(course: Course, level: float, start: date, definition: Definition, dice: Random) -> Entry:
    size = float(max(1, round(dice.gauss(course.size, course.size * 0.04))))
    value = max(0.0, dice.gauss(level, course.spread)) / definition.multiplier
    return Entry(start, State.VALUE, float(round(value * size)), size)


def _mean(course: Course, level: float, start: date, definition: Definition, dice: Random) -> Entry:
    cases = max(5, round(dice.gauss(course.size, course.size * 0.08)))
    total = round(max(0.0, dice.gauss(level, course.spread)) * cases, 1)
    return Entry(start, State.VALUE, total, float(cases), cases)


def _median(course: Course, level: float, start: date, definition: Definition, dice: Random) -> Entry:
    cases = max(3, round(dice.gauss(course.size, course.size * 0.15)))
    return Entry(start, State.VALUE, round(max(0.0, dice.gauss(level, course.spread)), definition.decimals), 1.0, cases)


def _count(course: Course, level: float, start: date, definition: Definition, dice: Random) -> Entry:
    return Entry(start, State.VALUE, float(poisson(dice, max(level, 0.0))), 1.0)


_ROLLS: Final[dict[Scoring, Roll]] = {
    Scoring.PROPORTION: _proportion,
    Scoring.RATE: _rate,
    Scoring.OBSERVED_EXPECTED: _expected,
    Scoring.RATIO: _ratio,
    Scoring.MEAN: _mean,
    Scoring.MEDIAN: _median,
    Scoring.COUNT: _count,
}


def _events(course: Course, today: date, dice: Random) -> Iterator[Entry]:
    """Yield rare events, counted back from today, each with the days since the one before it."""
    first = period_of(today, Frequency.MONTH) - timedelta(days=YEARS * 365)
    gaps: list[int] = []
    while sum(gaps) < YEARS * 365 - 20:
        gaps.append(1 + round(dice.expovariate(1 / course.level)))
    day = first
    for gap in gaps[:-1]:
        day += timedelta(days=gap)
        yield Entry(day, State.VALUE, float(gap), 1.0)


def _split(entry: Entry, parts: Parts, dice: Random) -> list[Entry]:
    """Return the strata of an entry; what they count adds up to the whole."""
    counted, cases = int(entry.numerator or 0), int(entry.denominator or 0)
    sizes = [cases] * len(parts.shares) if parts.of_numerator else _shared(cases, parts.shares)
    weights = parts.shares if parts.of_numerator else _weights(sizes, parts.offsets, counted / cases if cases else 0.0)
    chosen = dice.choices(range(len(sizes)), weights, k=counted)
    numbers = _within([chosen.count(at) for at in range(len(sizes))], sizes)
    return [Entry(entry.start, State.VALUE, float(k), float(n)) for k, n in zip(numbers, sizes, strict=True)]


def _weights(sizes: list[int], offsets: tuple[float, ...], share: float) -> tuple[float, ...]:
    weighted = [n * max(0.01, share + o) for n, o in zip(sizes, offsets or (0.0,) * len(sizes), strict=True)]
    return tuple(weight / sum(weighted) for weight in weighted)


def _shared(whole: int, shares: tuple[float, ...]) -> list[int]:
    given = [round(whole * share) for share in shares[:-1]]
    return [*given, whole - sum(given)] if sum(given) <= whole else [whole - sum(given[1:]), *given[1:], 0]


def _within(numbers: list[int], sizes: list[int]) -> list[int]:
    """Move what a stratum cannot hold to one that can."""
    over = sum(max(0, k - n) for k, n in zip(numbers, sizes, strict=True))
    held = [min(k, n) for k, n in zip(numbers, sizes, strict=True)]
    for at, n in enumerate(sizes):
        moved = min(over, n - held[at])
        held[at], over = held[at] + moved, over - moved
    return held


# The dice ------------------------------------------------------------------------------------------


def binomial(dice: Random, cases: int, share: float) -> int:
    """Return how many of so many cases meet a condition that each meets with this chance."""
    if cases > LARGE:
        drawn = dice.gauss(cases * share, sqrt(cases * share * (1 - share)))
        return min(max(round(drawn), 0), cases)
    return sum(dice.random() < share for _ in range(cases))


def poisson(dice: Random, mean: float) -> int:
    """Return how many rare events happen where so many happen on average. Source: Knuth, TAOCP 2, 3.4.1."""
    if mean > LARGE / 10:
        return max(0, round(dice.gauss(mean, sqrt(mean))))
    floor, count, product = exp(-mean), 0, dice.random()
    while product > floor:
        count += 1
        product *= dice.random()
    return count
