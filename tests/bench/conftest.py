"""Speed is measured on an installation of its own, against bare code in the same run."""

from tests.builders import build  # noqa: F401  (fixture)
from tests.installation import *  # noqa: F403  (fixtures)
