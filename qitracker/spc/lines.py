"""The lines of each phase of a series, and what the rules find there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.errors import NotEnoughData
from qitracker.spc.analysis import Series
from qitracker.spc.dispersion import dispersion
from qitracker.spc.judged import Finding, Judged
from qitracker.spc.limits import Limits
from qitracker.spc.registry import ChartType, RuleSet, Settings
from qitracker.spc.stretches import Stretch, baseline_of, periods

MINIMUM = 10
"""Points below which a chart shows no limits and claims nothing, and a phase is said to be new."""


@dataclass(frozen=True)
class Plan:
    """How every phase of one series is to be drawn and judged."""

    chart: ChartType
    rules: RuleSet
    screening: bool
    excluded: frozenset[date]
    floor: float | None
    ceiling: float | None
    minimum: int
    useful: int  # points of the whole series that count

    @property
    def early(self) -> bool:
        """Whether the series is too short for limits and signals."""
        return self.useful < self.minimum

    @property
    def has_lines(self) -> bool:
        """Whether there is anything to draw a line through; one lonely point has none."""
        return self.useful > 1 or not self.early


@dataclass(frozen=True)
class Drawn:
    """One phase with its lines, in display units, and what the rules found in it."""

    stretch: Stretch
    baseline: int = 0  # points that set the lines
    limits: Limits | None = None
    judged: Judged | None = None
    findings: Sequence[Finding] = ()
    dispersion: float | None = None


def draw_phase(series: Series, stretch: Stretch, plan: Plan) -> Drawn:
    """Return one phase with its lines and findings; without lines where no point sets them."""
    if not plan.has_lines:
        return Drawn(stretch)
    baseline = baseline_of(series, stretch, plan.excluded)
    based = sum(value is not None for value in baseline.values)
    settings = _settings(stretch, series.multiplier, plan)
    try:
        raw = plan.chart.draw(
            periods(series, range(stretch.first, stretch.last + 1)), baseline=baseline, settings=settings
        )
    except NotEnoughData:
        return Drawn(stretch)
    limits = raw.times(series.multiplier).within(plan.floor, plan.ceiling)
    judged = _judged(series, stretch, limits, plan.excluded)
    return Drawn(
        stretch=stretch,
        baseline=based,
        limits=limits,
        judged=judged,
        findings=() if plan.early else plan.rules.find(judged),
        dispersion=_dispersion(baseline, settings, plan, based),
    )


def _settings(stretch: Stretch, multiplier: float, plan: Plan) -> Settings:
    centre = stretch.start.centre
    return Settings(
        sigma_per_range=plan.rules.sigma_per_range,
        screening=plan.screening,
        centre=None if centre is None else centre / multiplier,
    )


def _judged(series: Series, stretch: Stretch, limits: Limits, excluded: frozenset[date]) -> Judged:
    points = [
        (at, value, limits.sigma[at - stretch.first])
        for at, value in enumerate(series.values)
        if stretch.first <= at <= stretch.last and value is not None and series.starts[at] not in excluded
    ]
    return Judged(
        places=tuple(at for at, _, _ in points),
        values=tuple(value for _, value, _ in points),
        centre=limits.centre,
        sigma=tuple(sigma for _, _, sigma in points),
    )


def _dispersion(baseline: Series, settings: Settings, plan: Plan, based: int) -> float | None:
    """Return sigma_z of a chart that knows chance only; None where too few points could tell."""
    if not plan.chart.limits_by_chance or plan.early or based < plan.minimum:
        return None
    return dispersion(baseline, plan.chart.draw(baseline, baseline=baseline, settings=settings))
