"""The hierarchy of actions holds what the published tables hold, type by type and number by number."""

import json

import pytest

from qitracker.actions.hierarchy import (
    MIXES,
    STRENGTH_REASONS,
    STRENGTH_WORDS,
    TYPES,
    Strength,
    mix_of,
    types_of,
)


@pytest.fixture
def published(reference) -> dict:
    """Return the table of the action hierarchy."""
    return json.loads((reference / "tables" / "action_hierarchy.json").read_text(encoding="utf-8"))


def test_every_type_has_the_strength_of_the_published_table_and_stands_in_its_order(published):
    theirs = [(one["code"], one["strength"]) for one in published["types"]]
    assert [(one.code, str(one.strength)) for one in TYPES.values()] == theirs


def test_strengths_are_ordered_as_published(published):
    assert [str(one) for one in Strength] == published["order"]


def test_the_published_mixes_hold_the_published_numbers(published):
    for ours, theirs in zip(MIXES, published["published_mix"], strict=True):
        assert theirs["study"].startswith(ours.study)
        assert f"{ours.analyses} " in theirs["study"]
        assert f"{ours.recommendations} recommendations" in theirs["study"]
        assert [ours.percent[one] for one in Strength] == [
            theirs["strong_pct"],
            theirs["medium_pct"],
            theirs["weak_pct"],
        ]
        assert ours.without_stronger == theirs.get("rcas_without_strong_pct")


def test_titles_are_in_our_own_words(published):
    taken = {one["label"] for one in published["types"]} & {str(one.title) for one in TYPES.values()}
    assert taken <= {"Training"}


def test_every_type_and_strength_says_why():
    assert all(str(one.why).endswith(".") and len(str(one.why)) > 30 for one in TYPES.values())
    assert set(STRENGTH_WORDS) == set(STRENGTH_REASONS) == set(Strength)


def test_the_sign_has_one_bar_for_weaker_and_three_for_stronger():
    assert [one.level for one in (Strength.WEAKER, Strength.INTERMEDIATE, Strength.STRONGER)] == [1, 2, 3]


def test_twenty_types_are_offered_each_under_one_strength():
    assert [len(types_of(one)) for one in Strength] == [6, 9, 5]


def test_shares_are_those_of_a_mix_counted_by_hand():
    mix = mix_of(
        [(Strength.STRONGER, 3), (Strength.INTERMEDIATE, 4), (Strength.WEAKER, 12), (Strength.INTERMEDIATE, 5)]
    )
    assert mix.total == 24
    assert [mix.share(one) for one in Strength] == [0.125, 0.375, 0.5]


def test_no_action_has_no_share_rather_than_none_percent():
    assert mix_of([]).share(Strength.STRONGER) is None
    assert mix_of([]).total == 0
