"""The fixed words of charts, so that they are translated once and belong to what identifies a picture."""

from typing import Final

from qitracker.foundation.words import Sentence, say
from qitracker.spc.analysis import Reading

UPPER: Final = say("upper limit")
LOWER: Final = say("lower limit")
SINCE: Final = say("since {period}")
NEW_LIMITS: Final = say("new limits")
LEFT_OUT: Final = say("left out of the average")
SO_FAR: Final = say("so far, not over yet")
MEANING: Final[dict[Reading, Sentence]] = {
    Reading.WORSE: say("worse"),
    Reading.BETTER: say("better"),
    Reading.CHANGED: say("changed"),
}
BEHIND: Final[dict[str, Sentence]] = {
    "of": say("{numerator} of {denominator}"),
    "n": say("n {denominator}"),
    "expected": say("{numerator}, expected {denominator}"),
}
CENTRES: Final[dict[str, Sentence]] = {"average": say("average"), "median": say("median")}

ALL: Final = (UPPER, LOWER, SINCE, NEW_LIMITS, LEFT_OUT, SO_FAR, *MEANING.values(), *BEHIND.values(), *CENTRES.values())
