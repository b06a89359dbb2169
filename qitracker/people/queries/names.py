"""What people are called, for those who show an owner or choose one. One statement each."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, or_, select

from qitracker.foundation.actor import Place
from qitracker.foundation.db import store
from qitracker.foundation.permissions import Permission, roles_with
from qitracker.people.models import GrantRow, UnitAbove, User


@dataclass(frozen=True)
class PersonChoice:
    """One person in a chooser."""

    id: int
    name: str
    discipline: str


def name_of(user_id: ColumnElement[Any] | Any) -> ScalarSelect[Any]:
    """Return the name of the person in that column, as part of a larger statement."""
    return select(User.name).where(User.id == user_id).scalar_subquery()


def people_around(place: Place) -> tuple[PersonChoice, ...]:
    """Return the active people who hold a role at `place`, above or below it, by name."""
    below = select(UnitAbove.unit_id).where(UnitAbove.above_id == place.id)
    held = select(GrantRow.user_id).where(or_(GrantRow.unit_id.in_(place.lineage), GrantRow.unit_id.in_(below)))
    rows = store.execute(
        select(User.id, User.name, User.discipline)
        .where(User.active.is_(True), User.id.in_(held))
        .order_by(User.name, User.id)
    )
    return tuple(PersonChoice(*row) for row in rows)


def who_may(permission: Permission, place: Place) -> tuple[PersonChoice, ...]:
    """Return the active people who hold that right at `place`, there or above it, by name."""
    roles = [role.value for role in roles_with(permission)]
    held = select(GrantRow.user_id).where(GrantRow.unit_id.in_(place.lineage), GrantRow.role.in_(roles))
    rows = store.execute(
        select(User.id, User.name, User.discipline)
        .where(User.active.is_(True), User.id.in_(held))
        .order_by(User.name, User.id)
    )
    return tuple(PersonChoice(*row) for row in rows)
