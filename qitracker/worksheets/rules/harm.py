"""Named scales of harm. A stored harm names its scale and version: "ncc_merp1.E", "ahrq1.moderate", "nhs1.low". Pure.

Levels of different scales are different fields; none is ever turned into another. The labels are our own words.

Sources: NCC MERP index (as in PMC2995630, table 1); AHRQ Common Formats; NHS Learn from Patient Safety Events.
"""

from dataclasses import dataclass
from typing import Final

from qitracker.foundation.words import Sentence, say


@dataclass(frozen=True)
class HarmScale:
    """One scale: its levels from no harm to death, as (code, label)."""

    code: str
    title: Sentence
    levels: tuple[tuple[str, Sentence], ...]

    @property
    def choices(self) -> tuple[tuple[str, Sentence], ...]:
        """Return (stored code, label) of each level."""
        return tuple((f"{self.code}.{code}", label) for code, label in self.levels)


SCALES: Final = (
    HarmScale(
        "ahrq1",
        say("AHRQ harm scale"),
        (
            ("none", say("No harm")),
            ("mild", say("Mild harm")),
            ("moderate", say("Moderate harm")),
            ("severe", say("Severe harm")),
            ("death", say("Death")),
            ("unknown", say("Harm not known")),
        ),
    ),
    HarmScale(
        "nhs1",
        say("NHS harm scale (LFPSE)"),
        (
            ("none", say("No harm")),
            ("low", say("Low harm")),
            ("moderate", say("Moderate harm")),
            ("severe", say("Severe harm")),
            ("fatal", say("Fatal")),
        ),
    ),
    HarmScale(
        "ncc_merp1",
        say("NCC MERP index, for medication events"),
        (
            ("A", say("A: could cause an error")),
            ("B", say("B: error that did not reach the patient")),
            ("C", say("C: reached the patient, no harm")),
            ("D", say("D: reached the patient, watched or treated so that no harm came")),
            ("E", say("E: temporary harm, treatment needed")),
            ("F", say("F: temporary harm, admission or a longer stay")),
            ("G", say("G: permanent harm")),
            ("H", say("H: life had to be sustained")),
            ("I", say("I: death")),
        ),
    ),
)
"""All scales ever used, a new version beside the old one."""

CHOICES: Final = tuple((code, say("{label} ({scale})", label=label, scale=scale.title))
                       for scale in SCALES for code, label in scale.choices)  # fmt: skip


def harm_words(stored: str) -> Sentence | None:
    """Return a stored harm in words with its scale, None where nothing is chosen."""
    return dict(CHOICES).get(stored)
