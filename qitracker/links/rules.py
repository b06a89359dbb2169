"""What may be linked with what, and in which role. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say


class Ref(NamedTuple):
    """One thing that can be linked: its kind, and its id as text."""

    kind: str
    id: str


class Role(StrEnum):
    """What one end of a link is for the other. The value is stored."""

    ANSWERS = "answers"
    STUDIES = "studies"
    JUDGED_BY = "judged_by"


ENDS: Final[dict[Role, frozenset[tuple[str, str]]]] = {
    Role.ANSWERS: frozenset({("sheet", "episode"), ("action", "row"), ("action", "episode")}),
    Role.STUDIES: frozenset({("sheet", "series")}),
    Role.JUDGED_BY: frozenset({("action", "series")}),
}


@dataclass(frozen=True)
class Linked:
    """One thing as a link shows it: its title, where it is read, a few words, and its state as a code."""

    kind: str
    id: str
    title: str | Sentence
    url: str
    words: Sentence | str
    state: str
    unit_id: int | None = None  # where what answers it is done, unless somebody says otherwise

    @property
    def ref(self) -> Ref:
        """Return its name among links."""
        return Ref(self.kind, self.id)


@dataclass(frozen=True)
class Hop:
    """One step along a link, from where the reader stands."""

    linked: Linked
    role: str
    forward: bool  # the link goes from where the reader stands to `linked`


def check_link(start: Ref, end: Ref, role: str) -> None:
    """Pass, or raise Invalid: each role joins certain kinds only, in one direction."""
    known = role in set(Role)
    if not known or (start.kind, end.kind) not in ENDS[Role(role)]:
        raise Invalid(say("These two cannot be linked in this way. Link them from the page of one of them."))
    if not (start.id and end.id):
        raise Invalid(say("One end of this link is missing. Choose what it leads to."))
