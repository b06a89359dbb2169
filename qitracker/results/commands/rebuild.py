"""Make every status row anew, for the day when somebody doubts them. The command line calls this."""

from sqlalchemy import delete, select

from qitracker.foundation.db import atomic, store
from qitracker.results.commands.refresh import refresh_status
from qitracker.results.keys import SeriesKey
from qitracker.results.models import point, status


def rebuild_status() -> int:
    """Throw all status rows away and make them again, measure by measure; return how many there are."""
    measures = list(store.scalars(select(point.c.measure_id).distinct()))
    with atomic():
        store.execute(delete(status))
        for measure_id in measures:
            rows = store.execute(
                select(point.c.unit_id, point.c.stratum_id).where(point.c.measure_id == measure_id).distinct()
            )
            refresh_status([SeriesKey(unit_id, measure_id, stratum_id) for unit_id, stratum_id in rows])
    return len(store.execute(select(status.c.unit_id)).all())
