"""The one sentence of a measure page: whether care has changed, since when, against what."""

from dataclasses import dataclass

from qitracker.foundation.words import Sentence, say
from qitracker.spc.analysis import Analysis, Reading
from qitracker.spc.assurance import usual_range
from qitracker.spc.dispersion import is_too_narrow
from qitracker.spc.judged import compare
from qitracker.spc.lines import MINIMUM
from qitracker.spc.wording.clauses import clause
from qitracker.spc.wording.figures import Figures, filled, many, period
from qitracker.spc.wording.story import Story, Told, counted_points, outside_recently, tell


@dataclass(frozen=True)
class Headline:
    """One sentence in two clauses, so that a page can set the first in bold and colour it by `reading`."""

    lead: Sentence
    tail: Sentence | None
    reading: Reading

    @property
    def sentence(self) -> Sentence:
        """Return the whole sentence, for places that know no emphasis."""
        if self.tail is None:
            return say("{lead}.", lead=self.lead)
        return say("{lead}: {tail}.", lead=self.lead, tail=self.tail)

    def __str__(self) -> str:
        return str(self.sentence)


def headline(analysis: Analysis, *, name: Sentence | str, unit: str = "", decimals: int = 1) -> Headline:
    """Return the headline of one measure in one unit.

    It is built from the signals that the chart marks, never from the size of the last change,
    and says better or worse only where the latest point shows a signal.

    Args:
        name: of the measure, as it begins a sentence.
        unit: written behind numbers when it is short ("%").
        decimals: of the measure.
    """
    told, figures = tell(analysis), Figures(unit, decimals)
    if told.story not in (Story.SIGNAL, Story.WHOLE_PHASE):
        return Headline(*_TELLERS[told.story](analysis, told, name, figures), Reading.USUAL)
    if is_too_narrow(analysis):
        return Headline(*_doubtful(analysis, told, name, figures), Reading.CHANGED)
    return Headline(*_TELLERS[told.story](analysis, told, name, figures), analysis.reading)


Clauses = tuple[Sentence, Sentence | None]
Name = Sentence | str


def _empty(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    return say("There are no results yet for {name}", name=name), None


def _early(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    count = sum(counted_points(analysis, number) for number in range(len(analysis.phases)))
    return (
        say("Too early to call for {name}", name=name),
        say("{count} of {needed} points", count=count, needed=MINIMUM),
    )


def _new_phase(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    number = analysis.points[told.latest].phase
    return say("Too early to call for {name}", name=name), say(
        "{count} of {needed} points since limits began anew in {start}",
        count=analysis.phases[number].baseline,
        needed=MINIMUM,
        start=period(analysis, analysis.phases[number].first),
    )


def _signal(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    assert told.signal is not None
    leads = {
        Reading.BETTER: say("{name} got better", name=name),
        Reading.WORSE: say("{name} got worse", name=name),
        Reading.CHANGED: say("{name} changed", name=name),
    }
    what = clause(analysis, told.signal, figures)
    outside, span = outside_recently(analysis, told)
    if outside:
        what = say("{what}, and {count} of the last {span} outside the limits", what=what, count=outside, span=span)
    return leads[told.signal.reading], what


def _doubtful(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    """Tell a signal of limits that are too narrow: everyday variation crosses them, so it is no verdict."""
    return say("This chart cannot tell whether {name} changed", name=name), say(
        "its limits are too narrow for such large numbers, and the XmR chart can tell"
    )


def _whole_phase(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    assert told.signal is not None
    phase = analysis.phases[told.signal.phase]
    assert phase.centre is not None
    return say("More than chance is at work in {name}", name=name), say(
        "since {start} the results crossed the {line} {crossings} times, where chance gives at least {least}",
        start=period(analysis, phase.first),
        line=figures.line(analysis, phase.centre),
        crossings=int(told.signal.values["crossings"]),
        least=int(told.signal.values["least"]),
    )


def _calming(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    assert told.signal is not None
    return say("Too early to call for {name}", name=name), say(
        "{length} as usual since the last signal, in {last}",
        length=many(told.since, analysis.frequency),
        last=period(analysis, told.signal.marks[-1]),
    )


def _calm(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    assert told.signal is not None
    return say("No change now in {name}", name=name), say(
        "the latest {length} vary as usual; the last signal was in {last}",
        length=many(told.since, analysis.frequency),
        last=period(analysis, told.signal.marks[-1]),
    )


def _level(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    number = analysis.points[told.latest].phase
    before, now = analysis.phases[number - 1].centre, analysis.phases[number].centre
    assert before is not None and now is not None
    reason, start = analysis.phases[number].reason, period(analysis, analysis.phases[number].first)
    up = now > before
    if reason:
        words = say("{name} stayed higher after “{reason}”") if up else say("{name} stayed lower after “{reason}”")
        lead = filled(words, name=name, reason=reason)
    else:
        words = say("{name} stayed higher from {start} on") if up else say("{name} stayed lower from {start} on")
        lead = filled(words, name=name, start=start)
    count = counted_points(analysis, number)
    return lead, say(
        "from an {before} to one of {now}, and {length} since {start} vary as usual around it",
        before=figures.line(analysis, before),
        now=figures(now),
        length=many(count, analysis.frequency),
        start=start,
    )


def _usual(analysis: Analysis, told: Told, name: Name, figures: Figures) -> Clauses:
    number = analysis.points[told.latest].phase
    count = many(counted_points(analysis, number), analysis.frequency)
    lower, upper = usual_range(analysis)
    lead = say("No real change in {name}", name=name)
    if lower is None or upper is None:
        return lead, say("{length} without a signal", length=count)
    if compare(lower, upper) == 0:
        return lead, say("{length} at {value}", length=count, value=figures(upper))
    return lead, say(
        "{length} without a signal, in the usual range of {lower} to {upper}",
        length=count,
        lower=figures.bare(lower),
        upper=figures(upper),
    )


_TELLERS = {
    Story.EMPTY: _empty,
    Story.EARLY: _early,
    Story.SIGNAL: _signal,
    Story.WHOLE_PHASE: _whole_phase,
    Story.NEW_PHASE: _new_phase,
    Story.CALMING: _calming,
    Story.LEVEL: _level,
    Story.CALM: _calm,
    Story.USUAL: _usual,
}
