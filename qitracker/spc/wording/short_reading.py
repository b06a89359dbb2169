"""The line of a board: one short sentence for one measure."""

from collections.abc import Callable

from qitracker.foundation.words import Sentence, say
from qitracker.spc.analysis import Analysis
from qitracker.spc.assurance import usual_range
from qitracker.spc.judged import compare
from qitracker.spc.lines import MINIMUM
from qitracker.spc.wording.clauses import sentence
from qitracker.spc.wording.figures import Figures, many, period, upcoming
from qitracker.spc.wording.story import Story, Told, counted_points, tell

Teller = Callable[[Analysis, Told, Figures], Sentence]


def short_reading(analysis: Analysis, *, unit: str = "", decimals: int = 1) -> Sentence:
    """Return what the numbers say in one line, without the name of the measure."""
    told = tell(analysis)
    return _TELLERS[told.story](analysis, told, Figures(unit, decimals))


def _empty(analysis: Analysis, told: Told, figures: Figures) -> Sentence:
    return say("No results yet.")


def _early(analysis: Analysis, told: Told, figures: Figures) -> Sentence:
    count = sum(counted_points(analysis, number) for number in range(len(analysis.phases)))
    return say("Too early to call: {count} of {needed} points.", count=count, needed=MINIMUM)


def _new_phase(analysis: Analysis, told: Told, figures: Figures) -> Sentence:
    phase = analysis.phases[analysis.points[told.latest].phase]
    return say(
        "Too early to call: {count} of {needed} points since {start}.",
        count=phase.baseline,
        needed=MINIMUM,
        start=period(analysis, phase.first),
    )


def _signal(analysis: Analysis, told: Told, figures: Figures) -> Sentence:
    assert told.signal is not None
    return sentence(analysis, told.signal, figures)


def _whole_phase(analysis: Analysis, told: Told, figures: Figures) -> Sentence:
    assert told.signal is not None
    return say(
        "More than chance is at work since {start}: {crossings} crossings of the centre line, not {least} or more.",
        start=period(analysis, analysis.phases[told.signal.phase].first),
        crossings=int(told.signal.values["crossings"]),
        least=int(told.signal.values["least"]),
    )


def _calming(analysis: Analysis, told: Told, figures: Figures) -> Sentence:
    assert told.signal is not None
    return say(
        "Last signal in {last}, then {length} as usual: too early to call.",
        last=period(analysis, told.signal.marks[-1]),
        length=many(told.since, analysis.frequency),
    )


def _usual(analysis: Analysis, told: Told, figures: Figures) -> Sentence:
    count = told.since or counted_points(analysis, analysis.points[told.latest].phase)
    calm = say("No signal in {length}.", length=many(count, analysis.frequency))
    lower, upper = usual_range(analysis)
    if lower is None or upper is None:
        return calm
    if compare(lower, upper) == 0:
        return say("{calm} Always {value}.", calm=calm, value=figures(upper))
    return say(
        "{calm} Expect {lower} to {upper} {when}.",
        calm=calm,
        lower=figures.bare(lower),
        upper=figures(upper),
        when=upcoming(analysis.frequency),
    )


_TELLERS: dict[Story, Teller] = {
    Story.EMPTY: _empty,
    Story.EARLY: _early,
    Story.SIGNAL: _signal,
    Story.WHOLE_PHASE: _whole_phase,
    Story.NEW_PHASE: _new_phase,
    Story.CALMING: _calming,
    Story.LEVEL: _usual,
    Story.CALM: _usual,
    Story.USUAL: _usual,
}
