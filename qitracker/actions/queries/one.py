"""One action with everything around it, and what the form of an action offers. A fixed number of statements."""

from dataclasses import dataclass
from datetime import date

from qitracker.actions.queries.lines import ActionLine
from qitracker.actions.queries.register import RegisterRow, rows_of
from qitracker.actions.rules import MOVES, ActionState
from qitracker.audit.queries import Told, story
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.permissions import Permission
from qitracker.links.rules import Hop
from qitracker.people.queries.names import PersonChoice, people_around
from qitracker.results.queries.judges import JudgeChoice, judge_choices
from qitracker.results.queries.shown import Shown


@dataclass(frozen=True)
class ActionPage:
    """Everything templates/actions/show.html may use besides its form."""

    row: RegisterRow
    history: tuple[Told, ...]
    owner_is_here: bool  # False: the owner has left, or holds no role around the unit any more
    today: date
    may_edit: bool
    may_move: bool

    @property
    def line(self) -> ActionLine:
        """Return the action."""
        return self.row.line

    @property
    def judge(self) -> Shown | None:
        """Return the measure that judges it."""
        return self.row.judge

    @property
    def answers(self) -> tuple[Hop, ...]:
        """Return what it answers."""
        return self.row.answers

    @property
    def moves(self) -> tuple[ActionState, ...]:
        """Return the states it can go to."""
        return MOVES[self.line.state] if self.may_move else ()

    @property
    def days_late(self) -> int:
        """Return how many days it is past its date."""
        return self.line.days_late(self.today)


def action_page(line: ActionLine, *, by: Actor, today: date) -> ActionPage:
    """Return the page of an action that `by` may read."""
    return ActionPage(
        row=rows_of([line], by=by, today=today)[0],
        history=story([line.ref]),
        owner_is_here=any(one.id == line.owner_id for one in people_around(line.unit)),
        today=today,
        may_edit=by.may(Permission.ACTION_EDIT, on=line.unit),
        may_move=may_move(line, by=by),
    )


def may_move(line: ActionLine, *, by: Actor) -> bool:
    """Say whether `by` may move the action: those who keep actions there, and its owner."""
    owns = by.user_id is not None and by.user_id == line.owner_id
    return owns or by.may(Permission.ACTION_EDIT, on=line.unit)


@dataclass(frozen=True)
class Offered:
    """What the form of an action offers: people who may own it, and series that may judge it."""

    people: tuple[PersonChoice, ...]
    judges: tuple[JudgeChoice, ...]


def offered_in(unit: Place, *, by: Actor) -> Offered:
    """Return what may be chosen for an action of a unit. Five statements."""
    return Offered(people_around(unit), judge_choices(unit, by=by))
