"""One measure of a report, from what its page is made of: the same analysis, the same words."""

from collections.abc import Iterator, Sequence
from typing import Any

from qitracker.charts.phrases import BEHIND
from qitracker.foundation.locale import Reader
from qitracker.foundation.words import Period, Quantity, Sentence, say
from qitracker.measures.benchmark_rules import BenchmarkKind, Path
from qitracker.measures.rules import Definition as Measure
from qitracker.measures.rules import has_denominator
from qitracker.measures.titles import SCORING_TITLES
from qitracker.reports.kinds.measures import (
    BenchmarkLine,
    Definition,
    MeasurePart,
    NoteLine,
    PhaseLine,
    ValueRow,
)
from qitracker.results.comparison import Compared
from qitracker.results.picture import LINE_WORDS, behind, how_drawn
from qitracker.results.queries.reported import Reported
from qitracker.results.table import table_rows
from qitracker.spc.analysis import Analysis, Direction, Point, Reading
from qitracker.spc.wording import alt_text, benchmark_sentence, headline, reasons, target_sentence

OTHERS = {
    BenchmarkKind.REGULATORY: say("required value"),
    BenchmarkKind.NATIONAL_MEAN: say("national average"),
    BenchmarkKind.PERCENTILE: say("median of all"),
    BenchmarkKind.PEER: say("average of peers"),
    BenchmarkKind.OWN_BEST: say("own best"),
}
BETTER_IS = {
    Direction.UP: say("{scoring}; higher is better"),
    Direction.DOWN: say("{scoring}; lower is better"),
    Direction.NONE: say("{scoring}; no direction is better, it is watched"),
}


def part_of(reported: Reported, *, reader: Reader) -> MeasurePart:
    """Return one measure as a report shows it, in the reader's words."""
    definition, analysis = reported.definition, reported.analysis
    shown = {"unit": definition.unit, "decimals": definition.decimals}
    aim = _aim(reported.target)
    latest = analysis.points[analysis.latest] if analysis.latest is not None else None
    coverage = reported.coverage
    stratum = reported.stratum.title if reported.stratum else ""
    named = f"{definition.title}, {stratum}" if stratum else definition.title
    return MeasurePart(
        name=definition.title,
        headline=reader.say(headline(analysis, name=named, **shown).sentence),
        lead=reader.say(_lead(latest, definition, analysis.frequency)) if latest else "",
        definition=Definition(definition.version, tuple(_terms(definition, reported.measured.owner, reader))),
        chart=analysis.chart,
        direction=definition.direction,
        frequency=analysis.frequency,
        rows=_rows(reported, reader),
        phases=tuple(PhaseLine(p.first, p.last, p.reason, p.centre, p.baseline) for p in analysis.phases),
        unit=definition.unit,
        axis_words=definition.unit if len(definition.unit) > 1 else "",
        decimals=definition.decimals,
        behind=behind(definition.scoring),
        numerator_label=definition.numerator_label,
        denominator_label=definition.denominator_label if has_denominator(definition.scoring) else "",
        stratum=stratum,
        reading=analysis.reading if latest else Reading.USUAL,
        early=analysis.early,
        happened=tuple(_happened(reported, reader)),
        assurance=reported.assurance,
        target_words=reader.say(target_sentence(analysis, **aim, **shown)),
        against=tuple(_against(reported, latest, reader)),
        benchmarks=tuple(_benchmark(one, reader) for one in reported.comparisons),
        notes=tuple(NoteLine(note.start, note.text) for note in reported.remarks.notes),
        caption=reader.say(_caption(analysis)) if latest else "",
        alt=reader.say(alt_text(analysis, name=named, **aim, **shown)),
        completeness=reader.say(coverage.coverage) if coverage and not coverage.is_complete else "",
        empty_reason="" if latest else reader.say(EMPTY),
    )


def _aim(target: Compared | None) -> dict[str, Any]:
    return {"target": target and target.value, "target_decimals": target.decimals if target else 0}


EMPTY = say("There are no results in this period. They appear here once they are recorded.")


