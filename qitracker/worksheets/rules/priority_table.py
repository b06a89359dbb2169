"""The table of action priority as a person reads it on paper: bands of scores, and one letter for each. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from qitracker.worksheets.rules.priority import Priority, action_priority
from qitracker.worksheets.rules.scales import HIGHEST, LOWEST

SCORES = range(HIGHEST, LOWEST - 1, -1)
Band = tuple[int, int]  # lowest and highest score


@dataclass(frozen=True)
class PriorityTable:
    """Bands of each axis, worst first; `letters[severity][occurrence][detection]` by the place of the band."""

    severity: tuple[Band, ...]
    occurrence: tuple[Band, ...]
    detection: tuple[Band, ...]
    letters: tuple[tuple[tuple[Priority, ...], ...], ...]


def priority_table() -> PriorityTable:
    """Return the smallest table that gives the same priority as `action_priority` for all 1,000 triples."""
    severity = _bands(lambda one: [action_priority(one, o, d) for o in SCORES for d in SCORES])
    occurrence = _bands(lambda one: [action_priority(s, one, d) for s in SCORES for d in SCORES])
    detection = _bands(lambda one: [action_priority(s, o, one) for s in SCORES for o in SCORES])
    letters = tuple(
        tuple(tuple(action_priority(s, o, d) for _, d in detection) for _, o in occurrence) for _, s in severity
    )
    return PriorityTable(severity, occurrence, detection, letters)


def _bands(pattern: Callable[[int], list[Priority]]) -> tuple[Band, ...]:
    """Return the runs of neighbouring scores that give the same priorities."""
    runs = (tuple(run) for _, run in groupby(SCORES, key=pattern))
    return tuple((run[-1], run[0]) for run in runs)
