"""The installation that is cut off, filled up, installed elsewhere."""

from tests.installation import *  # noqa: F403  (fixtures)
