"""Choosing units: found by name, one stop of the Tab key, all below one at once, and plain without scripts."""

from playwright.sync_api import expect

from qitracker.foundation.permissions import Role
from tests.browser.looking import NARROW, assert_accessible_in_both_themes

ADOPT = "/measures/library/cauti-rate"


def told(page):
    return page.locator("#units [role=status]")


def focused(page):
    return page.evaluate("document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent.trim()")


def test_units_are_found_by_name_and_chosen_by_keyboard(signed_in):
    page = signed_in(Role.QUALITY_OFFICER)
    page.goto(ADOPT)
    find = page.get_by_label("Find in this list: Units that collect it")
    find.fill("saltmere stroke")
    expect(told(page)).to_contain_text("1 match")
    expect(page.locator("#units").get_by_label("Maternity")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Stroke unit"
    page.keyboard.press("Space")
    expect(told(page)).to_contain_text("1 of ")
    find.press("Escape")
    expect(find).to_have_value("")
    assert page.locator("#units").get_by_label("Stroke unit").is_checked()
    assert_accessible_in_both_themes(page)


def test_a_list_of_units_is_one_stop_on_the_way_to_the_button(signed_in):
    page = signed_in(Role.QUALITY_OFFICER)
    page.goto(ADOPT)
    page.get_by_label("Find in this list: Units that collect it").focus()
    stops = 0
    while focused(page) != "Adopt this measure":
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 10, focused(page)


def test_all_units_below_one_are_chosen_at_once_and_left_out_again(signed_in):
    page = signed_in(Role.QUALITY_OFFICER)
    page.goto(ADOPT)
    group = page.locator("#units")
    group.get_by_role("button", name="below Saltmere Hospital").click()
    expect(group.get_by_role("checkbox", name="Stroke unit")).to_be_checked()
    expect(group.get_by_role("checkbox", name="Saltmere Hospital")).not_to_be_checked()
    expect(group.get_by_role("checkbox", name="Maternity")).not_to_be_checked()
    group.get_by_role("button", name="Choose none below Saltmere Hospital").click()
    expect(group.get_by_role("checkbox", name="Stroke unit")).not_to_be_checked()
    expect(told(page)).to_contain_text("0 of ")


def test_one_unit_is_chosen_from_a_list_that_keeps_showing_which(signed_in):
    page = signed_in(Role.QUALITY_OFFICER, viewport=NARROW)
    page.goto(ADOPT)
    group = page.locator("#at")
    find = page.get_by_label("Find in this list: Defined for")
    find.fill("stroke")
    expect(group.get_by_label("Thistledown Health")).to_be_checked()
    find.press("Enter")
    page.keyboard.press("End")
    expect(group.get_by_label("Stroke unit")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_without_scripts_the_list_is_a_plain_group_of_boxes(new_context, signed_in):
    state = signed_in(Role.QUALITY_OFFICER).context.storage_state()
    page = new_context(java_script_enabled=False, storage_state=state).new_page()
    page.goto(ADOPT)
    expect(page.locator("#units-find")).to_be_hidden()
    page.locator("#units").get_by_label("Stroke unit").check()
    expect(page.locator("#units").get_by_label("Stroke unit")).to_be_checked()
