"""Paints a scene with matplotlib. The only module that knows matplotlib; it is imported on first use (1 second)."""

import io
import logging
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from warnings import filterwarnings

from qitracker.charts.scene import Band, Item, Mark, Scene, Stroke, Words

FACES = ("Regular", "Semibold")
FAMILY = ["Source Sans Pro", "DejaVu Sans"]
SETTINGS = {
    "font.family": FAMILY,
    "svg.fonttype": "none",  # words stay words: selectable, and drawn in the face of the page
    "svg.hashsalt": "qitracker",  # the same picture, the same bytes
    "lines.solid_capstyle": "butt",
    "path.simplify": False,
}


K = 0.2761  # how far the handles of a quarter circle of radius 1/2 reach
CIRCLE = (
    *((0.5, 0), (0.5, K), (K, 0.5), (0, 0.5), (-K, 0.5), (-0.5, K), (-0.5, 0)),
    *((-0.5, -K), (-K, -0.5), (0, -0.5), (K, -0.5), (0.5, -K), (0.5, 0), (0.5, 0)),
)


@cache
def _matplotlib() -> SimpleNamespace:
    """Import the library once and set it up. Its settings never change afterwards, so threads may draw at once."""
    import matplotlib
    from matplotlib import font_manager
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline
    from matplotlib.text import Text
    from matplotlib.transforms import Affine2D

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # the second family has no semibold
    for face in faces():
        font_manager.fontManager.addfont(str(face))
    filterwarnings("ignore", message="Glyph .* missing")  # words stay words: the reader's own faces draw them
    matplotlib.rcParams.update(SETTINGS)
    return SimpleNamespace(
        Agg=FigureCanvasAgg,
        Svg=FigureCanvasSVG,
        Figure=Figure,
        Line2D=Line2D,
        PathPatch=PathPatch,
        Outline=Outline,
        Text=Text,
        Affine2D=Affine2D,
    )


def faces() -> list[Path]:
    """Return the files of the house typeface from its installed package; none when it is absent."""
    package = find_spec("font_source_sans_pro")
    if package is None or package.origin is None:
        return []
    return [Path(package.origin).parent / "files" / f"SourceSansPro-{name}.ttf" for name in FACES]


def svg(scene: Scene) -> str:
    """Return the scene as matplotlib writes it; `charts.svg` makes it fit for a page."""
    out = io.StringIO()
    figure = _painted(scene)
    _matplotlib().Svg(figure)
    figure.savefig(out, format="svg", transparent=True, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return out.getvalue()


def png(scene: Scene, *, scale: float) -> bytes:
    """Return the scene as a PNG on white."""
    out = io.BytesIO()
    figure = _painted(scene)
    _matplotlib().Agg(figure)
    figure.savefig(out, format="png", dpi=72 * scale, facecolor="white", metadata={"Software": None})
    return out.getvalue()


def _painted(scene: Scene) -> Any:
    """Return a figure where one unit is one pixel and y grows downwards."""
    figure = _matplotlib().Figure(figsize=(scene.width / 72, scene.height / 72), dpi=72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    axes.set_axis_off()
    for order, item in enumerate(_grouped(scene)):
        artist = _artist(item, scene.height, axes)
        artist.set_zorder(order)
        artist.set_clip_on(False)
    return figure


def _grouped(scene: Scene) -> list[Item | list[Mark]]:
    """Return the items, with the marks of a kind gathered where the first of them stood."""
    if not scene.one_path_each:
        return list(scene.items)
    out: list[Item | list[Mark]] = []
    kinds: dict[object, list[Mark]] = {}
    for item in scene.items:
        if not isinstance(item, Mark):
            out.append(item)
            continue
        kind = (item.role, item.shape, item.size, item.fill, item.edge)
        if kind not in kinds:
            kinds[kind] = []
            out.append(kinds[kind])
        kinds[kind].append(item)
    return out


def _artist(item: Item | list[Mark], height: float, axes: Any) -> Any:
    match item:
        case Band():
            return axes.add_patch(_patch(_closed(item.outline), item.role, fill=item.colour, edge="none", width=0))
        case Stroke():
            return axes.add_line(_line(item))
        case Mark():
            return axes.add_line(_mark(item))
        case Words():
            return axes.add_artist(_words(item))
        case _:
            first = item[0]
            outline = _matplotlib().Outline.make_compound_path(*(_shape(mark) for mark in item))
            fill = first.fill or "none"
            return axes.add_patch(_patch(outline, first.role, fill=fill, edge=first.edge, width=first.edge_width))


def _closed(outline: tuple[tuple[float, float], ...]) -> Any:
    return _matplotlib().Outline([*outline, outline[0]], closed=True)


def _patch(outline: Any, role: str, *, fill: str, edge: str, width: float) -> Any:
    patch = _matplotlib().PathPatch(outline, facecolor=fill, edgecolor=edge, linewidth=width, joinstyle="round")
    patch.set_gid(f"{role}||")
    return patch


def _line(item: Stroke) -> Any:
    xs, ys = zip(*item.through, strict=True)
    line = _matplotlib().Line2D(xs, ys, color=item.colour, linewidth=item.width, solid_joinstyle="round")
    if item.dashes:
        line.set_linestyle((0, tuple(dash / item.width for dash in item.dashes)))  # lengths are in line widths
    line.set_gid(f"{item.role}||")
    return line


def _mark(item: Mark) -> Any:
    mark = _matplotlib().Line2D(
        [item.at[0]],
        [item.at[1]],
        linestyle="none",
        marker=item.shape,
        markersize=item.size,
        markerfacecolor=item.fill or "none",
        markeredgecolor=item.edge,
        markeredgewidth=item.edge_width,
    )
    number = "" if item.number is None else item.number
    mark.set_gid(f"{item.role}|{number}|{item.tip}")
    return mark


def _shape(item: Mark) -> Any:
    """Return the outline of one mark at its place, in pixels."""
    tools = _matplotlib()
    square = tools.Outline.unit_rectangle().transformed(tools.Affine2D().translate(-0.5, -0.5))
    unit = {
        "o": tools.Outline(CIRCLE, [1, *[4] * 12, 79]),
        "s": square,
        "D": square.transformed(tools.Affine2D().rotate_deg(45)),
        "^": tools.Outline([(-0.5, 0.5), (0.5, 0.5), (0, -0.5), (-0.5, 0.5)], closed=True),
    }[item.shape]
    return unit.transformed(tools.Affine2D().scale(item.size).translate(*item.at))


def _words(item: Words) -> Any:
    text = _matplotlib().Text(
        *item.at,
        item.text,
        color=item.colour,
        fontsize=item.size,
        fontweight="semibold" if item.bold else "normal",
        ha=item.anchor,
        va="baseline",
        rotation=90 if item.upwards else 0,
        rotation_mode="anchor",
        parse_math=False,
    )
    text.set_gid(f"{item.role}||")
    return text
