"""Judge the periods that have ended since their status row was made; the worker asks each minute."""

from sqlalchemy import select

from qitracker.foundation import clock
from qitracker.foundation.db import atomic, store
from qitracker.people.queries import timezones_of
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey
from qitracker.results.models import status

AHEAD_OF_UTC = 1  # days by which the date may be further somewhere else
AT_ONCE = 2_000  # series in one transaction, so that nobody's save waits long


def judge_ended() -> int:
    """Make the status rows anew of which a period is over by now, in the time zone of the unit; return how many.

    Whoever reads such a row before sees the chart as it stood when the period was running, never a wrong verdict.
    """
    latest = clock.today().toordinal() + AHEAD_OF_UTC
    rows = store.execute(
        select(status.c.unit_id, status.c.measure_id, status.c.stratum_id, status.c.open_until)
        .where(status.c.open_until < latest)
        .order_by(status.c.measure_id, status.c.unit_id)
    ).all()
    if not rows:
        return 0
    zones = timezones_of({row.unit_id for row in rows})
    ended = [
        SeriesKey(unit_id, measure_id, stratum_id)
        for unit_id, measure_id, stratum_id, open_until in rows
        if open_until < clock.today(zones[unit_id]).toordinal()
    ]
    for begin in range(0, len(ended), AT_ONCE):
        with atomic():
            refresh_status(ended[begin : begin + AT_ONCE])
    return len(ended)
