"""What the guards read: the project's own files, by kind, and their parsed Python."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("qitracker", "templates", "static", "tests", "docs", ".ci")
GENERATED = {".mo", ".pyc"}


@cache
def files(*folders: str) -> tuple[Path, ...]:
    """Return the files below these folders; all of the project's when none is named."""
    found = [path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    if not folders:
        found += [path for path in ROOT.iterdir() if path.is_file() and path.name != "LICENSE"]
    return tuple(sorted(p for p in found if p.suffix not in GENERATED and ".egg-info" not in str(p)))


@cache
def text(path: Path) -> str:
    """Return what the file says, or nothing when it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def python(*folders: str) -> tuple[tuple[Path, ast.Module], ...]:
    """Return the parsed modules below these folders."""
    return tuple((path, ast.parse(text(path))) for path in files(*folders) if path.suffix == ".py")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a module, however deep it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    """Return the path as the project knows it."""
    return str(path.relative_to(ROOT))


def places(pattern, paths) -> list[str]:
    """Return "file:line: words" for every place where the compiled pattern is found."""
    return [
        f"{name(path)}:{text(path).count(chr(10), 0, hit.start()) + 1}: {hit.group(0)[:80]}"
        for path in paths
        for hit in pattern.finditer(text(path))
    ]
