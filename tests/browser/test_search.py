"""Search and help by keyboard: from any page to the box, to what was found, to its place; on a phone by the sign."""

import re

import pytest
from playwright.sync_api import Page, expect

from qitracker.foundation.permissions import Role
from tests.browser.looking import PHONE, assert_accessible_in_both_themes, no_sideways_scroll

BOX = "input[name=q]"
LIVE = "form[role=search].is-live"  # keys are heard


@pytest.fixture
def officer(signed_in) -> Page:
    return signed_in(Role.QUALITY_OFFICER)


def test_from_any_page_by_keys_to_the_box_to_a_hit_and_to_its_place(officer):
    officer.goto("/units")
    expect(officer.locator(LIVE)).to_be_attached()
    officer.keyboard.press("Control+k")
    expect(officer.locator(BOX)).to_be_focused()
    officer.keyboard.type("reconcil")
    officer.keyboard.press("Enter")
    expect(officer).to_have_url(re.compile(r"/search\?q=reconcil$"))
    expect(officer.get_by_role("heading", level=1)).to_contain_text("hold “reconcil”.")
    expect(officer.locator(LIVE)).to_be_attached()
    officer.keyboard.press("/")
    expect(officer.locator(BOX)).to_be_focused()
    officer.keyboard.press("ArrowDown")
    first = officer.locator(".q-found a").first
    expect(first).to_be_focused()
    officer.keyboard.press("ArrowDown")
    expect(officer.locator(".q-found a").nth(1)).to_be_focused()
    officer.keyboard.press("ArrowUp")
    officer.keyboard.press("Escape")
    expect(officer.locator(BOX)).to_be_focused()
    officer.keyboard.press("ArrowDown")
    leads_to = first.get_attribute("href")
    officer.keyboard.press("Enter")
    expect(officer).to_have_url(re.compile(re.escape(leads_to)))


def test_a_stroke_typed_into_a_field_stays_there(officer):
    officer.goto("/search")
    officer.locator(BOX).fill("")
    officer.locator(BOX).press_sequentially("a/b")
    expect(officer.locator(BOX)).to_have_value("a/b")
    officer.goto("/measures")
    field = officer.locator("main input[type=search]").first
    field.press_sequentially("1/2")
    expect(field).to_have_value("1/2")


def test_a_hit_in_a_cell_leads_to_its_row(officer):
    officer.goto("/search?q=insulin&kind=sheet")
    place = officer.locator(".q-found__in a").first
    row = place.get_attribute("href").partition("#")[2]
    place.click()
    expect(officer.locator(f"#{row}")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/search", "/search?q=reconcil", "/search?q=zzzz", "/help", "/help/method/scores"])
def test_search_and_help_have_no_barrier_and_fit_a_narrow_screen(officer, path):
    officer.goto(path)
    assert_accessible_in_both_themes(officer)
    no_sideways_scroll(officer)


def test_on_a_phone_a_sign_leads_to_the_search_and_a_link_to_the_help(signed_in):
    page = signed_in(Role.LEADER, viewport=PHONE, has_touch=True)
    page.goto("/measures")
    page.get_by_role("link", name="Search").click()
    expect(page.locator(BOX)).to_be_focused()
    page.locator(BOX).fill("priority")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Scores, action priority, and why RPN comes last").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scores, action priority, and why RPN comes last")


def test_without_script_the_box_is_a_form_and_finds_the_same(new_context, installation, signed_in):
    kept = signed_in(Role.QUALITY_OFFICER).context.storage_state()
    page = new_context(java_script_enabled=False, storage_state=kept).new_page()
    page.goto("/units")
    page.locator(BOX).fill("reconcil")
    page.locator(BOX).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("hold “reconcil”.")
