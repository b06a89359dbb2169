"""Pages are asked for as a browser asks; each request enters and leaves the application by itself."""

from tests.installation import *  # noqa: F403  (fixtures)
