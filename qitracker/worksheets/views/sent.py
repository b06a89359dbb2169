"""What the open page sends as JSON, read without trust."""

from dataclasses import dataclass
from typing import Any

from flask import request

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

LARGEST = 2**31 - 1
NOT_READ = say("This request could not be read. Reload the page and try again.")


@dataclass(frozen=True)
class Sent:
    """The members of one JSON object."""

    members: dict[str, Any]

    def text(self, name: str) -> str:
        """Return a text, "" where there is none. Raises Invalid for anything else, and for what cannot be kept."""
        value = self.members.get(name, "")
        if not isinstance(value, str) or any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in value):
            raise Invalid(NOT_READ)
        return value

    def number(self, name: str) -> int:
        """Return a whole number. Raises Invalid for anything else."""
        found = self.maybe_number(name)
        if found is None:
            raise Invalid(NOT_READ)
        return found

    def maybe_number(self, name: str) -> int | None:
        """Return a whole number, None where there is none. Raises Invalid for anything else."""
        value = self.members.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
            raise Invalid(NOT_READ)
        return value


def sent() -> Sent:
    """Return what was sent. Raises Invalid for anything but a JSON object."""
    try:
        found = request.get_json(silent=True)
    except RecursionError:
        raise Invalid(NOT_READ) from None
    if not isinstance(found, dict):
        raise Invalid(NOT_READ)
    return Sent(found)


def number_of(text: str | None) -> int | None:
    """Return the whole number in an address or a plain form, None where there is none that a row can have."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
