"""Help is read in the product: a list, each page by itself, and a link beside each task."""

import re

import pytest

from qitracker.help.pages import help_pages
from tests.builders.measures import a_measure
from tests.builders.worksheets import a_sheet
from tests.web.browsing import heading, words
from tests.web.desk.reading import BEGINS

TASKS = {
    "/worksheets": "/help/task/worksheets",
    "/worksheets/new": "/help/task/worksheets",
    "/actions": "/help/task/actions",
    "/reports": "/help/task/reports",
    "/import": "/help/task/import",
    "/units": "/help/task/organisation",
    "/people": "/help/task/organisation",
    "/threads": "/help/method/threads",
    "/entry": "/help/task/entry",
}


@pytest.fixture
def browser(build):
    officer = build.person("quality_officer")
    return build.signed_in(build.grant(officer, "administrator", build.organisation()))


def test_all_pages_are_listed_with_what_they_begin_with(browser):
    page = browser.get("/help")
    assert set(re.findall(r'href="(/help/\w+/[\w-]+)"', page.text)) == {one.url for one in help_pages()}
    assert all(one.title in words(page) and one.lead in words(page) for one in help_pages())


@pytest.mark.parametrize("one", help_pages(), ids=lambda one: one.url)
def test_each_page_shows_all_its_words_and_leads_on(browser, one):
    page = browser.get(one.url)
    assert heading(page) == one.title
    shown = re.sub(r"\s+([.,:;)])", r"\1", words(page))
    for text in one.texts:
        assert " ".join(text.split())[:40].split(" ")[0] in shown
    assert page.text.count("<h2") >= sum(block.kind == "h2" for block in one.blocks)
    assert "**" not in page.text


@pytest.mark.parametrize("path", ["/help/chart/x", "/help/x/p", "/help/chart/..%2f..%2fapp", "/help/chart/%00"])
def test_a_page_that_is_none_leads_to_the_list(browser, path):
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", TASKS)
def test_a_link_to_help_stands_beside_each_task(browser, build, path):
    ward = build.unit("Ward")
    a_measure(build, build.organisation(), [ward], begins=BEGINS)
    page = browser.get(path, follow_redirects=True)
    assert page.status_code == 200
    assert f'href="{TASKS[path]}"' in page.text


def test_an_fmea_leads_to_its_method_and_a_measure_to_its_chart_and_rules(browser, build):
    ward = build.unit("Ward")
    sheet = a_sheet(build, ward)
    assert 'href="/help/method/fmea"' in browser.get(f"/worksheets/{sheet}").text
    a_measure(build, build.organisation(), [ward], begins=BEGINS, title="Waits")
    assert 'href="/help/task/measures"' in browser.get("/measures/waits/units/ward").text
