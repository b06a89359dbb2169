"""How two definitions differ, field by field, in words for a reader. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from qitracker.foundation.words import Sentence, say
from qitracker.measures.rules import Definition
from qitracker.measures.titles import (
    AIM_TITLES,
    AREA_TITLES,
    DIRECTION_TITLES,
    FREQUENCY_TITLES,
    INTERVAL_TITLES,
    KIND_TITLES,
    SCORING_TITLES,
)

FIELD_WORDS: Final[Mapping[str, Sentence]] = {
    "title": say("Title"),
    "scoring": say("Scoring"),
    "direction": say("Which way is better"),
    "numerator": say("What is counted"),
    "kind": say("Kind"),
    "denominator": say("Out of what"),
    "numerator_label": say("Short name of the count"),
    "denominator_label": say("Short name of the second number"),
    "rationale": say("Why it matters"),
    "exclusions": say("What is left out"),
    "source": say("Where the numbers come from"),
    "sampling": say("Sampling"),
    "references": say("Public sources"),
    "aims": say("Aims"),
    "area": say("Area"),
    "unit": say("Unit of the value"),
    "multiplier": say("Multiplier"),
    "decimals": say("Decimals"),
    "frequency": say("How often"),
    "interval": say("Interval"),
    "chart": say("Chart"),
    "rule_set": say("Rules for signals"),
    "plausible_low": say("Usual values from"),
    "plausible_high": say("Usual values to"),
    "codes": say("Codes"),
    "strata": say("Strata"),
    "due_days": say("Working days until it is due"),
}
"""The name of each field, as forms and histories show it."""

_TITLES: Final[Mapping[str, Mapping[Any, Sentence]]] = {
    "scoring": SCORING_TITLES,
    "direction": DIRECTION_TITLES,
    "kind": KIND_TITLES,
    "area": AREA_TITLES,
    "frequency": FREQUENCY_TITLES,
    "interval": INTERVAL_TITLES,
    "aims": AIM_TITLES,
}

Shown = tuple[Sentence | str | float, ...]


@dataclass(frozen=True)
class Difference:
    """One field that was changed; what it held is a list of parts, empty for nothing."""

    field: str
    words: Sentence
    before: Shown
    after: Shown


def changed_fields(old: Definition, new: Definition) -> frozenset[str]:
    """Return the names of all fields that differ; the number of the version is none of them."""
    names = (field.name for field in fields(Definition) if field.name != "version")
    return frozenset(name for name in names if getattr(old, name) != getattr(new, name))


def differences(old: Definition, new: Definition) -> tuple[Difference, ...]:
    """Return what differs, in the order of the definition's fields."""
    changed = changed_fields(old, new)
    return tuple(
        Difference(name, words, shown(name, getattr(old, name)), shown(name, getattr(new, name)))
        for name, words in FIELD_WORDS.items()
        if name in changed
    )


def shown(name: str, value: Any) -> Shown:
    """Return the value of a field as parts a reader can be shown, one a line."""
    if value is None or value == "":
        return ()
    if isinstance(value, tuple):
        return tuple(part for one in value for part in shown(name, one))
    if isinstance(value, dict):
        return tuple(f"{key.upper()} {code}" for key, code in value.items() if code)
    return (_TITLES[name][value],) if name in _TITLES else (value,)


def names_of_fields(names: Collection[str]) -> str:
    """Return these fields in one line of plain words: "exclusions, sampling" as readers know them."""
    return ", ".join(str(words).lower() for name, words in FIELD_WORDS.items() if name in names)
