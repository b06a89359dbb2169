"""Words in the picture: names at the ends of lines, pushed apart, and words inside the plot where there is room."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from qitracker.charts import phrases
from qitracker.charts.axis import Frame
from qitracker.charts.marks import breaks
from qitracker.charts.request import ChartRequest, ReferenceLine
from qitracker.charts.scene import Item, Words
from qitracker.charts.style import WORD_CLASSES, Dimensions, text_width
from qitracker.foundation.periods import period_end
from qitracker.foundation.words import say
from qitracker.spc.analysis import Analysis, Point
from qitracker.spc.registry import CHART_TYPES

CUT = " …"
APART = 6.0  # least room between two words inside the plot
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Label:
    """Words that belong to a height of the plot."""

    y: float
    lines: tuple[str, ...]
    role: str
    colour: str
    bold: bool = False


# What is said -----------------------------------------------------------------------------------------


def end_labels(
    frame: Frame,
    analysis: Analysis,
    points: Sequence[Point],
    latest: int | None,
    request: ChartRequest,
    size: Dimensions,
) -> list[Label]:
    """Return the names of all lines that reach the right end, and the latest value."""
    last = points[-1]
    labels = [
        Label(frame.y(value), (f"{request.reader.say(words)} {request.number(value)}",), "c-text", size.palette.words)
        for value, words in ((last.upper, phrases.UPPER), (last.lower, phrases.LOWER))
        if value is not None and value != last.centre and frame.range.low < value < frame.range.high
    ]
    ends = _ends(points, request, analysis.frequency)
    labels += [_reference(frame, line, value, request, size) for line, value in ends]
    if last.centre is not None:
        text = average_words(analysis, last, request, since=size.words_at_ends)
        labels.append(Label(frame.y(last.centre), _lines(text, size), "c-tmean", size.palette.ink, bold=True))
    if latest is not None and points[latest].value is not None:
        labels.append(_latest(frame, points[latest], analysis.frequency, request, size))
    return labels


def average_words(analysis: Analysis, point: Point, request: ChartRequest, *, since: bool = False) -> str:
    """Say "average 82 %" or "median 12", and in a later phase since when."""
    word = CHART_TYPES.get(analysis.chart).centre_word
    assert point.centre is not None
    text = f"{request.reader.say(phrases.CENTRES.get(word, word))} {request.number(point.centre)}"
    phase = analysis.phases[point.phase] if point.phase < len(analysis.phases) else None
    if since and phase and phase.first > 0:
        start = request.reader.period(analysis.points[phase.first].start, analysis.frequency, short=True)
        text += " " + request.reader.say(say(phrases.SINCE.text, period=start))
    return text


def _latest(frame: Frame, point: Point, frequency: str, request: ChartRequest, size: Dimensions) -> Label:
    role, colour = WORD_CLASSES[point.reading]
    assert point.value is not None
    words = f"{request.reader.period(point.start, frequency, short=True)}: {request.number(point.value)}"
    return Label(frame.y(point.value), _lines(words, size), role, getattr(size.palette, colour), bold=True)


def _reference(frame: Frame, line: ReferenceLine, value: float, request: ChartRequest, size: Dimensions) -> Label:
    role, colour = ("c-ttarget", size.palette.target) if line.kind == "target" else ("c-tbench", size.palette.bench)
    lines = _named_lines(f"{line.words} {request.number(value, line.decimals)}", line.source, size)
    return Label(frame.y(value), lines, role, colour, bold=line.kind == "target")


def _named_lines(words: str, source: str, size: Dimensions) -> tuple[str, ...]:
    """Break words with their source; a source that would be cut is left to the table that names it in full."""
    if source and size.words_at_ends:
        whole = _lines(f"{words} ({source})", size)
        if not whole[-1].endswith(CUT) and len(whole) <= size.source_lines:
            return whole
    return _lines(words, size)


def _ends(points: Sequence[Point], request: ChartRequest, frequency: str) -> list[tuple[ReferenceLine, float]]:
    """Return each line of reference that is seen, with the last value it has."""
    ends = []
    for line in request.lines:
        values = [line.at(period_end(point.start, frequency)) for point in points]
        seen = [value for value in values if value is not None]
        if seen:
            ends.append((line, seen[-1]))
    return ends


def _lines(text: str, size: Dimensions) -> tuple[str, ...]:
    """Break words that are wider than the margin into up to three lines; what is still too long ends in …"""
    if not size.words_at_ends:
        return (text,)
    letters = int((size.right - 12) / (0.5 * label_size(size)))
    lines = wrap(text, letters, max_lines=3, placeholder=CUT, break_on_hyphens=False)
    return tuple(lines) or ("",)


def label_size(size: Dimensions) -> float:
    """Return the size of words at the line ends: a touch smaller than those of the axis on a page."""
    return size.text if size.in_print else 12.0


# Where it stands --------------------------------------------------------------------------------------


def spread(labels: Sequence[Label], *, lane: float, top: float, bottom: float) -> list[tuple[Label, float]]:
    """Return each label with the middle of its place: near its line, none over another, order kept."""
    ordered = sorted(labels, key=lambda label: label.y)
    heights = [lane * len(label.lines) for label in ordered]
    middles = [label.y for label in ordered]
    for _ in range(80):
        for k in range(1, len(middles)):
            need = (heights[k] + heights[k - 1]) / 2
            short = need - (middles[k] - middles[k - 1])
            if short > 0:
                middles[k - 1] -= short / 2
                middles[k] += short / 2
        middles = [min(max(m, top + h / 2), bottom - h / 2) for m, h in zip(middles, heights, strict=True)]
    return list(zip(ordered, _stacked(middles, heights, top), strict=True))


def _stacked(middles: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    """Return the middles with what little overlap is left taken out, from the top down."""
    placed: list[float] = []
    floor_at = top
    for middle, height in zip(middles, heights, strict=True):
        placed.append(max(middle, floor_at + height / 2))
        floor_at = placed[-1] + height / 2
    return placed


def at_line_ends(frame: Frame, labels: Sequence[Label], size: Dimensions) -> list[Item]:
    """Return the labels right of the plot."""
    items: list[Item] = []
    text = label_size(size)
    for label, middle in spread(labels, lane=size.lane, top=4.0, bottom=frame.bottom + size.lane):
        first = middle - size.lane * (len(label.lines) - 1) / 2 + text * 0.34
        for row, words in enumerate(label.lines):
            at = (frame.right + 8 * size.unit, first + row * size.lane)
            items.append(Words(label.role, at, words, label.colour, text, bold=label.bold))
    return items


def inside(
    frame: Frame,
    analysis: Analysis,
    points: Sequence[Point],
    labels: Sequence[Label],
    request: ChartRequest,
    size: Dimensions,
) -> list[Item]:
    """Return words inside the plot: averages of earlier phases, `labels`.

    Each stands where no other line runs between it and its own, then the fewest points.
    """
    taken: list[Box] = []
    items: list[Item] = []
    heights = [label.y for label in labels]
    edges = [0, *breaks(points), len(points)]
    for first, after in pairwise(edges[:-1]):
        point = points[after - 1]
        room = (frame.x(frame.slots[first] - 0.5), frame.x(frame.slots[after - 1] + 0.5))
        if point.centre is not None:
            words = average_words(analysis, point, request)
            label = Label(frame.y(point.centre), (words,), "c-tmean", size.palette.ink, bold=True)
            items += _placed(frame, points, label, room, taken, heights, size)
    for label in labels:
        items += _placed(frame, points, label, (frame.left, frame.right), taken, heights, size)
    return items


def _placed(
    frame: Frame,
    points: Sequence[Point],
    label: Label,
    room: tuple[float, float],
    taken: list[Box],
    heights: Sequence[float],
    size: Dimensions,
) -> list[Item]:
    text, width = label_size(size), text_width(label.lines[0], label_size(size), bold=label.bold)
    if width + 8 > room[1] - room[0]:
        return []
    at = [(frame.x(s), frame.y(p.value)) for s, p in zip(frame.slots, points, strict=True) if p.value is not None]
    spare = room[1] - room[0] - width - 8
    lefts = [room[0] + 4 + spare * share / 8 for share in range(9)]
    tops = (label.y - text - 3, label.y + 3, label.y - 2 * text - 3, label.y + text + 3)
    boxes = [(x, y, x + width, y + text) for y in tops for x in lefts if y > 0 and y + text < frame.bottom]
    if not boxes:
        return []
    others = [height for height in heights if height != label.y]
    best = min(
        boxes,
        key=lambda box: (any(_meet(box, one) for one in taken), _crossed(box, label.y, others), _covered(box, at)),
    )
    if any(_meet(best, other) for other in taken):
        return []
    taken.append((best[0] - APART, best[1], best[2] + APART, best[3]))
    return [Words(label.role, (best[0], best[1] + text * 0.82), label.lines[0], label.colour, text, bold=label.bold)]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crossed(box: Box, own: float, others: Sequence[float]) -> int:
    """Count the other lines that run through the box, or between it and its own line."""
    return sum(min(box[1], own) < other < max(box[3], own) for other in others)


def _covered(box: Box, at: Sequence[tuple[float, float]]) -> int:
    """Count the points, and the places on the line between them, that the box would cover."""
    on_line = [
        (a[0] + (b[0] - a[0]) * part / 4, a[1] + (b[1] - a[1]) * part / 4)
        for a, b in pairwise(at)
        for part in range(1, 4)
    ]
    near = 3.0
    return sum(box[0] - near < x < box[2] + near and box[1] - near < y < box[3] + near for x, y in (*at, *on_line))
