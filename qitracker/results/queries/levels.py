"""The level of a measure over all its units, as it is recorded: what a new file is held against."""

from collections.abc import Collection

from sqlalchemy import func, select

from qitracker.foundation.db import store
from qitracker.results.models import status


def usual_levels(measure_ids: Collection[int]) -> dict[int, float]:
    """Return by measure numerator over denominator of the last twelve periods; none without cases. One statement."""
    rows = store.execute(
        select(status.c.measure_id, func.sum(status.c.numerator_12), func.sum(status.c.denominator_12))
        .where(status.c.measure_id.in_(measure_ids), status.c.stratum_id == 0, status.c.denominator_12 > 0)
        .group_by(status.c.measure_id)
    )
    return {measure_id: numerator / denominator for measure_id, numerator, denominator in rows}
