"""A chart over time, put together: an Analysis and a request in, a picture out."""

from collections.abc import Sequence
from dataclasses import replace

from qitracker.charts import canvas, labels, marks, notes
from qitracker.charts.axis import Frame, Range, slots, tick_words, time_axis, time_ticks, value_axis, value_range
from qitracker.charts.request import ChartRequest, Note
from qitracker.charts.scene import Item, Scene, Words
from qitracker.charts.style import SIZES, text_width
from qitracker.charts.svg import clean
from qitracker.foundation.periods import period_end
from qitracker.spc.analysis import Analysis, Point, latest_of


def control_chart(analysis: Analysis, request: ChartRequest) -> str:
    """Return the chart as SVG for a page; "" when no point has a value (the page says why).

    The picture carries its own words (title, description, one title for each point), no style and no
    script; its classes let the style sheet recolour it for dark. The same input gives the same bytes.
    """
    scene = control_scene(analysis, request)
    if scene is None:
        return ""
    return clean(
        canvas.svg(scene),
        ident=request.prefix,
        title=request.title,
        description=request.description,
        in_points=SIZES[request.size].in_print,
    )


def png(analysis: Analysis, request: ChartRequest, *, scale: float = 2.0) -> bytes:
    """Return the chart as a PNG on paper, `scale` pixels for each one of the drawing; b"" without values."""
    scene = control_scene(analysis, request)
    return canvas.png(scene, scale=scale) if scene else b""


def numbered_notes(analysis: Analysis, request: ChartRequest) -> tuple[tuple[str, str], ...]:
    """Return (sign, words) of the notes that stand in the chart as a number only, for the list below it."""
    drawing = _Drawing.of(analysis, request)
    if drawing is None:
        return ()
    return tuple((one.words, one.remark.text) for one in drawing.placed if one.number is not None)


def control_scene(analysis: Analysis, request: ChartRequest) -> Scene | None:
    """Return what the chart consists of, or None when no point has a value."""
    drawing = _Drawing.of(analysis, request)
    if drawing is None:
        return None
    return Scene(drawing.size.width, drawing.size.height, tuple(drawing.items()), one_path_each=drawing.size.in_print)


class _Drawing:
    """One chart while it is laid out: what is drawn, and the frame it is drawn in."""

    def __init__(self, analysis: Analysis, request: ChartRequest) -> None:
        self.analysis, self.request, self.size = analysis, request, SIZES[request.size]
        last = self.size.last or len(analysis.points)
        self.first = max(0, len(analysis.points) - last)
        self.points: Sequence[Point] = analysis.points[self.first :]
        self.latest = latest_of(self.points)
        self.frame = self._frame()
        self.placed = notes.place(notes.remarks(analysis, self.points, request), self.frame, self.size)
        self.frame = replace(self.frame, top=self._top(notes.lanes_used(self.placed)))

    @classmethod
    def of(cls, analysis: Analysis, request: ChartRequest) -> "_Drawing | None":
        """Return the drawing, or None when none of its points has a value."""
        last = SIZES[request.size].last or len(analysis.points)
        if all(point.value is None for point in analysis.points[-last:]):
            return None
        return cls(analysis, request)

    def _frame(self) -> Frame:
        size = self.size
        places = slots([point.start for point in self.points], self.analysis.frequency)
        bottom = size.height - size.bottom - (size.lane if self._says_n() else 0)
        covered = self._range()
        widest = max(text_width(tick_words(covered, value, self.request), size.text) for value in covered.ticks)
        left = max(size.left, widest + 6 * size.unit)
        return Frame(left, size.width - size.right, size.top, bottom, covered, places)

    def _top(self, lanes: int) -> float:
        caption = self.size.lane + 4 if self.request.axis_words or not self.request.unit_is_short else 0
        return max(self.size.top, caption + self.size.lane * lanes + 8 * self.size.unit)

    def _range(self) -> Range:
        held = [point for point in self.points if point.value is not None]
        counted = [point for point in held if point.included] or held
        seen = [point.value for point in counted if point.value is not None]
        seen += [point.centre for point in self.points if point.centre is not None]
        ends = [period_end(point.start, self.analysis.frequency) for point in self.points]
        seen += [value for line in self.request.lines for end in ends if (value := line.at(end)) is not None]
        limits = [value for point in counted for value in (point.lower, point.upper) if value is not None]
        return value_range(seen, limits, percent=self.request.unit == "%", least=10.0**-self.request.decimals)

    def _says_n(self) -> bool:
        counted = any(point.denominator not in (None, 1) for point in self.points)
        return self.size.in_print and self.request.behind in ("of", "n") and counted

    def items(self) -> list[Item]:
        """Return all parts, back to front."""
        frame, points, size, request = self.frame, self.points, self.size, self.request
        frequency = self.analysis.frequency
        latest = self.latest if size.words_at_ends else None
        said = labels.end_labels(frame, self.analysis, points, latest, request, size)
        beside = said if size.words_at_ends else []
        within = [] if size.words_at_ends else [one for one in said if one.role != "c-text"]
        return [
            *value_axis(frame, request, size),
            *marks.ranges(frame, points, size),
            *time_axis(frame, self.analysis, points, request, size),
            *self._numbers_of_cases(),
            *marks.centres(frame, points, size),
            *marks.references(frame, points, request.lines, frequency, size),
            *notes.drawn(self.placed, frame, points, size),
            *marks.trace(frame, points, size),
            *marks.point_marks(frame, points, self.first, request, size, frequency),
            *marks.beyond(frame, points, request, size),
            *marks.latest_ring(frame, points, self.latest, size),
            *labels.inside(frame, self.analysis, points, within, request, size),
            *labels.at_line_ends(frame, beside, size),
        ]

    def _numbers_of_cases(self) -> list[Item]:
        """Return the number of cases behind each ticked point, below the axis of a printed chart."""
        if not self._says_n():
            return []
        size, number = self.size, self.request.reader.number
        grey, y = size.palette.quiet, size.height - 3
        items: list[Item] = [Words("c-text", (self.frame.left - 3, y), "n", grey, 7, anchor="right")]
        for tick in time_ticks(self.points, self.analysis.frequency, self.request, size.ticks):
            cases = self.points[tick.index].denominator
            if cases is not None:
                at = (self.frame.x(self.frame.slots[tick.index]), y)
                items.append(Words("c-text", at, number(cases, 0), grey, 7, anchor="center"))
        return items


__all__ = ["ChartRequest", "Note", "control_chart", "control_scene", "numbered_notes", "png"]
