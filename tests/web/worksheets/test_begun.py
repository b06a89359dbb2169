"""A worksheet that is begun: its sentence says what stands and what is next, its empty score cells what they need."""

import re

import pytest

from tests.builders.worksheets import a_row
from tests.web.browsing import heading, words


@pytest.fixture
def page(nurse, sheet):
    return lambda: nurse.get(f"/worksheets/{sheet}")


def test_the_sentence_counts_what_stands_before_the_first_cause(build, sheet, page):
    assert heading(page()) == "Nothing is written down yet; begin with the steps of the process."
    step = a_row(build, sheet, "step", text="Ask the patient")
    assert heading(page()) == "1 step; write what can go wrong in each next."
    a_row(build, sheet, "step", text="Compare the lists")
    a_row(build, sheet, "mode", step, text="Wrong dose recorded")
    assert heading(page()) == "2 steps and 1 failure mode; write the causes next."
    a_row(build, sheet, "mode", step, text="Dose left out")
    assert heading(page()) == "2 steps and 2 failure modes; write the causes next."


def test_a_score_without_an_effect_or_a_control_offers_to_add_it(build, sheet, page):
    step = a_row(build, sheet, "step", text="Ask the patient")
    mode = a_row(build, sheet, "mode", step, text="Wrong dose recorded")
    assert added(page(), "S") == ("effect", mode)
    assert added(page(), "O") == ("cause", mode)
    assert added(page(), "D") is None and "needs a cause" in words(page())
    cause = a_row(build, sheet, "cause", mode, text="The patient is tired")
    assert added(page(), "D") == ("control", cause)
    a_row(build, sheet, "control", cause, text="A second source", kind="detection", detection=4)
    a_row(build, sheet, "effect", mode, text="Too much is given", severity=7)
    assert added(page(), "S") is None and added(page(), "D") is None


def test_a_reader_is_told_what_a_score_needs_and_offered_nothing(build, sheet, ward):
    a_row(build, sheet, "mode", a_row(build, sheet, "step", text="Ask"), text="Wrong dose recorded")
    page = build.signed_in(build.person("leader", ward)).get(f"/worksheets/{sheet}")
    assert "needs an effect" in words(page) and "data-add=" not in page.text


def added(page, axis: str) -> tuple[str, int] | None:
    """Return which row the cell of this score offers to add, and below which one."""
    cell = re.search(rf'data-l="{axis}".*?</td>', page.text, re.S)
    assert cell
    offered = re.search(r'data-add="(\w+)" data-parent="(\d+)"', cell[0])
    return (offered[1], int(offered[2])) if offered else None