def _lead(latest: Point, definition: Measure, frequency: str) -> Sentence:
    """Say the latest value, what lies behind it, and its usual range."""
    value = Quantity(latest.value or 0.0, definition.unit, definition.decimals)
    now = say("In {period} it was {value}", period=Period(latest.start, frequency), value=value)
    how = behind(definition.scoring)
    if how and latest.numerator is not None and latest.denominator is not None:
        counted = say(BEHIND[how].text, numerator=latest.numerator, denominator=latest.denominator)
        now = say("{now} ({counted})", now=now, counted=counted)
    if latest.lower is None or latest.upper is None:
        return say("{now}.", now=now)
    low = Quantity(latest.lower, decimals=definition.decimals)
    high = Quantity(latest.upper, definition.unit, definition.decimals)
    return say("{now}; the usual range is {low} to {high}.", now=now, low=low, high=high)


def _rows(reported: Reported, reader: Reader) -> tuple[ValueRow, ...]:
    return tuple(
        ValueRow(
            start=row.start,
            state=row.state,
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
            centre=row.centre,
            lower=row.lower,
            upper=row.upper,
            phase=row.phase,
            included=row.included,
            reading=row.reading,
            words=reader.say(row.words),
        )
        for row in reversed(table_rows(reported.analysis))
    )


def _happened(reported: Reported, reader: Reader) -> Iterator[str]:
    definition, analysis = reported.definition, reported.analysis
    now = analysis.reading is not Reading.USUAL
    for reason in reasons(analysis, unit=definition.unit, decimals=definition.decimals):
        yield reader.say(reason if now else say("Earlier: {reason}", reason=reason))


def _against(reported: Reported, latest: Point | None, reader: Reader) -> Iterator[str]:
    definition = reported.definition
    for one in reported.comparisons:
        name = OTHERS.get(one.benchmark.kind)
        if name and latest and one.value is not None:
            said = benchmark_sentence(
                latest.value,
                one.value,
                definition.direction,
                unit=definition.unit,
                decimals=definition.decimals,
                benchmark_decimals=one.decimals,
                name=name,
            )
            yield reader.say(said)


def _terms(definition: Measure, owner: str, reader: Reader) -> Iterator[tuple[str, str]]:
    for term, words in (
        (say("Counted"), definition.numerator),
        (say("Out of"), definition.denominator),
        (say("Left out"), definition.exclusions),
        (say("Scoring"), say(BETTER_IS[definition.direction].text, scoring=SCORING_TITLES[definition.scoring])),
        (say("Why it is measured"), definition.rationale),
        (say("Sampling"), definition.sampling),
        (say("Source"), definition.source),
        (say("Owner"), owner),
        (say("References"), "; ".join(definition.references)),
    ):
        if words:
            yield reader.say(term), reader.say(words) if isinstance(words, Sentence) else words


# Benchmarks -------------------------------------------------------------------------------------------


def _benchmark(one: Compared, reader: Reader) -> BenchmarkLine:
    benchmark = one.benchmark
    ran_out = one.ran_out_on if one.value is None else None
    return BenchmarkLine(
        title=reader.say(one.title),
        source=benchmark.source,
        is_target=benchmark.kind is BenchmarkKind.TARGET,
        value=one.value,
        gap=one.gap,
        population=benchmark.population,
        data_period=benchmark.data_period,
        effective_from=benchmark.effective_from,
        effective_to=benchmark.effective_to,
        missing_since=ran_out,
        steps=benchmark.trajectory,
        sloped=benchmark.path is Path.LINEAR,
        words=reader.say(LINE_WORDS[benchmark.kind]),
        decimals=one.decimals,
    )


def _caption(analysis: Analysis) -> Sentence:
    """Return what stands below the chart: how it is drawn, and the marks it holds."""
    told = how_drawn(analysis)
    for mark in _marks(analysis.points):
        told = say("{before} {mark}", before=told, mark=mark)
    return told


def _marks(points: Sequence[Point]) -> Iterator[Sentence]:
    """Say what the marks mean that are seen in the chart."""
    seen = {point.reading for point in points if point.value is not None}
    yield from (words for reading, words in MARKS.items() if reading in seen)
    if any(point.value is not None and not point.included for point in points):
        yield say("Hollow: left out of the limits, or a period that is not over.")


MARKS = {
    Reading.WORSE: say("Diamond: worse."),
    Reading.BETTER: say("Square: better."),
    Reading.CHANGED: say("Triangle: changed."),
}
