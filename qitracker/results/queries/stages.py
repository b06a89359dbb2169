"""How far the work on periods of a unit is: open, submitted, checked, locked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from qitracker.foundation.db import store
from qitracker.results.keys import day_number, day_of
from qitracker.results.models import PeriodState


@dataclass(frozen=True)
class Stage:
    """Where one period stands, and who brought it there. Version 0: nobody has touched it yet."""

    state: str = "open"
    version: int = 0
    by_id: int | None = None
    by_name: str = ""
    at: datetime | None = None
    reason: str = ""

    @property
    def is_closed(self) -> bool:
        """Say whether a change takes a reason or is not possible at all."""
        return self.state != "open"


def stages(unit_id: int, frequency: str, starts: Iterable[date]) -> dict[date, Stage]:
    """Return the stage of each of these periods. One statement."""
    wanted = list(starts)
    rows = store.execute(
        select(
            PeriodState.start,
            PeriodState.state,
            PeriodState.version,
            PeriodState.by_id,
            PeriodState.by_name,
            PeriodState.at,
            PeriodState.reason,
        ).where(
            PeriodState.unit_id == unit_id,
            PeriodState.frequency == frequency,
            PeriodState.start.in_([day_number(start) for start in wanted]),
        )
    )
    known = {day_of(start): Stage(*rest) for start, *rest in rows}
    return {start: known.get(start, Stage()) for start in wanted}
