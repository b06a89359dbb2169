"""Proportion (P) chart: the share of cases that met a condition, period by period."""

from math import sqrt

from qitracker.spc.analysis import Series
from qitracker.spc.counted import base_pairs, pooled, sizes
from qitracker.spc.limits import Limits
from qitracker.spc.registry import Settings, chart_type


@chart_type("p", title="Proportion (P) chart", limits_by_chance=True, scorings=("proportion",))
def p_chart(series: Series, *, baseline: Series, settings: Settings) -> Limits:
    """Return centre line and sigma lines for a proportion.

    The centre pools the baseline, so a month with many cases weighs more than a month with few.
    Lines follow each period's own size.

    Args:
        series: n periods to draw; periods without cases (0 of 0) give a gap.
        baseline: m ≥ 1 periods that set the centre (often `series` itself).

    Returns:
        Limits of length n, as proportions (0.12 means 12 %), drawn between 0 and 1.

    Raises:
        NotEnoughData: the baseline counts no cases at all.

    Source: Montgomery, Introduction to Statistical Quality Control, 7.2.
    """
    centre = pooled(base_pairs(baseline)) if settings.centre is None else settings.centre
    spread = max(centre * (1 - centre), 0.0)
    sigma = tuple(sqrt(spread / size) if size else None for size in sizes(series))
    return Limits(centre=centre, sigma=sigma, floor=0.0, ceiling=1.0)
