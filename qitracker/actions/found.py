"""Actions among what a search finds."""

from collections.abc import Iterator
from datetime import date

from qitracker.actions.linked import words_of
from qitracker.actions.models import Action
from qitracker.actions.queries.lines import ActionLine, lines_where
from qitracker.foundation.actor import Actor
from qitracker.foundation.permissions import Permission
from qitracker.foundation.sought import Sought
from qitracker.foundation.words import Sentence, say
from qitracker.links.found import Find, Spot, findable
from qitracker.links.narrowing import may_hold
from qitracker.people.queries import reach


@findable("action", say("Actions"), icon="actions", place=4)
def find_actions(words: Sought, by: Actor, today: date) -> Iterator[Find]:
    """Return the actions that fit, in the order of the register. Two statements."""
    lines = lines_where(
        Action.unit_id.in_(reach(by, Permission.ACTION_READ)),
        may_hold(words, Action.title, Action.detail, Action.reason, Action.owner_name),
    )
    for line in lines:
        rank = words.rank(line.title, line.detail, line.reason, line.owner_name, about=line.unit.name)
        if rank is not None:
            where = say("{unit}: {state}", unit=line.unit.name, state=words_of(line))
            yield Find(rank, line.title, f"/actions/{line.id}", where, _spots(line, words))


def _spots(line: ActionLine, words: Sought) -> tuple[Spot, ...]:
    about = f"{line.title} {line.owner_name} {line.unit.name}"
    texts: tuple[tuple[Sentence, str], ...] = ((say("Detail"), line.detail), (say("Why it was dropped"), line.reason))
    return tuple(Spot(text, label) for label, text in texts if words.rank("", text, about=about) is not None)
