"""What a report may be made with besides its charts: our own style sheets and the installed typeface."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PACKAGE = Path(__file__).parents[2]
FACES: Final = {"Regular": (400, "normal"), "Semibold": (600, "normal"), "It": (400, "italic")}


class Denied(ValueError):
    """Something asked for an address that no report may read."""


@dataclass(frozen=True)
class Resource:
    """A file in memory."""

    body: bytes
    kind: str


@cache
def style_sheet(name: str) -> str:
    """Return one of our print style sheets, beside the checkout or inside the installed package."""
    inside = PACKAGE / "static"
    folder = inside if inside.is_dir() else PACKAGE.parent / "static"
    return (folder / "css" / "print" / f"{name}.css").read_text(encoding="utf-8")


def _face_file(name: str) -> Path | None:
    package = find_spec("font_source_sans_pro")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "files" / f"SourceSansPro-{name}.ttf"


def face_rules() -> str:
    """Return the @font-face rules of the house typeface; none where its package is absent (DejaVu stands in)."""
    return "".join(
        f'@font-face {{ font-family: "Source Sans Pro"; src: url("face:{name}"); font-weight: {weight}; '
        f"font-style: {style} }}\n"
        for name, (weight, style) in FACES.items()
        if _face_file(name)
    )


@cache
def _face(name: str) -> Resource:
    path = _face_file(name)
    if path is None:
        raise Denied(f"the typeface {name} is not installed")
    return Resource(path.read_bytes(), "font/ttf")


OWN: Final[Mapping[str, Callable[[], Resource]]] = {f"face:{name}": partial(_face, name) for name in FACES}
"""Every address that may be read, written out."""
