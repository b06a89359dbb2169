"""What every person does first, and what must be true of every page: no barrier, no sideways scroll."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 640}
PHONE = {"width": 390, "height": 844}
_AXE = Axe()


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in as a person does, and arrive somewhere else."""
    page.goto("/login")
    page.locator("[autocomplete=username]").fill(email)
    page.locator("[autocomplete=current-password]").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("[autocomplete=current-password]")).to_have_count(0)


def assert_accessible(page: Page) -> None:
    """Find nothing with axe, by WCAG 2.2 A and AA and by good practice."""
    found = _AXE.run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def assert_accessible_in_both_themes(page: Page) -> None:
    """Find nothing with axe, light and dark."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert_accessible(page)
    page.emulate_media(color_scheme="null")


def no_sideways_scroll(page: Page, size: dict[str, int] | None = None) -> None:
    """Read the page at 320 pixels (WCAG 1.4.10) without scrolling to the side."""
    before = page.viewport_size
    page.set_viewport_size(size or NARROW)
    wide = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > room + 1)
                .slice(0, 8).map(e => e.outerHTML.slice(0, 120));
        }"""
    )
    fits = page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if before:
        page.set_viewport_size(before)
    assert fits, f"{page.url} scrolls sideways at {(size or NARROW)['width']} px because of {wide}"
