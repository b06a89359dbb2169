"""A control that only prevents has no detection: page, save and plain form say the same, and no number is lost."""

import pytest

from tests.builders.worksheets import rows
from tests.web.browsing import send, words
from tests.web.worksheets.test_sheet import post, seen_of


@pytest.fixture
def preventing(nurse, sheet, made):
    """Turn the control of the sheet, which finds with 7, into one that only prevents."""
    done = post(nurse, "cells", sheet, row=made["control"], column="kind", value="prevention", seen=1)
    assert done.status_code == 200
    return made["control"]


def test_its_old_score_is_kept_and_shown_as_not_counted(build, nurse, sheet, made, preventing):
    page = nurse.get(f"/worksheets/{sheet}")
    assert "(detection 7, not counted)" in words(page)
    assert f'data-row="{preventing}" data-column="detection"' not in page.text
    assert rows(build, sheet)[preventing].text("detection") == "7"
    assert "no control that finds “The patient is tired” has a detection yet" in words(page)


def test_a_new_score_is_refused_with_what_to_do_first_and_emptying_is_not(build, nurse, sheet, preventing):
    refused = post(nurse, "cells", sheet, row=preventing, column="detection", value="5", seen=1)
    assert refused.status_code == 422 and "Say first that it finds it in time" in refused.json["detail"]
    assert post(nurse, "cells", sheet, row=preventing, column="detection", value="", seen=1).status_code == 200


def test_back_to_finding_the_kept_score_counts_again(nurse, sheet, made, preventing):
    done = post(nurse, "cells", sheet, row=preventing, column="kind", value="detection", seen=2)
    drawn = done.json["groups"][str(made["step"])]
    assert "not counted" not in drawn and "245" in drawn  # 7 × 5 × 7


def test_the_plain_form_changes_kind_and_score_in_one_go_and_refuses_a_score_that_counts_for_nothing(
    build, nurse, sheet, preventing
):
    path = f"/worksheets/{sheet}/rows/{preventing}"
    refused = send(nurse, path, text="A second source", kind="prevention", detection="4", **seen_of(nurse, path))
    assert refused.status_code == 422 and "Say first that it finds it in time" in words(refused)
    done = send(nurse, path, text="A second source", kind="detection", detection="4", **seen_of(nurse, path))
    assert done.status_code == 303 and rows(build, sheet)[preventing].score("detection") == 4


def test_the_plain_form_may_turn_it_into_one_that_prevents_and_leaves_the_score_as_it_is(build, nurse, sheet, made):
    path = f"/worksheets/{sheet}/rows/{made['control']}"
    done = send(nurse, path, text="A second source", kind="prevention", detection="7", **seen_of(nurse, path))
    assert done.status_code == 303 and rows(build, sheet)[made["control"]].text("detection") == "7"


def test_who_only_reads_a_row_is_told_that_its_score_is_not_counted(build, ward, sheet, preventing):
    leader = build.signed_in(build.person("leader", ward))
    page = leader.get(f"/worksheets/{sheet}/rows/{preventing}")
    assert "7 (not counted)" in words(page) and "Prevents it" in words(page)
