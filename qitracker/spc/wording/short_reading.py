"""The line of a board for a whole analysis: the same words as from the facts that a board keeps."""

from dataclasses import replace

from qitracker.foundation.words import Sentence
from qitracker.spc.analysis import Analysis, Signal
from qitracker.spc.assurance import usual_range
from qitracker.spc.registry import CHART_TYPES
from qitracker.spc.wording.glance import LOOKED_BACK_ON, Glance, glance_line
from qitracker.spc.wording.story import Story, Told, counted_points, tell


def short_reading(analysis: Analysis, *, unit: str = "", decimals: int = 1) -> Sentence:
    """Return what the numbers say in one line, without the name of the measure."""
    return glance_line(glance_of(analysis), unit=unit, decimals=decimals)


def glance_of(analysis: Analysis) -> Glance:
    """Return the facts of an analysis that its line needs."""
    told = tell(analysis)
    is_median = CHART_TYPES.get(analysis.chart).centre_word == "median"
    lower, upper = usual_range(analysis)
    plain = Glance(told.story, analysis.frequency, is_median, lower=lower, upper=upper)
    match told.story:
        case Story.EMPTY:
            return plain
        case Story.EARLY:
            if len(analysis.points) >= LOOKED_BACK_ON:
                return plain
            return _with(plain, length=sum(counted_points(analysis, at) for at in range(len(analysis.phases))))
        case Story.NEW_PHASE:
            phase = analysis.phases[analysis.points[told.latest].phase]
            return _with(plain, length=phase.baseline, since=analysis.points[phase.first].start)
        case Story.SIGNAL | Story.WHOLE_PHASE if told.signal is not None:
            return _of_signal(plain, analysis, told.signal)
        case Story.CALMING if told.signal is not None:
            return _with(plain, length=told.since, since=analysis.points[told.signal.marks[-1]].start)
        case _:
            return _with(plain, length=_calm_points(analysis, told))


def _of_signal(plain: Glance, analysis: Analysis, signal: Signal) -> Glance:
    if signal.first is None:
        return _with(
            plain,
            since=analysis.points[analysis.phases[signal.phase].first].start,
            rule=signal.rule,
            crossings=int(signal.values["crossings"]),
            least=int(signal.values["least"]),
        )
    limits = (
        {("upper" if signal.side == "above" else "lower"): signal.values["limit"]} if "limit" in signal.values else {}
    )
    return _with(
        plain,
        since=analysis.points[signal.marks[0]].start,
        length=len(signal.marks),
        rule=signal.rule,
        side=signal.side,
        centre=signal.values["centre"],
        **limits,
    )


def _calm_points(analysis: Analysis, told: Told) -> int:
    """Return the points that count, among those looked back on, since the last signal or the start of the phase."""
    first = len(analysis.points) - LOOKED_BACK_ON
    if told.signal is not None:
        after = max(told.signal.marks[-1] + 1, first)
    else:
        after = max(analysis.phases[analysis.points[told.latest].phase].first, first)
    return sum(point.included and point.value is not None for point in analysis.points[after:])


def _with(plain: Glance, **facts: object) -> Glance:
    return replace(plain, **facts)  # type: ignore[arg-type]
