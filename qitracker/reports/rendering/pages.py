"""A snapshot as pages: the HTML of a report and the pictures it shows. Everything comes from the snapshot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from babel import Locale
from jinja2 import Environment

from qitracker.charts.control import control_chart, numbered_notes
from qitracker.charts.request import Behind, ChartRequest, Note, ReferenceLine
from qitracker.charts.risk_grid import RiskGrid, Spot
from qitracker.foundation.locale import Reader
from qitracker.foundation.words import Sentence, say
from qitracker.reports.kinds.improvement import ImprovementReport
from qitracker.reports.kinds.measures import BenchmarkLine, MeasurePart, MeasuresReport, ValueRow
from qitracker.reports.rendering.pdf import render_pdf
from qitracker.reports.rendering.small_marks import sparkline
from qitracker.spc.analysis import Assurance, Reading
from qitracker.spc.registry import CHART_TYPES
from qitracker.spc.wording.figures import short_unit

TEMPLATES: Final = {"measures": "reports/measure_set.html", "improvement": "reports/improvement.html"}
MOST_ROWS: Final = 300
"""Rows of one table of values; the rest is in the export (and 1,200 rows would be 20 pages nobody reads)."""

Translate = Callable[[str], str]

ASSURED: Final = {
    Assurance.ALWAYS: say("expect it to be met"),
    Assurance.NEVER: say("out of reach as care is now"),
    Assurance.SOMETIMES: say("met or missed by chance"),
    Assurance.NO_TARGET: say("too early to say"),
}


@dataclass(frozen=True)
class Pages:
    """What a PDF is made from."""

    html: str
    charts: dict[str, bytes]
    paper: str


def to_pdf(report: MeasuresReport, *, templates: Environment, translate: Translate = str) -> bytes:
    """Return the report as a PDF/UA-1 file; the same snapshot gives the same bytes.

    Raises:
        RenderFailed: the pages could not be made whole.
    """
    pages = pages_of(report, templates=templates, translate=translate)
    return render_pdf(pages.html, charts=pages.charts, paper=pages.paper)


def pages_of(report: MeasuresReport, *, templates: Environment, translate: Translate = str) -> Pages:
    """Return HTML and pictures of a report, in the language its snapshot names."""
    reader = Reader(Locale.parse(report.language, sep="-"), report.timezone, translate)
    writer = _Writer(reader)
    html = templates.get_template(TEMPLATES[report.KIND]).render(
        report=report,
        reader=reader,
        fingerprint=report.fingerprint(),
        numbered={n: writer.numbered(part, n) for n, part in enumerate(report.measures, start=1)},
        hidden={n: max(0, len(part.rows) - MOST_ROWS) for n, part in enumerate(report.measures, start=1)},
        newest=lambda part: part.rows[: -MOST_ROWS - 1 : -1],
        _=writer.translated,
        **{name: getattr(writer, name) for name in _Writer.FOR_TEMPLATES},
    )
    return Pages(html, _charts(report, writer), report.paper)


def _charts(report: MeasuresReport, writer: "_Writer") -> dict[str, bytes]:
    drawn = {}
    in_table = report.KIND == ImprovementReport.KIND  # even of a single measure
    for number, part in enumerate(report.measures, start=1):
        if part.latest is not None and not part.empty_reason:
            drawn[f"chart-{number}"] = control_chart(part.analysis(), writer.request(part, number)).encode()
        if part.latest is not None and (in_table or len(report.measures) > 1):
            drawn[f"spark-{number}"] = sparkline(part.rows, part.reading).encode()
    if isinstance(report, ImprovementReport) and report.risks:
        drawn["risks"] = _risk_grid(report, writer).encode()
    return drawn


def _risk_grid(report: ImprovementReport, writer: "_Writer") -> str:
    return RiskGrid(
        ident="risks",
        title=writer.risks(report),
        spots=tuple(Spot(one.name, one.severity, one.occurrence) for one in report.risks),
        severity=writer.reader.say(say("Severity")),
        occurrence=writer.reader.say(say("Occurrence")),
        grave=writer.reader.say(say("severity 9 and 10: action or written reason")),
    ).svg()


class _Writer:
    """Writes values, gaps and sentences of a part in the reader's language."""

    FOR_TEMPLATES: Final = (
        "value",
        "signed",
        "usual_range",
        "trend",
        "assurance",
        "benchmark",
        "chart_title",
        "left_out",
        "risks",
    )

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def translated(self, text: str, **values: Any) -> str:
        """Return a text of the templates, its %(places)s filled."""
        return self.reader.translate(text) % values

    def _said(self, sentence: Sentence) -> str:
        return self.reader.say(sentence)

    def value(self, part: MeasurePart, value: float | None, decimals: int = 0) -> str:
        """Write a value as the measure does, with at least `decimals`; a long unit is named in the caption instead."""
        return self.reader.quantity(value, short_unit(part.unit), max(part.decimals, decimals))

    def signed(self, part: MeasurePart, gap: float | None, decimals: int = 0) -> str:
        """Write a gap with its sign, so that better and worse are not told by colour."""
        if gap is None:
            return "–"
        written = self.reader.number(gap, max(part.decimals, decimals, 1))
        return f"+{written}" if gap > 0 else written

    def usual_range(self, part: MeasurePart, row: ValueRow) -> str:
        """Write "71.0 to 93.0", "up to 8.8", or a dash where there are no limits."""
        low, high = (None if v is None else self.reader.number(v, part.decimals) for v in (row.lower, row.upper))
        if low is not None and high is not None:
            return self._said(say("{low} to {high}", low=low, high=high))
        if high is not None:
            return self._said(say("up to {high}", high=high))
        return "–" if low is None else self._said(say("from {low}", low=low))

    def trend(self, part: MeasurePart) -> str:
        """Say what the small trend shows."""
        words = {
            Reading.WORSE: say("{name}: worse at its end"),
            Reading.BETTER: say("{name}: better at its end"),
            Reading.CHANGED: say("{name}: changed at its end"),
            Reading.USUAL: say("{name}: as usual at its end"),
        }[part.reading]
        return self._said(say(words.text, name=part.name))

    def assurance(self, part: MeasurePart) -> str:
        """Say in a few words whether the target will be met."""
        return self._said(ASSURED[part.assurance])

    def benchmark(self, part: MeasurePart) -> str:
        """Name the first benchmark that holds, or since when it is missing."""
        others = [one for one in part.benchmarks if not one.is_target]
        held = next((one for one in others if one.value is not None), None)
        if held:
            return f"{held.title} {self.value(part, held.value, held.decimals)} ({held.source})"
        gone = next((one for one in others if one.missing_since), None)
        if gone and gone.missing_since:
            day = self.reader.day(gone.missing_since)
            return self._said(say("{title}: expired {day}", title=gone.title, day=day))
        return self._said(say("none"))

    def chart_title(self, part: MeasurePart) -> str:
        """Name the type of chart."""
        return self.reader.translate(CHART_TYPES.get(part.chart).title)

    def risks(self, report: ImprovementReport) -> str:
        """Say what the grid of risks shows: the sentence of its page, then where each risk stands."""
        where = "{name}: severity {severity}, occurrence {occurrence}"
        told = [
            self._said(say(where, name=one.name, severity=one.severity, occurrence=one.occurrence))
            for one in report.risks
        ]
        words = say("{sentence}. Grid of severity by occurrence. {told}.", sentence=report.risks_headline,
                    told="; ".join(told))  # fmt: skip
        return self._said(words)

    def left_out(self, count: int) -> str:
        """Say how many periods a long table leaves to the export."""
        return self._said(
            say(
                "1 earlier period is in the export" if count == 1 else "{count} earlier periods are in the export",
                count=count,
            )
        )

    def numbered(self, part: MeasurePart, number: int) -> tuple[tuple[str, str], ...]:
        """Return the notes that stand in the chart as numbers only."""
        return numbered_notes(part.analysis(), self.request(part, number)) if part.latest else ()

    def request(self, part: MeasurePart, number: int) -> ChartRequest:
        """Return how the chart of a part is drawn for paper."""
        return ChartRequest(
            ident=f"chart-{number}",
            title=part.alt,
            unit=part.unit,
            axis_words=part.axis_words,
            decimals=part.decimals,
            behind=cast(Behind, part.behind),
            lines=tuple(_line(one) for one in part.benchmarks if one.missing_since is None),
            notes=tuple(Note(note.day, note.text) for note in part.notes),
            reader=self.reader,
            size="print",
        )


def _line(one: BenchmarkLine) -> ReferenceLine:
    return ReferenceLine(
        kind="target" if one.is_target else "benchmark",
        words=one.words or one.title.lower(),
        value=one.value,
        source=one.source,
        steps=one.steps,
        valid_from=one.effective_from,
        valid_to=one.effective_to,
        sloped=one.sloped,
        decimals=one.decimals,
    )
