"""The usual range, the lines and the points of a chart over time."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from qitracker.charts import phrases
from qitracker.charts.axis import Frame
from qitracker.charts.request import ChartRequest, ReferenceLine
from qitracker.charts.scene import Band, Item, Mark, Place, Stroke, Words
from qitracker.charts.style import MARKS, Dimensions
from qitracker.foundation.periods import period_end
from qitracker.foundation.words import say
from qitracker.spc.analysis import Point, Reading, State

Pick = Callable[[Point], float | None]


# Lines ------------------------------------------------------------------------------------------------


def ranges(frame: Frame, points: Sequence[Point], size: Dimensions) -> list[Item]:
    """Return the band of the usual range with its dotted edges, one step for each point."""
    palette, bands, edges = size.palette, [], []
    for first, last in stretches(frame, points, lambda p: p.upper if p.lower is None else p.lower):
        part = range(first, last + 1)
        upper = _steps(frame, part, [frame.range.high if points[i].upper is None else points[i].upper for i in part])
        lower = _steps(frame, part, [frame.range.low if points[i].lower is None else points[i].lower for i in part])
        bands.append(Band("c-band", (*upper, *reversed(lower)), palette.band))
        edges += [
            Stroke("c-limit", edge, palette.limit, 0.9, () if size.in_print else (0.9, 1.5))
            for edge, pick in ((upper, "upper"), (lower, "lower"))
            if any(_is_drawn(frame, getattr(points[i], pick)) for i in part)
        ]
    return [*bands, *edges]


def centres(frame: Frame, points: Sequence[Point], size: Dimensions) -> list[Item]:
    """Return the average (or median) of each phase."""
    return [
        Stroke("c-mean", _steps(frame, range(a, b + 1), [points[i].centre for i in range(a, b + 1)]), size.palette.mean,
               1.3 * _calmer(size))
        for a, b in stretches(frame, points, lambda p: p.centre)
    ]  # fmt: skip


def references(
    frame: Frame, points: Sequence[Point], lines: Sequence[ReferenceLine], frequency: str, size: Dimensions
) -> list[Item]:
    """Return targets and benchmarks over the periods for which they are valid, judged at the end of each."""
    items: list[Item] = []
    for line in lines:
        target = line.kind == "target"
        role, colour = ("c-target", size.palette.target) if target else ("c-bench", size.palette.bench)
        dashes = (6.0, 3.0) if target else (6.0, 2.0, 1.5, 2.0)
        if size.in_print:
            dashes = (5.0, 2.0) if target else (1.0, 1.6)
        values = [line.at(period_end(point.start, frequency)) for point in points]
        for a, b in _present(values):
            through = _steps(frame, range(a, b + 1), values[a : b + 1])
            items.append(Stroke(role, through, colour, (1.5 if target else 1.3) * _calmer(size), dashes))
    return items


def stretches(frame: Frame, points: Sequence[Point], pick: Pick) -> list[tuple[int, int]]:
    """Return (first, last) of each run of points of one phase that have this line, without a skipped period."""
    runs: list[tuple[int, int]] = []
    for index, point in enumerate(points):
        if pick(point) is None:
            continue
        joined = runs and runs[-1][1] == index - 1 and points[index - 1].phase == point.phase
        if joined and frame.slots[index] == frame.slots[index - 1] + 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _present(values: Sequence[float | None]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index, value in enumerate(values):
        if value is None:
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _steps(frame: Frame, part: Iterable[int], values: Sequence[float | None]) -> tuple[Place, ...]:
    """Return two places for each point: the line is level over its period, then steps. Level runs are kept short."""
    through: list[Place] = []
    for index, value in zip(part, values, strict=True):
        y, slot = frame.y(value if value is not None else frame.range.low), frame.slots[index]
        if len(through) >= 2 and through[-1][1] == y:
            through[-1] = (frame.x(slot + 0.5), y)
        else:
            through += [(frame.x(slot - 0.5), y), (frame.x(slot + 0.5), y)]
    return tuple(through)


def _is_drawn(frame: Frame, value: float | None) -> bool:
    return value is not None and frame.range.low < value < frame.range.high


def _calmer(size: Dimensions) -> float:
    return 0.7 if size.in_print else 1.0


# Points -----------------------------------------------------------------------------------------------


def trace(frame: Frame, points: Sequence[Point], size: Dimensions) -> list[Item]:
    """Return the line through the points, broken where a period has no value or is not there."""
    runs: list[list[Place]] = []
    before = None
    for index, point in enumerate(points):
        if point.value is None:
            continue
        if before is None or before != index - 1 or frame.slots[index] != frame.slots[before] + 1:
            runs.append([])
        runs[-1].append((frame.x(frame.slots[index]), frame.y(point.value)))
        before = index
    width = 1.5 * (0.6 if size.in_print else 1.0) * max(0.5, mark_scale(frame))
    return [Stroke("c-line", tuple(run), size.palette.line, width) for run in runs if len(run) > 1]


def mark_scale(frame: Frame) -> float:
    """Return how much smaller marks are drawn where points stand close: 1 down to 0.35."""
    return max(0.35, min(1.0, frame.slot / 7.5))


def point_marks(
    frame: Frame, points: Sequence[Point], first: int, request: ChartRequest, size: Dimensions, frequency: str
) -> list[Item]:
    """Return a mark for each value: its shape says what it means, hollow says that it sets no line."""
    scale = size.unit * mark_scale(frame)
    usual: list[Item] = []
    signals: list[Item] = []
    for index, point in enumerate(points):
        if point.value is None:
            usual += _gap(frame, point, index, size)
            continue
        role, shape, colour, width = MARKS[point.reading]
        ink = getattr(size.palette, colour)
        usual_mark = point.reading is Reading.USUAL
        mark = Mark(
            role if point.included else "c-out",
            (frame.x(frame.slots[index]), frame.y(point.value)),
            shape,
            width * scale,
            fill=ink if point.included else size.palette.paper,
            edge=size.palette.paper if point.included else ink,
            edge_width=(1.1 if usual_mark else 1.4) * scale * _calmer(size),
            number=first + index,
            tip=point_words(point, request, frequency),
        )
        (usual if usual_mark else signals).append(mark)
    return [*usual, *signals]


def latest_ring(frame: Frame, points: Sequence[Point], latest: int | None, size: Dimensions) -> list[Item]:
    """Return the ring around the latest value."""
    if latest is None:
        return []
    value = points[latest].value
    at = (frame.x(frame.slots[latest]), frame.y(value if value is not None else 0.0))
    return [Mark("c-ring", at, "o", 13 * size.unit, None, size.palette.ink, 1.1 * size.unit)]


def beyond(frame: Frame, points: Sequence[Point], request: ChartRequest, size: Dimensions) -> list[Item]:
    """Return the value of each point that lies outside the plot, beside its mark at the edge, with where it went.

    What does not count sets no scale: one wrong number must not press all others flat.
    """
    items: list[Item] = []
    for index, point in enumerate(points):
        if point.value is None or frame.within(point.value):
            continue
        above = point.value > frame.range.high
        x, late = frame.x(frame.slots[index]), frame.slots[index] > frame.slots[-1] / 2
        place = (
            x - 7 * size.unit if late else x + 7 * size.unit,
            frame.y(point.value) + size.text * (0.35 if above else -0.35),
        )
        words = f"{request.whole(point.value)} {'↑' if above else '↓'}"
        items.append(Words("c-text", place, words, size.palette.words, size.text, anchor="right" if late else "left"))
    return items


def _gap(frame: Frame, point: Point, index: int, size: Dimensions) -> list[Item]:
    """Return the sign of a hidden value at the foot of the plot; other gaps stay empty."""
    if point.state is not State.SUPPRESSED:
        return []
    at = (frame.x(frame.slots[index]), frame.bottom - 4)
    return [Words("c-text", at, "‡", size.palette.quiet, size.text, anchor="center")]


def point_words(point: Point, request: ChartRequest, frequency: str) -> str:
    """Say one point in words: "March 2026: 74 % (85 of 115), worse"."""
    assert point.value is not None
    reader = request.reader
    words = f"{reader.period(point.start, frequency)}: {request.whole(point.value)}"
    behind = _behind(point, request)
    if behind:
        words += f" ({behind})"
    if point.reading in phrases.MEANING:
        words += f", {reader.say(phrases.MEANING[point.reading])}"
    if not point.is_over:
        words += f", {reader.say(phrases.SO_FAR)}"
    elif not point.included:
        words += f", {reader.say(phrases.LEFT_OUT)}"
    return words


def _behind(point: Point, request: ChartRequest) -> str:
    numerator, denominator = point.numerator, point.denominator
    if not request.behind or numerator is None or denominator is None:
        return ""
    sentence = say(phrases.BEHIND[request.behind].text, numerator=numerator, denominator=denominator)
    return request.reader.say(sentence)


def breaks(points: Sequence[Point]) -> list[int]:
    """Return the index of each point that begins a new phase."""
    return [index for index, (one, other) in enumerate(pairwise(points), start=1) if one.phase != other.phase]
