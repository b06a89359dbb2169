"""Computed columns: `[attendances] − [breaches]`, read by a small grammar of its own and never executed as code.

sum      = product { ("+" | "-") product }
product  = factor { ("*" | "×" | "/") factor }
factor   = number | "[" column "]" | "(" sum ")" | "-" factor            "]]" stands for "]" within a name

Sums, differences and products of decimals are exact as written: 10.1 − 0.1 is 10, so that totals before and
after an import agree.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qitracker.exchange.cells import Amount, Column, Number, Reason
from qitracker.foundation.errors import Invalid
from qitracker.foundation.numbers import LARGEST
from qitracker.foundation.words import say
from qitracker.spc.analysis import State

Columns = Mapping[str, Column]
Evaluate = Callable[[Columns, int], Column]

_TOKEN = re.compile(r"\s*(?:\[(?P<name>(?:[^\]]|\]\])+)\](?!\])|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/()−×·÷]))")
_SAME = {"−": "-", "×": "*", "·": "*", "÷": "/"}
_LONGEST = 500
_DEEPEST = 20
_MOST_DIGITS = 15
_STRONGEST = (State.SUPPRESSED, State.NOT_APPLICABLE, State.MISSING, State.NO_CASES)


@dataclass(frozen=True)
class Formula:
    """A computed column: the names it needs, in order of appearance, and how to compute it for a block of rows."""

    text: str
    names: tuple[str, ...]
    evaluate: Evaluate


def column_formula(name: str) -> str:
    """Return the formula that is just the column called `name`."""
    return f"[{name.replace(']', ']]')}]"


def parse_formula(text: str) -> Formula:
    """Return the formula that `text` writes.

    Raises:
        Invalid: with a sentence on what cannot be read, and where.
    """
    if len(text) > _LONGEST:
        raise Invalid(say("The formula is too long. Use at most {most} characters.", most=_LONGEST))
    parser = _Parser(text)
    evaluate = parser.sum(0)
    parser.expect_end()
    return Formula(text, tuple(dict.fromkeys(parser.names)), evaluate)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self.names: list[str] = []

    def sum(self, depth: int) -> Evaluate:
        left = self._product(depth)
        while sign := self._take("+", "-"):
            left = _binary(sign, left, self._product(depth))
        return left

    def _product(self, depth: int) -> Evaluate:
        left = self._factor(depth)
        while sign := self._take("*", "/"):
            left = _binary(sign, left, self._factor(depth))
        return left

    def _factor(self, depth: int) -> Evaluate:
        if depth > _DEEPEST:
            raise Invalid(say("The formula is nested too deeply. Make it simpler."))
        if self._take("-"):
            return _binary("-", _constant(0), self._factor(depth + 1))
        if self._take("("):
            inner = self.sum(depth + 1)
            if not self._take(")"):
                raise Invalid(say("A bracket “(” is opened and never closed in the formula."))
            return inner
        kind, found = self._tokens.pop(0) if self._tokens else ("", "")
        if kind == "name":
            name = found.replace("]]", "]")
            self.names.append(name)
            return lambda columns, _size: columns[name]
        if kind == "number":
            if len(found) > _MOST_DIGITS:
                raise Invalid(say("The formula holds a number of more than {most} digits.", most=_MOST_DIGITS))
            return _constant(float(found) if "." in found else int(found))
        raise self._unreadable(found)

    def expect_end(self) -> None:
        if self._tokens:
            raise self._unreadable(self._tokens[0][1])

    def _take(self, *signs: str) -> str:
        if self._tokens and self._tokens[0][0] == "sign" and self._tokens[0][1] in signs:
            return self._tokens.pop(0)[1]
        return ""

    def _unreadable(self, found: str) -> Invalid:
        if not found:
            return Invalid(say("The formula ends too early: a column or a number is missing at its end."))
        return Invalid(
            say(
                "The formula cannot be read at “{found}”. Write column names in square brackets, such as {example}.",
                found=found,
                example="[attendances] - [breaches]",
            )
        )


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            yield "unknown", text[at:].strip()[:20]
            return
        found = match[match.lastgroup]
        yield match.lastgroup, _SAME.get(found, found) if match.lastgroup == "sign" else found
        at = match.end()


def _constant(number: Number) -> Evaluate:
    return lambda _columns, size: Column([number] * size, True)


def _binary(sign: str, left: Evaluate, right: Evaluate) -> Evaluate:
    whole = _WHOLE[sign]
    exact = _EXACT[sign]

    def evaluate(columns: Columns, size: int) -> Column:
        a, b = left(columns, size), right(columns, size)
        if a.clean and b.clean and whole is not None and set(map(type, a.values)) | set(map(type, b.values)) <= {int}:
            return Column(list(map(whole, a.values, b.values)), True)
        values = [_combine(exact, x, y) for x, y in zip(a.values, b.values, strict=True)]
        return Column(values, set(map(type, values)) <= {int, float})

    return evaluate


def _combine(exact: Callable[[Any, Any], Number], x: Amount, y: Amount) -> Amount:
    for side in (x, y):
        if isinstance(side, Reason):
            return side
    states = [side for side in (x, y) if isinstance(side, State)]
    if states:
        return min(states, key=_STRONGEST.index)
    try:
        result = exact(x, y)
    except ZeroDivisionError:
        return Reason("", say("The formula divides by 0 here."))
    if abs(result) > LARGEST:
        return Reason("", say("The formula gives a number that is too large here."))
    return result


def _exactly(deed: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Number]:
    def compute(x: Number, y: Number) -> Number:
        if type(x) is int and type(y) is int:
            return deed(x, y)  # type: ignore[no-any-return]
        return float(deed(Decimal(repr(x)), Decimal(repr(y))))

    return compute


_WHOLE: dict[str, Callable[[Any, Any], Any] | None] = {
    "+": operator.add,
    "-": operator.sub,
    "*": None,  # a product may become too large
    "/": None,
}
_EXACT: dict[str, Callable[[Any, Any], Number]] = {
    "+": _exactly(operator.add),
    "-": _exactly(operator.sub),
    "*": _exactly(operator.mul),
    "/": operator.truediv,
}
