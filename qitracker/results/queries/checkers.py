"""Who can check what was submitted, and how a sentence names the people to ask."""

from collections.abc import Sequence
from datetime import date

from qitracker.foundation.actor import Place
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Period, Sentence, say
from qitracker.people.queries.names import PersonChoice, who_may
from qitracker.results.queries.stages import Stage

NAMED_AT_MOST = 3


def checkers(place: Place, stage: Stage) -> tuple[PersonChoice, ...]:
    """Return those who may check what somebody submitted: never that person. One statement."""
    return others_than(stage, who_may(Permission.RESULT_CHECK, place))


def others_than(stage: Stage, people: Sequence[PersonChoice]) -> tuple[PersonChoice, ...]:
    """Return those of these people who did not bring the period where it stands."""
    return tuple(one for one in people if one.id != stage.by_id)


def named(people: Sequence[PersonChoice]) -> Sentence | str:
    """Return a few of them by name: "Olga Reed or Sam Hill", "Olga Reed, Sam Hill, Ute Lang or 2 more"."""
    names = [one.name for one in people[:NAMED_AT_MOST]]
    more = len(people) - len(names)
    if more:
        return say("{names} or {count} more", names=", ".join(names), count=more)
    if len(names) < 2:
        return "".join(names)
    return say("{names} or {last}", names=", ".join(names[:-1]), last=names[-1])


def closed_periods_words(starts: Sequence[date], frequency: str, people: Sequence[PersonChoice]) -> Sentence | None:
    """Return how many periods cannot be chosen because they are closed, and who may reopen them; None for none."""
    if not starts:
        return None
    ask = named(people) or say("an administrator for somebody who may lock periods")
    if len(starts) == 1:
        only = Period(starts[0], frequency)
        return say("{period} is not in the list: it is closed. Ask {names} to reopen it.", period=only, names=ask)
    return say(
        "{count} periods up to {last} are not in the list: they are closed. Ask {names} to reopen them.",
        count=len(starts),
        last=Period(max(starts), frequency),
        names=ask,
    )
