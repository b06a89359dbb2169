"""What the open page sends as JSON, read without trust."""

from dataclasses import dataclass
from typing import Any

from flask import request

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

LARGEST = 2**31


@dataclass(frozen=True)
class Sent:
    """The members of one JSON object."""

    members: dict[str, Any]

    def text(self, name: str) -> str:
        """Return a text, "" where there is none. Raises Invalid for anything else."""
        value = self.members.get(name, "")
        if not isinstance(value, str):
            raise Invalid(say("This request could not be read. Reload the page and try again."))
        return value

    def number(self, name: str) -> int:
        """Return a whole number. Raises Invalid for anything else."""
        found = self.maybe_number(name)
        if found is None:
            raise Invalid(say("This request could not be read. Reload the page and try again."))
        return found

    def maybe_number(self, name: str) -> int | None:
        """Return a whole number, None where there is none. Raises Invalid for anything else."""
        value = self.members.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < LARGEST:
            raise Invalid(say("This request could not be read. Reload the page and try again."))
        return value


def sent() -> Sent:
    """Return what was sent. Raises Invalid for anything but a JSON object."""
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise Invalid(say("This request could not be read. Reload the page and try again."))
    return Sent(found)
