"""Safety assessment code: how bad an event was or could have been, against how often it happens. Pure.

The number alone says nothing: 3 is the worst in this scheme, 1 is the worst in others. So what is stored names the
scheme and its version with every answer, and a page names the scheme beside the number.

Source: Safety Assessment Code of the VA National Center for Patient Safety, as used by RCA² (2015).
"""

from dataclasses import dataclass
from typing import Final

from qitracker.foundation.words import say

SCHEME: Final = "va1"
TITLE: Final = say("VA safety assessment code, 3 is the worst")

SEVERITIES: Final = (
    (f"{SCHEME}.catastrophic", say("Catastrophic")),
    (f"{SCHEME}.major", say("Major")),
    (f"{SCHEME}.moderate", say("Moderate")),
    (f"{SCHEME}.minor", say("Minor")),
)
PROBABILITIES: Final = (
    (f"{SCHEME}.frequent", say("Frequent: several times in a year")),
    (f"{SCHEME}.occasional", say("Occasional: several times in 1 to 2 years")),
    (f"{SCHEME}.uncommon", say("Uncommon: once in 2 to 5 years")),
    (f"{SCHEME}.remote", say("Remote: once in 5 to 30 years")),
)
_CODES: Final = ((3, 3, 2, 1), (3, 2, 1, 1), (3, 2, 1, 1), (3, 2, 1, 1))
"""A row for each probability, a number for each severity, in the orders above."""

MATRIX: Final[dict[tuple[str, str], int]] = {
    (severity, probability): _CODES[row][column]
    for row, (probability, _) in enumerate(PROBABILITIES)
    for column, (severity, _) in enumerate(SEVERITIES)
}


@dataclass(frozen=True)
class Sac:
    """The codes of one event, 1 to 3, None where severity or probability is not chosen yet."""

    actual: int | None
    potential: int | None

    @property
    def counts(self) -> int | None:
        """Return the one that counts: the higher of the two."""
        return max((code for code in (self.actual, self.potential) if code is not None), default=None)


def safety_code(severity: str, probability: str) -> int | None:
    """Return the code of a severity and a probability as they are stored, None while one is missing."""
    return MATRIX.get((severity, probability))
