"""The team of a worksheet: people around the unit, each with their discipline, and one who leads."""

import pytest

from qitracker.foundation.errors import Invalid
from qitracker.worksheets.commands import set_team
from qitracker.worksheets.queries import sheet_page
from tests.builders.people import SYSTEM
from tests.builders.worksheets import a_sheet


@pytest.fixture
def ward(build):
    return build.unit("Ward")


@pytest.fixture
def sheet(build, ward):
    return a_sheet(build, ward)


def team(sheet) -> list[tuple[str, bool]]:
    return [(one.name, one.leads) for one in sheet_page(by=SYSTEM, sheet_id=sheet).team]


def test_a_team_is_chosen_changed_and_led_by_one_of_it(build, ward, sheet):
    nurse, doctor = (build.person("team_member", ward, name=name) for name in ("Nell Nurse", "Dora Doctor"))
    set_team(by=SYSTEM, sheet_id=sheet, user_ids=[nurse.id, doctor.id], leader_id=doctor.id)
    assert team(sheet) == [("Dora Doctor", True), ("Nell Nurse", False)]
    set_team(by=SYSTEM, sheet_id=sheet, user_ids=[nurse.id])
    assert team(sheet) == [("Nell Nurse", False)]


def test_the_same_team_again_takes_no_number(build, ward, sheet):
    nurse = build.person("team_member", ward)
    set_team(by=SYSTEM, sheet_id=sheet, user_ids=[nurse.id])
    before = sheet_page(by=SYSTEM, sheet_id=sheet).sequence
    set_team(by=SYSTEM, sheet_id=sheet, user_ids=[nurse.id])
    assert sheet_page(by=SYSTEM, sheet_id=sheet).sequence == before


def test_somebody_of_another_branch_or_a_leader_outside_the_team_is_refused(build, ward, sheet):
    nurse, stranger = build.person("team_member", ward), build.person("team_member", build.unit("Elsewhere"))
    with pytest.raises(Invalid, match="hold a role"):
        set_team(by=SYSTEM, sheet_id=sheet, user_ids=[stranger.id])
    with pytest.raises(Invalid, match="Tick their name too"):
        set_team(by=SYSTEM, sheet_id=sheet, user_ids=[], leader_id=nurse.id)
