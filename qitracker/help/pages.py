"""Help pages as data: read once from <kind>/<code>.md, as blocks of pieces that a template writes, all of it escaped.

Of Markdown only what the pages use is read: headings, paragraphs, lists, tables, bold, code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from qitracker.foundation.errors import NotFound
from qitracker.foundation.words import Sentence, say

FOLDER: Final = Path(__file__).parent
KINDS: Final[dict[str, Sentence]] = {
    "task": say("What you do here"),
    "method": say("Methods"),
    "chart": say("Charts"),
    "rules": say("Rules that find a signal"),
}
WHEN: Final = "When to use it"
_ITEM: Final = re.compile(r"(?:-|\d+\.)\s+(.*)")
_MARKED: Final = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")


@dataclass(frozen=True)
class Run:
    """A stretch of text: plain (""), "strong" or "code"."""

    text: str
    kind: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """One block of a page. `kind` is "h2", "p", "ul", "ol" or "table"; a table holds its head first."""

    kind: str
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True)
class HelpPage:
    """One page of help."""

    kind: str
    code: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def url(self) -> str:
        """Return where it is read."""
        return f"/help/{self.kind}/{self.code}"

    @property
    def texts(self) -> tuple[str, ...]:
        """Return its words by paragraph, item and row of a table, for a search."""
        rows = (row for block in self.blocks for row in block.rows)
        return tuple(" ".join("".join(run.text for run in cell) for cell in row) for row in rows)

    @property
    def lead(self) -> str:
        """Return the sentence that tells what it is about: when to use it, where that is told in a sentence."""
        paragraphs = [
            "".join(run.text for run in block.rows[0][0])
            for before, block in zip((None, *self.blocks), self.blocks, strict=False)
            if block.kind == "p" and (self.kind != "rules" or (before and before.rows[0][0] == (Run(WHEN),)))
        ]
        return re.split(r"(?<=\.)\s", paragraphs[0], maxsplit=1)[0] if paragraphs else ""


@lru_cache
def help_pages() -> tuple[HelpPage, ...]:
    """Return all pages, in the order of their kinds and titles."""
    return tuple(
        page
        for kind in KINDS
        for page in sorted((_read(path) for path in (FOLDER / kind).glob("*.md")), key=lambda page: page.title)
    )


def help_page(kind: str, code: str) -> HelpPage:
    """Return one page. Raises NotFound."""
    for page in help_pages():
        if (page.kind, page.code) == (kind, code):
            return page
    raise NotFound(say("There is no such page of help. Choose one from the list of all pages."))


def _read(path: Path) -> HelpPage:
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    blocks = tuple(block for part in re.split(r"\n\s*\n", body) for block in _blocks(part.strip("\n").split("\n")))
    return HelpPage(path.parent.name, path.stem, head.removeprefix("# ").strip(), blocks)


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Give the blocks of lines between two empty lines: a heading may stand right above its text."""
    if lines[0].startswith("## "):
        yield Block("h2", ((_runs(lines[0][3:]),),))
        lines = lines[1:]
    if not lines or not lines[0].strip():
        return
    if lines[0].startswith("|"):
        yield Block("table", tuple(_cells(line) for line in lines if not set(line) <= set("|-: ")))
        return
    start = next((at for at, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    if start:
        yield Block("p", ((_runs(" ".join(line.strip() for line in lines[:start])),),))
    if start < len(lines):
        yield Block(
            "ul" if lines[start].startswith("-") else "ol", tuple((_runs(item),) for item in _items(lines[start:]))
        )


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if found := _ITEM.match(line):
            items.append(found[1])
        else:
            items[-1] += f" {line.strip()}"
    return items


def _cells(line: str) -> tuple[Runs, ...]:
    return tuple(_runs(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _runs(text: str) -> Runs:
    runs, at = [], 0
    for hit in _MARKED.finditer(text):
        runs += [Run(text[at : hit.start()]), Run(hit[1], "strong") if hit[1] else Run(hit[2], "code")]
        at = hit.end()
    return tuple(run for run in [*runs, Run(text[at:])] if run.text)
