"""What surrounds every page: sign-in, navigation, the person's menu, light and dark, on a desk and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from qitracker.foundation.permissions import Role
from tests.browser.looking import PHONE, assert_accessible_in_both_themes, no_sideways_scroll

GROUND = "getComputedStyle(document.body).backgroundColor"
DARK, LIGHT = "rgb(14, 24, 28)", "rgb(244, 245, 241)"


@pytest.fixture
def stranger(new_context) -> Page:
    return new_context().new_page()


@pytest.fixture
def officer(signed_in) -> Page:
    return signed_in(Role.QUALITY_OFFICER)


def test_the_sign_in_page_has_no_barrier_and_fits_a_narrow_screen(stranger):
    stranger.goto("/login")
    assert_accessible_in_both_themes(stranger)
    no_sideways_scroll(stranger)


def test_a_refused_sign_in_moves_the_focus_to_what_went_wrong(stranger):
    stranger.goto("/login")
    stranger.locator("[autocomplete=username]").fill("nobody@example.org")
    stranger.locator("[autocomplete=current-password]").fill("not the password")
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_role("alert")).to_be_focused()
    assert_accessible_in_both_themes(stranger)


def test_an_address_without_a_page_says_what_to_do_next(stranger, complaints):
    complaints.allow("404")
    stranger.goto("/nothing-here")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("There is nothing at this address.")
    expect(stranger.get_by_role("link", name="Go to the home page")).to_be_visible()
    assert_accessible_in_both_themes(stranger)
    no_sideways_scroll(stranger)


def test_without_a_choice_the_page_follows_the_device(stranger):
    stranger.goto("/login")
    for scheme, ground in (("dark", DARK), ("light", LIGHT)):
        stranger.emulate_media(color_scheme=scheme)
        assert stranger.evaluate(GROUND) == ground


def test_the_house_typefaces_arrive(stranger):
    stranger.goto("/login")
    assert stranger.evaluate("document.fonts.ready.then(() => document.fonts.check('600 20px \"Source Serif Pro\"'))")
    arrived = stranger.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {name.strip('"') for name in arrived} == {"Source Sans Pro", "Source Serif Pro"}


def test_the_first_stop_of_the_tab_key_skips_the_navigation(officer):
    officer.goto("/")
    officer.keyboard.press("Tab")
    expect(officer.get_by_role("link", name="Skip to the main content")).to_be_focused()
    officer.keyboard.press("Enter")
    expect(officer.locator("main")).to_be_focused()


def test_a_chosen_theme_is_there_from_the_first_byte_of_the_next_page(officer):
    officer.goto("/")
    officer.locator(".q-menu summary").click()
    officer.get_by_role("button", name="Dark").click()
    assert officer.evaluate(GROUND) == DARK
    assert 'data-theme="dark"' in officer.goto("/").text()
    officer.locator(".q-menu summary").click()
    expect(officer.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    officer.get_by_role("button", name="As the device").click()
    assert 'data-theme="auto"' in officer.goto("/").text()


def test_escape_closes_the_menu_and_gives_the_focus_back(officer):
    officer.goto("/")
    officer.locator(".q-menu summary").focus()
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("button", name="Sign out")).to_be_visible()
    officer.keyboard.press("Tab")
    officer.keyboard.press("Escape")
    expect(officer.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(officer.locator(".q-menu summary")).to_be_focused()


def test_every_page_of_the_navigation_can_be_reached_on_a_phone(signed_in):
    page = signed_in(Role.QUALITY_OFFICER, viewport=PHONE)
    page.goto("/")
    listed = page.locator(".q-side .q-nav a").evaluate_all("links => links.map(link => link.pathname)")
    page.locator(".q-menu summary").click()
    shown = page.locator(".q-tabbar a:visible, .q-menu nav a:visible").evaluate_all("all => all.map(a => a.pathname)")
    assert sorted(shown) == sorted(listed)
    assert_accessible_in_both_themes(page)
    no_sideways_scroll(page)
