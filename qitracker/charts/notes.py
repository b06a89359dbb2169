"""Notes above the plot: phases and remarks in two lanes, and numbers where a third would not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.charts import phrases
from qitracker.charts.axis import Frame
from qitracker.charts.marks import breaks
from qitracker.charts.request import ChartRequest
from qitracker.charts.scene import Item, Stroke, Words
from qitracker.charts.style import Dimensions, text_width
from qitracker.foundation.periods import period_end
from qitracker.spc.analysis import Analysis, Point

LANES = 2
MOST_TO_WRITE = 12
NOTE_SIZE = 0.92  # of the words of the axis


@dataclass(frozen=True)
class Remark:
    """Words about one place in time: a phase begins (edge left of the point) or a note on the point itself."""

    index: int
    text: str
    is_phase: bool = False


@dataclass(frozen=True)
class Placed:
    """A remark with its lane (0 is nearest the plot) and left edge; `number` when a list has to tell it.

    The lanes of words go up from the plot, those of numbers down from its top.
    """

    remark: Remark
    lane: int
    left: float
    words: str
    number: int | None = None


def remarks(analysis: Analysis, points: Sequence[Point], request: ChartRequest) -> list[Remark]:
    """Return what is to be said above the plot, in time order."""
    found = [Remark(index, _phase_words(analysis, points[index], request), is_phase=True) for index in breaks(points)]
    for note in request.notes:
        index = _index_of(points, note.day, analysis.frequency)
        if index is not None:
            found.append(Remark(index, note.text))
    return sorted(found, key=lambda remark: (remark.index, not remark.is_phase, remark.text))


def _phase_words(analysis: Analysis, point: Point, request: ChartRequest) -> str:
    reason = analysis.phases[point.phase].reason if point.phase < len(analysis.phases) else ""
    start = request.reader.period(point.start, analysis.frequency, short=True)
    return f"{start}: {reason or request.reader.say(phrases.NEW_LIMITS)}"


def _index_of(points: Sequence[Point], day: date, frequency: str) -> int | None:
    """Return the point whose period holds `day`; for events the last one on or before it."""
    for index, point in enumerate(points):
        if point.start <= day <= period_end(point.start, frequency):
            return index
    if frequency != "event" or not points or day < points[0].start:
        return None
    return max(index for index, point in enumerate(points) if point.start <= day)


def place(found: Sequence[Remark], frame: Frame, size: Dimensions) -> list[Placed]:
    """Return each remark with its lane and left edge: no words over others, no fine line through words.

    A remark for which there is no place, or that is wider than most of the plot, becomes a number;
    numbers run from left to right and the page lists what they stand for.
    """
    text, edge = size.text * NOTE_SIZE, frame.right + size.right
    choices = [_choices(remark, frame, text, edge) for remark in found]
    seats = _Search(choices).best if len(found) <= MOST_TO_WRITE else [None] * len(found)
    placed = []
    for remark, seat in zip(found, seats, strict=True):
        x = leader(remark, frame)
        placed.append(Placed(remark, seat.lane, seat.left, remark.text) if seat else Placed(remark, 0, x, ""))
    return _numbered(placed, text)


@dataclass(frozen=True)
class _Seat:
    """One possible place of words: a lane, from left to right, with a fine line down at `line`."""

    lane: int
    left: float
    right: float
    line: float

    def hits(self, other: "_Seat") -> bool:
        """Say whether the two cannot both stand: words meet, or the line of the upper one cuts the lower words."""
        if self.lane == other.lane:
            return self.left < other.right and other.left < self.right
        upper, lower = (self, other) if self.lane > other.lane else (other, self)
        return lower.left - 1 < upper.line < lower.right - 5


def _choices(remark: Remark, frame: Frame, text: float, edge: float) -> list[_Seat]:
    """Return where the words could stand, best first: a phase begins at its line, a note keeps close to the plot."""
    width, x = text_width(remark.text, text) + 8, leader(remark, frame)
    if width > 0.62 * (edge - frame.left):
        return []
    after, before = max(min(x - 2, edge - width), frame.left), max(x + 10 - width, frame.left)
    seats = [_Seat(lane, left, left + width, x) for lane in range(LANES) for left in (after, before)]
    return sorted(seats, key=lambda seat: seat.left == before) if remark.is_phase else seats


class _Search:
    """Seats for all remarks with as few left over as possible; stops looking after a fair number of tries."""

    def __init__(self, choices: Sequence[Sequence[_Seat]]) -> None:
        self.choices, self.tries = choices, 2000
        self.best: list[_Seat | None] = [None] * len(choices)
        self.best_left = len(choices) + 1
        self._seat([], 0)

    def _seat(self, taken: list[_Seat | None], left_over: int) -> None:
        self.tries -= 1
        if left_over >= self.best_left or self.tries < 0:
            return
        if len(taken) == len(self.choices):
            self.best, self.best_left = list(taken), left_over
            return
        for seat in self.choices[len(taken)]:
            if not any(seat.hits(other) for other in taken if other):
                self._seat([*taken, seat], left_over)
        self._seat([*taken, None], left_over + 1)


def leader(remark: Remark, frame: Frame) -> float:
    """Return where the fine line of a remark stands: the edge before the first point of a phase, or the point."""
    return frame.x(frame.slots[remark.index] - (0.5 if remark.is_phase else 0.0))


def _numbered(placed: Sequence[Placed], text: float) -> list[Placed]:
    """Give a sign to each remark without words: plain digits, which every typeface has, in rows that do not meet."""
    out, number = [], 0
    ends: list[float] = []  # for each row below the top of the plot, where its last sign ends
    for one in placed:
        if one.words:
            out.append(one)
            continue
        number += 1
        sign = f"({number})"
        half = text_width(sign, text) / 2 + 1
        row = next((row for row, end in enumerate(ends) if end <= one.left - half), len(ends))
        ends[row : row + 1] = [one.left + half]
        out.append(Placed(one.remark, row, one.left, sign, number))
    return out


def lanes_used(placed: Sequence[Placed]) -> int:
    """Return how many lines of words stand above the plot; numbers hang inside it and need none."""
    return max((one.lane + 1 for one in placed if one.number is None), default=0)


def drawn(placed: Sequence[Placed], frame: Frame, points: Sequence[Point], size: Dimensions) -> list[Item]:
    """Return leaders and words. A phase is a dashed line through the plot, a note a fine line to its point."""
    text = size.text * NOTE_SIZE
    items: list[Item] = []
    for one in placed:
        inside_plot = one.number is not None
        foot = frame.top + text * (1 + 1.1 * one.lane) if inside_plot else frame.top - 4 - one.lane * size.lane
        items += _line(one, foot + 2 + _below(one, placed, text), frame, points, size)
        at, anchor = (one.left, foot), "center" if inside_plot else "left"
        items.append(Words("c-text", at, one.words, size.palette.words, text, anchor=anchor))
    return items


def _below(one: Placed, placed: Sequence[Placed], text: float) -> float:
    """Return how far below a number its line begins, so that it crosses none of the numbers in deeper rows."""
    near = [other.lane for other in placed if other.number and abs(other.left - one.left) < text]
    return 1.1 * text * max(0, max(near) - one.lane) if one.number else 0.0


def _line(one: Placed, top: float, frame: Frame, points: Sequence[Point], size: Dimensions) -> list[Item]:
    x, value = leader(one.remark, frame), points[one.remark.index].value
    if one.remark.is_phase:
        return [Stroke("c-phase", ((x, top), (x, frame.bottom)), size.palette.phase, size.unit, (3, 2))]
    if value is None:
        return []
    foot = frame.y(value) - 6 * size.unit
    return [Stroke("c-note", ((x, top), (x, max(foot, top))), size.palette.quiet, 0.8 * size.unit, (1.5, 2))]
