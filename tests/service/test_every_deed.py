"""Every deed as every role, in its own branch, in another, over the whole, and as a stranger."""

import importlib
import inspect
import pkgutil
from types import ModuleType

import qitracker
from qitracker.foundation.db import atomic
from qitracker.foundation.errors import Refusal
from tests.rights import gathered, set_scene

DEEDS = gathered("DEEDS")
NOT_A_DEED_OF_ITS_OWN = {
    "audit.record",  # writes the trail inside the deed that asked for the right
    "jobs.enqueue",  # called by the deed that asked for the right
    "links.add_link",  # written inside the deed that asked for the right at the thing it links
    "links.remove_link",
    "results.add_comments",  # many points at once, for the import that asked for the right
    "results.correct_points",
}


def rooms() -> list[tuple[str, ModuleType]]:
    """Return (capability, its commands) of the whole product."""
    found = []
    for capability in pkgutil.iter_modules(qitracker.__path__):
        name = f"qitracker.{capability.name}.commands"
        if capability.ispkg and importlib.util.find_spec(name):
            found.append((capability.name, importlib.import_module(name)))
    return found


def deeds_of(room: ModuleType) -> set[str]:
    """Return the functions of a commands room that act for somebody: those listed by a package, or all public ones."""
    modules = [room]
    if hasattr(room, "__path__") and not hasattr(room, "__all__"):
        modules = [importlib.import_module(f"{room.__name__}.{m.name}") for m in pkgutil.iter_modules(room.__path__)]
    names = set()
    for module in modules:
        for name, thing in inspect.getmembers(module, inspect.isfunction):
            listed = name in module.__all__ if hasattr(module, "__all__") else thing.__module__ == module.__name__
            if listed and not name.startswith("_") and "by" in inspect.signature(thing).parameters:
                names.add(name)
    return names


def test_every_deed_has_its_row_and_every_row_its_deed():
    deeds = {f"{capability}.{name}" for capability, room in rooms() for name in deeds_of(room)}
    assert deeds - NOT_A_DEED_OF_ITS_OWN == set(DEEDS)


class _Undo(Exception):
    """Takes a deed back, so that the next one finds the scene as it was."""


def outcome(do) -> str:
    try:
        with atomic():
            do()
            raise _Undo
    except _Undo:
        return "ok"
    except Refusal as refusal:
        return type(refusal).__name__


def test_every_deed_is_done_or_refused_as_the_table_says(build):
    cast = set_scene(build)
    wrong = []
    for name, row in DEEDS.items():
        for branch, position, actor in cast.actors():
            expected = row.stranger if position is None else getattr(row, branch)[position]
            got = outcome(lambda row=row, actor=actor: row.do(actor, cast.scene))
            if got != expected:
                role = "a stranger" if position is None else f"{actor.grants[0].role} of {branch}"
                wrong.append(f"{name}: {role} got {got}, not {expected}")
    assert wrong == []
