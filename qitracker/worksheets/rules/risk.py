"""The risk of one cause of failure: three scores, what follows from them, and in which order causes are listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Generic, TypeVar

from qitracker.worksheets.rules.priority import Priority, action_priority

GRAVE: Final = 9
"""From this severity a cause asks for an action or a written reason, however rare it is."""

VITAL_SHARE: Final = Fraction(4, 5)
_ORDER: Final = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2}


@dataclass(frozen=True)
class Risk:
    """Scores from 1 to 10, higher is worse; None where nobody has scored yet."""

    severity: int | None = None
    occurrence: int | None = None
    detection: int | None = None

    @property
    def criticality(self) -> int | None:
        """Return severity × occurrence, 1 to 100."""
        return self.severity * self.occurrence if self.severity and self.occurrence else None

    @property
    def rpn(self) -> int | None:
        """Return the risk priority number severity × occurrence × detection, 1 to 1,000. Never a verdict by itself."""
        return self.criticality * self.detection if self.criticality and self.detection else None

    @property
    def priority(self) -> Priority | None:
        """Return the action priority, None until all three are scored."""
        if not (self.severity and self.occurrence and self.detection):
            return None
        return action_priority(self.severity, self.occurrence, self.detection)

    @property
    def is_grave(self) -> bool:
        """Say whether severity alone asks for an action or a written reason."""
        return self.severity is not None and self.severity >= GRAVE

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """Return the key of the default order: priority, then S, O, D, and RPN last; what is not scored comes last."""
        place = _ORDER[self.priority] if self.priority else len(_ORDER)
        return place, -(self.severity or 0), -(self.occurrence or 0), -(self.detection or 0), -(self.rpn or 0)


def worst(scores: Iterable[int | None]) -> int | None:
    """Return the severity of a failure mode: that of its worst effect."""
    return max((score for score in scores if score is not None), default=None)


def best(scores: Iterable[int | None]) -> int | None:
    """Return the detection of a cause: that of the control most likely to find it."""
    return min((score for score in scores if score is not None), default=None)


Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Share(Generic[Thing]):
    """One bar of a Pareto chart: its value, the running share with it, and whether it is of the vital few."""

    thing: Thing
    value: int
    running: float  # 0 to 1
    is_vital: bool


def pareto(values: Sequence[tuple[Thing, int]]) -> tuple[Share[Thing], ...]:
    """Return the values in falling order with their running share; the vital few are the shortest prefix with 80 %.

    Ties keep the order they came in. Values of 0 or a sum of 0 give shares of 0.
    """
    ordered = sorted(values, key=lambda pair: -pair[1])
    total = sum(value for _, value in ordered)
    found: list[Share[Thing]] = []
    running = 0
    for thing, value in ordered:
        is_vital = total > 0 and Fraction(running, total) < VITAL_SHARE
        running += value
        found.append(Share(thing, value, running / total if total else 0.0, is_vital))
    return tuple(found)
