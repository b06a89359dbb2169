"""The first page a stranger sees, in a real browser: no complaint, no barrier, readable at 320 pixels."""

from playwright.sync_api import expect

from tests.browser.looking import assert_accessible_in_both_themes, no_sideways_scroll


def test_the_sign_in_page_has_no_barrier_in_either_theme_and_fits_a_narrow_screen(page):
    page.goto("/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert_accessible_in_both_themes(page)
    no_sideways_scroll(page)


def test_the_server_sends_a_policy_that_forbids_inline_style_and_script(page):
    answer = page.goto("/login")
    policy = answer.header_value("content-security-policy")
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy


def test_a_page_that_is_not_there_is_told_as_a_page(page, complaints):
    complaints.allow("status of 404")
    answer = page.goto("/nothing-is-here")
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
