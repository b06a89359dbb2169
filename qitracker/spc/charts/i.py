"""XmR (individuals) chart: one value a period, limits from the steps between neighbours."""

from qitracker.spc.analysis import Series
from qitracker.spc.counted import base_values, mean, raw_values
from qitracker.spc.limits import Limits
from qitracker.spc.moving_ranges import mean_range, moving_ranges
from qitracker.spc.registry import Settings, chart_type


@chart_type("i", title="XmR chart", limits_from_ranges=True)
def xmr_chart(series: Series, *, baseline: Series, settings: Settings) -> Limits:
    """Return the mean of the baseline and a sigma from its moving ranges.

    Steps between neighbours hold the everyday variation and little of a lasting shift, so a
    shift does not widen the limits that should show it. An excluded point is not in the
    baseline, so its neighbours become neighbours; a missing period drops both of its steps.

    Args:
        series: n periods to draw.
        baseline: m ≥ 1 periods with values that set the lines, gaps kept in place.

    Returns:
        Limits of length n in raw units; no sigma where the baseline has no two neighbours.

    Raises:
        NotEnoughData: the baseline holds no results.

    Source: Wheeler, Understanding Variation (1993); constants: see the rule sets.
    """
    centre = mean(base_values(baseline)) if settings.centre is None else settings.centre
    step, screened = mean_range(moving_ranges(raw_values(baseline)), screening=settings.screening)
    sigma = None if step is None else step * settings.sigma_per_range
    return Limits(centre=centre, sigma=(sigma,) * len(series.starts), screened=screened)
