"""One row at a time, for blocks that are not flawless: what it is, or every reason why it cannot be."""

from datetime import date
from typing import Any

from qitracker.exchange.cells import Number, Reason
from qitracker.exchange.formula import Formula
from qitracker.exchange.given import Given
from qitracker.exchange.judge import Judge
from qitracker.exchange.mapping import Mapping
from qitracker.exchange.outcome import Block, RefusedRow, RowResult
from qitracker.exchange.why import given_twice
from qitracker.foundation.words import Sentence, say
from qitracker.measures.rules import Scoring, has_denominator
from qitracker.results.rules import Entry
from qitracker.spc.analysis import State

Amounts = dict[str, Any]  # Number, State or Reason by "numerator", "denominator", "value", "n"
_STRONGEST = (State.SUPPRESSED, State.NOT_APPLICABLE, State.NO_CASES, State.MISSING)


class RowReader:
    """Makes results of rows, with the same outcome for a flawless row as the quick road has."""

    def __init__(
        self,
        mapping: Mapping,
        formulas: dict[str, Formula],
        judge: Judge,
        seen: dict[tuple[str, str, str, date], int],
    ) -> None:
        self._judge = judge
        self._seen = seen
        self._skip_empty = mapping.skip_empty
        self._columns = {
            "measure": mapping.measure,
            "period": mapping.period.start or mapping.period.year,
            "comment": mapping.comment,
            **{what: _blamed(formula) for what, formula in formulas.items()},
        }
        self._columns.setdefault("numerator", self._columns.get("value", ""))
        self._columns.setdefault("denominator", self._columns.get("n", self._columns["numerator"]))
        self._columns["state"] = self._columns["numerator"]

    def read(self, found: Given, block: Block) -> None:
        """Sort rows into ready, refused and empty."""
        parts = zip(*(column.values for column in found.amounts.values()), strict=True)
        names = tuple(found.amounts)
        for row, number, key, amount, comment in zip(
            found.rows, found.numbers, found.key_tuples(), parts, found.comments, strict=True
        ):
            given = dict(zip(names, amount, strict=True))
            if self._skip_empty and set(amount) == {State.MISSING}:
                block.empty += 1
                continue
            result = self._result(number, key, given, comment)
            if isinstance(result, RowResult):
                block.ready.append(result)
            else:
                block.refused.append(RefusedRow(number, tuple(row), result))

    def _result(self, number: int, key: Any, given: Amounts, comment: str) -> RowResult | tuple[Reason, ...]:
        unreadable = [part for part in key if isinstance(part, Reason)]
        unreadable += [self._named(what, part) for what, part in given.items() if isinstance(part, Reason)]
        if unreadable:
            return tuple(reason for at, reason in enumerate(unreadable) if reason not in unreadable[:at])
        unit, measure, stratum, start = key
        entry = entry_of(start, given, comment, self._judge.scoring(measure, start))
        faults = {"numerator": entry} if isinstance(entry, Sentence) else self._judge.faults(measure, entry)
        if isinstance(entry, Sentence) or faults:
            return tuple(self._reason(what, words) for what, words in faults.items())
        first = self._seen.setdefault(key, number)
        if first != number:
            return (given_twice(self._columns["period"], first),)
        return RowResult(
            number, unit, measure, stratum, start, entry.state, entry.numerator, entry.denominator, entry.n, comment
        )

    def _named(self, what: str, reason: Reason) -> Reason:
        return reason if reason.column else Reason(self._columns[what], reason.words)

    def _reason(self, what: str, words: Sentence | str) -> Reason:
        return Reason(
            self._columns.get(what, ""), words if isinstance(words, Sentence) else say("{words}", words=words)
        )


def entry_of(start: date, given: Amounts, comment: str, scoring: Scoring | None) -> Entry | Sentence:
    """Return the entry that the amounts of a row make, or a sentence where they cannot make one for this scoring.

    A mean given as a figure becomes mean × n over n; a median, a count or a time stands over 1. Of two states
    the stronger holds: what is suppressed is not merely missing.
    """
    n = given.get("n")
    number_of_cases = _whole(n) if isinstance(n, (int, float)) else None
    if "value" in given:
        pair = _pair_of_value(given["value"], n, scoring)
    elif "denominator" in given:
        pair = _pair(given["numerator"], given["denominator"], scoring)
    elif scoring is not None and has_denominator(scoring):
        return say("This measure needs a denominator. Map the column that holds it.")
    else:
        pair = given["numerator"], 1
    if isinstance(pair, Sentence):
        return pair
    state = _state(*pair)
    numerator, denominator = (part if isinstance(part, (int, float)) else None for part in pair)
    if state in _WITHOUT_NUMBERS:
        numerator, denominator = (
            (0, 0) if state is State.NO_CASES and not numerator and not denominator else (None, None)
        )
    elif state is not State.VALUE and "denominator" not in given:
        denominator = None
    return Entry(start, state, numerator, denominator, number_of_cases, comment)


_WITHOUT_NUMBERS = (State.NO_CASES, State.NOT_APPLICABLE)


def _pair(numerator: Any, denominator: Any, scoring: Scoring | None) -> tuple[Any, Any] | Sentence:
    if (
        scoring is not None
        and not has_denominator(scoring)
        and isinstance(denominator, (int, float))
        and denominator != 1
    ):
        return say(
            "This measure has no denominator, and {number} stands here. Map the numerator alone.", number=denominator
        )
    return numerator, denominator


def _pair_of_value(value: Any, n: Any, scoring: Scoring | None) -> tuple[Any, Any] | Sentence:
    if scoring is Scoring.MEAN:
        if n is None:
            return say("A mean needs the number of cases beside it. Map the column that holds it.")
        both = isinstance(value, (int, float)) and isinstance(n, (int, float))
        return (value * n if both else value), n
    if scoring is not None and has_denominator(scoring):
        return say("This measure needs a numerator and a denominator, not one value. Map both.")
    return value, 1


def _state(numerator: Any, denominator: Any) -> State:
    states = [part for part in (numerator, denominator) if isinstance(part, State)]
    if denominator == 0 and (numerator == 0 or numerator is State.MISSING):
        return State.NO_CASES
    return min(states, key=_STRONGEST.index) if states else State.VALUE


def _whole(number: Number) -> Any:
    return int(number) if number == int(number) else number


def _blamed(formula: Formula) -> str:
    return formula.names[0] if len(formula.names) == 1 else formula.text
