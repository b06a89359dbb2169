"""Whether limits from counting chance alone are too narrow for what a series does."""

from qitracker.foundation.errors import NotEnoughData
from qitracker.spc.analysis import Analysis, Series
from qitracker.spc.counted import raw_values
from qitracker.spc.limits import Limits
from qitracker.spc.moving_ranges import D2, mean_range, moving_ranges
from qitracker.spc.registry import ChartType, Settings

TOO_NARROW = 1.5
"""Above this the limits of a P, U or C chart mislead. With 24 points of pure chance sigma_z strays
by about 0.2 around 1, so 1.5 is beyond what chance does, and limits half as wide again would be needed."""


def dispersion(baseline: Series, limits: Limits) -> float | None:
    """Return Laney's sigma_z: the everyday variation as a multiple of what chance alone gives.

    With a very large denominator chance gives almost no variation, so seasons and staffing, which
    move every month a little, look like signals: sigma_z is then far above 1. None where the
    baseline has no two neighbours or chance gives no variation at all.

    Args:
        baseline: m periods that set the lines.
        limits: of length m, for the same periods, in raw units.

    Source: Laney, Quality Engineering 14 (2002) 531.
    """
    scores = [
        (value - limits.centre) / sigma if value is not None and sigma else None
        for value, sigma in zip(raw_values(baseline), limits.sigma, strict=True)
    ]
    step, _ = mean_range(moving_ranges(scores), screening=True)
    return None if step is None else step / D2


def is_too_narrow(analysis: Analysis) -> bool:
    """Say whether the limits that are drawn last are too narrow, so that what they mark may be everyday variation."""
    return analysis.dispersion is not None and analysis.dispersion > TOO_NARROW


def series_dispersion(series: Series, chart: ChartType) -> float | None:
    """Return sigma_z of a whole series on a chart; None where there is nothing to tell it from."""
    settings = Settings(sigma_per_range=1 / D2, screening=True)
    try:
        return dispersion(series, chart.draw(series, baseline=series, settings=settings))
    except NotEnoughData:
        return None
