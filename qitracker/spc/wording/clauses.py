"""What a signal looks like, as a clause: "lower since March 2026, 8 months in a row below the average of 2.5"."""

from qitracker.foundation.words import Sentence, say
from qitracker.spc.analysis import Analysis, Signal
from qitracker.spc.wording.figures import Figures, filled, many, period

CLAUSES = {
    ("shift", "above"): say("higher since {since}, {length} in a row above the {line}"),
    ("shift", "below"): say("lower since {since}, {length} in a row below the {line}"),
    ("trend", "rising"): say("rising since {since}, {length} in a row, each higher than the one before"),
    ("trend", "falling"): say("falling since {since}, {length} in a row, each lower than the one before"),
    ("two_of_three", "above"): say("{length} close to the upper limit since {since}"),
    ("two_of_three", "below"): say("{length} close to the lower limit since {since}"),
    ("outside", "above"): say("{since} is above the upper limit of {limit}"),
    ("outside", "below"): say("{since} is below the lower limit of {limit}"),
}

SENTENCES = {
    ("shift", "above"): say("Higher since {since}: {length} in a row above the {line}."),
    ("shift", "below"): say("Lower since {since}: {length} in a row below the {line}."),
    ("trend", "rising"): say("Rising since {since}: {length} in a row, each higher than the one before."),
    ("trend", "falling"): say("Falling since {since}: {length} in a row, each lower than the one before."),
    ("two_of_three", "above"): say("High since {since}: {length} close to the upper limit."),
    ("two_of_three", "below"): say("Low since {since}: {length} close to the lower limit."),
    ("outside", "above"): say("{since} is above the upper limit of {limit}."),
    ("outside", "below"): say("{since} is below the lower limit of {limit}."),
}


def clause(analysis: Analysis, signal: Signal, figures: Figures) -> Sentence:
    """Return the signal as a clause that follows a colon."""
    return filled(CLAUSES[_look(signal)], **_values(analysis, signal, figures))


def sentence(analysis: Analysis, signal: Signal, figures: Figures) -> Sentence:
    """Return the signal as a sentence of its own."""
    return filled(SENTENCES[_look(signal)], **_values(analysis, signal, figures))


def _look(signal: Signal) -> tuple[str, str]:
    """Return how a signal looks: the long run of one rule set is the shift of another."""
    return "shift" if signal.rule == "long_run" else signal.rule, signal.side


def _values(analysis: Analysis, signal: Signal, figures: Figures) -> dict[str, object]:
    first = signal.marks[0]
    values: dict[str, object] = {
        "since": period(analysis, first),
        "length": many(len(signal.marks), analysis.frequency),
        "line": figures.line(analysis, signal.values["centre"]),
    }
    if "limit" in signal.values:
        values["limit"] = figures(signal.values["limit"])
    return values
