"""A fishbone: causes on ribs above and below a spine that leads to what happened; on a phone, ribs below each other.

Every entry has room of its own: the height follows from the words. A bone without an entry asks its question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.charts import canvas
from qitracker.charts.request import Size
from qitracker.charts.scene import Band, Item, Mark, Scene, Stroke, Words
from qitracker.charts.style import PAGE, PRINT, Palette
from qitracker.charts.svg import clean
from qitracker.charts.wrapping import wrapped

MOST_LINES = 4  # of one entry; the page lists the whole text
MOST_HEAD_LINES = 8


@dataclass(frozen=True)
class Bone:
    """One category. `causes` are (words, is a root cause); `question` stands where there is none."""

    name: str
    causes: tuple[tuple[str, bool], ...] = ()
    question: str = ""


@dataclass(frozen=True)
class Fishbone:
    """What is drawn. `title` is the alternative text; `head` is what happened; a few bones, at most eight read well."""

    ident: str
    title: str
    head: str
    bones: tuple[Bone, ...]
    description: str = ""
    size: Size = "wide"

    def svg(self) -> str:
        """Return the picture, self-contained, without style or script; the same input gives the same bytes."""
        prefix = self.ident + {"wide": "", "narrow": "-n", "print": "-x"}[self.size]
        drawn = canvas.svg(self.scene())
        return clean(
            drawn, ident=prefix, title=self.title, description=self.description, in_points=self.size == "print"
        )

    def scene(self) -> Scene:
        """Return what the picture consists of."""
        return _below_each_other(self) if self.size == "narrow" else _on_a_spine(self)


@dataclass(frozen=True)
class _Measures:
    """Lengths of one size, in pixels (page) or points (print)."""

    width: float
    head: float  # width of the box of what happened
    text: float
    slant: float
    palette: Palette

    @property
    def lane(self) -> float:
        return self.text * 1.2


_SIZES: Final[dict[Size, _Measures]] = {
    "wide": _Measures(880, 152, 12.5, 46, PAGE),
    "narrow": _Measures(360, 340, 13, 0, PAGE),
    "print": _Measures(493.2, 88, 7.5, 26, PRINT),
}


@dataclass(frozen=True)
class _Entry:
    """One cause, or the question of an empty bone, in lines."""

    lines: tuple[str, ...]
    is_root: bool = False
    is_question: bool = False


def _entries(bone: Bone, width: float, of: _Measures) -> list[_Entry]:
    causes = bone.causes or (((bone.question, False),) if bone.question else ())
    return [
        _Entry(wrapped(text, width, of.text, bold=root, most=MOST_LINES), root, not bone.causes)
        for text, root in causes
    ]


def _words(entry: _Entry, of: _Measures, right: float, top: float, anchor: str) -> Iterator[Item]:
    """Yield the lines of an entry from `top` down."""
    role = "c-tmean" if entry.is_root else "c-ask" if entry.is_question else "c-text"
    colour = of.palette.ink if entry.is_root else of.palette.quiet if entry.is_question else of.palette.words
    for row, line in enumerate(entry.lines):
        at = (right, top + row * of.lane + of.text * 0.92)
        yield Words(role, at, line, colour, of.text, bold=entry.is_root, anchor=anchor)


def _root_mark(at: tuple[float, float], of: _Measures) -> Mark:
    return Mark("c-concern", at, "D", of.text * 0.62, of.palette.concern, of.palette.paper, of.text * 0.05)


def _head_box(lines: Sequence[str], left: float, middle: float, of: _Measures) -> Iterator[Item]:
    pad, height = of.text * 0.7, of.lane * len(lines)
    top, right = middle - height / 2 - pad, left + of.head
    corners = ((left, top), (right, top), (right, top + height + 2 * pad), (left, top + height + 2 * pad))
    yield Band("c-band", corners, of.palette.band)
    for row, line in enumerate(lines):
        at = (left + pad, top + pad + row * of.lane + of.text * 0.92)
        yield Words("c-thead", at, line, of.palette.ink, of.text, bold=True)


def _head_lines(picture: Fishbone, of: _Measures) -> tuple[str, ...]:
    return wrapped(picture.head, of.head - 1.9 * of.text, of.text, bold=True, most=MOST_HEAD_LINES)


# Above and below a spine ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Rib:
    """One bone in place: its foot on the spine, its far end beside its name."""

    name: tuple[str, ...]
    entries: list[_Entry]
    foot: float


@dataclass(frozen=True)
class _Half:
    """The ribs of one side. `reach` is how far they stand off, `names` how high the lines of their names are."""

    ribs: tuple[_Rib, ...]
    reach: float
    names: float


def _on_a_spine(picture: Fishbone) -> Scene:
    of = _SIZES[picture.size]
    above, below = picture.bones[::2], picture.bones[1::2]
    columns = max(1, len(above))
    end = of.width - of.head - 2
    step = (end - of.slant - of.text) / columns
    halves = [_half(bones, step, of) for bones in (above, below)]
    head = _head_lines(picture, of)
    least = of.lane * len(head) / 2 + of.text * 1.5
    spine = max(halves[0].reach + halves[0].names, least)
    height = spine + max(halves[1].reach + halves[1].names, least)
    items: list[Item] = [Stroke("c-mean", ((1, spine), (end, spine)), of.palette.ink, of.text * 0.14)]
    for half, up in zip(halves, (-1, 1), strict=True):
        for rib in half.ribs:
            items += _rib_drawn(rib, half, spine, up, of)
    items += _head_box(head, end, spine, of)
    return Scene(of.width, round(height, 1), tuple(items), one_path_each=picture.size == "print")


def _half(bones: Sequence[Bone], step: float, of: _Measures) -> _Half:
    width = step - of.text * 1.7
    ribs = tuple(
        _Rib(
            wrapped(bone.name, step - of.text, of.text, bold=True, most=2),
            _entries(bone, width, of),
            of.slant + (at + 1) * step,
        )
        for at, bone in enumerate(bones)
    )
    reach = max((_height(rib.entries, of) for rib in ribs), default=0.0)
    names = of.lane * max((len(rib.name) for rib in ribs), default=0) + of.text * 0.5
    return _Half(ribs, max(reach + of.text * 1.2, of.lane * 5), names if ribs else of.text * 0.5)


def _height(entries: Sequence[_Entry], of: _Measures) -> float:
    return sum(of.lane * len(entry.lines) for entry in entries) + of.text * 0.5 * len(entries)


def _rib_drawn(rib: _Rib, half: _Half, spine: float, up: int, of: _Measures) -> Iterator[Item]:
    """Yield one rib with its name at the far end and its entries from there towards the spine."""
    far = spine + up * half.reach
    yield Stroke("c-line", ((rib.foot - of.slant, far), (rib.foot, spine)), of.palette.line, of.text * 0.09)
    top = far - of.text * 0.4 - of.lane * len(rib.name) if up < 0 else far + of.text * 0.3
    for row, line in enumerate(rib.name):
        at = (rib.foot - of.slant, top + row * of.lane + of.text * 0.92)
        yield Words("c-tmean", at, line, of.palette.ink, of.text, bold=True, anchor="center")
    away = half.reach - of.text * 0.5
    for entry, gap in _spaced(rib.entries, half, of):
        height = of.lane * len(entry.lines)
        middle = away - gap / 2 - height / 2
        away -= height + gap
        yield from _entry_drawn(entry, rib.foot - of.slant * middle / half.reach, spine + up * middle, of)


def _spaced(entries: Sequence[_Entry], half: _Half, of: _Measures) -> Iterator[tuple[_Entry, float]]:
    """Yield each entry with the room around it: what is left over is shared, so that few entries do not crowd."""
    spare = half.reach - of.text * 1.2 - sum(of.lane * len(entry.lines) for entry in entries)
    gap = min(spare / max(1, len(entries)), of.lane * 1.6)
    return ((entry, gap) for entry in entries)


def _entry_drawn(entry: _Entry, x: float, y: float, of: _Measures) -> Iterator[Item]:
    """Yield the words left of the rib at `x`, a fine line to it, and the diamond of a root cause."""
    if not entry.is_question:
        yield Stroke("c-line", ((x - of.text * 0.5, y), (x, y)), of.palette.line, of.text * 0.07)
    top = y - of.lane * len(entry.lines) / 2
    yield from _words(entry, of, x - of.text * 0.7, top, "right")
    if entry.is_root:
        yield _root_mark((x, y), of)


# Below each other -------------------------------------------------------------------------------------


def _below_each_other(picture: Fishbone) -> Scene:
    """Return the picture for a phone: what happened on top, the spine down the left side, a rib for each bone."""
    of = _SIZES["narrow"]
    head = _head_lines(picture, of)
    bottom_of_head = of.lane * len(head) + of.text * 1.4
    items: list[Item] = list(_head_box(head, 2, bottom_of_head / 2, of))
    y, spine, last = bottom_of_head + of.text, of.text * 0.8, bottom_of_head
    for bone in picture.bones:
        last = y + of.lane / 2
        items += _bone_below(bone, spine, y, of)
        y += of.lane + _height(_entries(bone, _room(of), of), of) + of.text
    items.insert(0, Stroke("c-mean", ((spine, bottom_of_head), (spine, last)), of.palette.ink, 1.8))
    return Scene(of.width, round(y, 1), tuple(items))


def _room(of: _Measures) -> float:
    return of.width - of.text * 4.2


def _bone_below(bone: Bone, spine: float, y: float, of: _Measures) -> Iterator[Item]:
    middle = y + of.lane / 2
    yield Stroke("c-line", ((spine, middle), (of.text * 1.8, middle)), of.palette.line, 1.1)
    name = wrapped(bone.name, of.width - of.text * 3, of.text, bold=True, most=1)
    for line in name:
        yield Words("c-tmean", (of.text * 2.2, y + of.text * 0.98), line, of.palette.ink, of.text, bold=True)
    top = y + of.lane + of.text * 0.35
    for entry in _entries(bone, _room(of), of):
        if entry.is_root:
            yield _root_mark((of.text * 2.6, top + of.lane / 2), of)
        yield from _words(entry, of, of.text * 3.4, top, "left")
        top += of.lane * len(entry.lines) + of.text * 0.5
