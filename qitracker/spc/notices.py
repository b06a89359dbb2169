"""What a reader must know before believing a chart: too short, too narrow, or another chart than asked for."""

from collections.abc import Sequence

from qitracker.foundation.words import Period, Sentence, say
from qitracker.spc.analysis import Series
from qitracker.spc.choices import LATER
from qitracker.spc.dispersion import TOO_NARROW
from qitracker.spc.lines import Drawn, Plan


def notices(asked: str, series: Series, drawn: Sequence[Drawn], plan: Plan) -> tuple[Sentence, ...]:
    """Return the notices of one analysis; `asked` is the code of the chart that was asked for."""
    found = []
    if asked in LATER:
        found.append(say("The {chart} is still to come. A run chart is shown instead.", chart=LATER[asked]))
    if plan.early:
        found.append(say("Too early to say: {count} of {needed} points.", count=plan.useful, needed=plan.minimum))
        return tuple(found)
    return (*found, *_short_phases(series, drawn, plan), *_too_narrow(drawn, plan))


def _short_phases(series: Series, drawn: Sequence[Drawn], plan: Plan) -> list[Sentence]:
    return [
        say(
            "Too early to say for the phase from {start}: {count} of {needed} points. Its lines may still move.",
            start=Period(series.starts[phase.stretch.first], series.frequency),
            count=phase.baseline,
            needed=plan.minimum,
        )
        for phase in drawn
        if phase.baseline < plan.minimum
    ]


def _too_narrow(drawn: Sequence[Drawn], plan: Plan) -> list[Sentence]:
    known = [phase.dispersion for phase in drawn if phase.dispersion is not None]
    if not known or known[-1] <= TOO_NARROW:
        return []
    return [
        say(
            "The limits of this chart ({chart}) are too narrow here: results vary {times} times as much as chance "
            "alone gives with such large numbers. Use the XmR chart.",
            chart=plan.chart.title,
            times=round(known[-1], 1),
        )
    ]
