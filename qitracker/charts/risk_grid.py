"""Where risks sit: severity upwards, occurrence to the right, a numbered mark for each risk, for paper.

Shades tell severity × occurrence only; they order nothing. Risks in one cell share it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from qitracker.charts import canvas
from qitracker.charts.scene import Band, Item, Mark, Place, Scene, Stroke, Words
from qitracker.charts.style import PRINT
from qitracker.charts.svg import clean

WIDTH, HEIGHT = 266.4, 218.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 262.0, 14.0, 188.0
TEXT = 8.0
SHADES: Final = (("#f4f6f8", 0), ("#e3e9ee", 20), ("#cbd6df", 40), ("#a9bbc9", 60))
CELL_WIDTH, CELL_HEIGHT = (RIGHT - LEFT) / 10, (BOTTOM - TOP) / 10
MOST_IN_A_CELL = 4
BESIDE: Final[dict[int, tuple[Place, ...]]] = {
    1: ((0.0, 0.0),),
    2: ((-0.24, 0.0), (0.24, 0.0)),
    3: ((-0.24, -0.23), (0.24, -0.23), (0.0, 0.23)),
    4: ((-0.24, -0.23), (0.24, -0.23), (-0.24, 0.23), (0.24, 0.23)),
}
"""Where marks stand around the middle of a cell, in parts of its sides."""


@dataclass(frozen=True)
class Spot:
    """One risk: the short name in its mark ("1" to "99"), and its scores from 1 to 10."""

    name: str
    severity: int
    occurrence: int


@dataclass(frozen=True)
class RiskGrid:
    """What is drawn. `title` is the alternative text; `grave` are the words above the line under severity 9."""

    ident: str
    title: str
    spots: tuple[Spot, ...]
    severity: str
    occurrence: str
    grave: str
    description: str = ""

    def svg(self) -> str:
        """Return the picture, self-contained, without style or script; the same input gives the same bytes."""
        drawn = canvas.svg(self.scene())
        return clean(drawn, ident=self.ident, title=self.title, description=self.description, in_points=True)

    def scene(self) -> Scene:
        """Return what the picture consists of."""
        items = [*_cells(), *_grave_line(self.grave), *_axes(self.severity, self.occurrence)]
        cells: dict[tuple[int, int], list[str]] = defaultdict(list)
        for spot in self.spots:
            cells[(spot.severity, spot.occurrence)].append(spot.name)
        for (severity, occurrence), names in cells.items():
            items += _marks(_middle(severity, occurrence), _fitting(names))
        return Scene(WIDTH, HEIGHT, tuple(items), one_path_each=True)


def _middle(severity: float, occurrence: float) -> Place:
    return LEFT + (occurrence - 0.5) * CELL_WIDTH, BOTTOM - (severity - 0.5) * CELL_HEIGHT


def _cells() -> Iterator[Item]:
    """Yield the shades, each run of a row in one piece, and white lines between the cells."""
    for severity in range(1, 11):
        top, bottom = BOTTOM - severity * CELL_HEIGHT, BOTTOM - (severity - 1) * CELL_HEIGHT
        shades = [(_shade(severity * occurrence), occurrence) for occurrence in range(1, 11)]
        for shade, run in groupby(shades, itemgetter(0)):
            cells = [occurrence for _, occurrence in run]
            left, right = LEFT + (cells[0] - 1) * CELL_WIDTH, LEFT + cells[-1] * CELL_WIDTH
            yield Band("c-heat", ((left, top), (right, top), (right, bottom), (left, bottom)), shade)
    for at in range(1, 10):
        x, y = LEFT + at * CELL_WIDTH, TOP + at * CELL_HEIGHT
        yield Stroke("c-gap", ((x, TOP), (x, BOTTOM)), PRINT.paper, 1.3)
        yield Stroke("c-gap", ((LEFT, y), (RIGHT, y)), PRINT.paper, 1.3)


def _shade(criticality: int) -> str:
    return next(colour for colour, least in reversed(SHADES) if criticality >= least)


def _grave_line(words: str) -> Iterator[Item]:
    y = BOTTOM - 8 * CELL_HEIGHT
    yield Stroke("c-concern", ((LEFT, y), (RIGHT, y)), PRINT.concern, 1.1)
    yield Words("c-tconcern", (LEFT, TOP - 4.5), words, PRINT.concern, 7.5)


def _axes(severity: str, occurrence: str) -> Iterator[Item]:
    quiet = PRINT.quiet
    for score in range(1, 11):
        x, y = _middle(score, score)
        yield Words("c-text", (LEFT - 5, y + TEXT * 0.34), str(score), quiet, TEXT, anchor="right")
        yield Words("c-text", (x, BOTTOM + TEXT + 3), str(score), quiet, TEXT, anchor="center")
    yield Words("c-text", ((LEFT + RIGHT) / 2, BOTTOM + 24), occurrence, quiet, TEXT, anchor="center")
    yield Words("c-text", (8.5, (TOP + BOTTOM) / 2), severity, quiet, TEXT, anchor="center", upwards=True)


def _fitting(names: Sequence[str]) -> list[str]:
    """Return the names a cell has room for; the last place says how many more there are."""
    if len(names) <= MOST_IN_A_CELL:
        return list(names)
    kept = MOST_IN_A_CELL - 1
    return [*names[:kept], f"+{len(names) - kept}"]


def _marks(middle: Place, names: Sequence[str]) -> Iterator[Item]:
    size, text = ((14.5, 7.5), (10.2, 6.2), (8.4, 5.4))[min(len(names), 3) - 1]
    for (dx, dy), name in zip(BESIDE[len(names)], names, strict=True):
        at = (middle[0] + dx * CELL_WIDTH, middle[1] + dy * CELL_HEIGHT)
        yield Mark("c-spot", at, "o", size, PRINT.ink, PRINT.paper, 0.6)
        below = (at[0], at[1] + text * 0.34)
        yield Words("c-tspot", below, name, PRINT.paper, text, bold=True, anchor="center")
