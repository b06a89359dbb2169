"""One series in, one Analysis out: phases, lines, signals, and what the latest point means."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qitracker.foundation.errors import Invalid, NotEnoughData
from qitracker.foundation.words import Period, Sentence, say
from qitracker.spc import charts as charts  # registers every chart type
from qitracker.spc import rules as rules  # registers every rule set
from qitracker.spc.analysis import Analysis, Direction, Phase, PhaseStart, Point, Reading, Series, Signal
from qitracker.spc.choices import LATER
from qitracker.spc.dispersion import TOO_NARROW, dispersion
from qitracker.spc.judged import Finding, Judged
from qitracker.spc.limits import Limits
from qitracker.spc.meaning import latest_reading, point_marks, to_signals
from qitracker.spc.registry import CHART_TYPES, RULE_SETS, ChartType, RuleSet, Settings
from qitracker.spc.rules.anhoej import run_figures
from qitracker.spc.stretches import Stretch, baseline_of, cut, periods

MINIMUM = 10
"""Points below which a chart shows no limits and claims nothing."""


@dataclass(frozen=True)
class _Drawn:
    """One phase with its lines, in display units, and what the rules found in it."""

    stretch: Stretch
    baseline: int  # points that set the lines
    counts: int  # points that count at all
    limits: Limits | None
    judged: Judged | None
    findings: Sequence[Finding]
    dispersion: float | None


@dataclass(frozen=True)
class _Plan:
    """How every phase of one series is to be drawn and judged."""

    chart: ChartType
    rules: RuleSet
    screening: bool
    excluded: frozenset[date]
    floor: float | None
    ceiling: float | None
    early: bool
    minimum: int


def analyse(
    series: Series,
    *,
    chart: str,
    rule_set: str,
    direction: Direction,
    phases: Sequence[PhaseStart] = (),
    excluded: Collection[date] = (),
    screening: bool | None = None,
    floor: float | None = None,
    ceiling: float | None = None,
    minimum: int = MINIMUM,
) -> Analysis:
    """Return everything the numbers say, for page, table, chart, workbook and PDF alike.

    A series with fewer than `minimum` results is drawn around its median, without limits or
    signals: it is too early to say. Gaps stay gaps. Excluded points are drawn but set no line
    and show no signal.

    Args:
        series: n periods in time order; 0 or 1 of them is fine and gives no lines.
        chart: code of a chart type; one that is still to come is drawn as a run chart, with a notice.
        rule_set: code of a rule set.
        direction: which way is better.
        phases: where limits begin anew; one on or before the first point describes the first phase.
        excluded: starts of the points a person took out of the calculation.
        screening: leave large moving ranges out once; None = as the rule set has it.
        floor, ceiling: what is possible, in display units (0 and 100 for a percentage on an XmR
            chart); cuts the drawn lines, never the lines the rules use.
        minimum: results that a judgement needs.

    Raises:
        Invalid: no such chart type or rule set, or the periods are not in order.
    """
    _check_order(series)
    chosen = CHART_TYPES.get("run" if chart in LATER else chart)
    rule_kind = RULE_SETS.get(rule_set)
    excluded = frozenset(excluded)
    useful = sum(
        value is not None and start not in excluded for start, value in zip(series.starts, series.values, strict=True)
    )
    early = useful < minimum
    plan = _Plan(
        chart=CHART_TYPES.get("run") if early else chosen,
        rules=rule_kind,
        screening=rule_kind.screening if screening is None else screening,
        excluded=excluded,
        floor=floor,
        ceiling=ceiling,
        early=early,
        minimum=minimum,
    )
    drawn = [_draw(series, stretch, plan) for stretch in cut(series, phases)] if useful else []
    if minimum > 1 and useful == 1:
        drawn = [replace(phase, limits=None, judged=None) for phase in drawn]
    analysis = _assemble(series, drawn or [_blank(stretch) for stretch in cut(series, phases)], plan, direction)
    return replace(analysis, notices=(*_chart_notices(chart, useful, plan), *_phase_notices(series, drawn, plan)))


def _check_order(series: Series) -> None:
    for before, after in zip(series.starts, series.starts[1:], strict=False):
        if after <= before:
            raise Invalid(
                say(
                    "The period {period} stands twice or out of order. Sort the periods and keep one of each.",
                    period=Period(after, series.frequency),
                )
            )


def _blank(stretch: Stretch) -> _Drawn:
    return _Drawn(stretch, 0, 0, None, None, (), None)


def _draw(series: Series, stretch: Stretch, plan: _Plan) -> _Drawn:
    """Return one phase with its lines and findings; without lines where no point sets them."""
    places = range(stretch.first, stretch.last + 1)
    values = series.values
    counts = [at for at in places if values[at] is not None and series.starts[at] not in plan.excluded]
    baseline = baseline_of(series, stretch, plan.excluded)
    based = sum(value is not None for value in baseline.values)
    settings = _settings(stretch, series.multiplier, plan)
    try:
        raw = plan.chart.draw(periods(series, places), baseline=baseline, settings=settings)
    except NotEnoughData:
        return replace(_blank(stretch), counts=len(counts))
    limits = raw.times(series.multiplier).within(plan.floor, plan.ceiling)
    judged = Judged(
        places=tuple(counts),
        values=tuple(value for at in counts if (value := values[at]) is not None),
        centre=limits.centre,
        sigma=tuple(limits.sigma[at - stretch.first] for at in counts),
    )
    findings = () if plan.early else plan.rules.find(judged)
    return _Drawn(stretch, based, len(counts), limits, judged, findings, _dispersion(baseline, settings, plan, based))


def _settings(stretch: Stretch, multiplier: float, plan: _Plan) -> Settings:
    centre = stretch.start.centre
    return Settings(
        sigma_per_range=plan.rules.sigma_per_range,
        screening=plan.screening,
        centre=None if centre is None else centre / multiplier,
    )


def _dispersion(baseline: Series, settings: Settings, plan: _Plan, based: int) -> float | None:
    if not plan.chart.limits_by_chance or based < MINIMUM:
        return None
    return dispersion(baseline, plan.chart.draw(baseline, baseline=baseline, settings=settings))


def _assemble(series: Series, drawn: Sequence[_Drawn], plan: _Plan, direction: Direction) -> Analysis:
    signals = [
        signal
        for number, phase in enumerate(drawn)
        for signal in to_signals(phase.findings, number, direction, plan.rules.priority)
    ]
    marks = point_marks(signals, len(series.starts), plan.rules.priority)
    points = tuple(point for number, phase in enumerate(drawn) for point in _points(series, phase, number, plan, marks))
    known = [phase.dispersion for phase in drawn if phase.dispersion is not None]
    return Analysis(
        chart=plan.chart.code,
        rule_set=plan.rules.code,
        direction=direction,
        frequency=series.frequency,
        points=points,
        phases=tuple(_phase(phase) for phase in drawn),
        signals=tuple(signals),
        reading=latest_reading(points, signals),
        screened=any(phase.limits is not None and phase.limits.screened for phase in drawn),
        early=plan.early,
        dispersion=known[-1] if known else None,
    )


def _points(
    series: Series, phase: _Drawn, number: int, plan: _Plan, marks: Sequence[tuple[tuple[str, ...], Reading]]
) -> list[Point]:
    first, limits, values = phase.stretch.first, phase.limits, series.values
    gaps = (None,) * (phase.stretch.last - first + 1)
    lower, lower_2, upper_2, upper = (limits.drawn(k) if limits else gaps for k in (-3, -2, 2, 3))
    return [
        Point(
            start=series.starts[at],
            state=series.states[at],
            value=values[at],
            numerator=series.numerators[at],
            denominator=series.denominators[at],
            phase=number,
            included=series.starts[at] not in plan.excluded,
            centre=limits.centre if limits else None,
            lower=lower[at - first],
            upper=upper[at - first],
            lower_2=lower_2[at - first],
            upper_2=upper_2[at - first],
            rules=marks[at][0],
            reading=marks[at][1],
        )
        for at in range(first, phase.stretch.last + 1)
    ]


def _phase(phase: _Drawn) -> Phase:
    figures = run_figures(phase.judged) if phase.judged else None
    return Phase(
        first=phase.stretch.first,
        last=phase.stretch.last,
        reason=phase.stretch.start.reason,
        centre=phase.limits.centre if phase.limits else None,
        baseline=phase.baseline,
        useful=figures.useful if figures else 0,
        longest_run=figures.longest_run if figures else None,
        longest_run_max=figures.longest_run_max if figures else None,
        crossings=figures.crossings if figures else None,
        crossings_min=figures.crossings_min if figures else None,
    )


def _chart_notices(asked: str, useful: int, plan: _Plan) -> list[Sentence]:
    notices = []
    if asked in LATER:
        notices.append(say("The {chart} is still to come. A run chart is shown instead.", chart=LATER[asked]))
    if plan.early:
        notices.append(say("Too early to say: {count} of {needed} points.", count=useful, needed=plan.minimum))
    return notices


def _phase_notices(series: Series, drawn: Sequence[_Drawn], plan: _Plan) -> list[Sentence]:
    if plan.early:
        return []
    notices = [
        say(
            "Too early to say for the phase from {start}: {count} of {needed} points. Its lines may still move.",
            start=Period(series.starts[phase.stretch.first], series.frequency),
            count=phase.baseline,
            needed=plan.minimum,
        )
        for phase in drawn
        if phase.baseline < plan.minimum
    ]
    known = [phase.dispersion for phase in drawn if phase.dispersion is not None]
    if known and known[-1] > TOO_NARROW:
        notices.append(
            say(
                "The limits of this {chart} are too narrow here: results vary {times} times as much as chance alone "
                "gives with such large numbers. Use the XmR chart.",
                chart=plan.chart.title,
                times=round(known[-1], 1),
            )
        )
    return notices
