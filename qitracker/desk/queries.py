"""What the home page of a person shows: what changed, what is due, and the first steps of a new installation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.actions.queries import ActionLine, my_actions
from qitracker.desk.needs import Needs, needs
from qitracker.desk.waits import waits_words
from qitracker.foundation.actor import Actor
from qitracker.foundation.permissions import Permission, Role
from qitracker.foundation.words import Sentence
from qitracker.measures.library import library
from qitracker.measures.queries import visible_measures
from qitracker.people.queries import facts_of, organisation
from qitracker.people.queries.names import people_around
from qitracker.results.queries.changes import Changes, changes
from qitracker.results.queries.due import DueItem, due_items

ENOUGH_TO_BEGIN = 12  # results of one series with which the first steps are done
SHOWN = {"leader": 3, "work": 4}  # of each kind of signal
UNITS_NAMED = 5  # units whose late results are listed one by one
ACTIONS_NAMED = 5  # of the reader's own


@dataclass(frozen=True)
class FirstSteps:
    """How far a new installation is: each step is done, now or to come."""

    measures: int
    in_library: int
    most_results: int
    people: int
    may_define: bool
    may_record: bool
    may_invite: bool

    @property
    def states(self) -> tuple[str, ...]:
        """Return the state of the five steps, in order: the first that is not done is the one to do now."""
        done = (True, self.measures > 0, self.most_results >= ENOUGH_TO_BEGIN, False, self.people > 1)
        now = done.index(False)
        return tuple("done" if one else "now" if at == now else "next" for at, one in enumerate(done))


@dataclass(frozen=True)
class LateUnit:
    """One unit with results that are late, and the period of its sheet in which to begin."""

    name: str
    slug: str
    late: int
    frequency: str
    start: date


@dataclass(frozen=True)
class Home:
    """Everything templates/desk/home.html may use."""

    kind: str  # "leader" or "work"
    changes: Changes
    late: int
    waiting: int
    late_units: tuple[LateUnit, ...]  # the most first
    late_elsewhere: int  # units that are not named
    actions: tuple[ActionLine, ...]  # open ones that the reader owns, the most overdue first
    actions_left: int  # of them not shown
    actions_late: int  # of all that the reader owns
    needs: Needs
    first_steps: FirstSteps | None  # None once there is enough to look at
    may_record: bool
    may_report: bool
    may_define: bool
    may_answer: bool

    @property
    def overdue(self) -> int:
        """Return how many actions are overdue: the reader's own, and those in the units whose actions they keep."""
        return self.actions_late + len(self.needs.overdue)

    @property
    def waits(self) -> Sentence | None:
        """Return what waits for the reader in one sentence without its stop, None where nothing does."""
        return waits_words(
            unanswered=self.needs.unanswered, late=self.late, overdue=self.overdue, sheets=self.needs.sheets
        )


def home(*, by: Actor, today: date, fiscal_start: int = 1) -> Home:
    """Return the home page of a person. A fixed number of statements."""
    leads = _leads(by)
    kind = "leader" if leads else "work"
    found = changes(by=by, today=today, most=SHOWN[kind])
    may_record = by.may_anywhere(Permission.RESULT_RECORD)
    items = due_items(by=by, today=today, fiscal_start=fiscal_start) if may_record else []
    late = [item for item in items if item.is_late]
    units = _late_units(late)
    named, own = _named(len(units), UNITS_NAMED), my_actions(by)
    shown = _named(len(own), ACTIONS_NAMED)
    return Home(
        kind=kind,
        changes=found,
        late=len(late),
        waiting=len(items) - len(late),
        late_units=units[:named],
        late_elsewhere=len(units) - named,
        actions=own[:shown],
        actions_left=len(own) - shown,
        actions_late=sum(line.days_late(today) > 0 for line in own),
        needs=needs(by=by, today=today, leads=leads),
        first_steps=_first_steps(by, found.most_points),
        may_record=may_record,
        may_report=by.may_anywhere(Permission.REPORT_MAKE),
        may_define=by.may_anywhere(Permission.MEASURE_DEFINE),
        may_answer=by.may_anywhere(Permission.SHEET_MANAGE),
    )


def _named(count: int, most: int) -> int:
    """Return how many of a list are named: never "1 more" in place of a name."""
    return count if count <= most + 1 else most


def _late_units(late: Sequence[DueItem]) -> tuple[LateUnit, ...]:
    """Return the units with late results, the most first; their sheets open at the newest period that is late."""
    counts = Counter(item.unit_id for item in late)
    newest = {item.unit_id: item for item in sorted(late, key=lambda item: item.start)}
    units = facts_of(counts)
    return tuple(
        LateUnit(units[key].name, units[key].slug, count, str(newest[key].frequency), newest[key].start)
        for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _leads(by: Actor) -> bool:
    return any(grant.role is Role.LEADER for grant in by.grants) and not by.may_anywhere(Permission.RESULT_RECORD)


def _first_steps(by: Actor, most_results: int) -> FirstSteps | None:
    """Return the first steps, for those who can take them, until one series has a year of results."""
    may_define, may_invite = by.may_anywhere(Permission.MEASURE_DEFINE), by.may_anywhere(Permission.PEOPLE_MANAGE)
    if most_results >= ENOUGH_TO_BEGIN or not (may_define or may_invite):
        return None
    return FirstSteps(
        measures=sum(one.retired_on is None for one in visible_measures(by=by).values()),
        in_library=len(library()),
        most_results=most_results,
        people=len(people_around(organisation())),
        may_define=may_define,
        may_record=by.may_anywhere(Permission.RESULT_RECORD),
        may_invite=may_invite,
    )
