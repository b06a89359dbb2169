"""What the person decides about one import besides the mapping: strictness, corrections, what may be made."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Choices:
    """Decisions that a check tells the outcome of, and an import carries out."""

    whole: bool = False  # all rows or none
    correct: bool = False  # replace what is recorded and differs; else it stands and the row is refused
    reason: str = ""  # why recorded results are corrected
    units_below: int | None = None  # make unknown units below this one; None: refuse their rows
    strata: bool = False  # add unknown strata beside others, or to measures that hold no results yet
    collections: bool = False  # let units begin to collect from their first period in the file


def choices_to_json(choices: Choices) -> dict[str, Any]:
    """Return the choices as plain values."""
    return asdict(choices)


def choices_from_json(stored: Mapping[str, Any]) -> Choices:
    """Return the choices that `choices_to_json` wrote; fields that are no longer known are left out."""
    return Choices(**{one.name: stored[one.name] for one in fields(Choices) if one.name in stored})
