"""The rules of actions: which step follows which, what it needs, and when an action is overdue."""

from datetime import date

import pytest

from qitracker.actions.events import OF_MOVE
from qitracker.actions.rules import (
    MOVES,
    ActionState,
    Move,
    check_detail,
    check_due,
    check_move,
    check_title,
    check_type,
    days_late,
    needs_reason,
)
from qitracker.foundation.errors import Invalid

PLANNED, RUNNING, DONE, DROPPED = ActionState
TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("before", "after"),
    [(PLANNED, PLANNED), (DONE, PLANNED), (DONE, DROPPED), (DROPPED, RUNNING), (DROPPED, DONE), (RUNNING, RUNNING)],
)
def test_some_steps_are_not_there(before, after):
    with pytest.raises(Invalid) as refused:
        check_move(before, Move(after, "Because", TODAY), today=TODAY)
    assert "state" in refused.value.fields


@pytest.mark.parametrize(
    ("before", "after"),
    [(PLANNED, DROPPED), (RUNNING, DROPPED), (RUNNING, PLANNED), (DONE, RUNNING), (DROPPED, PLANNED)],
)
def test_giving_up_and_going_back_need_a_reason(before, after):
    assert needs_reason(before, after)
    with pytest.raises(Invalid) as refused:
        check_move(before, Move(after, " \n "), today=TODAY)
    assert set(refused.value.fields) == {"reason"}
    assert check_move(before, Move(after, " Bought  anew. "), today=TODAY).reason == "Bought  anew."


@pytest.mark.parametrize("before", [PLANNED, RUNNING])
def test_done_needs_a_day_up_to_today(before):
    for day, says in ((None, "Enter the day"), (date(2026, 6, 16), "still to come"), (date(1999, 12, 31), "long ago")):
        with pytest.raises(Invalid, match=says) as refused:
            check_move(before, Move(DONE, done_on=day), today=TODAY)
        assert set(refused.value.fields) == {"done_on"}
    assert check_move(before, Move(DONE, done_on=TODAY), today=TODAY).done_on == TODAY


def test_a_day_typed_for_another_step_is_left_out():
    assert check_move(PLANNED, Move(RUNNING, done_on=date(2030, 1, 1)), today=TODAY) == Move(RUNNING)


def test_every_step_has_its_event_and_every_event_its_step():
    assert set(OF_MOVE) == {(before, after) for before, steps in MOVES.items() for after in steps}


def test_an_action_is_overdue_from_the_day_after_its_date_while_it_is_open():
    assert days_late(PLANNED, TODAY, today=TODAY) == 0
    assert days_late(RUNNING, date(2026, 6, 6), today=TODAY) == 9
    assert days_late(RUNNING, date(2026, 6, 14), today=TODAY) == 1
    assert days_late(DONE, date(2026, 1, 1), today=TODAY) == 0
    assert days_late(DROPPED, date(2026, 1, 1), today=TODAY) == 0


def test_a_title_is_one_line_and_has_words():
    assert check_title("  Lock\n the\tdrawer ") == "Lock the drawer"
    for text in ("", "  \n", "\x07"):
        with pytest.raises(Invalid, match="in a few words"):
            check_title(text)
    with pytest.raises(Invalid, match="at most 160"):
        check_title("x" * 161)
    assert check_title("é" * 160)


def test_details_keep_their_lines_and_lose_what_databases_refuse():
    assert check_detail("One\r\ntwo\x00\ud800 ") == "One\ntwo?"
    with pytest.raises(Invalid, match="at most 4,000"):
        check_detail("x" * 4001)


def test_a_type_nobody_knows_and_a_year_that_is_a_slip_are_refused():
    with pytest.raises(Invalid, match="what kind"):
        check_type("prayer")
    for day in (date(1999, 12, 31), date(2100, 1, 1), date(1, 1, 1), date(9999, 12, 31)):
        with pytest.raises(Invalid, match="Check the year"):
            check_due(day)
    assert check_due(date(2000, 1, 1)) == date(2000, 1, 1)
