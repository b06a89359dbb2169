"""Home and board in a browser: by keyboard, on a phone, in both themes, as each role."""

import re

import pytest
from playwright.sync_api import expect

from qitracker.foundation.permissions import Role
from tests.browser.looking import PHONE, assert_accessible_in_both_themes, no_sideways_scroll

WIDE = {"width": 1440, "height": 1000}


def test_rows_are_walked_by_keys_and_enter_opens_the_measure(signed_in):
    page = signed_in(Role.QUALITY_OFFICER, viewport=WIDE)
    page.goto("/board?unit=medical-ward-3", wait_until="networkidle")
    links = page.locator(".q-board th[scope=row] a")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(links.nth(1)).to_be_focused()
    title = links.nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/measures/.*/units/medical-ward-3"))
    expect(page.locator(".q-eyebrow")).to_contain_text(title)


def test_a_slash_goes_to_the_filters_and_letters_in_the_chooser_stay_letters(signed_in):
    page = signed_in(Role.QUALITY_OFFICER, viewport=WIDE)
    page.goto("/board?unit=medical-ward-3", wait_until="networkidle")
    page.keyboard.press("/")
    expect(page.locator(".q-filters a").first).to_be_focused()
    page.locator("#unit").focus()
    page.keyboard.press("k")
    expect(page.locator("#unit")).to_be_focused()


def test_another_unit_is_chosen_and_the_filter_goes_with_it(signed_in):
    page = signed_in(Role.LEADER, viewport=WIDE)
    page.goto("/board?show=worse")
    page.get_by_label("Unit", exact=True).select_option("care-of-older-people")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"unit=care-of-older-people&show=worse"))
    expect(page.locator(".q-board th[scope=row] a")).to_have_text(["All falls"])


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_home_and_board_of_each_role_have_no_barrier_on_a_desk_or_on_a_phone(signed_in, role, pictures):
    for viewport in (WIDE, PHONE):
        page = signed_in(role, viewport=viewport)
        for path in ("/", "/board"):
            page.goto(path)
            assert_accessible_in_both_themes(page)
            no_sideways_scroll(page)
            name = f"{'home' if path == '/' else 'board'}-{role.value}-{viewport['width']}.png"
            page.screenshot(path=pictures / name, full_page=True)
