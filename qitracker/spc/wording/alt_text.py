"""A chart in words, for those who do not see it and for print that lost its picture."""

from qitracker.foundation.words import Sentence, say
from qitracker.spc.analysis import Analysis, Direction, State
from qitracker.spc.assurance import usual_range
from qitracker.spc.registry import CHART_TYPES
from qitracker.spc.wording.against import target_sentence
from qitracker.spc.wording.figures import Figures, joined, many, period
from qitracker.spc.wording.headline import headline


def alt_text(
    analysis: Analysis,
    *,
    name: Sentence | str,
    unit: str = "",
    decimals: int = 1,
    target: float | None = None,
    target_decimals: int = 0,
) -> Sentence:
    """Return type, span, last value, centre, usual range, headline, worst value and target of a chart."""
    figures = Figures(unit, decimals)
    said = headline(analysis, name=name, unit=unit, decimals=decimals).sentence
    if analysis.latest is None:
        return said
    return joined(
        _span(analysis),
        _latest(analysis, figures),
        said,
        _worst(analysis, figures),
        _hidden(analysis),
        None
        if target is None
        else target_sentence(analysis, target, unit=unit, decimals=decimals, target_decimals=target_decimals),
    )


def _span(analysis: Analysis) -> Sentence:
    return say(
        "{chart} of {length}, {first} to {last}.",
        chart=say(CHART_TYPES.get(analysis.chart).title),
        length=many(len(analysis.points), analysis.frequency),
        first=period(analysis, 0),
        last=period(analysis, len(analysis.points) - 1),
    )


def _latest(analysis: Analysis, figures: Figures) -> Sentence | None:
    point = analysis.points[analysis.latest or 0]
    if point.value is None:
        return None
    if point.centre is None:
        return say("Last value {value}.", value=figures(point.value))
    line = figures.line(analysis, point.centre)
    lower, upper = usual_range(analysis)
    if lower is None or upper is None:
        return say("Last value {value}, {line}.", value=figures(point.value), line=line)
    return say(
        "Last value {value}, {line}, usual range {lower} to {upper}.",
        value=figures(point.value),
        line=line,
        lower=figures.bare(lower),
        upper=figures(upper),
    )


def _worst(analysis: Analysis, figures: Figures) -> Sentence | None:
    """Return the worst value and its period; nothing where no direction is worse."""
    if analysis.direction is Direction.NONE:
        return None
    sign = 1 if analysis.direction is Direction.UP else -1
    value, at = min(
        ((point.value, at) for at, point in enumerate(analysis.points) if point.value is not None and point.included),
        key=lambda pair: sign * pair[0],
        default=(None, 0),
    )
    if value is None:
        return None
    return say("Worst value {value} in {period}.", value=figures(value), period=period(analysis, at))


def _hidden(analysis: Analysis) -> Sentence | None:
    count = sum(point.state is State.SUPPRESSED for point in analysis.points)
    return (
        say("{length} hidden because the numbers are small.", length=many(count, analysis.frequency)) if count else None
    )
