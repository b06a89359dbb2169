"""The search box and its page: from every page, by a plain form, whatever is typed, and marked as it was written."""

import pytest

from tests.builders.worksheets import a_row, a_sheet
from tests.web.browsing import heading, words
from tests.web.counting import statements
from tests.web.hostile import HOSTILE


@pytest.fixture
def ward(build):
    return build.unit("Ward")


@pytest.fixture
def officer(build):
    return build.signed_in(build.person("quality_officer"))


def test_every_page_has_the_box_as_a_plain_form_and_a_sign_for_the_phone(officer):
    page = officer.get("/").text
    assert 'action="/search" role="search"' in page and 'name="q"' in page
    assert '<a class="q-search-sign q-only-s" href="/search">' in page
    assert officer.get("/search").text.count('name="q"') == 1  # the page of the search has only its own


def test_an_empty_box_and_a_search_without_a_hit_say_what_to_do(officer):
    assert heading(officer.get("/search")) == "Find anything that you may read."
    assert "Type a word or a part of one." in words(officer.get("/search?q=++"))
    page = officer.get("/search?q=zzzz")
    assert heading(page) == "Nothing holds “zzzz”."
    assert "Try fewer words" in words(page) and 'value="zzzz"' in page.text


def test_a_hit_is_marked_where_it_stands_and_leads_to_its_cell(officer, build, ward):
    sheet = a_sheet(build, ward, title="Entlassung")
    row = a_row(build, sheet, "step", text="Das Résumé geht mit")
    page = officer.get("/search?q=resume")
    assert heading(page) == "One thing holds “resume”."
    assert f'<a href="/worksheets/{sheet}#row-{row}">Das <mark>Résumé</mark> geht mit</a>' in page.text
    assert "FMEA, Ward, draft" in words(page)


def test_the_rest_of_a_kind_is_one_click_away(officer, build, ward):
    for number in range(9):
        a_sheet(build, ward, title=f"Falls {number}")
    page = officer.get("/search?q=falls&kind=")
    assert 'href="/search?q=falls&amp;kind=sheet">and 3 more</a>' in page.text
    only = officer.get("/search?q=falls&kind=sheet")
    assert "Falls 8" in words(only) and "more" not in words(only).split("Falls 8")[1].split("Home")[0]


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_text(officer, build, ward, typed):
    a_sheet(build, ward, title="<script>qi()</script>")
    page = officer.get("/search", query_string={"q": HOSTILE[typed], "kind": HOSTILE[typed]})
    assert page.status_code == (400 if "\x00" in str(HOSTILE[typed]) else 200)  # no address of ours holds a NUL
    assert "<script>qi" not in page.text and "<img src=x" not in page.text and ">49<" not in page.text


def test_the_page_takes_the_same_number_of_statements_whatever_it_finds(app, officer, build, ward):
    a_row(build, a_sheet(build, ward), "step", text="A thing")
    officer.get("/search?q=thing")
    few = statements(app, lambda: officer.get("/search?q=thing"))
    for number in range(9):
        a_row(build, a_sheet(build, ward, title=f"Thing {number}"), "step", text="A thing")
    assert statements(app, lambda: officer.get("/search?q=thing")) == few <= 18
