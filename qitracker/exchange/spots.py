"""One unit as an import sees it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Spot:
    """Where rows go, and what the person may do there. An id below 0: it would be made."""

    id: int
    code: str
    name: str
    lineage: tuple[int, ...]
    last_day: date | None = None
    may_correct: bool = False
    may_define: bool = False
