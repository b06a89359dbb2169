"""The person (or the system) on whose behalf something happens, and the places their rights cover."""

from dataclasses import dataclass

from qitracker.foundation.errors import NotAllowed
from qitracker.foundation.permissions import ROLE_PERMISSIONS, Permission, Role
from qitracker.foundation.words import say


@dataclass(frozen=True)
class Place:
    """A unit as rights see it: its id, and the ids from itself up to the top of the tree."""

    id: int
    name: str
    lineage: tuple[int, ...]  # itself first, the organisation last


@dataclass(frozen=True)
class Grant:
    """One role, held in one unit and everything below it."""

    role: Role
    unit_id: int


@dataclass(frozen=True)
class Actor:
    """Who acts. A person has a user id; the system (worker, command line) has none and all rights."""

    user_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    is_system: bool = False

    def may(self, permission: Permission, *, on: Place) -> bool:
        """Say whether a grant at `on` or above it carries `permission`."""
        return self.is_system or any(
            grant.unit_id in on.lineage and permission in ROLE_PERMISSIONS[grant.role] for grant in self.grants
        )

    def must(self, permission: Permission, *, on: Place) -> None:
        """Pass, or raise NotAllowed with a sentence that says whom to ask."""
        if not self.may(permission, on=on):
            raise NotAllowed(
                say("Your role in {unit} does not include this. Ask an administrator for the right.", unit=on.name)
            )

    def may_anywhere(self, permission: Permission) -> bool:
        """Say whether any grant carries `permission`, wherever it holds (for menus)."""
        return self.is_system or any(permission in ROLE_PERMISSIONS[grant.role] for grant in self.grants)

    def units_granting(self, permission: Permission) -> tuple[int, ...]:
        """Return the ids of the units at which a grant with `permission` is rooted."""
        return tuple(sorted({g.unit_id for g in self.grants if permission in ROLE_PERMISSIONS[g.role]}))


STRANGER = Actor(user_id=None, name="a visitor")


def system(name: str) -> Actor:
    """Return the system acting under `name` ("the worker", "the command line")."""
    return Actor(user_id=None, name=name, is_system=True)
