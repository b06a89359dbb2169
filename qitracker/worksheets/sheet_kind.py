"""What a kind of worksheet is: sections of rows, the columns of a row, and what may stand in a cell. Pure.

A kind is declared once, in `kinds/<code>.py`. Page, plain form, paste, import, print and check read the declaration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.shelf import Shelf
from qitracker.foundation.words import Sentence, say
from qitracker.worksheets.rules.moments import moment_of
from qitracker.worksheets.rules.scales import score_of

LONGEST: Final = 4_000

TEXT, SCORE, CHOICE, MOMENT = "text", "score", "choice", "moment"


@dataclass(frozen=True)
class Column:
    """One column. `axis` names the ladder of a score; `choices` are (code, words) of a choice.

    `idle_when` are (column, value) of the same row under which nothing counts here; `idle_words` say why, to whoever
    types all the same. What stood here before is kept, and shown as not counted.
    """

    code: str
    title: Sentence
    kind: str = TEXT
    hint: Sentence | None = None
    axis: str = ""
    choices: tuple[tuple[str, Sentence], ...] = ()
    longest: int = LONGEST
    idle_when: tuple[tuple[str, str], ...] = ()
    idle_words: Sentence | None = None

    def is_idle(self, text_of: Callable[[str], str | None]) -> bool:
        """Say whether nothing counts in this column beside what stands in the other columns of its row."""
        return any(text_of(column) == value for column, value in self.idle_when)

    def parse(self, typed: str) -> str:
        """Return what is kept of what was typed: one parser for page, plain form and paste.

        Raises:
            Invalid: beside `value`, saying what to type instead.
        """
        if self.kind == SCORE:
            score = score_of(typed)
            return "" if score is None else str(score)
        if self.kind == CHOICE:
            return self._choice(typed.strip())
        if self.kind == MOMENT:
            return moment_of(typed)
        text = typed.replace("\r\n", "\n").replace("\x00", "").strip()
        if len(text) > self.longest:
            raise Invalid(
                say(
                    "This is {length} characters long; a cell holds {longest}. Shorten it, or put the rest in a file.",
                    length=len(text),
                    longest=self.longest,
                ),
                field="value",
            )
        return text

    def _choice(self, typed: str) -> str:
        """Return the code of a choice that was picked by its code, or written in its words."""
        if not typed:
            return ""
        for code, words in self.choices:
            if typed == code or typed.casefold() == str(words).casefold():
                return code
        raise Invalid(say("Choose one of the words in the list."), field="value")


@dataclass(frozen=True)
class Section:
    """One kind of row. `parents` are the sections a row may hang below; "" is the sheet itself.

    A sheet is made with the one row of each `single` section; no other is added, and it is not taken away.
    """

    code: str
    title: Sentence
    one: Sentence  # "failure mode", for buttons and sentences
    columns: tuple[Column, ...]
    parents: tuple[str, ...] = ("",)
    deepest: int = 1  # how many of this kind may hang below each other
    single: bool = False

    def column(self, code: str) -> Column:
        """Return one column. Raises NotFound."""
        found = next((each for each in self.columns if each.code == code), None)
        if found is None:
            raise NotFound(say("This row has no such column."))
        return found


@dataclass(frozen=True)
class SheetKind:
    """One kind of worksheet. `code` is stored: short and stable."""

    code: str
    title: Sentence
    sections: tuple[Section, ...]
    has_scale: bool = False

    def section(self, code: str) -> Section:
        """Return one section. Raises NotFound."""
        found = next((each for each in self.sections if each.code == code), None)
        if found is None:
            raise NotFound(say("This worksheet has no such part."))
        return found

    def below(self, code: str) -> tuple[Section, ...]:
        """Return the sections whose rows may hang below a row of this one, or below the sheet ("")."""
        return tuple(each for each in self.sections if code in each.parents)


class Cell(NamedTuple):
    """What stands in one cell, and in which version; version 0 is a cell nobody has written in."""

    value: str = ""
    version: int = 0


@dataclass(frozen=True)
class SheetRow:
    """One row as stored: its cells by column code."""

    id: int
    section: str
    parent_id: int | None
    position: int
    cells: Mapping[str, Cell] = field(default_factory=dict)
    changed: int = 0  # the last change of the sheet that touched it

    def text(self, column: str) -> str:
        """Return what stands in a column, "" where nothing does."""
        found = self.cells.get(column)
        return found.value if found else ""

    @property
    def texts(self) -> dict[str, str]:
        """Return what stands in the columns that hold something."""
        return {column: cell.value for column, cell in self.cells.items()}

    def score(self, column: str) -> int | None:
        """Return the score in a column, None where there is none."""
        return score_of(self.text(column))


KINDS: Final[Shelf[SheetKind]] = Shelf("worksheet")


def check_parent(kind: SheetKind, section: Section, above: tuple[str, ...], *, levels: int = 1) -> None:
    """Pass when a row of `section` may hang below rows of the sections `above` (the nearest first; () is the sheet).

    `levels` counts the row and the rows of its kind that it brings along below it.

    Raises:
        Invalid: it hangs below the wrong kind of row, or too many of its kind hang below each other.
    """
    nearest = above[0] if above else ""
    if nearest not in section.parents:
        wanted = next((kind.section(code).one for code in section.parents if code), None)
        raise Invalid(
            say("Each {one} needs a {wanted} above it. Add that first.", one=section.one, wanted=wanted)
            if wanted
            else say("Each {one} stands by itself, not below another row.", one=section.one),
            field="parent",
        )
    chain = levels
    for code in above:
        if code != section.code:
            break
        chain += 1
    if chain > section.deepest:
        raise Invalid(
            say(
                "Each {one} may go {deepest} levels deep. Add it one level higher.",
                one=section.one,
                deepest=section.deepest,
            ),
            field="parent",
        )
