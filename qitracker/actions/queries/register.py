"""The register of actions: what an address asks for, the counts, one page of rows with their source and their judge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select

from qitracker.actions.hierarchy import MIXES, TYPES, Mix, PublishedMix, Strength, mix_of, types_of
from qitracker.actions.models import Action
from qitracker.actions.queries.lines import ActionLine, lines_where
from qitracker.actions.rules import OPEN, ActionState
from qitracker.foundation.actor import Actor
from qitracker.foundation.db import store
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.links.queries import threads_of
from qitracker.links.rules import Hop, Role
from qitracker.people.queries import UnitChoice, reach, visible_units
from qitracker.people.queries.closure import closure
from qitracker.results.queries.judges import judges
from qitracker.results.queries.shown import Shown

A_PAGE: Final = 50
STATES: Final = ("open", "overdue", *(str(state) for state in ActionState), "all")
ENOUGH: Final = 10  # actions from which a share is told; of fewer the counts say more


@dataclass(frozen=True)
class Wanted:
    """What the address of the register asks for."""

    unit: str = ""
    state: str = "open"
    strength: Strength | None = None
    mine: bool = False
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything but the open actions of all units is asked for."""
        return self != Wanted(page=self.page)

    def address(self, **changes: object) -> dict[str, object]:
        """Return the arguments of this address with some changed; what is usual is left out."""
        asked = {"unit": self.unit, "state": self.state, "strength": self.strength, "mine": self.mine, **changes}
        usual = {"unit": "", "state": "open", "strength": None, "mine": False}
        return {name: 1 if value is True else str(value) for name, value in asked.items() if value != usual.get(name)}


@dataclass(frozen=True)
class RegisterRow:
    """One action with what it answers and what judges it."""

    line: ActionLine
    answers: tuple[Hop, ...]
    judge: Shown | None  # None: none is named, or one that the reader may not read

    @property
    def is_judged_elsewhere(self) -> bool:
        """Say whether a measure judges it that this reader does not reach."""
        return self.line.judged_by is not None and self.judge is None


@dataclass(frozen=True)
class Counts:
    """How many actions are in which state, of those the other filters leave."""

    by_state: dict[str, int]

    def of(self, state: str) -> int:
        """Return how many there are for one choice of the state."""
        match state:
            case "open":
                return sum(self.by_state.get(one, 0) for one in OPEN)
            case "all":
                return sum(self.by_state.get(one, 0) for one in ActionState)
            case _:
                return self.by_state.get(state, 0)


@dataclass(frozen=True)
class RegisterPage:
    """Everything templates/actions/index.html may use."""

    wanted: Wanted
    units: tuple[UnitChoice, ...]
    unit: UnitChoice | None
    rows: tuple[RegisterRow, ...]
    counts: Counts
    mix: Mix  # of all that were not dropped, in the unit that is asked for
    mixes: tuple[PublishedMix, ...]
    anywhere: int  # actions in reach, whatever is asked for
    last: int
    today: date
    may_add: bool

    @property
    def tells_shares(self) -> bool:
        """Say whether there are enough actions for shares to mean something."""
        return self.mix.total >= ENOUGH

    @property
    def headline(self) -> Sentence:
        """Return the sentence the page opens with."""
        if not self.anywhere:
            return say("No action is kept yet.")
        opened, overdue = self.counts.of("open"), self.counts.of("overdue")
        if not opened:
            return say("No action is open here.")
        if opened == 1:
            return say("1 action is open, and it is overdue.") if overdue else say("1 action is open, and in time.")
        if not overdue:
            return say("{count} actions are open, and none is overdue.", count=opened)
        if overdue == 1:
            return say("{count} actions are open, and 1 is overdue.", count=opened)
        return say("{count} actions are open, and {overdue} are overdue.", count=opened, overdue=overdue)


def register(*, by: Actor, wanted: Wanted, today: date) -> RegisterPage:
    """Return one page of the register. A fixed number of statements. Raises NotFound for a unit not in reach."""
    units = visible_units(by, Permission.ACTION_READ, on=today)
    unit = _chosen(units, wanted.unit)
    within = _within(by, unit)
    groups = _groups(within, by=by, today=today)
    asked = [group for group in groups if _is_asked(group, wanted)]
    counts = Counts(_by_state(asked))
    last = max(ceil(counts.of(wanted.state) / A_PAGE), 1)
    lines = _read(within, wanted, by=by, today=today, page=min(wanted.page, last))
    return RegisterPage(
        wanted=wanted,
        units=units,
        unit=unit,
        rows=rows_of(lines, by=by, today=today),
        counts=counts,
        mix=mix_of((TYPES[one.type].strength, one.count) for one in groups if one.state != ActionState.DROPPED),
        mixes=MIXES,
        anywhere=_anywhere(by) if unit else sum(group.count for group in groups),
        last=last,
        today=today,
        may_add=by.may_anywhere(Permission.ACTION_EDIT),
    )


