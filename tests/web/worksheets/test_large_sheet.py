"""A sheet too large to be sent as one page: it begins with its first steps, the others are asked for, none is lost."""

import re

import pytest

from qitracker.worksheets.commands import paste_block
from qitracker.worksheets.kinds.fmea_block import read_block
from tests.builders.people import SYSTEM
from tests.builders.worksheets import rows

HEAD = "step\tfailure mode\teffect\tcause\tcontrol\ts\to\td"


@pytest.fixture
def steps(app, build, sheet):
    """Give the sheet nine steps of ten lines each; return their rows in order."""
    lines = [f"Step {at // 10}\tMode {at}\tEffect {at}\tCause {at}\tNone\t7\t4\t10" for at in range(90)]
    with app.app_context():
        block = read_block("\n".join([HEAD, *lines]))
        paste_block(by=SYSTEM, sheet_id=sheet, block=block, below=None, token="")
    return [row.id for row in rows(build, sheet).values() if row.section == "step"]


def waiting(page) -> list[int]:
    return [int(step) for step in re.findall(r'data-step="(\d+)" data-waits="10"', page.text)]


def test_it_begins_with_its_first_steps_and_names_the_others_with_a_way_to_all(nurse, sheet, steps):
    page = nurse.get(f"/worksheets/{sheet}")
    assert waiting(page) == steps[4:] and "Cause 39" in page.text and 'data-value="Cause 40"' not in page.text
    assert f'href="/worksheets/{sheet}?all=1#step-{steps[4]}"' in page.text and "Show its 10 lines" in page.text
    whole = nurse.get(f"/worksheets/{sheet}?all=1")
    assert not waiting(whole) and 'data-value="Cause 89"' in whole.text


def test_the_steps_that_are_named_are_sent_as_they_stand(nurse, sheet, steps):
    found = nurse.get(f"/worksheets/{sheet}/steps?ids={steps[5]},{steps[8]}").json
    assert sorted(found["groups"]) == sorted(map(str, (steps[5], steps[8]))) and found["steps"] == steps
    assert 'data-value="Cause 89"' in found["groups"][str(steps[8])]


@pytest.mark.parametrize("ids", ["", "x", "999999", "-1", "888888,,999999", ",".join("9" * 9 for _ in range(2_000))])
def test_steps_that_are_none_are_not_sent_and_break_nothing(nurse, sheet, steps, ids):
    assert nurse.get(f"/worksheets/{sheet}/steps?ids={ids}").json["groups"] == {}


def test_the_list_by_rpn_says_how_many_causes_it_leaves_out(nurse, sheet, steps):
    assert "50 more causes hold the rest" in nurse.get(f"/worksheets/{sheet}/steps?ids={steps[0]}").json["side"]
