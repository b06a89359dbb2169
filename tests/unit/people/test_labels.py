"""What a chooser calls units: the tree by indentation, and no name without what sets it apart."""

from qitracker.people.queries.labels import STEP, labelled
from qitracker.people.queries.places import UnitChoice


def unit(*names: str) -> UnitChoice:
    return UnitChoice(1, names[-1].lower(), names[-1], " › ".join(names[:-1]), len(names) - 1, "unit", "")


def labels(*units: UnitChoice) -> list[str]:
    return [label.replace(STEP, "- ") for _, label in labelled(units)]


def test_each_unit_is_indented_below_what_it_belongs_to():
    assert labels(unit("H"), unit("H", "North"), unit("H", "North", "Ward"), unit("H", "South")) == [
        "H",
        "- North",
        "- - Ward",
        "- South",
    ]


def test_a_unit_without_anything_above_it_in_the_list_tells_its_whole_path():
    assert labels(unit("H", "North", "Ward"), unit("H", "South", "Ward")) == ["H › North › Ward", "H › South › Ward"]


def test_a_unit_whose_own_place_is_left_out_stands_below_the_next_one_above_and_says_the_rest():
    assert labels(unit("H"), unit("H", "North"), unit("H", "South", "Ward")) == ["H", "- North", "- South › Ward"]


def test_a_name_that_begins_like_another_is_not_below_it():
    assert labels(unit("H", "Ward"), unit("H", "Ward 1", "Bay")) == ["H › Ward", "H › Ward 1 › Bay"]
