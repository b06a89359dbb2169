"""Colours, sizes and marks of charts: one palette for pages, one for print."""

from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width

from qitracker.spc.analysis import Reading


@dataclass(frozen=True)
class Palette:
    """Colours by role. On a page the style sheet recolours the same picture for dark."""

    ink: str
    words: str
    quiet: str
    paper: str
    band: str
    limit: str
    mean: str
    grid: str
    line: str
    point: str
    target: str
    bench: str
    phase: str
    good: str
    concern: str
    unsure: str


PAGE: Final = Palette(
    ink="#13262c", words="#3e5157", quiet="#566569", paper="#ffffff", band="#edf2f1", limit="#8fa0a3", mean="#13262c",
    grid="#e6eae6", line="#5f7479", point="#3e5157", target="#0b5563", bench="#6a489b", phase="#566569",
    good="#1d5fa8", concern="#ab4700", unsure="#6a489b",
)  # fmt: skip
PRINT: Final = Palette(
    ink="#16232e", words="#16232e", quiet="#56626d", paper="#ffffff", band="#edf1f4", limit="#c3cbd2", mean="#16232e",
    grid="#edf1f4", line="#56626d", point="#56626d", target="#16232e", bench="#16232e", phase="#16232e",
    good="#2474b5", concern="#a93f08", unsure="#6a4c9c",
)  # fmt: skip


@dataclass(frozen=True)
class Dimensions:
    """One size of chart, in pixels (page) or points (print); both are drawn at 72 to the inch."""

    width: float
    height: float
    left: float
    right: float  # margin for the words at the line ends
    top: float  # least margin above the plot
    bottom: float
    text: float  # size of the words
    lane: float  # height of one line of words
    unit: float  # widths of lines and marks are multiplied by this
    ticks: int  # most labels along the time axis
    last: int | None = None  # only so many of the latest points
    in_print: bool = False
    words_at_ends: bool = True
    source_lines: int = 3  # a target is named with its source where both take no more lines than this

    @property
    def palette(self) -> Palette:
        """Return the colours of this size."""
        return PRINT if self.in_print else PAGE


SIZES: Final = {
    "wide": Dimensions(880, 350, 40, 196, 34, 40, text=12.5, lane=14, unit=1, ticks=8),
    "narrow": Dimensions(360, 300, 40, 14, 30, 40, text=12.5, lane=14, unit=1, ticks=6, last=18, words_at_ends=False),
    "print": Dimensions(
        493.2, 205.2, 27, 91, 24, 24, text=8, lane=9.5, unit=0.62, ticks=8, in_print=True, source_lines=2
    ),
}

MARKS: Final[dict[Reading, tuple[str, str, str, float]]] = {
    Reading.USUAL: ("c-point", "o", "point", 6.6),
    Reading.BETTER: ("c-good", "s", "good", 8.4),
    Reading.WORSE: ("c-concern", "D", "concern", 9.2),
    Reading.CHANGED: ("c-unsure", "^", "unsure", 9.0),
}
"""For each reading: class, shape, colour role, size of the mark."""

WORD_CLASSES: Final = {
    Reading.USUAL: ("c-tmean", "ink"),
    Reading.BETTER: ("c-tgood", "good"),
    Reading.WORSE: ("c-tconcern", "concern"),
    Reading.CHANGED: ("c-tunsure", "unsure"),
}

NARROW_LETTERS: Final = frozenset("iljtfrI.,:;'|()[]/- \u00a0·")
WIDE_LETTERS: Final = frozenset("mwMW@%—…")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide `text` is drawn, a little generously; layout needs no font loaded for it."""
    return sum(map(_ems, text)) * size * (1.04 if bold else 1.0)


def _ems(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return 0.29
    if letter in WIDE_LETTERS:
        return 0.83
    if letter > "\u2000" and east_asian_width(letter) in "WF":
        return 1.05  # signs of East Asian scripts, and emoji
    return 0.6 if letter.isupper() else 0.51
