"""Action priority: which causes ask for action first. The table of the AIAG & VDA FMEA Handbook (2019), as facts.

Most public copies of this table are wrong. Over all 1,000 triples it gives H 318 times, M 214 and L 468. One band is
disputed (severity 4–6, occurrence 8–10, detection 5–6): H here, as in most sources.
"""

from enum import StrEnum
from functools import cache
from typing import Final


class Priority(StrEnum):
    """How strongly a cause asks for action: H asks for one or a recorded reason, M should have one, L may."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


_SEVERITY: Final = ((9, 10), (7, 8), (4, 6), (2, 3), (1, 1))
_OCCURRENCE: Final = ((8, 10), (6, 7), (4, 5), (2, 3), (1, 1))
_DETECTION: Final = ((7, 10), (5, 6), (2, 4), (1, 1))
_LETTERS: Final = (
    ("HHHH", "HHHH", "HHHM", "HMLL", "LLLL"),
    ("HHHH", "HHHM", "HMMM", "MMLL", "LLLL"),
    ("HHMM", "MMML", "MLLL", "LLLL", "LLLL"),
    ("MMLL", "LLLL", "LLLL", "LLLL", "LLLL"),
    ("LLLL", "LLLL", "LLLL", "LLLL", "LLLL"),
)
"""A row for each band of severity, a word for each of occurrence, a letter for each of detection."""


@cache  # of 1,000 triples
def action_priority(severity: int, occurrence: int, detection: int) -> Priority:
    """Return the action priority of three scores from 1 to 10, higher being worse.

    Source: AIAG & VDA FMEA Handbook, 2019, as quoted in public audits of it.
    """
    row = _LETTERS[_band(severity, _SEVERITY)]
    return Priority(row[_band(occurrence, _OCCURRENCE)][_band(detection, _DETECTION)])


def _band(score: int, bands: tuple[tuple[int, int], ...]) -> int:
    return next(at for at, (low, high) in enumerate(bands) if low <= score <= high)
