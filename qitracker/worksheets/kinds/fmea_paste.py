"""Where the rows of a pasted block go: what each adds to the sheet, and why it cannot. Pure.

A row names its step, failure mode and cause; one that stands in the sheet, or higher up in the block, is found by its
words and not made twice. An empty step, mode or cause is that of the row above, as merged cells are copied. A row is
taken whole or not at all, and what stands in the sheet is never changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say
from qitracker.worksheets.kinds.fmea import FMEA
from qitracker.worksheets.kinds.fmea_block import FIELDS, Block, column_of
from qitracker.worksheets.sheet_kind import SheetRow

ABOVE: Final = {"mode": "step", "effect": "mode", "cause": "mode", "control": "cause"}
_BELOW_FIRST: Final = {
    "effect": ("severity", "on"),
    "cause": ("occurrence", "reason"),
    "control": ("detection", "kind"),
}
_CARRIED: Final = {"step": (), "mode": (), "effect": ("severity", "on"), "cause": ("control", "detection", "kind")}
"""What an empty cell takes from the row above; effect and cause only where the row holds something for them."""
_NEEDED: Final[dict[str, Sentence]] = {
    "step": say("Say which step this belongs to, or choose one for all rows that name none."),
    "mode": say("Say what can go wrong; effect and cause hang below it."),
    "effect": say("Severity is that of an effect. Write the effect."),
    "cause": say("Occurrence and control belong to a cause. Write the cause."),
    "control": say("Detection is that of a control. Write the control; where there is none, write “None”."),
}


@dataclass
class Node:
    """A row of the sheet, or one that the block adds. New ones have keys below 0, until they are stored."""

    key: int
    section: str
    parent: int | None
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Say whether the block adds it."""
        return self.key < 0


@dataclass(frozen=True)
class PastedRow:
    """One row of a block: what it says by field (the step and mode it took from above included), and what is wrong."""

    number: int
    texts: Mapping[str, str]
    faults: Mapping[str, Sentence]
    adds: int

    @property
    def is_good(self) -> bool:
        """Say whether it can be taken over."""
        return not self.faults


@dataclass(frozen=True)
class PastePlan:
    """What a block would do to a sheet."""

    block: Block
    rows: tuple[PastedRow, ...]
    adds: tuple[Node, ...]  # parents first

    @property
    def good(self) -> tuple[PastedRow, ...]:
        """Return the rows that add something."""
        return tuple(row for row in self.rows if row.is_good and row.adds)

    @property
    def refused(self) -> tuple[PastedRow, ...]:
        """Return the rows that cannot be taken over."""
        return tuple(row for row in self.rows if not row.is_good)


def plan_paste(block: Block, rows: Sequence[SheetRow], *, below: int | None = None) -> PastePlan:
    """Return what a block does to a sheet. `below` is the step or mode that rows belong to which name none."""
    tree = _Tree(rows, below)
    planned = tuple(tree.take(number, block.texts(row)) for number, row in enumerate(block.rows, start=1))
    return PastePlan(block, planned, tuple(node for node in tree.nodes.values() if node.is_new))


