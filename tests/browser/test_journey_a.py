"""Journey A: adopt a measure, log months, read whether care changed; by mouse, by keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from qitracker.foundation.permissions import Role
from tests.browser.looking import PHONE, assert_accessible, no_sideways_scroll

WARD = "/measures/hand-hygiene/units/medical-ward-3"
ON_A_PHONE = "/measures/thrombosis-risk-assessed/units/medical-ward-3"  # each test logs a month of its own measure
MISTYPED = "/measures/antibiotics-reviewed-by-72-hours/units/medical-ward-3"


def first_free_period(page: Page) -> str:
    """Return the address-form of the period that the form offers first."""
    return page.get_by_label("Period").input_value()


def headline(page: Page):
    return page.get_by_role("heading", level=1)


def test_a_quality_officer_adopts_a_measure_and_logs_its_first_month_by_mouse(signed_in):
    page = signed_in(Role.QUALITY_OFFICER)
    page.goto("/")
    page.get_by_role("navigation", name="Main").first.get_by_role("link", name="Measures").click()
    page.get_by_role("link", name="Library").click()
    page.get_by_role("link", name=re.compile("^Adopt ")).first.click()
    page.get_by_role("radio", name=re.compile("Thistledown Health")).first.check()
    page.get_by_role("checkbox", name=re.compile("Medical ward 3")).first.check()
    page.get_by_role("button", name="Adopt this measure").click()
    expect(headline(page)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Record the first")).click()
    expect(page.get_by_text("No results yet.")).to_be_visible()
    form = page.locator("form", has=page.get_by_role("button", name="Save"))
    for field in form.locator("input[inputmode]").all():
        field.fill("5")
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".q-note", has_text="is recorded.")).to_be_visible()
    expect(page.get_by_role("table", name="Results")).to_contain_text("5")


def test_a_month_is_logged_by_keyboard_alone_and_the_sentence_is_read_first(signed_in):
    page = signed_in(Role.QUALITY_OFFICER)
    page.goto(WARD)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    page.keyboard.press("Enter")
    count = page.locator("#numerator")
    for _ in range(80):
        page.keyboard.press("Tab")
        if count.evaluate("e => e === document.activeElement"):
            break
    expect(count).to_be_focused()
    page.keyboard.type("91")
    page.keyboard.press("Tab")
    page.keyboard.type("104")
    page.keyboard.press("Enter")
    expect(page.locator(".q-note", has_text="is recorded.")).to_be_visible()
    expect(headline(page)).to_contain_text("Hand hygiene")


def test_numbers_that_cannot_be_true_are_refused_beside_the_field_and_stay_typed(signed_in):
    page = signed_in(Role.QUALITY_OFFICER)
    page.goto(MISTYPED)
    page.locator("#numerator").fill("71")
    page.locator("#denominator").fill("64")
    page.get_by_role("button", name="Save").click()
    summary = page.locator(".q-sum")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.locator("#numerator")).to_be_focused()
    expect(page.locator("#numerator")).to_have_value("71")
    expect(page.locator("#numerator-error")).to_contain_text("they may be swapped")
    assert_accessible(page)


def test_a_team_member_logs_a_month_on_a_phone(signed_in):
    page = signed_in(Role.TEAM_MEMBER, viewport=PHONE)
    page.goto(ON_A_PHONE)
    assert page.locator(".q-chart.is-narrow svg").is_visible()
    assert not page.locator(".q-chart.is-wide").is_visible()
    period = first_free_period(page)
    page.locator("#numerator").fill("88")
    page.locator("#denominator").fill("101")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".q-note", has_text="is recorded.")).to_be_visible()
    expect(page.locator(f"#period option[value='{period}']")).to_have_count(0)  # recorded, so not offered again
    no_sideways_scroll(page)


def test_the_points_of_a_chart_are_read_out_by_arrow_keys(signed_in):
    page = signed_in(Role.LEADER)
    page.goto(WARD)
    chart = page.locator(".q-chart.is-wide")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    expect(chart.locator("[aria-live]")).to_contain_text(re.compile(r"\d+ of \d+"))


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_each_role_signs_in_and_reads_the_sentence_of_a_measure(signed_in, role, complaints):
    complaints.allow("status of 404")  # the facilitator works in another unit
    page = signed_in(role)
    page.goto("/")
    expect(headline(page)).to_be_visible()
    if page.goto(WARD).status == 200:
        expect(headline(page)).to_contain_text("Hand hygiene")
        may_record = role in {Role.QUALITY_OFFICER, Role.TEAM_MEMBER, Role.FACILITATOR}
        if not may_record:
            expect(page.get_by_role("button", name="Save")).to_have_count(0)
