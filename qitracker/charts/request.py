"""What a chart is asked to show beside its analysis: words, lines of reference, notes, size and palette."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel import Locale

from qitracker.foundation.locale import Reader

Size = Literal["wide", "narrow", "print"]
Behind = Literal["of", "n", "expected", ""]
Kind = Literal["target", "benchmark"]

ENGLISH = Reader(Locale("en"))


@dataclass(frozen=True)
class ReferenceLine:
    """A target or a benchmark, drawn only over the dates for which it is valid.

    `value` is one value for all of them; `steps` is a trajectory: each value holds from its date to
    the next, or, `sloped`, is approached in equal parts a day.
    `words` and `source` become "target 90 % (Board, 2026/27)" at the end of the line.
    """

    kind: Kind
    words: str
    value: float | None = None
    source: str = ""
    steps: tuple[tuple[date, float], ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    sloped: bool = False
    decimals: int = 0  # with which its value is written where the chart has fewer

    def at(self, day: date) -> float | None:
        """Return the value that holds on `day`; None outside its dates and before its first step."""
        if (self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to):
            return None
        begun = [step for step in self.steps if step[0] <= day]
        if not begun:
            return None if self.steps else self.value
        after = self.steps[len(begun)] if len(begun) < len(self.steps) else None
        return _between(begun[-1], after, day) if self.sloped and after else begun[-1][1]


def _between(before: tuple[date, float], after: tuple[date, float], day: date) -> float:
    share = (day - before[0]).days / (after[0] - before[0]).days
    return before[1] + share * (after[1] - before[1])


@dataclass(frozen=True)
class Note:
    """A few words about a day, written above the chart with a fine line down to its point."""

    day: date
    text: str


@dataclass(frozen=True)
class ChartRequest:
    """How one chart is to be drawn.

    `title` is the alternative text (the whole sentence), `unit` is written behind numbers in points'
    words ("%", "per 1,000 bed days"), `axis_words` name the axis where they differ from the unit.
    `behind` says how the numbers behind a value are told: "85 of 115", "n 115", "5, expected 6.2".
    `ident` is the start of each id in the picture; a narrow chart adds "-n", one for print "-x".
    """

    ident: str
    title: str
    description: str = ""
    unit: str = ""
    axis_words: str = ""
    decimals: int = 1
    behind: Behind = "of"
    lines: tuple[ReferenceLine, ...] = ()
    notes: tuple[Note, ...] = ()
    reader: Reader = ENGLISH
    size: Size = "wide"

    @property
    def prefix(self) -> str:
        """Return what each id in the picture begins with."""
        return self.ident + {"wide": "", "narrow": "-n", "print": "-x"}[self.size]

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a value with as many decimals as the measure has, at least `decimals`; a short unit stays with it."""
        return self.reader.quantity(value, self.unit if self.unit_is_short else "", max(self.decimals, decimals))

    def whole(self, value: float) -> str:
        """Write a value with its whole unit."""
        return self.reader.quantity(value, self.unit, self.decimals)

    @property
    def unit_is_short(self) -> bool:
        """Say whether the unit fits behind each number, such as % or kg."""
        return len(self.unit) <= 3
