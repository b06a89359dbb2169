"""One series in, one Analysis out: phases, lines, signals, and what the latest point means."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Period, say
from qitracker.spc.analysis import Analysis, Direction, Phase, PhaseStart, Point, Reading, Series
from qitracker.spc.choices import LATER
from qitracker.spc.lines import MINIMUM, Drawn, Plan, draw_phase
from qitracker.spc.meaning import latest_reading, point_marks, to_signals
from qitracker.spc.notices import notices
from qitracker.spc.registry import CHART_TYPES, RULE_SETS
from qitracker.spc.rules.anhoej import run_figures
from qitracker.spc.stretches import cut


def analyse(
    series: Series,
    *,
    chart: str,
    rule_set: str,
    direction: Direction,
    phases: Sequence[PhaseStart] = (),
    excluded: Collection[date] = (),
    unfinished: Collection[date] = (),
    screening: bool | None = None,
    floor: float | None = None,
    ceiling: float | None = None,
    minimum: int = MINIMUM,
) -> Analysis:
    """Return everything the numbers say, for page, table, chart, workbook and PDF alike.

    A series with fewer than `minimum` results is drawn around its median, without limits or
    signals: it is too early to say. Gaps stay gaps. Excluded points, and points whose period is
    not over, are drawn but set no line and show no signal.

    Args:
        series: n periods in time order; 0 or 1 of them is fine and gives no lines.
        chart: code of a chart type; one that is still to come is drawn as a run chart, with a notice.
        rule_set: code of a rule set.
        direction: which way is better.
        phases: where limits begin anew; one on or before the first point describes the first phase.
        excluded: starts of the points a person took out of the calculation.
        unfinished: starts of the periods that are not over: half a month is no month, and is judged when it ends.
        screening: leave large moving ranges out once; None = as the rule set has it.
        floor, ceiling: what is possible, in display units (0 and 100 for a percentage on an XmR
            chart); cuts the drawn lines, never the lines the rules use.
        minimum: results that a judgement needs.

    Raises:
        Invalid: no such chart type or rule set, or the periods are not in order.
    """
    _check_order(series)
    running = frozenset(unfinished)
    plan = _plan(series, chart, rule_set, running.union(excluded), screening, (floor, ceiling), minimum)
    drawn = [draw_phase(series, stretch, plan) for stretch in cut(series, phases)]
    return replace(_assemble(series, drawn, plan, direction, running), notices=notices(chart, series, drawn, plan))


def _plan(
    series: Series,
    chart: str,
    rule_set: str,
    excluded: frozenset[date],
    screening: bool | None,
    possible: tuple[float | None, float | None],
    minimum: int,
) -> Plan:
    asked, ruled = CHART_TYPES.get("run" if chart in LATER else chart), RULE_SETS.get(rule_set)
    useful = sum(
        value is not None and start not in excluded for start, value in zip(series.starts, series.values, strict=True)
    )
    return Plan(
        chart=CHART_TYPES.get("run") if useful < minimum else asked,
        rules=ruled,
        screening=ruled.screening if screening is None else screening,
        excluded=excluded,
        floor=possible[0],
        ceiling=possible[1],
        minimum=minimum,
        useful=useful,
    )


def _assemble(
    series: Series, drawn: Sequence[Drawn], plan: Plan, direction: Direction, unfinished: frozenset[date]
) -> Analysis:
    priority = plan.rules.priority
    signals = [
        signal
        for number, phase in enumerate(drawn)
        for signal in to_signals(phase.findings, number, direction, priority)
    ]
    marks = point_marks(signals, len(series.starts), priority)
    points = tuple(
        replace(point, is_over=False) if point.start in unfinished else point
        for number, phase in enumerate(drawn)
        for point in _points(series, phase, number, plan.excluded, marks)
    )
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
        dispersion=next((phase.dispersion for phase in reversed(drawn) if phase.dispersion is not None), None),
    )


def _check_order(series: Series) -> None:
    for before, after in pairwise(series.starts):
        if after <= before:
            raise Invalid(
                say(
                    "The period {period} stands twice or out of order. Sort the periods and keep one of each.",
                    period=Period(after, series.frequency),
                )
            )


def _points(
    series: Series,
    phase: Drawn,
    number: int,
    excluded: frozenset[date],
    marks: Sequence[tuple[tuple[str, ...], Reading]],
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
            included=series.starts[at] not in excluded,
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


def _phase(phase: Drawn) -> Phase:
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
