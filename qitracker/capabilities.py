"""The ordered list of what the product can do: what is registered, and what the navigation shows."""

from dataclasses import dataclass

from flask import Blueprint

from qitracker.desk.views import bp as desk
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.jobs.views import bp as jobs
from qitracker.web.shell import Entry


@dataclass(frozen=True)
class Capability:
    """One capability: its pages and, where it has one, its place in the navigation."""

    blueprint: Blueprint
    entry: Entry | None = None


CAPABILITIES: tuple[Capability, ...] = (
    Capability(desk, Entry("desk.home", say("Home"), "home", on_phone=True)),
    Capability(jobs),
)


def entries() -> tuple[Entry, ...]:
    """Return the entries of the navigation, in order."""
    return tuple(capability.entry for capability in CAPABILITIES if capability.entry)
