"""What a script of ours sends as JSON, read without trust: every shape is refused that no page of ours would send."""

from collections.abc import Mapping
from typing import Any, Final

from flask import request

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

NOT_READ: Final = say("This could not be read. Reload the page and try again.")
LARGEST: Final = 2**31 - 1
LONGEST: Final = 2_000  # of a short text; what has a limit of its own names it to the person who typed

Members = Mapping[str, Any]


def sent() -> Members:
    """Return the JSON object of this request. Raises Invalid when it is none."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        raise Invalid(NOT_READ) from None
    if not isinstance(body, Mapping):
        raise Invalid(NOT_READ)
    return body


def text_of(members: Members, name: str, *, longest: int | None = LONGEST) -> str:
    """Return a text, "" when it is absent. Raises Invalid beside its name for anything else or longer."""
    value = members.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or (longest is not None and len(value) > longest) or not is_storable(value):
        raise Invalid(NOT_READ, field=name)
    return value


def number_of(members: Members, name: str) -> int | None:
    """Return a whole number from 0 that a row or a version can have, None when it is absent. Raises Invalid."""
    value = members.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise Invalid(NOT_READ, field=name)
    return value


def is_storable(text: str) -> bool:
    """Say whether a database can hold the text: no NUL, and no half of a pair that JSON can carry."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def whole_number(text: str | None) -> int | None:
    """Return the whole number in an address or a plain form, None where there is none that a row can have."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def version_seen(text: str | None) -> int:
    """Return the version a plain form was filled in on; where it names none, -1, which no row has."""
    number = whole_number(text)
    return -1 if number is None else number
