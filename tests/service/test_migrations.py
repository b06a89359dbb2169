"""The migrations make exactly the tables that the code expects, can be undone, and are told apart when missing."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from qitracker.app import migration_gap
from qitracker.foundation.db import Base, db


def _differences() -> list:
    with db.engine.connect() as connection:
        compared = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(compared, Base.metadata)


def test_the_migrated_tables_are_those_the_code_describes():
    assert inspect(db.engine).get_table_names()
    assert _differences() == []


def test_migrations_can_be_undone_to_nothing_and_done_again():
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    assert "qitracker migrate" in migration_gap()
    upgrade()
    assert _differences() == []
    assert migration_gap() == ""
