"""Pages are asked for as a browser asks; each request enters and leaves the application by itself."""

from tests.builders import build  # noqa: F401  (fixture)
from tests.installation import *  # noqa: F403  (fixtures)
