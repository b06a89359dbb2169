"""Two versions of an action side by side: what stands there now, and what somebody wanted to write."""

from collections.abc import Sequence
from dataclasses import dataclass

from qitracker.actions.commands.plans import Plan
from qitracker.actions.hierarchy import TYPES
from qitracker.actions.queries.lines import ActionLine
from qitracker.foundation.words import Sentence, plain, say
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.judges import JudgeChoice

Words = Sentence | str


@dataclass(frozen=True)
class Both:
    """One field that differs."""

    words: Sentence
    theirs: Words
    mine: Words


def both_values(theirs: ActionLine, mine: Plan, judges: Sequence[JudgeChoice]) -> tuple[Both, ...]:
    """Return the fields in which the two differ, in the order of the form."""
    titles = {one.key: one.title for one in judges}
    pairs: tuple[tuple[Sentence, Words, Words], ...] = (
        (say("What is done"), theirs.title, mine.title),
        (say("Kind of action"), theirs.type.title, TYPES[mine.type].title),
        (say("Owner"), theirs.owner_name, mine.owner_name),
        (say("Due"), plain(theirs.due), plain(mine.due)),
        (say("Measure that judges it"), _judge(theirs.judged_by, titles), _judge(mine.judged_by, titles)),
        (say("Details"), theirs.detail or say("none"), mine.detail or say("none")),
    )
    return tuple(Both(*pair) for pair in pairs if pair[1] != pair[2])


def _judge(key: SeriesKey | None, titles: dict[SeriesKey, str]) -> Words:
    if key is None:
        return say("none")
    return titles.get(key, say("a measure you do not reach"))
