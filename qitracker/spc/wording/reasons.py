"""Why is this a signal? The rule in words, the points that show it, and how often chance alone would do it."""

from collections.abc import Callable

from qitracker.foundation.words import Sentence, say
from qitracker.spc.analysis import Analysis, Signal
from qitracker.spc.judged import compare
from qitracker.spc.registry import CHART_TYPES
from qitracker.spc.wording import chances
from qitracker.spc.wording.clauses import sentence
from qitracker.spc.wording.figures import Figures, filled, joined, many, period
from qitracker.spc.wording.story import Story, counted_points, outside_recently, tell

RULES = {
    "outside": say("A point outside the limits is a signal."),
    "trend": say("Seven or more points that only rise or only fall are a signal."),
    "two_of_three": say("Two of three points in a row close to one limit are a signal."),
    "shift": say("Seven or more points in a row on one side of the centre line are a signal."),
    "long_run": say("In a phase of this length a run of more than {most} points on one side is a signal."),
    "crossings": say("Fewer than {least} crossings of the centre line are a signal among {useful} points."),
}
"""The rules as people say them, by code."""

LINES = {"average": say("average"), "median": say("median")}

A_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}
"""Periods in a year."""


def reasons(analysis: Analysis, *, unit: str = "", decimals: int = 1) -> tuple[Sentence, ...]:
    """Return one reason for each signal that holds at the latest point, or for the one that ended last.

    Empty where the current phase shows none. Each reason tells the rule, what was seen, and how
    often chance alone would show it.
    """
    told, figures = tell(analysis), Figures(unit, decimals)
    if told.story is not Story.SIGNAL:
        return (reason(analysis, told.signal, figures),) if told.signal is not None else ()
    found = [reason(analysis, signal, figures) for signal in analysis.signals if told.latest in signal.marks]
    outside, span = outside_recently(analysis, told)
    if outside:
        found.append(_also_outside(outside, span))
    return tuple(found)


def _also_outside(count: int, span: Sentence | str) -> Sentence:
    one, more = (
        say("Of the last {span}, {count} lies outside the limits on the same side."),
        say("Of the last {span}, {count} lie outside the limits on the same side."),
    )
    return filled(one if count == 1 else more, span=span, count=count)


HEAPED = say("More than half of the results are the same here, so a run counts from {needed} points on, not from 7.")
"""In place of the rule of a run, where most values lie on its side by nature."""


def reason(analysis: Analysis, signal: Signal, figures: Figures) -> Sentence:
    """Return what was seen, the rule it meets, and its chance, in three sentences."""
    told = RULES[signal.rule] if "needed" not in signal.values else HEAPED
    rule = filled(
        told, **{name: int(value) for name, value in signal.values.items() if name not in ("centre", "share")}
    )
    return joined(
        _seen(analysis, signal, figures), _on_the_line(analysis, signal), rule, _CHANCES[signal.rule](analysis, signal)
    )


def _seen(analysis: Analysis, signal: Signal, figures: Figures) -> Sentence:
    if signal.first is not None:
        return sentence(analysis, signal, figures)
    phase = analysis.phases[signal.phase]
    assert phase.centre is not None
    return say(
        "Since {start} the results crossed the {line} {crossings} times.",
        start=period(analysis, phase.first),
        line=figures.line(analysis, phase.centre),
        crossings=int(signal.values["crossings"]),
    )


def _on_the_line(analysis: Analysis, signal: Signal) -> Sentence | None:
    """Say which points within a run are not counted because they lie on the line; None where none does."""
    if signal.rule not in ("shift", "long_run"):
        return None
    centre = signal.values["centre"]
    within = [at for at in range(signal.marks[0], signal.marks[-1]) if at not in signal.marks]
    on_it = [at for at in within if (value := analysis.points[at].value) is not None and compare(value, centre) == 0]
    if not on_it:
        return None
    named = CHART_TYPES.get(analysis.chart).centre_word
    if len(on_it) > 1:
        text = say("{count} between them lie on the {line} and are not counted.")
        return filled(text, count=many(len(on_it), analysis.frequency), line=LINES[named])
    text = say("{period} lies on the {line} and is not counted.")
    return filled(text, period=period(analysis, on_it[0]), line=LINES[named])


def _outside(analysis: Analysis, signal: Signal) -> Sentence:
    points = round(1 / chances.chance_outside())
    if analysis.frequency not in A_YEAR:
        return say("Chance alone gives one about once in {points} points.", points=points)
    return say(
        "Chance alone gives one about once in {points}, which is {years}.",
        points=many(points, analysis.frequency),
        years=many(max(1, round(points / A_YEAR[analysis.frequency])), "year"),
    )


def _trend(analysis: Analysis, signal: Signal) -> Sentence:
    return say(
        "{length} fall into such an order by chance about once in {odds} times.",
        length=many(len(signal.marks), analysis.frequency),
        odds=round(1 / chances.chance_trend(len(signal.marks))),
    )


def _two_of_three(analysis: Analysis, signal: Signal) -> Sentence:
    return say("Three points show this by chance about once in {odds} times.", odds=round(1 / chances.chance_near()))


def _run(analysis: Analysis, signal: Signal) -> Sentence:
    points = counted_points(analysis, signal.phase)
    return say(
        "Chance alone gives a run this long somewhere among {points} points in about one chart of {odds}.",
        points=points,
        odds=_odds(chances.chance_run(len(signal.marks), points, share=signal.values.get("share", 0.5))),
    )


def _crossings(analysis: Analysis, signal: Signal) -> Sentence:
    chance = chances.chance_crossings(int(signal.values["crossings"]), int(signal.values["useful"]))
    return say("Chance alone gives so few in about one chart of {odds}.", odds=_odds(chance))


def _odds(chance: float) -> int:
    """Return 1 / chance, in round numbers where it is large."""
    odds = 1 / chance
    return round(odds) if odds < 100 else int(round(odds, 2 - len(str(int(odds)))))


_CHANCES: dict[str, Callable[[Analysis, Signal], Sentence]] = {
    "outside": _outside,
    "trend": _trend,
    "two_of_three": _two_of_three,
    "shift": _run,
    "long_run": _run,
    "crossings": _crossings,
}
