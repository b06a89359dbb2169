"""The two drawings of a measure page and their caption, from the one analysis the page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path as Folder

from flask import current_app
from markupsafe import Markup

from qitracker.charts.cache import ChartCache
from qitracker.charts.control import numbered_notes
from qitracker.charts.request import ChartRequest, Note, ReferenceLine
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, Path
from qitracker.measures.figures import decimals_of
from qitracker.measures.rules import Scoring, has_denominator
from qitracker.results.queries.reported import Reported
from qitracker.spc.registry import CHART_TYPES, RULE_SETS
from qitracker.spc.wording import alt_text
from qitracker.web.filters import reader


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
    request, cache = chart_request(reported), _cache()
    return Pictures(
        wide=Markup(cache.chart(reported.analysis, request)),
        narrow=Markup(cache.chart(reported.analysis, replace(request, size="narrow"))),
        caption=caption(reported),
        notes=numbered_notes(reported.analysis, request),
    )


def _cache() -> ChartCache:
    """Return the cache of the running installation, made when first asked for."""
    found: ChartCache = current_app.extensions.setdefault(
        "charts", ChartCache(Folder(current_app.instance_path) / "cache" / "charts")
    )
    return found


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
        behind=_behind(definition.scoring),
        lines=tuple(_lines(reported)),
        notes=tuple(Note(note.start, note.text) for note in reported.remarks.notes),
        reader=reader(),
    )


def _behind(scoring: Scoring):  # type: ignore[no-untyped-def]
    if scoring is Scoring.OBSERVED_EXPECTED:
        return "expected"
    if scoring is Scoring.MEAN:
        return "n"
    return "of" if has_denominator(scoring) else ""


def _lines(reported: Reported) -> Iterator[ReferenceLine]:
    """Return every target over its own dates, and the other benchmarks that hold at the latest period."""
    held = {id(one.benchmark) for one in reported.comparisons if one.value is not None}
    for one in reported.benchmarks:
        target = one.kind is BenchmarkKind.TARGET
        if (target or id(one) in held) and (one.value is not None or one.trajectory or 50 in one.percentiles):
            yield _line(one, "target" if target else "benchmark", decimals_of(one, reported.definition))


def _line(one: Benchmark, kind, decimals: int) -> ReferenceLine:  # type: ignore[no-untyped-def]
    words = {
        BenchmarkKind.TARGET: say("target"),
        BenchmarkKind.REGULATORY: say("required"),
        BenchmarkKind.NATIONAL_MEAN: say("national average"),
        BenchmarkKind.PERCENTILE: say("median of all"),
        BenchmarkKind.PEER: say("peers"),
        BenchmarkKind.OWN_BEST: say("own best"),
    }[one.kind]
    return ReferenceLine(
        kind=kind,
        words=reader().say(words),
        value=one.value if one.value is not None else one.percentiles.get(50),
        source=one.source,
        steps=one.trajectory,
        sloped=one.path is Path.LINEAR,
        valid_from=one.effective_from,
        valid_to=one.effective_to,
        decimals=decimals,
    )


def caption(reported: Reported) -> Sentence:
    """Return what stands below the chart: chart type, where the limits come from, rules, sources."""
    analysis = reported.analysis
    phase = analysis.phases[analysis.points[analysis.latest or 0].phase]
    first = analysis.points[phase.first].start
    return say(
        "{chart}. {limits} Rules: {rules}. {sources}",
        chart=CHART_TYPES.get(analysis.chart).title,
        limits=say(
            "Limits from {count} results since {since}.",
            count=phase.baseline,
            since=Period(first, analysis.frequency),
        )
        if analysis.points[phase.first].lower is not None
        else say("No limits are drawn."),
        rules=RULE_SETS.get(analysis.rule_set).title,
        sources=_sources(reported),
    )


def _sources(reported: Reported) -> Sentence | str:
    held = [one for one in reported.comparisons if one.value is not None]
    texts = [f"{reader().say(one.title)}: {one.benchmark.source}" for one in held]
    return "; ".join(texts) + "." if texts else ""
