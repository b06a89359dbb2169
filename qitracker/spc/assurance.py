"""Whether a process as it runs now can be expected to meet a target."""

from qitracker.spc.analysis import Analysis, Assurance, Direction
from qitracker.spc.judged import compare


def assurance(analysis: Analysis, target: float | None) -> Assurance:
    """Return what the usual range of the last phase says of the target.

    The whole range on the good side of the target: it is always met. On the bad side: never,
    unless the process changes. Across it: met in some periods and missed in others by chance.
    A range without width meets a target it equals. Without a target, a better direction or limits
    (a run chart) nothing can be said: NO_TARGET.

    Args:
        analysis: its latest point with lines gives the range.
        target: unrounded, in display units.

    Source: NHS England, Making Data Count (assurance icons); comparisons are strict.
    """
    return range_against(*usual_range(analysis), target, analysis.direction)


def range_against(lower: float | None, upper: float | None, target: float | None, direction: Direction) -> Assurance:
    """Return what a usual range says of a target, as `assurance` does for a whole analysis."""
    if target is None or direction is Direction.NONE or lower is None or upper is None:
        return Assurance.NO_TARGET
    below, above = compare(lower, target), compare(upper, target)
    if below == above == 0:
        return Assurance.ALWAYS
    if below > 0 or above < 0:
        return Assurance.ALWAYS if (below > 0) == (direction is Direction.UP) else Assurance.NEVER
    return Assurance.SOMETIMES


def usual_range(analysis: Analysis) -> tuple[float | None, float | None]:
    """Return the lower and upper line at the latest point that has them; (None, None) in a run chart.

    A point that counts comes first: half a month has few cases, and a range that is wider than any to come.
    """
    limited = [point for point in analysis.points if point.upper is not None]
    last = next((point for point in reversed(limited) if point.included), limited[-1] if limited else None)
    return (last.lower, last.upper) if last else (None, None)
