"""Frozen report data as text and back: what a report was made from is kept, and has a fingerprint."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

Report = TypeVar("Report")


def to_json(report: Any) -> str:
    """Return a frozen dataclass of plain data as JSON; equal data give equal text."""
    return json.dumps(_plain(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: type[Report], text: str, *, format: int) -> Report:
    """Return the report that `to_json` wrote.

    Raises:
        Invalid: the text is of another format, or is no report of this kind.
    """
    try:
        read = json.loads(text)
        if read.get("format") != format:
            raise Invalid(say("This report was stored by another version of the program. Make it anew."))
        return _typed(kind, read)  # type: ignore[no-any-return]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Invalid(say("The data of this report cannot be read. Make it anew.")) from fault


def fingerprint(text: str) -> str:
    """Return the first 16 signs of the SHA-256 of a snapshot, in groups of four for reading aloud."""
    digest = sha256(text.encode()).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _typed(kind: Any, value: Any) -> Any:
    """Return `value` as the type its field declares."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if value is None else _typed(next(one for one in get_args(kind) if one is not NoneType), value)
    if origin is tuple:
        inner = get_args(kind)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_typed(one, item) for one, item in zip(kinds, value, strict=True))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _typed(hints[name], item) for name, item in value.items()})
    return _single(kind, value)


def _single(kind: Any, value: Any) -> Any:
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if issubclass(kind, StrEnum):
        return kind(value)
    if kind is float and type(value) in (int, float):
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
