"""Fishbone and grid of risks: nothing is drawn over anything else, and foreign text stays text."""

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.charts.cache import ChartCache
from qitracker.charts.fishbone import Bone, Fishbone
from qitracker.charts.risk_grid import RiskGrid, Spot
from qitracker.charts.scene import Mark, Scene, Words
from qitracker.charts.style import text_width
from qitracker.charts.wrapping import wrapped

SIXTY = "Colleagues on the night shift had never practised this here."
SIZES = ("wide", "narrow", "print")


def boxes(scene: Scene) -> list[tuple[float, float, float, float, str]]:
    found = []
    for item in scene.items:
        if isinstance(item, Words):
            width = text_width(item.text, item.size, bold=item.bold)
            left = item.at[0] - {"left": 0, "center": width / 2, "right": width}[item.anchor]
            found.append((left, item.at[1] - item.size * 0.75, left + width, item.at[1] + item.size * 0.15, item.text))
    return found


def meet(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("bones", [1, 2, 5, 8])
def test_no_words_stand_over_others_with_six_entries_of_sixty_letters_on_each_bone(size, bones):
    full = tuple(Bone(f"Category number {n}", ((SIXTY, True), *[(SIXTY, False)] * 5)) for n in range(bones))
    scene = Fishbone("f", "Title", SIXTY * 3, full, size=size).scene()
    placed = boxes(scene)
    assert not [pair for pair in combinations(placed, 2) if meet(*pair)]
    assert all(box[0] >= 0 and box[2] <= scene.width and box[1] >= 0 and box[3] <= scene.height for box in placed)
    assert sum(isinstance(item, Mark) for item in scene.items) == bones


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.text(max_size=90), max_size=6), max_size=8), st.sampled_from(SIZES), st.text(max_size=200))
def test_any_words_on_any_bones_stay_apart_and_within_the_picture(bones, size, head):
    drawn = tuple(Bone("Bone", tuple((text, False) for text in texts), "Nothing yet?") for texts in bones)
    scene = Fishbone("f", "Title", head, drawn, size=size).scene()
    placed = boxes(scene)
    assert not [pair for pair in combinations(placed, 2) if meet(*pair)]
    assert all(box[2] <= scene.width + 0.1 and box[3] <= scene.height + 0.1 for box in placed)


def test_a_bone_without_a_cause_asks_its_question_and_one_with_a_cause_does_not():
    bones = (Bone("Room", (), "Nothing yet. Was the room a factor?"), Bone("Team", (("Verbal order", False),), "Why?"))
    drawn = Fishbone("f", "Title", "Fall", bones, size="narrow").svg()
    assert "Was the room a factor?" in drawn and "Why?" not in drawn


@pytest.mark.parametrize("size", SIZES)
def test_a_fishbone_is_named_by_its_title_and_foreign_text_stays_text(size):
    bones = (Bone("A&E <b>", (('<script>alert("1")</script>', True), ("السرير 🛏", False))),)
    drawn = Fishbone("f", "A&E <got> it", "R&D </svg>", bones, "Head", size).svg()
    picture = ET.fromstring(drawn)
    assert picture[0].text == "A&E <got> it" and picture.get("role") == "img"
    assert "<script" not in drawn and "style=" not in drawn
    assert "السرير 🛏" in "".join(picture.itertext())


def test_the_same_picture_has_the_same_bytes_and_is_drawn_once(tmp_path, monkeypatch):
    asked = Fishbone("f", "Title", "Fall", (Bone("Team", (("Verbal order", True),)),))
    first = ChartCache(tmp_path).picture(asked)
    assert first == asked.svg()
    monkeypatch.setattr(Fishbone, "svg", lambda _: "drawn anew")
    assert ChartCache(tmp_path).picture(asked) == first


def test_risks_of_one_cell_share_it_and_none_covers_another():
    spots = (*(Spot(str(n), 9, 4) for n in range(1, 5)), Spot("5", 1, 1), Spot("6", 10, 10))
    scene = RiskGrid("g", "Title", spots, "Severity", "Occurrence", "Always").scene()
    marks = [item for item in scene.items if isinstance(item, Mark)]
    assert len(marks) == 6
    for one, other in combinations(marks, 2):
        apart = ((one.at[0] - other.at[0]) ** 2 + (one.at[1] - other.at[1]) ** 2) ** 0.5
        assert apart >= (one.size + other.size) / 2 - 0.5


def test_a_crowded_cell_says_how_many_more_there_are():
    spots = tuple(Spot(str(n), 7, 7) for n in range(1, 9))
    drawn = RiskGrid("g", "Title", spots, "Severity", "Occurrence", "Always").svg()
    assert "+5" in drawn and ">8<" not in drawn.split("c-tspot", 1)[1]


def test_words_break_at_spaces_and_long_ones_inside_without_losing_a_letter():
    lines = wrapped("one Donaudampfschifffahrtsgesellschaft two", 60, 8)
    assert "".join(lines).replace(" ", "") == "oneDonaudampfschifffahrtsgesellschafttwo"
    assert all(text_width(line, 8) <= 60 for line in lines)
    assert wrapped("a b c d e f g", 10, 8, most=2)[-1].endswith("…")
    assert wrapped("e\u0301" * 30, 20, 8)[1][0] == "e"
