"""How numbers, dates and sentences are written for one reader. The only place that formats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import NumberPattern, parse_pattern

from qitracker.foundation.words import Period, Quantity, Sentence

NO_BREAK = "\u00a0"
Translate = Callable[[str], str]


class _Written(dict):  # type: ignore[type-arg]
    """Values of a sentence, written when asked for; asks the original mapping for what is absent."""

    def __init__(self, reader: "Reader", values: Mapping[str, object]) -> None:
        super().__init__()
        self._reader, self._values = reader, values

    def __missing__(self, name: str) -> Any:
        value = self._values[name]
        return self._reader.write(value)


@dataclass(frozen=True)
class Reader:
    """One reader: a locale such as "en" or "de", their time zone, and the catalogue for it."""

    locale: Locale
    timezone: str = "UTC"
    translate: Translate = staticmethod(lambda text: text)

    def say(self, sentence: Sentence | str) -> str:
        """Return the sentence in the reader's language, its values in the reader's form.

        Text that is no sentence of ours was typed by somebody, or is in the reader's language already: it stays as it
        is, also where the catalogue knows a text that reads the same.
        """
        if not isinstance(sentence, Sentence):
            return str(sentence or "")
        return self.translate(sentence.text).format_map(_Written(self, sentence.values))

    def write(self, value: object) -> Any:
        """Return one value as the reader expects to see it."""
        match value:
            case Sentence():
                return self.say(value)
            case Quantity():
                return self.quantity(value.value, value.unit, value.decimals)
            case Period():
                return self.period(value.start, value.frequency)
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
            case bool():
                return value
            case int() | float():
                return self.number(value)
            case _:
                return value

    def number(self, value: float | None, decimals: int | None = None) -> str:
        """Write a number; `decimals` fixes its places, None keeps what it has (at most 10)."""
        if value is None:
            return "–"
        pattern = "#,##0.##########" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        written: str = _pattern(pattern).apply(round_half_up(value, decimals), self.locale)
        return written.replace("-", "−")

    def quantity(self, value: float | None, unit: str = "", decimals: int = 0) -> str:
        """Write a number with its unit, which is as its measure says it; the two never break apart. None is a dash."""
        if value is None:
            return "–"
        written = self.number(value, decimals)
        if not unit:
            return written
        return f"{written}{NO_BREAK}{unit}"

    def day(self, value: date) -> str:
        """Write a date: 15 Jul 2026."""
        return format_date(value, "d MMM y", locale=self.locale)

    def moment(self, value: datetime) -> str:
        """Write a point in time in the reader's time zone: 15 Jul 2026, 09:41."""
        return format_datetime(value.astimezone(ZoneInfo(self.timezone)), "d MMM y, HH:mm", locale=self.locale)

    def zoned(self, value: datetime) -> str:
        """Write a point in time with its time zone, where nobody can ask for it: 15 Jul 2026, 09:41 CEST."""
        return f"{self.moment(value)} {value.astimezone(ZoneInfo(self.timezone)).tzname()}"

    def period(self, start: date, frequency: str = "month", *, short: bool = False) -> str:
        """Name a period by its first day: October 2026, week 12 of 2026, Q1 2026, 2026."""
        match frequency:
            case "month":
                return format_date(start, "MMM y" if short else "MMMM y", locale=self.locale)
            case "week":
                year, week, _ = start.isocalendar()
                return self.translate("week {week} of {year}").format(week=week, year=year)
            case "quarter":
                return format_date(start, "QQQ y", locale=self.locale)
            case "year":
                return str(start.year)
            case _:
                return self.day(start)


@lru_cache(maxsize=64)
def _pattern(pattern: str) -> NumberPattern:
    """Return a pattern taken apart; a page writes hundreds of numbers by the same two or three."""
    return parse_pattern(pattern)


def round_half_up(value: float, decimals: int | None) -> float:
    """Round for display, halves away from zero; storage keeps full precision."""
    if decimals is None:
        return value
    from_zero = 10.0**decimals
    scaled = abs(value) * from_zero
    rounded = int(scaled + 0.5 + 1e-9 * max(1.0, scaled) * 1e-3) / from_zero
    return rounded if value >= 0 or rounded == 0 else -rounded
