"""The tree, its dates, its addresses, and when a name is locked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest import raises

from qitracker.foundation.actor import Actor, Grant, Place
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Role
from qitracker.people.rules import (
    ROLE_DESCRIPTIONS,
    ROLE_TITLES,
    UnitFacts,
    check_close,
    check_code,
    check_kind,
    check_merge,
    check_move,
    check_name,
    check_validity,
    knows_of,
    locked_until,
    slug_of,
    unique_slug,
)

START = date(2020, 1, 1)


def unit(id=2, parent_id=1, kind="unit", valid_from=START, valid_to=None) -> UnitFacts:
    return UnitFacts(id, parent_id, kind, f"{id:03}", f"u{id}", f"Unit {id}", valid_from, valid_to, None, 1)


@pytest.mark.parametrize(("kind", "parent"), [("site", "organisation"), ("unit", "site"), ("unit", "unit")])
def test_a_unit_stands_where_its_kind_belongs(kind, parent):
    assert check_kind(kind, parent) is None


@pytest.mark.parametrize(
    ("kind", "parent", "field"),
    [("site", "unit", "parent"), ("unit", None, "parent"), ("organisation", "site", "kind"), ("ward", "site", "kind")],
)
def test_a_unit_in_the_wrong_place_is_refused_beside_the_field_to_change(kind, parent, field):
    with raises(Invalid) as refused:
        check_kind(kind, parent)
    assert list(refused.value.fields) == [field]


def test_a_unit_cannot_hang_below_itself_or_what_stands_below_it():
    child = unit(3, parent_id=2)
    with raises(Invalid, match="outside Unit 2"):
        check_move(unit(2), child, parent_lineage=(3, 2, 1))
    with raises(Invalid, match="outside Unit 2"):
        check_move(unit(2), unit(2), parent_lineage=(2, 1))


def test_the_top_of_the_tree_is_not_moved_merged_or_closed():
    top = unit(1, parent_id=None, kind="organisation")
    with raises(Invalid, match="cannot be moved"):
        check_move(top, unit(2), (2, 1))
    with raises(Invalid, match="cannot be merged"):
        check_merge(top, unit(2), (2, 1), open_below=0, last_day=START)
    with raises(Invalid, match="cannot be closed"):
        check_close(top, START)


def test_dates_lie_inside_those_of_the_unit_above():
    parent = unit(1, valid_from=date(2021, 1, 1), valid_to=date(2024, 12, 31))
    check_validity(valid_from=date(2021, 1, 1), valid_to=date(2024, 12, 31), parent=parent)
    with raises(Invalid, match="begins on 1 Jan 2021"):
        check_validity(valid_from=date(2020, 12, 31), valid_to=None, parent=parent)
    with raises(Invalid, match="ends on 31 Dec 2024"):
        check_validity(valid_from=date(2022, 1, 1), valid_to=None, parent=parent)
    with raises(Invalid, match="before the first"):
        check_validity(valid_from=date(2022, 1, 2), valid_to=date(2022, 1, 1), parent=None)


def test_a_unit_merges_only_into_one_that_goes_on():
    closed = unit(5, valid_to=date(2026, 5, 31))
    with raises(Invalid, match="not open after that day"):
        check_merge(unit(2), closed, (5, 1), open_below=0, last_day=date(2026, 5, 31))
    with raises(Invalid, match="Move or close them first"):
        check_merge(unit(2), unit(5), (5, 1), open_below=3, last_day=date(2026, 5, 31))
    with raises(Invalid, match="neither Unit 2 nor below it"):
        check_merge(unit(2), unit(5), (5, 2, 1), open_below=0, last_day=date(2026, 5, 31))
    assert check_merge(unit(2), unit(5), (5, 1), open_below=0, last_day=date(2026, 5, 31)) is None


def test_both_the_first_and_the_last_day_count_as_open():
    short = unit(valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 2))
    assert [short.is_open(date(2026, 3, day)) for day in (1, 2, 3)] == [True, True, False]
    assert not short.is_open(date(2026, 2, 28))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ward Ä/1", "ward-a-1"),
        ("Crèche & Øre–klinik", "creche-ore-klinik"),
        ("  St. Mary's  ", "st-mary-s"),
        ("小児科", "k-7"),
        ("x" * 99, "x" * 60),
    ],
)
def test_an_address_is_plain_ascii_made_from_the_name_or_else_from_the_code(name, slug):
    assert slug_of(name, otherwise="K 7") == slug


def test_a_taken_address_gets_the_next_free_number():
    assert unique_slug("ICU", {"icu", "icu-2", "icu-4"}) == "icu-3"
    assert unique_slug("ICU", set()) == "icu"


def test_a_code_keeps_its_zeros_and_a_name_its_words():
    assert check_code(" 007 ") == "007"
    assert check_name("  Intensive   care ") == "Intensive care"
    for check, bad in ((check_code, " "), (check_code, "9" * 41), (check_name, ""), (check_name, "x" * 121)):
        with raises(Invalid):
            check(bad)


def test_every_role_has_a_title_and_says_what_it_includes():
    assert set(ROLE_TITLES) == set(ROLE_DESCRIPTIONS) == set(Role)


def test_a_role_lets_its_holder_know_of_all_below_and_nothing_above_or_beside():
    leader = Actor(7, "L", (Grant(Role.LEADER, 10),))
    assert knows_of(leader, Place(30, "below", (30, 10, 1)))
    assert not knows_of(leader, Place(1, "above", (1,)))
    assert not knows_of(leader, Place(20, "beside", (20, 1)))


NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def minutes_ago(*minutes: float) -> list[datetime]:
    return [NOON - timedelta(minutes=m) for m in minutes]


def test_a_name_is_locked_from_the_last_of_too_many_attempts():
    until = locked_until(minutes_ago(9, 8, 3), now=NOON, limit=3, minutes=15)
    assert until == NOON + timedelta(minutes=12)


def test_a_name_is_free_with_one_attempt_less_or_when_they_lie_far_apart():
    assert locked_until(minutes_ago(9, 3), now=NOON, limit=3, minutes=15) is None
    assert locked_until(minutes_ago(20, 8, 3), now=NOON, limit=3, minutes=15) is None


def test_a_lock_ends_by_itself():
    assert locked_until(minutes_ago(18, 17, 15), now=NOON, limit=3, minutes=15) is None
