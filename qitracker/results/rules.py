"""What can be true of an entry: the numbers of one period of one measure in one unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.periods import is_period_start, period_end
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.rules import MAY_BE_NEGATIVE, Definition, Frequency, Interval, Scoring, has_denominator
from qitracker.results.unusual import SAVED, unusual
from qitracker.spc.analysis import State
from qitracker.spc.intervals import LEAST_PREDICTED

LARGEST: Final = 1e15
LONGEST_COMMENT: Final = 2000

WHOLE_NUMERATOR: Final = frozenset(
    {Scoring.PROPORTION, Scoring.RATE, Scoring.OBSERVED_EXPECTED, Scoring.COUNT, Scoring.CASES_BETWEEN}
)
WHOLE_DENOMINATOR: Final = frozenset({Scoring.PROPORTION, Scoring.MEAN})
"""Cases are whole. Exposure, expected events and the parts of a ratio need not be."""


@dataclass(frozen=True)
class Entry:
    """What is entered for the period that begins on `start`.

    Only the state VALUE has both numbers. A mean is its sum over its n (mean × n, n); a median, a
    count or a time has the denominator 1, with its number of cases in `n`. A missing or suppressed
    result may keep the one number that is known, never both.
    """

    start: date
    state: State
    numerator: float | None = None
    denominator: float | None = None
    n: int | None = None
    comment: str = ""


def entry_for(
    definition: Definition,
    start: date,
    *,
    numerator: float | None,
    denominator: float | None = None,
    n: int | None = None,
    comment: str = "",
) -> Entry:
    """Return the entry that these numbers make, with its state; nothing is checked yet.

    Two numbers make a value, 0 of 0 is "no cases", a number that lacks its partner stays a value and
    is refused by `check_entry`, and no number at all is missing.
    """
    if not has_denominator(definition.scoring) and numerator is not None:
        denominator = 1.0
    if numerator is None and denominator is None:
        state = State.MISSING
    elif denominator == 0 and not numerator:
        return Entry(start, State.NO_CASES, 0.0, 0.0, n, comment)
    else:
        state = State.VALUE
    return Entry(start, state, numerator, denominator, n, comment)


def mean_entry(start: date, *, mean: float, n: int, comment: str = "") -> Entry:
    """Return the entry of a mean that is given as a figure over `n` cases; of none: no cases."""
    if n == 0:
        return Entry(start, State.NO_CASES, 0.0, 0.0, 0, comment)
    return Entry(start, State.VALUE, mean * n, float(n), n, comment)


def displayed_value(entry: Entry, definition: Definition) -> float | None:
    """Return the value in display units (88.4 for 88.4 %), None where the state is not VALUE."""
    if entry.state is not State.VALUE or entry.numerator is None or not entry.denominator:
        return None
    return entry.numerator / entry.denominator * definition.multiplier


def is_calculated(entry: Entry, definition: Definition) -> bool:
    """Say whether the ratio may be shown: an infection ratio needs one expected event or more."""
    if definition.interval is not Interval.MID_P or entry.state is not State.VALUE:
        return entry.state is State.VALUE
    return entry.denominator is not None and entry.denominator >= LEAST_PREDICTED


def check_entry(
    entry: Entry,
    definition: Definition,
    *,
    today: date,
    fiscal_start: int = 1,
    recent: Sequence[float | None] = (),
    told: Sentence = SAVED,
) -> tuple[Sentence, ...]:
    """Pass what can be true and return what looks unusual; warnings never stop an entry.

    `recent` holds the last values (about 12) of the series in display units, gaps as None. `told` says in
    a warning that it is saved (the usual case), or that it will be (in a preview).

    Raises:
        Invalid: with one sentence for each of the fields period, state, numerator, denominator, n, comment.
    """
    fields: dict[str, Sentence] = {}
    for name, sentence in _faults(entry, definition, today, fiscal_start):
        fields.setdefault(name, sentence)
    if fields:
        raise Invalid(fields=fields)
    return tuple(_warnings(entry, definition, today, recent, told))


# What cannot be true -------------------------------------------------------------------------------

Faults = Iterator[tuple[str, Sentence]]


def _faults(entry: Entry, definition: Definition, today: date, fiscal_start: int) -> Faults:
    yield from _period(entry, definition, today, fiscal_start)
    if len(entry.comment) > LONGEST_COMMENT:
        yield "comment", say("The comment is longer than {most} characters. Shorten it.", most=LONGEST_COMMENT)
    finite = True
    for name, fault in _unstorable(entry):
        finite = False
        yield name, fault
    if finite:
        yield from (_value if entry.state is State.VALUE else _no_value)(entry, definition)


def _period(entry: Entry, definition: Definition, today: date, fiscal_start: int) -> Faults:
    frequency = definition.frequency
    if entry.start > today:
        period = Period(entry.start, frequency)
        yield "period", say("{period} has not begun. Choose a period that has.", period=period)
    elif not is_period_start(entry.start, frequency, fiscal_start=fiscal_start):
        yield "period", _not_a_start(entry.start, frequency)


def _not_a_start(day: date, frequency: Frequency) -> Sentence:
    match frequency:
        case Frequency.WEEK:
            return say("{day} is not a Monday, and weeks begin on Monday. Choose the week again.", day=day)
        case Frequency.MONTH:
            return say("{day} is not the first day of a month. Choose the month again.", day=day)
        case Frequency.QUARTER:
            return say("{day} is not the first day of a quarter. Choose the quarter again.", day=day)
        case _:
            return say("{day} is not the first day of a year as it is set here. Choose the year again.", day=day)


def _unstorable(entry: Entry) -> Faults:
    for name, number in (("numerator", entry.numerator), ("denominator", entry.denominator), ("n", entry.n)):
        if number is None:
            continue
        if isinstance(number, float) and not isfinite(number):
            yield name, say("This is not a number that can be stored. Enter a number, or leave it empty.")
        elif abs(number) > LARGEST:
            yield name, say("This number is too large to be a result. Check the number of digits.")


def _no_value(entry: Entry, definition: Definition) -> Faults:
    if entry.state is State.NOT_CALCULATED:
        yield "state", say("“Not calculated” follows from the numbers. Choose “Value”.")
    elif entry.state is State.NO_CASES:
        if entry.numerator or entry.denominator:
            yield "state", say("“No cases” means 0 of 0, but there are numbers. Clear them, or choose “Value”.")
    elif entry.numerator is not None and entry.denominator is not None:
        yield "state", say("There are numbers beside a state that has none. Clear them, or choose “Value”.")
    elif entry.state is State.NOT_APPLICABLE and (entry.numerator is not None or entry.denominator is not None):
        yield "state", say("“Not applicable” has no numbers. Clear them, or choose another state.")
    else:  # the one number that is known
        yield from _signs(entry.numerator, entry.denominator, entry.n, definition)
        yield from _whole(entry.numerator, entry.denominator, entry.n, definition)


def _value(entry: Entry, definition: Definition) -> Faults:
    num, den = entry.numerator, entry.denominator
    if num is None:
        yield (
            "numerator",
            say("“{label}” is empty. Enter a number, or choose “Missing”.", label=definition.numerator_label),
        )
    if den is None:
        yield (
            "denominator",
            say("“{label}” is empty. Enter a number, or choose “Missing”.", label=definition.denominator_label),
        )
    if num is None or den is None:
        return
    yield from _signs(num, den, entry.n, definition)
    yield from _whole(num, den, entry.n, definition)
    if den == 0:
        yield from _over_zero(num, definition)
    elif definition.scoring is Scoring.PROPORTION and num > den:
        yield "numerator", _say_too_many(num, den)


def _say_too_many(num: float, den: float) -> Sentence:
    return say(
        "{numerator} of {denominator}: the count is larger than “out of”. Check both numbers; they may be swapped.",
        numerator=_number(num),
        denominator=_number(den),
    )


def _signs(num: float | None, den: float | None, n: int | None, definition: Definition) -> Faults:
    if num is not None and num < 0 and definition.scoring not in MAY_BE_NEGATIVE:
        yield "numerator", _below_zero(num)
    if den is not None and den < 0:
        yield "denominator", _below_zero(den)
    if n is not None and n < 0:
        yield "n", _below_zero(n)


def _below_zero(number: float) -> Sentence:
    return say("{number} is below 0. Enter 0 or more.", number=_number(number))


def _whole(num: float | None, den: float | None, n: int | None, definition: Definition) -> Faults:
    checks = (
        ("numerator", num, definition.scoring in WHOLE_NUMERATOR),
        ("denominator", den, definition.scoring in WHOLE_DENOMINATOR),
        ("n", n, True),
    )
    for name, number, whole in checks:
        if whole and number is not None and number != int(number):
            yield name, say("{number} is not a whole number. Cases are counted in whole numbers.", number=number)


def _over_zero(num: float, definition: Definition) -> Faults:
    label = definition.denominator_label
    if num == 0:
        yield "denominator", say("0 of 0 has no value. Choose “No cases”.")
    elif definition.scoring is Scoring.OBSERVED_EXPECTED:
        yield "denominator", say("“{label}” must be above 0. Check the expected number.", label=label)
    else:
        yield (
            "denominator",
            say(
                "{numerator} over 0: “{label}” cannot be 0 here. Check both numbers.",
                numerator=_number(num),
                label=label,
            ),
        )


def _number(value: float) -> int | float:
    """Return a whole number as one, so that it is written without decimals."""
    return int(value) if value == int(value) else value


# What looks unusual and is saved -------------------------------------------------------------------


def _warnings(
    entry: Entry, definition: Definition, today: date, recent: Sequence[float | None], told: Sentence
) -> Iterator[Sentence]:
    if definition.frequency not in (Frequency.DAY, Frequency.EVENT):
        end = period_end(entry.start, definition.frequency)
        if end >= today:
            yield say("This period ends on {end}. {told} Correct it if more cases come.", end=end, told=told)
    value = displayed_value(entry, definition)
    if value is None:
        return
    if not is_calculated(entry, definition):
        yield say("Fewer than 1 expected: the counts are saved, and no ratio is calculated.")
        return
    remark = unusual(value, definition, recent, cases=entry.denominator, told=told)
    if remark:
        yield remark
