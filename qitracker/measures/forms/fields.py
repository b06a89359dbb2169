"""Fields that forms of measures share: numbers, one entry a line, day and value a line; and choices in our words."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from markupsafe import Markup
from wtforms import SelectChoice, StringField, TextAreaField

from qitracker.foundation.errors import Invalid
from qitracker.foundation.numbers import parse_number
from qitracker.foundation.period_text import parse_period
from qitracker.foundation.words import Sentence, say
from qitracker.web.fields import refuse
from qitracker.web.filters import reader

Read = TypeVar("Read")
INCOMPLETE = say("This page did not arrive whole. Open it again, then repeat your change.")


class NumberField(StringField):
    """A number, or nothing. What was typed is kept when it cannot be read."""

    def __init__(self, *args: Any, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = whole
        self.typed: str | None = None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else f"{self.data:.15g}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; a fault is told by `pre_validate`."""
        if not valuelist:
            return
        self.typed, self.data = valuelist[0], None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not a number."""
        if self.typed is None or not self.typed.strip():
            return
        try:
            number = parse_number(self.typed)
        except Invalid as fault:
            raise refuse(fault.words) from None
        if self.whole and number != int(number):
            raise refuse(say("Enter a whole number."))
        self.data = int(number) if self.whole else number


class LinesField(TextAreaField):
    """One entry a line; empty lines are passed over."""

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the lines apart."""
        if valuelist:
            self.data = tuple(line.strip() for line in valuelist[0].splitlines() if line.strip())


class StepsField(TextAreaField):
    """Period or day and value on each line ("2026-04 70"), or percentile and value ("50 6.1")."""

    def _value(self) -> str:
        return self.data or ""

    def steps(self) -> tuple[tuple[date, float], ...]:
        """Return day and value of each line. Raises Invalid that names the line."""
        return tuple((_day(key, number), _value(text, number)) for number, key, text in self._pairs())

    def percentiles(self) -> Mapping[int, float]:
        """Return value by percentile. Raises Invalid that names the line."""
        found: dict[int, float] = {}
        for number, key, text in self._pairs():
            percentile = re.sub(r"(st|nd|rd|th)?:?$", "", key)
            if not (percentile.isascii() and percentile.isdigit() and len(percentile) <= 3):
                words = "Line {line}: “{written}” is no percentile. Write one like 50 6.1."
                raise Invalid(say(words, line=number, written=key[:40]))
            if int(percentile) in found:
                raise Invalid(say("Line {line}: this percentile is there twice. Keep one.", line=number))
            found[int(percentile)] = _value(text, number)
        return found

    def _pairs(self) -> Iterable[tuple[int, str, str]]:
        for number, line in enumerate((self.data or "").splitlines(), start=1):
            key, _, value = line.strip().rpartition(" ")
            if not line.strip():
                continue
            if not key:
                raise Invalid(say("Line {line}: two things belong on a line, such as 2026-04 70.", line=number))
            yield number, key.strip(), value


def _day(text: str, line: int) -> date:
    for frequency in ("day", "month", "quarter", "year"):
        try:
            return parse_period(text, frequency)
        except Invalid:
            continue
    raise Invalid(
        say("Line {line}: “{written}” is no day or month. Write it like 2026-04.", line=line, written=text[:40])
    )


def _value(text: str, line: int) -> float:
    try:
        return parse_number(text)
    except Invalid as fault:
        raise Invalid(say("Line {line}: {fault}", line=line, fault=fault.words)) from None


def choices(titles: Mapping[Any, Sentence], *, empty: Sentence | None = None) -> list[SelectChoice]:
    """Return the choices of a select in the reader's words, with an empty one first when it has words."""
    first = [] if empty is None else [SelectChoice("", reader().say(empty))]
    return [*first, *(SelectChoice(str(code), reader().say(words)) for code, words in titles.items())]


def explained(words: Sentence, hint: Sentence) -> Markup:
    """Return a choice with a line below it that explains it."""
    return Markup('{}<br><span class="q-hint">{}</span>').format(reader().say(words), reader().say(hint))


def number_or_none(text: str | None) -> int | None:
    """Return the id that a select gives back, None for its empty choice."""
    return int(text) if text and text not in ("None", "") else None


def beside(name: str, read: Callable[[], Read]) -> Read:
    """Return what `read` gives; a refusal that names no field is told beside `name`."""
    try:
        return read()
    except Invalid as fault:
        raise fault if fault.fields else Invalid(fault.words, field=name) from None
