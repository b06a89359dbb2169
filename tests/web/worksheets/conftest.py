"""A worksheet of a ward, with a cause that is scored, and two people who fill it in."""

import pytest

from tests.builders.worksheets import a_cause, a_sheet


@pytest.fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@pytest.fixture
def sheet(build, ward):
    return a_sheet(build, ward)


@pytest.fixture
def made(build, sheet):
    return a_cause(build, sheet)


@pytest.fixture
def nurse(build, ward):
    return build.signed_in(build.person("team_member", ward, name="Nell Nurse"))


@pytest.fixture
def doctor(build, ward):
    return build.signed_in(build.person("team_member", ward, name="Dora Doctor"))
