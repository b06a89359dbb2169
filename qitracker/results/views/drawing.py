"""The two drawings of a measure page and their caption, from the one analysis the page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from qitracker.charts.control import numbered_notes
from qitracker.charts.request import ChartRequest, Kind, Note, ReferenceLine
from qitracker.foundation.words import Sentence, say
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, Path
from qitracker.measures.figures import decimals_of
from qitracker.results.picture import LINE_WORDS, behind, how_drawn
from qitracker.results.queries.reported import Reported
from qitracker.spc.wording import alt_text
from qitracker.web.filters import reader
from qitracker.web.pictures import kept_charts


@dataclass(frozen=True)
class Pictures:
    """A wide and a narrow drawing of the same chart."""

    wide: Markup
    narrow: Markup
    caption: Sentence
    notes: tuple[tuple[str, str], ...]  # (sign, words) of notes that stand in the chart as a sign only


def drawn(reported: Reported) -> Pictures | None:
    """Return the drawings, None where there is nothing to draw."""
    if reported.analysis.latest is None:
        return None
    request, cache = chart_request(reported), kept_charts()
    return Pictures(
        wide=Markup(cache.chart(reported.analysis, request)),
        narrow=Markup(cache.chart(reported.analysis, replace(request, size="narrow"))),
        caption=caption(reported),
        notes=numbered_notes(reported.analysis, request),
    )


def chart_request(reported: Reported) -> ChartRequest:
    """Return how the chart of a series is drawn, on a page and in a report alike."""
    definition, key = reported.definition, reported.key
    target = reported.target.value if reported.target else None
    words = alt_text(
        reported.analysis,
        name=definition.title,
        unit=definition.unit,
        decimals=definition.decimals,
        target=target,
        target_decimals=reported.target.decimals if reported.target else 0,
    )
    return ChartRequest(
        ident=f"m{key.measure_id}-{key.unit_id}-{key.stratum_id}",
        title=reader().say(words),
        unit=definition.unit,
        axis_words=definition.unit if len(definition.unit) > 1 else "",
        decimals=definition.decimals,
        behind=behind(definition.scoring),
        lines=tuple(_lines(reported)),
        notes=tuple(Note(note.start, note.text) for note in reported.remarks.notes),
        reader=reader(),
    )


def _lines(reported: Reported) -> Iterator[ReferenceLine]:
    """Return every target over its own dates, and the other benchmarks that hold at the latest period."""
    held = {id(one.benchmark) for one in reported.comparisons if one.value is not None}
    for one in reported.benchmarks:
        target = one.kind is BenchmarkKind.TARGET
        if (target or id(one) in held) and (one.value is not None or one.trajectory or 50 in one.percentiles):
            yield _line(one, "target" if target else "benchmark", decimals_of(one, reported.definition))


def _line(one: Benchmark, kind: Kind, decimals: int) -> ReferenceLine:
    return ReferenceLine(
        kind=kind,
        words=reader().say(LINE_WORDS[one.kind]),
        value=one.value if one.value is not None else one.percentiles.get(50),
        source=one.source,
        steps=one.trajectory,
        sloped=one.path is Path.LINEAR,
        valid_from=one.effective_from,
        valid_to=one.effective_to,
        decimals=decimals,
    )


def caption(reported: Reported) -> Sentence:
    """Return what stands below the chart: how it is drawn, and the sources of its lines."""
    held = [one for one in reported.comparisons if one.value is not None]
    told = how_drawn(reported.analysis)
    if not held:
        return told
    sources = "; ".join(f"{reader().say(one.title)}: {one.benchmark.source}" for one in held)
    return say("{told} {sources}.", told=told, sources=sources)
