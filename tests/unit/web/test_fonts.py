"""The typefaces that pages load: small, with every letter and mark the product writes."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from qitracker.web.fonts import FACES, source_of, subset


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("fonts") / "cut"
    subset(target)
    return target


def letters(path: Path) -> set[str]:
    return {chr(code) for code in TTFont(path, lazy=True).getBestCmap()}


def test_every_face_is_cut_and_nothing_else_is_left_behind(cut):
    assert sorted(path.name for path in cut.iterdir()) == sorted(f"{face}.woff2" for face in FACES)


@pytest.mark.parametrize("face", FACES)
def test_a_face_is_a_web_font_far_smaller_than_its_source(cut, face):
    small = cut / f"{face}.woff2"
    assert small.read_bytes()[:4] == b"wOF2"
    assert small.stat().st_size < 60_000 < source_of(face).stat().st_size


@pytest.mark.parametrize("face", FACES)
def test_a_face_keeps_every_letter_that_names_and_numbers_need_and_its_source_has(cut, face):
    needed = set("aZßéÅłőŠșžΩαμσ0123456789−×≤≥–…→‡≈€°“”’◆■▲")
    assert needed & letters(cut / f"{face}.woff2") == needed & letters(source_of(face))
    assert set("aZßéÅłőŠșž0123456789−×≤≥–…€") <= letters(cut / f"{face}.woff2")


def test_letters_outside_the_languages_served_are_dropped(cut):
    assert "Ж" in letters(source_of(FACES[0]))
    assert "Ж" not in letters(cut / f"{FACES[0]}.woff2")


@pytest.mark.parametrize("face", FACES)
def test_figures_are_equally_wide_so_numbers_stand_in_columns(cut, face):
    font = TTFont(cut / f"{face}.woff2")
    widths = {font["hmtx"][font.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert len(widths) == 1


def test_a_face_already_there_is_left_as_it_is(cut):
    before = {path.name: path.stat().st_mtime_ns for path in cut.iterdir()}
    subset(cut)
    assert {path.name: path.stat().st_mtime_ns for path in cut.iterdir()} == before
