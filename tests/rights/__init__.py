"""Who gets which answer where: one table of pages and one of deeds per capability, walked by two tests.

Each module here may hold `PAGES` (endpoint → Page), `DEEDS` ("capability.command" → Deed) and `arrange(build, scene)`,
which adds the things that the paths and deeds name. What a table concerns lies in the ward of the North; every role
is tried three times, held in North (own), in South (other) and in the whole organisation (whole).
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from qitracker.foundation.actor import STRANGER, Actor
from qitracker.foundation.permissions import Permission, Role, roles_with
from tests.builders.people import PASSWORD, Build, Person

ROLES = tuple(Role)
BRANCHES = ("own", "other", "whole")
Scene = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """The path of a page, with {names} from the scene, and its status for each role (in the order of ROLES)."""

    path: str
    own: tuple[int, ...]
    other: tuple[int, ...]
    whole: tuple[int, ...]
    stranger: int = 303


@dataclass(frozen=True)
class Deed:
    """A call of a command, and its outcome for each role: "ok" or the name of the refusal."""

    do: Callable[[Actor, Scene], object]
    own: tuple[str, ...]
    other: tuple[str, ...]
    whole: tuple[str, ...]
    stranger: str = "NotFound"


def every(outcome: Any) -> tuple[Any, ...]:
    """The same for every role."""
    return (outcome,) * len(ROLES)


def holders(permission: Permission, yes: Any, no: Any) -> tuple[Any, ...]:
    """One outcome for the roles that carry the permission, another for the rest."""
    return tuple(yes if role in roles_with(permission) else no for role in ROLES)


def page(path: str, *, needs: Permission | None = None, unknown: int = 404, refused: int = 403) -> Page:
    """A page about the ward: known to roles there and above, seen by holders of a permission, else unknown."""
    seen = every(200) if needs is None else holders(needs, 200, refused)
    return Page(path, own=seen, other=every(unknown), whole=seen)


def public(path: str, status: int = 200) -> Page:
    """A page that is the same for everybody, strangers included."""
    return Page(path, every(status), every(status), every(status), stranger=status)


def for_all_who_sign_in(path: str, status: int = 200) -> Page:
    """A page that is the same for every role, wherever it is held."""
    return Page(path, every(status), every(status), every(status))


def for_holders(path: str, permission: Permission, refused: int = 403) -> Page:
    """A page that concerns no unit: seen by those who hold the permission anywhere."""
    seen = holders(permission, 200, refused)
    return Page(path, seen, seen, seen)


def deed(do: Callable[[Actor, Scene], object], *, needs: Permission, refused: str = "NotAllowed") -> Deed:
    """A deed on something in the ward: done by holders of the permission there or above, unknown elsewhere."""
    done = holders(needs, "ok", refused)
    return Deed(do, own=done, other=every("NotFound"), whole=done)


@dataclass(frozen=True)
class Cast:
    """The scene and everybody who is tried: by branch and role."""

    scene: Scene
    people: dict[tuple[str, Role], Person] = field(default_factory=dict)

    def actors(self) -> Iterator[tuple[str, int | None, Actor]]:
        """Give (branch, position of the role, actor) for all, and the stranger."""
        for (branch, role), person in self.people.items():
            yield branch, ROLES.index(role), person.actor
        yield "stranger", None, STRANGER


def tables() -> tuple[ModuleType, ...]:
    """Return the modules of this folder."""
    return tuple(importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))


def gathered(kind: str) -> dict[str, Any]:
    """Return all rows of one kind (PAGES or DEEDS); a row that stands twice is a fault."""
    rows: dict[str, Any] = {}
    for table in tables():
        for key, row in getattr(table, kind, {}).items():
            assert key not in rows, f"{key} stands in two tables"
            rows[key] = row
    return rows


def set_scene(build: Build) -> Cast:
    """Build two sites with a ward each, every role in North, South and the whole, and what the tables need."""
    build.administrator()  # so that somebody always remains
    north, south = build.site("North"), build.site("South")
    scene: Scene = {
        "organisation": build.organisation(),
        "north": north,
        "south": south,
        "ward": build.unit("Ward", below=north),
        "beside": build.unit("Beside", below=north),
        "south_ward": build.unit("South ward", below=south),
    }
    where = {"own": north, "other": south, "whole": build.organisation()}
    people = {(branch, role): build.person(role, where[branch]) for branch in BRANCHES for role in ROLES}
    scene["officer"] = people["own", Role.QUALITY_OFFICER].actor
    scene["password"] = PASSWORD
    for table in tables():
        if hasattr(table, "arrange"):
            table.arrange(build, scene)
    return Cast(scene, people)
