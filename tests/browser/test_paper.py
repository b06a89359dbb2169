"""Worksheets on paper, as a browser prints them: the right sheet, head and foot on each, nothing cut, no barrier."""

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import Page, expect

from qitracker.foundation.permissions import Role
from tests.browser.looking import assert_accessible_in_both_themes, no_sideways_scroll

SIZES = {"a4": (842, 595), "letter": (792, 612)}
FORMS = ("fmea", "rca")


@pytest.fixture
def officer(signed_in) -> Page:
    return signed_in(Role.QUALITY_OFFICER)


def filled(page: Page, kind: str) -> str:
    """Return the address of the paper of the first worksheet of a kind that is at work."""
    page.goto("/worksheets")
    row = page.locator("tr").filter(has_text=kind.upper()).first
    return f"{row.locator('th a').get_attribute('href')}/print"


def told(tool: str, path) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")
    target = ["-layout", str(path), "-"] if tool == "pdftotext" else [str(path)]
    return subprocess.run([tool, *target], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("paper", SIZES)
def test_each_sheet_of_paper_has_its_size_its_head_and_its_foot(officer, tmp_path, form, paper):
    for name, address in (("filled", filled(officer, form)), ("empty", f"/worksheets/blank/{form}")):
        officer.goto(f"{address}?paper={paper}")
        path = tmp_path / f"{name}.pdf"
        officer.pdf(path=path, prefer_css_page_size=True)
        facts = told("pdfinfo", path)
        size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", facts)
        assert sorted(round(float(side)) for side in size.groups()) == sorted(SIZES[paper])
        leaves = told("pdftotext", path).split("\f")[:-1]
        assert len(leaves) == int(re.search(r"Pages: +(\d+)", facts)[1]) >= 2
        for leaf in leaves:
            assert "work product" in leaf and "printed by Bram Quillfeather" in " ".join(leaf.split())


@pytest.mark.parametrize("form", FORMS)
def test_on_a_screen_paper_has_no_barrier_and_fits_320_pixels(officer, form):
    for address in (filled(officer, form), f"/worksheets/blank/{form}"):
        officer.goto(address)
        expect(officer.get_by_role("button", name="Print")).to_be_visible()
        assert_accessible_in_both_themes(officer)
        no_sideways_scroll(officer)


def test_without_script_the_page_says_which_keys_print(new_context, officer):
    page = new_context(java_script_enabled=False, storage_state=officer.context.storage_state()).new_page()
    page.goto("/worksheets/blank/fmea")
    expect(page.get_by_text("To print, press Ctrl and P")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    page.get_by_role("link", name="US Letter").click()
    expect(page.locator("[aria-current]")).to_have_text("US Letter")
