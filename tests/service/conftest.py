"""Deeds and readings are tested inside the application, on each database."""

import pytest

from tests.builders import build  # noqa: F401  (fixture)
from tests.installation import *  # noqa: F403  (fixtures)


@pytest.fixture(autouse=True)
def inside_the_application(app):
    """Enter the application's context, as a worker or a command line does."""
    with app.app_context():
        yield
