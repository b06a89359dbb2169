"""What an action is to say: the plan, whether it can be, and how it differs from what stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from qitracker.actions import rules
from qitracker.actions.hierarchy import TYPES
from qitracker.actions.queries.lines import ActionLine
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import plain, say
from qitracker.links.registry import described
from qitracker.links.rules import Ref
from qitracker.people.queries.names import people_around
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.judges import judge_choices


@dataclass(frozen=True)
class Plan:
    """What an action says: checked, and ready to be stored."""

    title: str
    type: str
    owner_id: int
    owner_name: str
    due: date
    detail: str
    judged_by: SeriesKey | None

    @property
    def values(self) -> dict[str, Any]:
        """Return the columns it is kept in."""
        judge = self.judged_by
        return {
            "title": self.title,
            "type": self.type,
            "owner_id": self.owner_id,
            "owner_name": self.owner_name,
            "due": self.due,
            "detail": self.detail,
            "judge_unit_id": judge.unit_id if judge else None,
            "judge_measure_id": judge.measure_id if judge else None,
            "judge_stratum_id": judge.stratum_id if judge else None,
        }


def changes_between(before: ActionLine, plan: Plan) -> tuple[str, ...]:
    """Return in plain words what a change changes."""
    found = []
    if before.title != plan.title:
        found.append(f"title, was “{before.title}”")
    if before.type.code != plan.type:
        found.append(f"type from “{before.type.title}” to “{TYPES[plan.type].title}”")
    if before.owner_id != plan.owner_id:
        found.append(f"owner from {before.owner_name} to {plan.owner_name}")
    if before.due != plan.due:
        found.append(f"due day from {plain(before.due)} to {plain(plan.due)}")
    if before.detail != plan.detail:
        found.append("details")
    if before.judged_by != plan.judged_by:
        found.append("the measure that judges it" if plan.judged_by else "no measure judges it any more")
    return tuple(found)


def checked_plan(
    by: Actor,
    unit: Place,
    title: str,
    type: str,
    owner_id: int,
    due: date,
    detail: str,
    judged_by: SeriesKey | None,
    *,
    before: ActionLine | None = None,
) -> Plan:
    """Return the plan; every refusal names its field, and all are told at once."""
    checks: dict[str, Callable[[], Any]] = {
        "title": lambda: rules.check_title(title),
        "type": lambda: rules.check_type(type),
        "owner_name": lambda: _owner_name(unit, owner_id, before),
        "due": lambda: rules.check_due(due),
        "detail": lambda: rules.check_detail(detail),
        "judged_by": lambda: _checked_judge(by, unit, judged_by, before),
    }
    checked: dict[str, Any] = {}
    faults: dict[str, Any] = {}
    for name, check in checks.items():
        try:
            checked[name] = check()
        except Invalid as fault:
            faults |= fault.fields
    if faults:
        raise Invalid(fields=faults)
    return Plan(owner_id=owner_id, **checked)


def _owner_name(unit: Place, owner_id: int, before: ActionLine | None) -> str:
    """Return the name of the owner; whoever owned it before may stay, also after they left."""
    if before is not None and owner_id == before.owner_id:
        return before.owner_name
    for person in people_around(unit):
        if person.id == owner_id:
            return person.name
    words = say("Choose one person who holds a role around {unit}.", unit=unit.name)
    raise Invalid(words, field="owner_id")


def _checked_judge(by: Actor, unit: Place, key: SeriesKey | None, before: ActionLine | None) -> SeriesKey | None:
    """Return a series with results in the unit or above it; the one that judged before may stay."""
    if key is None or (before is not None and key == before.judged_by):
        return key
    if all(choice.key != key for choice in judge_choices(unit, by=by)):
        words = say("Choose a measure that has results in {unit} or above it.", unit=unit.name)
        raise Invalid(words, field="judged_by")
    return key


def check_source(by: Actor, answers: Ref | None) -> None:
    """Pass what `by` can see, and nothing at all. Raises Invalid beside `answers`."""
    if answers is not None and answers.id not in described(answers.kind, [answers.id], by):
        words = say("What this action answers is not there any more, or not for you. Add it without, or begin anew.")
        raise Invalid(words, field="answers")
