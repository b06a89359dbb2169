"""The conditions that find the rows of one series, or of one of its periods, in whichever table of results."""

from datetime import date

from sqlalchemy import ColumnElement, Table, and_

from qitracker.foundation.db import Base
from qitracker.results.keys import SeriesKey, day_number


def of_series(rows: Table | type[Base], key: SeriesKey) -> ColumnElement[bool]:
    """Return the condition that finds what belongs to a series."""
    columns = (rows if isinstance(rows, Table) else rows.__table__).c
    return and_(
        columns.unit_id == key.unit_id, columns.measure_id == key.measure_id, columns.stratum_id == key.stratum_id
    )


def of_period(rows: Table | type[Base], key: SeriesKey, start: date) -> ColumnElement[bool]:
    """Return the condition that finds what belongs to one period of a series."""
    columns = (rows if isinstance(rows, Table) else rows.__table__).c
    return and_(of_series(rows, key), columns.start == day_number(start))
