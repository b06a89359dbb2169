"""The house typefaces: cut from their installed packages to what hospital pages need, so pages load fast."""

from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

FACES = (
    "SourceSansPro-Regular",
    "SourceSansPro-Semibold",
    "SourceSansPro-It",
    "SourceSerifPro-Regular",
    "SourceSerifPro-Semibold",
)
"""The faces the pages use, by file name without ending."""

PACKAGES = {"SourceSansPro": "font_source_sans_pro", "SourceSerifPro": "font_source_serif_pro"}

LETTERS = (
    (0x0020, 0x024F),  # Latin, Latin-1, Latin Extended-A and B
    (0x0370, 0x03FF),  # Greek
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # dashes, quotes, spaces, the ellipsis
    (0x2070, 0x209F),  # raised and lowered figures
)
MARKS = "◆■●○▲≤≥×−‡→…–€℃№™←↑↓≈≠±"


def subset(target: Path) -> None:
    """Write each face as WOFF2 into `target`; a face already there is left as it is.

    Raises:
        FileNotFoundError: a typeface package is not installed.
    """
    target.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        cut = target / f"{face}.woff2"
        if not cut.exists():
            _cut(source_of(face), cut)


def source_of(face: str) -> Path:
    """Return the whole face as its package holds it (TrueType), for drawing charts and PDF pages too."""
    package = PACKAGES[face.split("-")[0]]
    found = find_spec(package)
    if found is None or found.origin is None:
        raise FileNotFoundError(f"The typeface package {package} is not installed.")
    return Path(found.origin).parent / "files" / f"{face}.ttf"


def _cut(source: Path, target: Path) -> None:
    options = Options(flavor="woff2", layout_features=["*"], notdef_outline=True, hinting=False)
    font = load_font(str(source), options)
    cutter = Subsetter(options)
    cutter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)], text=MARKS)
    cutter.subset(font)
    part = target.with_suffix(".part")
    save_font(font, str(part), options)
    part.replace(target)
