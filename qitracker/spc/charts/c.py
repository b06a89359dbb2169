"""Count (C) chart: events a period, where every period offers the same chance of one."""

from math import sqrt

from qitracker.spc.analysis import Series
from qitracker.spc.counted import base_values, mean, sizes
from qitracker.spc.limits import Limits
from qitracker.spc.registry import Settings, chart_type


@chart_type("c", title="Count (C) chart", limits_by_chance=True, scorings=("count",))
def c_chart(series: Series, *, baseline: Series, settings: Settings) -> Limits:
    """Return the mean count of the baseline and the sigma that chance alone gives such counts.

    Counts have a denominator of 1. Where all periods share another size, the lines are those of
    the count over that size.

    Args:
        series: n periods to draw.
        baseline: m ≥ 1 periods with counts that set the centre.

    Returns:
        Limits of length n as counts, drawn from 0 up; the lines run on over a gap.

    Raises:
        NotEnoughData: the baseline holds no counts.

    Source: Montgomery, Introduction to Statistical Quality Control, 7.3.
    """
    average = mean(base_values(baseline))
    centre = average if settings.centre is None else settings.centre
    usual_size = next(size for size in sizes(baseline) if size)
    sigma = tuple(sqrt(max(centre, 0.0) / (size or usual_size)) for size in sizes(series))
    return Limits(centre=centre, sigma=sigma, floor=0.0)
