"""What every row says that a person leaves beside a period: which period, who, and when."""

from datetime import date
from typing import Any

from qitracker.foundation import clock
from qitracker.foundation.actor import Actor
from qitracker.results.keys import SeriesKey, day_number


def signed(by: Actor, key: SeriesKey, start: date) -> dict[str, Any]:
    """Return the columns of a row about one period that name it, and who writes it now."""
    return {
        "unit_id": key.unit_id,
        "measure_id": key.measure_id,
        "stratum_id": key.stratum_id,
        "start": day_number(start),
        "by_id": by.user_id,
        "by_name": by.name,
        "at": clock.now(),
    }
