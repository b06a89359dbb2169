"""Which disciplines a review of care needs around the table, and which of them a team has. Pure.

What a person's account says of their discipline is free text; it counts for every discipline whose word it holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.words import Sentence, say


@dataclass(frozen=True)
class Discipline:
    """One discipline, and the words by which it is recognised."""

    code: str
    title: Sentence
    words: tuple[str, ...]


NEEDED: Final = (
    Discipline("nurse", say("Nurse"), ("nurs", "midwi")),
    Discipline("doctor", say("Doctor"), ("doctor", "physician", "surgeon", "consultant", "anaesthe", "anesthe")),
    Discipline("pharmacist", say("Pharmacist"), ("pharmac",)),
    Discipline("therapist", say("Therapist"), ("therap", "physio", "rehabil")),
    Discipline("social_worker", say("Social worker"), ("social work",)),
    Discipline("patient", say("Patient partner"), ("patient", "carer", "family")),
)


def absent(disciplines: Iterable[str]) -> Sequence[Discipline]:
    """Return the needed disciplines that none of these words names."""
    said = [one.casefold() for one in disciplines]
    return [one for one in NEEDED if not any(word in each for each in said for word in one.words)]
