"""Every page that links lead to, as the roles that see most: no barrier, no complaint, no sideways scroll."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from qitracker.foundation.permissions import Role
from tests.browser.looking import assert_accessible_in_both_themes, no_sideways_scroll
from tests.rights import gathered

PAGES = gathered("PAGES")
NOT_FOLLOWED = ("/logout", "/static/", "/assets/", "mailto:", "#")
WALKERS = (Role.QUALITY_OFFICER, Role.ADMINISTRATOR)
MOST_PAGES = 120


def links_of(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return [href for href in found if href.startswith("/") and not href.startswith(NOT_FOLLOWED)]


def shape(path: str) -> str:
    """Return an address without what names one thing: pages of one shape are walked once."""
    return "/".join(part if part in WORDS else "*" for part in urlsplit(path).path.strip("/").split("/"))


WORDS = {part for row in PAGES.values() for part in row.path.strip("/").split("/") if "{" not in part}


@pytest.mark.parametrize("role", WALKERS, ids=lambda role: role.value)
def test_every_page_that_links_lead_to_has_no_barrier_in_either_theme_and_fits_320_pixels(signed_in, role):
    page = signed_in(role)
    waiting, seen = ["/"], set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        if urlsplit(path).path.endswith((".csv", ".xlsx", "/pdf")):
            continue
        answer = page.goto(path)
        if answer is None or "text/html" not in (answer.header_value("content-type") or ""):
            continue
        assert answer.status == 200, f"{path} answered {answer.status}"
        assert page.title().endswith(" – qitracker")
        assert_accessible_in_both_themes(page)
        no_sideways_scroll(page)
        waiting += [link for link in links_of(page) if shape(link) not in seen]
    print(f"{role.value}: {len(seen)} pages walked")
    assert len(seen) >= 12
