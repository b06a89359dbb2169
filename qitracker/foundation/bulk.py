"""Many rows at once, past the expression layer: executemany on SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table

from qitracker.foundation.db import store


def insert_many(table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert plain rows in the order of `columns`. Belongs inside `atomic()`; a duplicate key refuses them all.

    Raises:
        sqlalchemy.exc.IntegrityError is NOT raised here: the driver's own fault passes through.
    """
    connection = store.connection()
    raw = connection.connection.driver_connection
    assert raw is not None
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    raw.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)