class _Tree:
    """The sheet with what the block has added so far, and what the row above said."""

    def __init__(self, rows: Sequence[SheetRow], below: int | None) -> None:
        self.nodes: dict[int, Node] = {
            row.id: Node(row.id, row.section, row.parent_id, dict(row.texts)) for row in rows
        }
        self._named = {
            (node.section, node.parent if node.section != "step" else None, _folded(node.cells.get("text", ""))): node
            for node in reversed(self.nodes.values())
            if node.cells.get("text")
        }
        self._start: dict[str, Node] = {}
        self._carried: dict[str, str] = {}
        at = self.nodes.get(below) if below is not None else None
        while at is not None:
            self._start[at.section] = at
            at = self.nodes.get(at.parent) if at.parent is not None and at.section != "step" else None

    def take(self, number: int, texts: Mapping[str, str]) -> PastedRow:
        """Add what a row says, when nothing is wrong with it."""
        said = self._with_what_stood_above(texts)
        row = _Row(self, said)
        for section in ("step", "mode", "effect", "cause", "control"):
            row.place(section)
        if not row.faults:
            row.keep()
        return PastedRow(number, said, row.faults, len(row.made) if not row.faults else 0)

    def find(self, section: str, parent: int | None, text: str) -> Node | None:
        """Return the row of these words below another, None where there is none."""
        return self._named.get((section, None if section == "step" else parent, _folded(text)))

    def start(self, section: str) -> Node | None:
        """Return the row that was chosen for those that name none."""
        return self._start.get(section)

    def add(self, node: Node) -> None:
        """Take a new row in."""
        self.nodes[node.key] = node
        parent = None if node.section == "step" else node.parent
        self._named.setdefault((node.section, parent, _folded(node.cells["text"])), node)

    def _with_what_stood_above(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the texts with what merged cells leave empty: step and mode of the row above, and its effect or cause
        for a further score or control.

        Another step forgets the mode of the one before; a mode that is written forgets effect and cause.
        """
        said = dict(texts)
        above, before = self._carried, texts.get("step", "")
        goes_on = not before or _folded(before) == _folded(above.get("step", ""))
        for section, asked_by in _CARRIED.items():
            is_open = goes_on and (section in ("step", "mode") or not texts.get("mode"))
            is_asked = not asked_by or any(texts.get(name) for name in asked_by)
            if is_open and is_asked and not texts.get(section) and above.get(section):
                said[section] = above[section]
        self._carried = {section: said.get(section, "") for section in _CARRIED}
        return said


class _Row:
    """One row of the block while it finds its place."""

    def __init__(self, tree: _Tree, said: Mapping[str, str]) -> None:
        self._tree = tree
        self._said = said
        self._at: dict[str, Node] = {}
        self.made: list[Node] = []
        self._filled: list[tuple[Node, str, str]] = []
        self.faults: dict[str, Sentence] = {}
        self._values = {name: self._parsed(name, text) for name, text in said.items()}

    def place(self, section: str) -> None:
        """Find or make the row of this section that the texts speak of; tell where it hangs below nothing."""
        text = self._values.get(section, "")
        if not text:
            start = None if self._said.get(section) else self._tree.start(section)
            if start is not None and self._starts_here(section):
                self._at[section] = start
            elif self._is_needed(section):
                self.faults.setdefault(section, _NEEDED[section])
            return
        above = self._at.get(ABOVE.get(section, ""))
        if section in ABOVE and above is None:
            return  # told beside the one that is missing
        parent = above.key if above else None
        known = self._tree.find(section, parent, text)
        if known is None:
            known = Node(-(len(self._tree.nodes) + len(self.made) + 1), section, parent, {"text": text})
            self.made.append(known)
        self._at[section] = known
        self._fill(known)

    def keep(self) -> None:
        """Take over what was made and filled."""
        for node in self.made:
            self._tree.add(node)
        for node, column, value in self._filled:
            node.cells[column] = value

    def _starts_here(self, section: str) -> bool:
        """Say whether the chosen row stands for the missing one: below the chosen step, or where no step is named."""
        return section == "step" or not self._said.get("step")

    def _is_needed(self, section: str) -> bool:
        if section == "step":
            return True
        if section == "mode":
            return any(self._said.get(name) for name in FIELDS if name not in ("step", "mode"))
        names = _BELOW_FIRST[section] + (("control", "detection", "kind") if section == "cause" else ())
        return any(self._said.get(name) for name in names)

    def _fill(self, node: Node) -> None:
        for name in _BELOW_FIRST.get(node.section, ()):
            value, column = self._values.get(name, ""), FIELDS[name][1]
            stands = node.cells.get(column, "")
            if not value or value == stands:
                continue
            if stands or not node.is_new:
                self.faults.setdefault(name, _stands_otherwise(node, stands, value))
            else:
                self._filled.append((node, column, value))
        self._must_count(node)

    def _must_count(self, node: Node) -> None:
        cells = node.cells | {column: value for one, column, value in self._filled if one is node}
        for name in _BELOW_FIRST.get(node.section, ()):
            column = column_of(name)
            if self._values.get(name) and column.is_idle(cells.get):
                self.faults.setdefault(name, column.idle_words or say("This does not count here."))

    def _parsed(self, name: str, text: str) -> str:
        try:
            return column_of(name).parse(text)
        except Invalid as fault:
            self.faults[name] = fault.words if isinstance(fault.words, Sentence) else say(fault.words)
            return ""


def _stands_otherwise(node: Node, stands: str, value: str) -> Sentence:
    text = node.cells["text"]
    one = FMEA.section(node.section).one
    if not stands:
        return say(
            "The {one} “{what}” stands in the sheet without this. Write {value} there.", one=one, what=text, value=value
        )
    return say(
        "The {one} “{what}” has {stands} already, not {value}. Change it in its cell.",
        one=one, what=text, stands=stands, value=value,
    )  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