def all_rows(*, by: Actor, wanted: Wanted, today: date) -> tuple[RegisterRow, ...]:
    """Return everything the address asks for, to take away: what `by` may export. Raises NotFound."""
    unit = _chosen(visible_units(by, Permission.ACTION_READ, on=today), wanted.unit)
    within = and_(_within(by, unit), Action.unit_id.in_(reach(by, Permission.EXPORT_RUN)))
    return rows_of(_read(within, wanted, by=by, today=today, page=None), by=by, today=today)


def rows_of(lines: Sequence[ActionLine], *, by: Actor, today: date) -> tuple[RegisterRow, ...]:
    """Return these actions with what they answer and what judges them, as far as `by` may see it."""
    threads = threads_of([line.ref for line in lines], by)
    judged = judges({line.judged_by for line in lines if line.judged_by}, by=by, today=today)
    return tuple(
        RegisterRow(
            line=line,
            answers=tuple(hop for hop in threads[line.ref] if hop.forward and hop.role == Role.ANSWERS),
            judge=judged.get(line.judged_by) if line.judged_by else None,
        )
        for line in lines
    )


def _chosen(units: Sequence[UnitChoice], slug: str) -> UnitChoice | None:
    if not slug:
        return None
    chosen = next((one for one in units if one.slug == slug), None)
    if chosen is None:
        raise NotFound(say("There is no such unit."))
    return chosen


def _within(by: Actor, unit: UnitChoice | None) -> ColumnElement[bool]:
    """Return the condition of what is in reach: all units, or one with everything below it."""
    reached = Action.unit_id.in_(reach(by, Permission.ACTION_READ))
    if unit is None:
        return reached
    tree = closure()
    return and_(reached, Action.unit_id.in_(select(tree.c.unit_id).where(tree.c.above_id == unit.id)))


@dataclass(frozen=True)
class _Group:
    """How many actions share state, type, whether they are overdue, and whether they are the reader's own."""

    state: str
    type: str
    overdue: bool
    mine: bool
    count: int


def _groups(within: ColumnElement[bool], *, by: Actor, today: date) -> list[_Group]:
    late, mine = Action.due < today, Action.owner_id == (by.user_id or 0)
    columns = (Action.state, Action.type, late.label("late"), mine.label("mine"))
    rows = store.execute(select(*columns, func.count()).where(within).group_by(*columns))
    return [_Group(state, kind, bool(is_late) and state in OPEN, bool(own), n) for state, kind, is_late, own, n in rows]


def _is_asked(group: _Group, wanted: Wanted) -> bool:
    strong = wanted.strength is None or TYPES[group.type].strength is wanted.strength
    return strong and (group.mine or not wanted.mine)


def _by_state(groups: Iterable[_Group]) -> dict[str, int]:
    found = dict.fromkeys(("overdue", *(str(state) for state in ActionState)), 0)
    for group in groups:
        found[group.state] += group.count
        found["overdue"] += group.count if group.overdue else 0
    return found


def _anywhere(by: Actor) -> int:
    return store.scalar(select(func.count()).select_from(Action).where(_within(by, None))) or 0


def _read(
    within: ColumnElement[bool], wanted: Wanted, *, by: Actor, today: date, page: int | None
) -> tuple[ActionLine, ...]:
    asked = [within, _of_state(wanted.state, today)]
    if wanted.strength is not None:
        asked.append(Action.type.in_([one.code for one in types_of(wanted.strength)]))
    if wanted.mine:
        asked.append(Action.owner_id == (by.user_id or 0))
    if page is None:
        return lines_where(*asked)
    return lines_where(*asked, most=A_PAGE, after=(page - 1) * A_PAGE)


def _of_state(state: str, today: date) -> ColumnElement[bool]:
    match state:
        case "open":
            return Action.state.in_(OPEN)
        case "overdue":
            return and_(Action.state.in_(OPEN), Action.due < today)
        case "all":
            return Action.state.in_(list(ActionState))
        case _:
            return Action.state == state
