"""How entries and values are written in sentences. Pure."""

from datetime import date

from qitracker.foundation.words import Period, Quantity, Sentence, say
from qitracker.measures.rules import Definition, Scoring, has_denominator
from qitracker.results.rules import Entry
from qitracker.spc.analysis import State

STATE_WORDS: dict[State, Sentence] = {
    State.VALUE: say("value"),
    State.MISSING: say("missing"),
    State.SUPPRESSED: say("suppressed"),
    State.NOT_APPLICABLE: say("not applicable"),
    State.NO_CASES: say("no cases"),
    State.NOT_CALCULATED: say("not calculated"),
}

_WAYS = {"above": "higher", "rising": "higher", "below": "lower", "falling": "lower"}
_EPISODES: dict[tuple[str, str], Sentence] = {
    ("higher", "since"): say("Higher since {first}"),
    ("higher", "within"): say("Higher from {first} to {last}"),
    ("higher", "in"): say("Higher in {first}"),
    ("lower", "since"): say("Lower since {first}"),
    ("lower", "within"): say("Lower from {first} to {last}"),
    ("lower", "in"): say("Lower in {first}"),
    ("", "since"): say("More than chance since {first}"),
    ("", "within"): say("More than chance from {first} to {last}"),
    ("", "in"): say("More than chance in {first}"),
}


def episode_words(side: str, first: date, last: date, *, is_open: bool, frequency: str) -> Sentence:
    """Return what an episode was and when: "Higher since March 2026", "Lower from March to June"."""
    when = "in" if first == last else "since" if is_open else "within"
    text = _EPISODES[_WAYS.get(side, ""), when].text
    return Sentence(text, {"first": Period(first, frequency), "last": Period(last, frequency)})


def first_label(definition: Definition) -> Sentence:
    """Return what the first number of a period is, as a field and a column name it: of a mean, the mean itself."""
    if definition.scoring is not Scoring.MEAN:
        return say("{label}", label=definition.numerator_label)
    return say("Mean, {unit}", unit=definition.unit) if definition.unit else say("Mean")


def first_hint(definition: Definition) -> Sentence | str:
    """Return what must be said beside the first field so that nobody types another number; "" where nothing must."""
    if definition.scoring is not Scoring.MEAN:
        return ""
    return say("The mean of all cases of the period, not their sum.")


def second_label(definition: Definition) -> Sentence | str:
    """Return what the second number is; "" where there is none."""
    if definition.scoring is Scoring.MEAN:
        return say("Cases (n)")
    if definition.scoring is Scoring.MEDIAN:
        return say("Number of cases")
    return say("{label}", label=definition.denominator_label) if has_denominator(definition.scoring) else ""


def numbers_of(entry: Entry, definition: Definition) -> Sentence:
    """Return the numbers of an entry as people say them: "41 of 50", "mean 3.2, n 184", "suppressed"."""
    if entry.state is not State.VALUE:
        return STATE_WORDS[entry.state]
    if entry.numerator is None:
        return STATE_WORDS[State.MISSING]
    count = Quantity(entry.numerator, decimals=_decimals(entry.numerator))
    if not has_denominator(definition.scoring) or entry.denominator is None:
        return say("{count}", count=count)
    if definition.scoring is Scoring.MEAN and entry.denominator:
        mean = Quantity(entry.numerator / entry.denominator, decimals=max(definition.decimals, 2))
        return say("mean {mean}, n {n}", mean=mean, n=int(entry.denominator))
    out_of = Quantity(entry.denominator, decimals=_decimals(entry.denominator))
    return say("{count} of {out_of}", count=count, out_of=out_of)


def _decimals(number: float) -> int:
    if number == int(number):
        return 0
    return min(len(f"{number:.6f}".rstrip("0").split(".")[1]), 6)
