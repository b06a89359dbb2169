"""One line to arrange: units, people, actors. Other capabilities add a module of their own beside `people`."""

from tests.builders.people import Build, build

__all__ = ["Build", "build"]
