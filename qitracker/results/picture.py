"""What page and report both say of a chart: the names of its lines, what lies behind a value, how it is drawn."""

from typing import Final

from qitracker.charts.request import Behind
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.benchmark_rules import BenchmarkKind
from qitracker.measures.rules import Scoring, has_denominator
from qitracker.spc.analysis import Analysis
from qitracker.spc.registry import CHART_TYPES, RULE_SETS
from qitracker.spc.wording.story import phase_points

LINE_WORDS: Final = {
    BenchmarkKind.TARGET: say("target"),
    BenchmarkKind.REGULATORY: say("required"),
    BenchmarkKind.NATIONAL_MEAN: say("national average"),
    BenchmarkKind.PERCENTILE: say("median of all"),
    BenchmarkKind.PEER: say("peers"),
    BenchmarkKind.OWN_BEST: say("own best"),
}


def behind(scoring: Scoring) -> Behind:
    """Return how the numbers behind a value are told."""
    if scoring is Scoring.OBSERVED_EXPECTED:
        return "expected"
    if scoring is Scoring.MEAN:
        return "n"
    return "of" if has_denominator(scoring) else ""


def how_drawn(analysis: Analysis) -> Sentence:
    """Return the type of a chart, where its limits come from, and its rules.

    A phase may begin with a gap, which has no limits: they are drawn where any point of the phase has one.
    """
    number = analysis.points[analysis.latest or 0].phase
    points = phase_points(analysis, number)
    drawn = any(point.upper is not None or point.lower is not None for point in points)
    since = Period(points[0].start, analysis.frequency)
    limits = say("Limits from {count} results since {since}.", count=analysis.phases[number].baseline, since=since)
    return say(
        "{chart}. {limits} Rules: {rules}.",
        chart=say(CHART_TYPES.get(analysis.chart).title),
        limits=limits if drawn else say("No limits are drawn."),
        rules=say(RULE_SETS.get(analysis.rule_set).title),
    )
