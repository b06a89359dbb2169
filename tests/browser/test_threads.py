"""From a signal at home through its thread to worksheet, action and back by keys alone; the pages on a phone."""

import re

from playwright.sync_api import Page, expect

from qitracker.foundation.permissions import Role
from tests.browser.looking import PHONE, assert_accessible_in_both_themes, no_sideways_scroll

WIDE = {"width": 1440, "height": 1000}


def by_key(page: Page, link, address: str) -> None:
    """Go along a link that stands in the order of the tab key, and arrive."""
    link.focus()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(address))
    expect(page.locator("h1")).to_be_visible()


def test_a_signal_leads_by_keys_to_its_thread_the_worksheet_the_action_and_back(signed_in):
    page = signed_in(Role.QUALITY_OFFICER, viewport=WIDE)
    page.goto("/")
    signal = page.locator("main .q-work li").filter(has_text="Medicines reconciled within 24 hours")
    by_key(page, signal.locator("a[href^='/threads/']").first, r"/threads/\d+$")
    thread = page.url
    by_key(page, page.locator(".q-thread.is-trail a[href^='/worksheets/']").first, r"/worksheets/\d+")
    trail = page.locator(".q-trailline, .q-trailcard").first
    by_key(page, trail.locator("a[href^='/actions/']").first, r"/actions/\d+")
    by_key(page, page.locator(".q-trailcard a[href^='/threads/']").first, r"/threads/\d+$")
    assert page.url == thread
    by_key(page, page.locator(".q-thread.is-trail a[href^='/measures/']").first, r"/measures/")
    by_key(page, page.locator(".q-thread a[href^='/threads/']").first, r"/threads/\d+$")


def test_list_and_thread_have_no_barrier_and_fit_a_phone(signed_in):
    page = signed_in(Role.QUALITY_OFFICER, viewport=PHONE, reduced_motion="reduce")
    for path in ("/threads", "/threads/1", "/"):
        page.goto(path)
        assert_accessible_in_both_themes(page)
        no_sideways_scroll(page)
