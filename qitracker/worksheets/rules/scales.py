"""Scales from 1 to 10 for severity, occurrence and detection, with anchors that describe patients and wards.

A scale has a name and a version. A worksheet keeps both, so old scores keep their meaning when a scale changes.
The anchors are our own words; higher is worse on all three.
"""

from dataclasses import dataclass
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say

LOWEST: Final = 1
HIGHEST: Final = 10


@dataclass(frozen=True)
class Scale:
    """Three ladders of anchors, each from 10 (worst) to 1."""

    code: str
    version: int
    title: Sentence
    severity: tuple[Sentence, ...]
    occurrence: tuple[Sentence, ...]
    detection: tuple[Sentence, ...]

    def anchors(self, axis: str) -> tuple[tuple[int, Sentence], ...]:
        """Return (score, anchor) of one axis ("severity", "occurrence", "detection"), worst first."""
        words: tuple[Sentence, ...] = getattr(self, axis)
        return tuple(zip(range(HIGHEST, LOWEST - 1, -1), words, strict=True))

    def anchor(self, axis: str, score: int) -> Sentence:
        """Return what a score means on an axis."""
        return dict(self.anchors(axis))[score]


HOSPITAL_1: Final = Scale(
    code="hospital",
    version=1,
    title=say("Hospital scale"),
    severity=(
        say("Death, or harm that ends life early, without warning to staff"),
        say("Death or permanent major loss of function, with some warning"),
        say("Permanent loss of some function or disfigurement"),
        say("Life-sustaining intervention, or return to theatre or critical care"),
        say("Temporary harm with admission or a longer stay"),
        say("Temporary harm that needs treatment"),
        say("Extra monitoring or tests; no lasting harm"),
        say("Delay, discomfort or distress to the patient, no treatment"),
        say("Extra work for staff; patient does not notice"),
        say("No effect on patient, staff or process"),
    ),
    occurrence=(
        say("More than once a day, or about 1 in 10 or more"),
        say("About daily, or 1 in 20"),
        say("About weekly, or 1 in 50"),
        say("Every few weeks, or 1 in 100"),
        say("About monthly, or 1 in 200"),
        say("Every few months, or 1 in 500"),
        say("About yearly, or 1 in 1,000"),
        say("Once in 2 to 5 years, or 1 in 5,000"),
        say("Once in 5 to 30 years, or 1 in 10,000"),
        say("No known case; a control makes it practically impossible"),
    ),
    detection=(
        say("No check exists before harm"),
        say("Found by chance only"),
        say("One person may notice, no set step"),
        say("Random or sample audit"),
        say("Single manual check"),
        say("Manual check with checklist or read-back"),
        say("Independent second check"),
        say("Automatic alert that can be overridden"),
        say("Automatic hard stop before the patient is reached"),
        say("Error cannot be made, or is always caught at source"),
    ),
)

SCALES: Final = {(HOSPITAL_1.code, HOSPITAL_1.version): HOSPITAL_1}
"""All versions of all scales ever used; none is taken away."""

NEWEST: Final = HOSPITAL_1


def scale(code: str, version: int) -> Scale:
    """Return a scale a worksheet was scored on."""
    return SCALES[(code, version)]


def score_of(text: str) -> int | None:
    """Return the score that was typed, None for nothing typed.

    Raises:
        Invalid: anything but a whole number from 1 to 10.
    """
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and LOWEST <= int(typed[:4]) <= HIGHEST):
        raise Invalid(
            say("“{typed}” is no score. Enter a whole number from 1 (best) to 10 (worst).", typed=typed[:20]),
            field="value",
        )
    return int(typed)
