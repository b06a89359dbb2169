"""The two axes: where a period and a value stand in the picture, and which ticks are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from babel.dates import format_date

from qitracker.charts.request import ChartRequest
from qitracker.charts.scene import Item, Stroke, Words
from qitracker.charts.style import Dimensions
from qitracker.spc.analysis import Analysis, Point

MOST_LINES = 5
GRAIN = 1e-12  # values closer than this are the same value on any scale that is drawn
ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120)


# Values -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Range:
    """The values an axis covers and its ticks, all in display units."""

    low: float
    high: float
    step: float
    ticks: tuple[float, ...]


def value_range(
    values: Iterable[float], limits: Iterable[float] = (), *, percent: bool = False, least: float = 0.0
) -> Range:
    """Return a range with round ends and at most five ticks that covers all `values`.

    `limits` widen it too, but by no more than the span of the values on either side: the limits of a
    month with two patients must not press all others flat. `least` is the smallest step worth a tick.
    """
    inside = list(values)
    low, high = min(inside), max(inside)
    span = high - low if high - low > GRAIN else max(abs(high) * 0.2, 4 * least, 1e-9)
    below, above = low, high
    for limit in limits:
        below, above = min(below, max(limit, low - span)), max(above, min(limit, high + span))
    if above - below <= GRAIN:
        below, above = below - span / 2, above + span / 2
    pad = 0.03 * (above - below)
    floor_at, ceiling = _possible(low, high, percent=percent)
    return _rounded(max(below - pad, floor_at), min(above + pad, ceiling), least, floor_at, ceiling)


def _possible(low: float, high: float, *, percent: bool) -> tuple[float, float]:
    """Return the ends beyond which there is nothing: 0 where nothing is negative, 100 %."""
    return (0.0 if low >= 0 else float("-inf")), (100.0 if percent and high <= 100 else float("inf"))


def _rounded(low: float, high: float, least: float, floor_at: float, ceiling: float) -> Range:
    if high <= low:
        low, high = (low - 1, high) if high == ceiling else (low, low + 1)
    step = max(_round_step((high - low) / (MOST_LINES - 1)), least)
    while floor(high / step + 1e-9) - ceil(low / step - 1e-9) >= MOST_LINES:
        step = _round_step(step * 1.01)
    bottom = max(floor(low / step * 2 + 1e-9) * step / 2, floor_at)
    top = min(ceil(high / step - 1e-9) * step, ceiling)
    if top <= bottom:
        top = bottom + step
    first = ceil(bottom / step - 1e-9)
    ticks = [k * step for k in range(first, floor(top / step + 1e-9) + 1)]
    if len(ticks) > MOST_LINES:
        ticks = ticks[-1::-2][::-1]
    return Range(bottom, top, step, tuple(ticks))


def _round_step(rough: float) -> float:
    magnitude: float = 10.0 ** floor(log10(rough))
    return next(step * magnitude for step in ROUND_STEPS if step * magnitude >= rough * (1 - 1e-9))


# Places -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Frame:
    """Where the plot lies in the picture, and how dates and values become places in it."""

    left: float
    right: float
    top: float
    bottom: float
    range: Range
    slots: tuple[int, ...]  # for each drawn point, how many periods after the first it stands

    @property
    def slot(self) -> float:
        """Return the width of one period."""
        return (self.right - self.left) / (self.slots[-1] + 1.4)

    def x(self, position: float) -> float:
        """Return where a period lies: 0 is the first, halves are the edges between."""
        return self.left + (position + 0.7) * self.slot

    def y(self, value: float) -> float:
        """Return where a value lies, kept inside the plot."""
        share = (value - self.range.low) / (self.range.high - self.range.low)
        return self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top)

    def within(self, value: float) -> bool:
        """Say whether a value lies inside the plot."""
        return self.range.low - 1e-9 <= value <= self.range.high + 1e-9


def slots(starts: Sequence[date], frequency: str) -> tuple[int, ...]:
    """Return how many periods after the first each start lies, so that a skipped period leaves its room.

    Events have no period: they stand one after the other.
    """
    count = {
        "month": lambda day: day.year * 12 + day.month,
        "quarter": lambda day: (day.year * 12 + day.month) // 3,
        "year": lambda day: day.year,
        "week": lambda day: day.toordinal() // 7,
        "day": lambda day: day.toordinal(),
    }.get(frequency)
    if count is None:
        return tuple(range(len(starts)))
    return tuple(count(day) - count(starts[0]) for day in starts)


# Ticks ------------------------------------------------------------------------------------------------


def value_axis(frame: Frame, request: ChartRequest, size: Dimensions) -> list[Item]:
    """Return grid lines with their numbers; the unit stands at the top one only."""
    palette = size.palette
    items: list[Item] = []
    for value in frame.range.ticks:
        y = frame.y(value)
        items.append(Stroke("c-grid", ((frame.left, y), (frame.right, y)), palette.grid, 0.8))
        place = (frame.left - 3.5 * size.unit, y + size.text * 0.34)
        words = tick_words(frame.range, value, request)
        items.append(Words("c-text", place, words, palette.quiet, size.text, anchor="right"))
    axis_words = request.axis_words or ("" if request.unit_is_short else request.unit)
    if axis_words:
        items.append(Words("c-text", (2.0, size.text), axis_words, palette.quiet, size.text))
    return items


def tick_words(covered: Range, value: float, request: ChartRequest) -> str:
    """Write one number of the value axis, with as many decimals as its steps need; the top one bears a short unit."""
    magnitude = floor(log10(covered.step) + 1e-9)
    decimals = max(0, -magnitude + (abs(covered.step / 10.0**magnitude - 2.5) < 1e-6))
    unit = request.unit if value == covered.ticks[-1] and request.unit_is_short else ""
    return request.reader.quantity(value, unit, decimals)


@dataclass(frozen=True)
class Tick:
    """One label along time; `year` stands below it where a year begins to be named."""

    index: int
    words: str
    year: str = ""


def time_axis(
    frame: Frame, analysis: Analysis, points: Sequence[Point], request: ChartRequest, size: Dimensions
) -> list[Item]:
    """Return the line of time with calm labels: each year is named once."""
    palette = size.palette
    items: list[Item] = [
        Stroke("c-axis", ((frame.left, frame.bottom), (frame.right, frame.bottom)), palette.limit, 0.8)
    ]
    for tick in time_ticks(points, analysis.frequency, request, size.ticks):
        x = frame.x(frame.slots[tick.index])
        items.append(Stroke("c-axis", ((x, frame.bottom), (x, frame.bottom + 3)), palette.limit, 0.8))
        for row, words in enumerate(filter(None, (tick.words, tick.year))):
            y = frame.bottom + 3.5 + size.text + row * size.text
            items.append(Words("c-text", (x, y), words, palette.quiet, size.text, anchor="center"))
    return items


def time_ticks(points: Sequence[Point], frequency: str, request: ChartRequest, most: int) -> tuple[Tick, ...]:
    """Return at most `most` (+1) labels: January and July for three years of months, fewer for more."""
    starts = [point.start for point in points]
    chosen = _evenly(len(starts), most) if _names_days(starts, frequency) else _calendar(starts, most)
    return _named(starts, chosen, frequency, request)


def _names_days(starts: Sequence[date], frequency: str) -> bool:
    """Say whether labels name days: events, and a few weeks or days."""
    return frequency == "event" or (frequency in {"day", "week"} and (starts[-1] - starts[0]).days < 120)


def _evenly(count: int, most: int) -> list[int]:
    every = max(1, ceil(count / most))
    return list(range(count - 1, -1, -every))[::-1]


def _calendar(starts: Sequence[date], most: int) -> list[int]:
    """Return the first point of every month, quarter, half, year …, the finest that stays calm."""
    chosen: list[int] = []
    for months in MONTH_STEPS:
        chosen, seen = [], set()
        for index, day in enumerate(starts):
            number, offset = divmod(day.year * 12 + day.month - 1, months)
            if number not in seen and offset == 0:
                chosen.append(index)
                seen.add(number)
        if len(chosen) <= most and chosen:
            return chosen
        if not chosen:
            break
    return _evenly(len(starts), most)


def _named(starts: Sequence[date], chosen: Sequence[int], frequency: str, request: ChartRequest) -> tuple[Tick, ...]:
    pattern = "d MMM" if _names_days(starts, frequency) else {"quarter": "QQQ", "year": "y"}.get(frequency, "MMM")
    ticks, said = [], None
    for index in chosen:
        day = starts[index]
        words = format_date(day, pattern, locale=request.reader.locale)
        year = "" if frequency == "year" or day.year == said else str(day.year)
        ticks.append(Tick(index, words, year))
        said = day.year
    return tuple(ticks)
