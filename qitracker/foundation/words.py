"""Sentences that travel: English text with named places, and the values that belong in them.

Pure code says what it means without knowing the reader's language; `web` looks the text up in
the catalogue and writes numbers and dates in the reader's form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Quantity:
    """A number with its unit and decimals, written only when the reader's language is known.

    `value` is in display units already (88.4 with unit "%" is written "88.4 %").
    """

    value: float
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Period:
    """One period of a series, named by its first day and its frequency ("month", "week", …)."""

    start: date
    frequency: str = "month"


@dataclass(frozen=True)
class Sentence:
    """English text with `{named}` places; `str()` gives plain English for logs and tests."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**{name: plain(value) for name, value in self.values.items()})


def say(text: str, **values: object) -> Sentence:
    """Return the sentence `text` with its values; the text itself is the catalogue key."""
    return Sentence(text, values)


def plain(value: object) -> str:
    """Write one value in plain English, without a locale."""
    match value:
        case Quantity(value=number, unit=unit, decimals=decimals):
            written = f"{number:,.{decimals}f}"
            return f"{written}\u00a0{unit}" if unit else written
        case Period(start=start, frequency=frequency):
            return plain_period(start, frequency)
        case date():
            return f"{value.day} {value:%b %Y}"
        case bool():
            return str(value)
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.10g}"
        case _:
            return str(value)


def plain_period(start: date, frequency: str) -> str:
    """Name a period in plain English: "March 2026", "week 12 of 2026", "Q1 2026", "2026"."""
    match frequency:
        case "month":
            return f"{start:%B %Y}"
        case "week":
            year, week, _ = start.isocalendar()
            return f"week {week} of {year}"
        case "quarter":
            return f"Q{(start.month + 2) // 3} {start.year}"
        case "year":
            return f"{start.year}"
        case _:
            return f"{start.day} {start:%b %Y}"
