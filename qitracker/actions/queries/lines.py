"""Actions as lists and worksheets show them, and as deeds read them. Few statements, whatever their number."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, select

from qitracker.actions.hierarchy import TYPES, ActionType, Strength
from qitracker.actions.models import Action
from qitracker.actions.rules import OPEN, ActionState, days_late, is_open
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.links.queries import edges_of
from qitracker.links.rules import Ref, Role
from qitracker.people.queries import places, reach
from qitracker.people.queries.closure import closure
from qitracker.results.keys import SeriesKey

KIND = "action"
NO_SUCH_ACTION = say("There is no such action, or it belongs to a unit you do not reach.")
COLUMNS = tuple(Action.__table__.c)
IN_ORDER = (case((Action.state.in_(OPEN), 0), else_=1), Action.due, Action.id)
"""What is open first and by its date, so that the most overdue leads."""


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


def lines_where(
    *conditions: ColumnElement[bool], most: int | None = None, after: int | None = None
) -> tuple[ActionLine, ...]:
    """Return the actions that fulfil all of these, in the order of the register. Asks no rights. Two statements."""
    wanted = select(*COLUMNS).where(*conditions).order_by(*IN_ORDER).limit(most).offset(after)
    rows = store.execute(wanted).all()
    where = places(row.unit_id for row in rows)
    return tuple(_line(row, where[row.unit_id]) for row in rows)


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
    found = lines_where(Action.id == action_id)
    if not found or not by.may(Permission.ACTION_READ, on=found[0].unit):
        raise NotFound(NO_SUCH_ACTION)
    return found[0]


def actions_by_id(ids: Collection[int], *, by: Actor) -> tuple[ActionLine, ...]:
    """Return those of these actions that `by` may read, in the order of the register. Two statements."""
    return lines_where(Action.id.in_(sorted(set(ids))), Action.unit_id.in_(reach(by, Permission.ACTION_READ)))


def actions_within(unit: Place, *, by: Actor) -> tuple[ActionLine, ...]:
    """Return the actions of a unit and of all below it that `by` may read, in the order of the register.

    Two statements.
    """
    tree = closure()
    below = select(tree.c.unit_id).where(tree.c.above_id == unit.id)
    return lines_where(Action.unit_id.in_(below), Action.unit_id.in_(reach(by, Permission.ACTION_READ)))


def my_actions(by: Actor) -> tuple[ActionLine, ...]:
    """Return the open actions that `by` owns and may read, the most overdue first. Two statements."""
    if by.user_id is None:
        return ()
    return lines_where(
        Action.owner_id == by.user_id, Action.state.in_(OPEN), Action.unit_id.in_(reach(by, Permission.ACTION_READ))
    )


def overdue_actions(*, by: Actor, where: Permission, today: date) -> tuple[ActionLine, ...]:
    """Return the overdue actions of other people in the units where `by` holds a right, the longest overdue first.

    Two statements.
    """
    return lines_where(
        Action.state.in_(OPEN),
        Action.due < today,
        Action.owner_id != (by.user_id or 0),
        Action.unit_id.in_(reach(by, where)),
    )


def actions_answering(refs: Collection[Ref], by: Actor) -> dict[Ref, tuple[ActionLine, ...]]:
    """Return for each of these things the actions that answer it, in the order of the register. Three statements."""
    found: dict[Ref, list[ActionLine]] = {ref: [] for ref in refs}
    answered: dict[int, list[Ref]] = defaultdict(list)
    for edge in edges_of(refs):
        if edge.start.kind == KIND and edge.role == Role.ANSWERS and edge.end in found:
            answered[int(edge.start.id)].append(edge.end)
    for line in actions_by_id(answered, by=by) if answered else ():
        for ref in answered[line.id]:
            found[ref].append(line)
    return {ref: tuple(lines) for ref, lines in found.items()}
