"""Actions as lists and worksheets show them, and as deeds read them. Few statements, whatever their number."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, select

from qitracker.actions.hierarchy import TYPES, ActionType, Strength
from qitracker.actions.models import Action
from qitracker.actions.rules import OPEN, ActionState, days_late, is_open
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.links.queries import threads_of
from qitracker.links.rules import Ref
from qitracker.people.queries import places, reach
from qitracker.results.keys import SeriesKey

KIND = "action"
NO_SUCH_ACTION = say("There is no such action, or it belongs to a unit you do not reach.")
COLUMNS = tuple(Action.__table__.c)
IN_ORDER = (case((Action.state.in_(OPEN), 0), else_=1), Action.due, Action.id)
"""As `actions.rules.order_of`: what is open first, the most overdue leading."""


@dataclass(frozen=True)
class ActionLine:
    """One action as it stands."""

    id: int
    unit: Place
    title: str
    detail: str
    type: ActionType
    owner_id: int
    owner_name: str
    due: date
    state: ActionState
    reason: str
    done_on: date | None
    judged_by: SeriesKey | None
    made_at: datetime
    made_by_name: str
    version: int

    @property
    def ref(self) -> Ref:
        """Return its name among links."""
        return Ref(KIND, str(self.id))

    @property
    def strength(self) -> Strength:
        """Return how strong it is."""
        return self.type.strength

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to do something."""
        return is_open(self.state)

    def days_late(self, today: date) -> int:
        """Return how many days it is past its date while it is open."""
        return days_late(self.state, self.due, today=today)


def lines_of(rows: Iterable[Any]) -> tuple[ActionLine, ...]:
    """Return rows of the table as lines, in their order. One statement, for the places."""
    held = list(rows)
    where = places(row.unit_id for row in held)
    return tuple(_line(row, where[row.unit_id]) for row in held)


def _line(row: Any, unit: Place) -> ActionLine:
    judge = None
    if row.judge_measure_id is not None:
        judge = SeriesKey(row.judge_unit_id, row.judge_measure_id, row.judge_stratum_id)
    return ActionLine(
        id=row.id,
        unit=unit,
        title=row.title,
        detail=row.detail,
        type=TYPES[row.type],
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        due=row.due,
        state=ActionState(row.state),
        reason=row.reason,
        done_on=row.done_on,
        judged_by=judge,
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        version=row.version,
    )


def known_action(action_id: int, *, by: Actor) -> ActionLine:
    """Return one action that `by` may read. Two statements. Raises NotFound."""
    found = lines_of(store.execute(select(*COLUMNS).where(Action.id == action_id)).all())
    if not found or not by.may(Permission.ACTION_READ, on=found[0].unit):
        raise NotFound(NO_SUCH_ACTION)
    return found[0]


def actions_by_id(ids: Collection[int], *, by: Actor) -> tuple[ActionLine, ...]:
    """Return those of these actions that `by` may read, in the order of the register. Two statements."""
    return lines_of(
        store.execute(
            select(*COLUMNS)
            .where(Action.id.in_(sorted(set(ids))), Action.unit_id.in_(reach(by, Permission.ACTION_READ)))
            .order_by(*IN_ORDER)
        ).all()
    )


def my_actions(by: Actor) -> tuple[ActionLine, ...]:
    """Return the open actions that `by` owns and may read, the most overdue first. Two statements."""
    if by.user_id is None:
        return ()
    return lines_of(
        store.execute(
            select(*COLUMNS)
            .where(
                Action.owner_id == by.user_id,
                Action.state.in_(OPEN),
                Action.unit_id.in_(reach(by, Permission.ACTION_READ)),
            )
            .order_by(*IN_ORDER)
        ).all()
    )


def actions_answering(refs: Collection[Ref], by: Actor) -> dict[Ref, tuple[ActionLine, ...]]:
    """Return for each of these things the actions that answer it, in the order of the register.

    As many statements as `threads_of` takes, and two.
    """
    answering = {
        ref: {hop.linked.id for hop in hops if hop.linked.kind == KIND and hop.role == "answers" and not hop.forward}
        for ref, hops in threads_of(refs, by).items()
    }
    lines = actions_by_id([int(number) for numbers in answering.values() for number in numbers], by=by)
    return {ref: tuple(line for line in lines if str(line.id) in answering.get(ref, ())) for ref in refs}
