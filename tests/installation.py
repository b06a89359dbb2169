"""An installation for one test: migrated database, settings, application, client.

The conftest of each folder whose tests need the application takes these fixtures in with one import, so that
tests of pure code load neither Flask nor a database.
"""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient

from qitracker.app import create_app
from qitracker.foundation.config import Settings
from qitracker.foundation.db import db
from tests.databases import PostgresDatabases, SqliteDatabases, postgres_databases

__all__ = ["app", "client", "database", "postgresql_databases", "settings", "sqlite_databases"]


def migrate(url: str, instance: Path) -> None:
    """Bring the empty database at `url` to the newest migration, as an installation does."""
    app = create_app(Settings(instance=instance, database=url, log_level="error"))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory) -> SqliteDatabases:
    folder = tmp_path_factory.mktemp("sqlite")
    return SqliteDatabases(folder, lambda url: migrate(url, folder))


@pytest.fixture(scope="session")
def postgresql_databases(tmp_path_factory) -> Iterator[PostgresDatabases]:
    folder = tmp_path_factory.mktemp("postgresql")
    with postgres_databases(lambda url: migrate(url, folder)) as databases:
        yield databases


@pytest.fixture
def database(request, tmp_path) -> Iterator[str]:
    """Give the URL of an empty, migrated database that no other test sees."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    with databases.fresh(tmp_path) as url:
        yield url


@pytest.fixture
def settings(tmp_path, database) -> Settings:
    """Return the settings of an installation that begins and ends with the test."""
    return Settings(instance=tmp_path, database=database, environment="development", log_level="error")


@pytest.fixture
def app(settings) -> Iterator[Flask]:
    """Return the application; its context is not entered, so requests begin as they do when served."""
    app = create_app(settings)
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app) -> FlaskClient:
    """Return a browser without a screen, not signed in."""
    return app.test_client()
