"""Rate (U) chart: events per amount of exposure, such as falls per 1,000 bed days."""

from math import sqrt

from qitracker.spc.analysis import Series
from qitracker.spc.counted import base_pairs, pooled, sizes
from qitracker.spc.limits import Limits
from qitracker.spc.registry import Settings, chart_type


@chart_type("u", title="Rate (U) chart", limits_by_chance=True, scorings=("rate", "observed_expected"))
def u_chart(series: Series, *, baseline: Series, settings: Settings) -> Limits:
    """Return centre line and sigma lines for a rate of events.

    The centre pools the baseline: all its events over all its exposure. Lines follow each
    period's own exposure. An expected number of events may stand as exposure too.

    Args:
        series: n periods to draw; periods without exposure give a gap.
        baseline: m ≥ 1 periods that set the centre.

    Returns:
        Limits of length n in events per unit of exposure, drawn from 0 up.

    Raises:
        NotEnoughData: the baseline has no exposure at all.

    Source: Montgomery, Introduction to Statistical Quality Control, 7.3.
    """
    centre = pooled(base_pairs(baseline)) if settings.centre is None else settings.centre
    sigma = tuple(sqrt(max(centre, 0.0) / size) if size else None for size in sizes(series))
    return Limits(centre=centre, sigma=sigma, floor=0.0)
