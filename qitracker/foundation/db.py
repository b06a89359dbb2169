"""The database: one handle for all statements, and one way to change anything (`atomic`).

SQLite runs in WAL mode with full synchronisation. Reads take a plain BEGIN and block nobody;
`atomic()` ends an open read and takes BEGIN IMMEDIATE, so no write is lost to a late upgrade.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, Table, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm import DeclarativeBase

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence

_UNIQUE_IN_SQLITE = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
}
_UNIQUE_IN_POSTGRESQL = "23505"
_CLASHES_IN_POSTGRESQL = {"40001", "40P01", "55P03"}  # could not serialise, deadlock, lock not available


class Base(DeclarativeBase):
    """Parent of all tables; the naming convention lets migrations drop what they made."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
store = db.session


class Moment(TypeDecorator[datetime]):
    """A point in time, always aware and in UTC, on databases that know time zones and those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def connect(app: Flask, *, database_url: str) -> None:
    """Bind the application to its database and give each connection its manners."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    options = {"hide_parameters": True}  # faults are logged, and what people wrote must not be
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options | (
        {} if database_url.startswith("sqlite") else {"pool_pre_ping": True}
    )
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _teach_sqlite(db.engine)
        db.engine.dispose()


def _teach_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _open(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # pysqlite must not start transactions by itself
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            connection.execute("PRAGMA " + pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection) -> None:  # type: ignore[no-untyped-def]
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def atomic() -> Iterator[None]:
    """Do all of it or nothing. The outermost block commits; one inside another is a savepoint."""
    session = store()
    if session.info.get("atomic"):
        with session.begin_nested():
            yield
        return
    session.rollback()  # ends the read that came before, so that SQLite can start a write
    session.connection(execution_options={"writes": True})
    session.info["atomic"] = True
    session.info["after_commit"] = []
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["atomic"] = False
    for deed in session.info.pop("after_commit"):
        deed()


def after_commit(deed: Callable[[], None]) -> None:
    """Have `deed` done once the surrounding `atomic()` has committed; never when it has not."""
    session = store()
    if not session.info.get("atomic"):
        raise RuntimeError("after_commit belongs inside atomic().")
    session.info["after_commit"].append(deed)


@contextmanager
def refuse_duplicate(field: str, words: Sentence | str) -> Iterator[None]:
    """Turn a broken uniqueness constraint into a refusal beside `field`; pass other faults on."""
    try:
        yield
    except IntegrityError as fault:
        if not is_duplicate(fault):
            raise
        raise Invalid(words, field=field) from None


def is_duplicate(fault: IntegrityError) -> bool:
    """Say whether the fault is a broken uniqueness constraint."""
    code = getattr(fault.orig, "sqlite_errorcode", None)
    return code in _UNIQUE_IN_SQLITE or getattr(fault.orig, "sqlstate", None) == _UNIQUE_IN_POSTGRESQL


def is_clash(fault: BaseException) -> bool:
    """Say whether two people saved at the same moment and the database let only one of them."""
    if not isinstance(fault, DBAPIError):
        return False
    busy = getattr(fault.orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return busy or getattr(fault.orig, "sqlstate", None) in _CLASHES_IN_POSTGRESQL


def is_unreachable(fault: BaseException) -> bool:
    """Say whether the database cannot be used at all: gone, refused, read-only, full, or without its tables."""
    return isinstance(fault, OperationalError | InterfaceError) and not is_clash(fault)


def upsert(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; where the key exists, replace its other columns. Belongs inside `atomic()`."""
    if not rows:
        return
    make = postgresql.insert if store().get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(table)
    keys = [column.name for column in table.primary_key]
    replaced = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    store.execute(statement.on_conflict_do_update(index_elements=keys, set_=replaced), list(rows))


def insert_new(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; leave those alone whose key exists. Belongs inside `atomic()`."""
    if not rows:
        return
    make = postgresql.insert if store().get_bind().dialect.name == "postgresql" else sqlite.insert
    store.execute(make(table).on_conflict_do_nothing(), list(rows))
