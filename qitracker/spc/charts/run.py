"""Run chart: the results around their median, without limits."""

from statistics import median

from qitracker.spc.analysis import Series
from qitracker.spc.counted import base_values
from qitracker.spc.limits import Limits
from qitracker.spc.registry import Settings, chart_type


@chart_type("run", title="Run chart", centre_word="median")
def run_chart(series: Series, *, baseline: Series, settings: Settings) -> Limits:
    """Return the median of the baseline, so that half the points are expected on each side.

    Args:
        series: n periods to draw.
        baseline: m ≥ 1 periods with values that set the median.

    Returns:
        Limits of length n in raw units, without sigma: a run chart has no limits.

    Raises:
        NotEnoughData: the baseline holds no results.

    Source: Perla, Provost, Murray, BMJ Quality & Safety 20 (2011) 46.
    """
    centre = median(base_values(baseline)) if settings.centre is None else settings.centre
    return Limits(centre=centre, sigma=(None,) * len(series.starts))
