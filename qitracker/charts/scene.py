"""What a chart consists of before it is painted: bands, strokes, marks and words at places in pixels.

The scene is plain data, so layout is tested without a drawing library. x grows to the right, y downwards.
"""

from dataclasses import dataclass, field

Place = tuple[float, float]


@dataclass(frozen=True)
class Band:
    """A filled shape."""

    role: str
    outline: tuple[Place, ...]
    colour: str


@dataclass(frozen=True)
class Stroke:
    """One line through places; `dashes` are lengths of ink and gap."""

    role: str
    through: tuple[Place, ...]
    colour: str
    width: float
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Mark:
    """One point. `number` and `tip` give it an id and words of its own; None for a mark that says nothing."""

    role: str
    at: Place
    shape: str  # o s D ^
    size: float
    fill: str | None
    edge: str
    edge_width: float
    number: int | None = None
    tip: str = ""


@dataclass(frozen=True)
class Words:
    """One line of text; `at` is its anchor on the baseline. `upwards` turns it to be read from below."""

    role: str
    at: Place
    text: str
    colour: str
    size: float
    bold: bool = False
    anchor: str = "left"  # left center right
    upwards: bool = False


Item = Band | Stroke | Mark | Words


@dataclass(frozen=True)
class Scene:
    """All there is to paint, back to front."""

    width: float
    height: float
    items: tuple[Item, ...] = field(default=())
    one_path_each: bool = False  # all marks of a kind become one path: smaller and faster in a PDF
