"""The registry of what can happen, and the sentence that tells each event to people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qitracker.foundation.words import Sentence

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_sentences: dict[str, str] = {}


def tell(event: str, text: str) -> str:
    """Register `event` with its sentence; places name the entry's `after`, then `before`, then `actor`, `unit`."""
    if event in _sentences:
        raise RuntimeError(f"The audit event {event!r} is registered twice.")
    _sentences[event] = text
    return event


def registered() -> Mapping[str, str]:
    """Return every event with its sentence."""
    return dict(_sentences)


@dataclass(frozen=True)
class _Kept:
    """A value that is absent from an old entry: shown as a dash, never an error."""

    def __format__(self, _spec: str) -> str:
        return "–"


class _Values(dict):  # type: ignore[type-arg]
    def __missing__(self, key: str) -> object:
        return _Kept()


def sentence(
    event: str, *, actor: str, unit: str = "", before: Mapping | None = None, after: Mapping | None = None
) -> Sentence:
    """Return the sentence of one entry; an event nobody knows any more is named by its code."""
    text = _sentences.get(event, "{actor}: " + event.replace("{", "").replace("}", ""))
    values = {"actor": actor, "unit": unit}
    values.update({f"old_{key}": _told(value) for key, value in (before or {}).items()})
    values.update({key: _told(value) for key, value in (after or {}).items()})
    return Sentence(text, _Values(values))


def _told(value: object) -> object:
    """Return a value as a sentence wants it: a day, which the trail keeps as text, is written like any other day."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value
