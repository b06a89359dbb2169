"""The sheet as people use it: keys alone, a pasted block, two people at once, a lost network, a phone."""

import re

from playwright.sync_api import expect
from pytest import fixture

from qitracker.foundation.permissions import Role
from tests.browser.looking import PHONE, assert_accessible_in_both_themes, no_sideways_scroll
from tests.browser.sheets import SheetPage, entry_ward

WIDE = {"width": 1440, "height": 1000}
SAVED = re.compile("is-saved")


@fixture(scope="session")
def ward(installation):
    return entry_ward(installation, "Entry ward")


@fixture
def open_sheet(new_context, installation):
    def open_window(ward, email=None, **arguments) -> SheetPage:
        context = new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **arguments})
        return SheetPage(context, ward, email or ward.nurse)

    return open_window


def test_a_month_is_entered_with_the_keyboard_alone(installation, open_sheet, pictures):
    ward = entry_ward(installation, "Key ward", rows=3)
    sheet = open_sheet(ward)
    expect(sheet.cell(1)).to_have_attribute("tabindex", "0")
    sheet.page.keyboard.press("Tab")
    for _ in range(60):
        if sheet.page.evaluate("document.activeElement.matches('[data-cell]')"):
            break
        sheet.page.keyboard.press("Tab")
    sheet.type("41", "Tab", "50", "Enter")
    expect(sheet.cell(2)).to_be_focused()
    sheet.type("39", "Tab", "48", "Enter", "*", "Enter")
    expect(sheet.count("saved")).to_have_text("9 saved")
    expect(sheet.cell(3)).to_have_class(re.compile("is-none"))
    sheet.page.screenshot(path=pictures / "entry-keyboard.png", full_page=True)
    sheet.open()
    expect(sheet.cell(1)).to_have_text("41")
    expect(sheet.cell(2, "denominator")).to_have_text("48")
    expect(sheet.page.get_by_role("link", name=re.compile("measure 3.*suppressed"))).to_be_visible()


def test_escape_leaves_a_cell_as_it_was_and_undo_takes_the_last_save_back(installation, open_sheet):
    ward = entry_ward(installation, "Undo ward", rows=1)
    sheet = open_sheet(ward)
    sheet.cell(1).focus()
    sheet.type("41", "Escape")
    expect(sheet.cell(1)).to_have_text("")
    sheet.type("41", "Tab", "50", "Enter")
    expect(sheet.count("saved")).to_have_text("3 saved")
    sheet.page.keyboard.press("Control+z")
    expect(sheet.count("saved")).to_have_text("2 saved")
    expect(sheet.cell(1)).to_have_text("")


def test_what_cannot_be_right_is_not_saved_says_so_at_the_cell_and_keeps_the_text(installation, open_sheet, pictures):
    ward = entry_ward(installation, "Wrong ward", rows=2)
    sheet = open_sheet(ward)
    sheet.cell(1).focus()
    sheet.type("71", "Tab", "64", "Enter")
    expect(sheet.count("invalid")).to_have_text("1 cannot be right")
    expect(sheet.cell(1)).to_have_text(re.compile("71"))
    message = sheet.page.locator("[data-messages]")
    expect(message).to_contain_text("71 of 64: the count is larger than “out of”.")
    message.get_by_role("button", name="Go to the cell").click()
    expect(sheet.cell(1)).to_be_focused()
    expect(sheet.page.locator(".q-g__tip")).to_contain_text("they may be swapped")
    assert_accessible_in_both_themes(sheet.page)
    sheet.page.screenshot(path=pictures / "entry-wrong.png", full_page=True)
    sheet.type("41", "Tab", "50", "Enter")
    expect(sheet.count("invalid")).to_be_hidden()
    expect(message).to_be_empty()


def test_an_unusual_number_is_saved_and_confirmed_with_one_press(installation, open_sheet):
    ward = entry_ward(installation, "Odd ward", rows=1)
    sheet = open_sheet(ward)
    sheet.cell(1).focus()
    sheet.type("4", "Tab", "50", "Enter")
    expect(sheet.count("unusual")).to_have_text("1 unusual, saved")
    sheet.page.get_by_role("button", name="Yes, it is right").click()
    expect(sheet.count("unusual")).to_be_hidden()
    sheet.open()
    sheet.cell(1).focus()
    sheet.page.keyboard.press("Alt+Enter")
    expect(sheet.page.locator("[data-beside-panel]")).to_contain_text("Looked at it again: it is right.")


def test_a_block_of_twenty_rows_is_looked_at_corrected_and_saved_as_one(installation, open_sheet, pictures):
    ward = entry_ward(installation, "Block ward", rows=20)
    sheet = open_sheet(ward)
    sheet.cell(1).focus()
    rows = [f"{38 + number % 5},0\t1.050" if number % 7 == 3 else f"{38 + number % 5}\t50" for number in range(20)]
    rows[6], rows[11], rows[14] = "71\t64", "many\t50", "4\t50"
    sheet.paste("\r\n".join(rows) + "\r\n")
    preview = sheet.page.get_by_role("region", name=re.compile("your pasted block, 20 rows"))
    expect(preview).to_contain_text("2 to correct")
    assert sheet.page.locator("[data-cell].is-saved").count() == 0
    assert_accessible_in_both_themes(sheet.page)
    sheet.page.screenshot(path=pictures / "entry-paste.png", full_page=True)
    preview.get_by_label("Row 7, count").fill("41")
    preview.get_by_label("Row 7, count").press("Tab")
    expect(preview).to_contain_text("1 to correct")
    preview.get_by_role("button", name="Save 19 rows").click()
    expect(sheet.page.get_by_role("region", name=re.compile("your pasted block, 1 row"))).to_be_visible()
    expect(sheet.cell(7)).to_contain_text("41")
    expect(sheet.cell(4, "denominator")).to_contain_text("1,050")
    sheet.page.keyboard.press("Escape")
    sheet.open()
    expect(sheet.count("saved")).to_have_text("54 saved")
    expect(sheet.count("unusual")).to_have_text("5 unusual, saved")
    expect(sheet.cell(12)).to_have_text("")


def test_a_block_over_saved_numbers_shows_old_beside_new_and_takes_the_reason(
    installation, open_sheet, signed_in, pictures
):
    ward = entry_ward(installation, "Swap ward", rows=3)
    officer = open_sheet(ward, ward.officer)
    officer.cell(1).focus()
    officer.type("41", "Tab", "50", "Enter")
    expect(officer.count("saved")).to_have_text("7 saved")
    officer.open()
    officer.page.locator("thead button").last.click()
    panel = officer.page.locator(f"#deeds-{ward.month.isoformat()}")
    panel.get_by_role("textbox").fill("Two to come")
    panel.get_by_role("button", name=re.compile("Submit")).click()
    officer.page.locator("thead button").last.click()
    expect(panel).to_contain_text("Somebody else checks what you submitted.")
    officer.page.keyboard.press("Escape")
    officer.cell(1).focus()
    officer.paste("42\t50\r\n39\t50\r\n")
    preview = officer.page.get_by_role("region", name=re.compile("your pasted block, 2 rows"))
    expect(preview).to_be_focused()
    expect(preview).to_be_in_viewport()
    expect(preview).to_contain_text("41 of 50 → 42 of 50")
    expect(preview).to_contain_text("1 replaces what is recorded")
    assert_accessible_in_both_themes(officer.page)
    officer.page.screenshot(path=pictures / "entry-replace.png", full_page=True)
    preview.get_by_role("button", name="Save 2 rows").click()
    reason = preview.get_by_label("Why is it corrected?")
    expect(reason).to_be_focused()
    reason.fill("Counted again")
    preview.get_by_role("button", name="Save 2 rows").click()
    expect(officer.count("saved")).to_have_text("8 saved")
    officer.open()
    expect(officer.cell(1)).to_have_text("42")
    other = signed_in(Role.QUALITY_OFFICER)  # of the whole organisation: who submitted it does not check it
    other.goto(officer.page.url)
    other.locator("thead button").last.click()
    other.get_by_role("button", name="Checked: it is right").last.click()
    officer.open()
    officer.page.locator("thead button").last.click()
    panel.get_by_role("button", name=re.compile("Lock")).click()
    expect(officer.page.get_by_text("is locked. Nothing in it changes")).to_be_visible()  # the page has come back
    officer.page.wait_for_load_state("networkidle")  # and its script
    officer.cell(1).focus()
    officer.type("7")
    said = officer.page.locator('[role="status"]', has_text=re.compile("is locked. Reopen it to change it."))
    expect(said).to_be_visible()
    officer.page.screenshot(path=pictures / "entry-locked.png", full_page=True)


def test_two_people_in_one_cell_see_both_numbers_and_choose(installation, open_sheet, pictures):
    ward = entry_ward(installation, "Both ward", rows=2)
    nurse, officer = open_sheet(ward), open_sheet(ward, ward.officer)
    officer.cell(1).focus()
    officer.type("40", "Tab", "50", "Enter")
    expect(officer.count("saved")).to_have_text("5 saved")
    nurse.cell(1).focus()
    nurse.type("41", "Tab", "50", "Enter")
    clash = nurse.page.get_by_role("alertdialog")
    expect(clash).to_contain_text("quality_officer Both ward")
    expect(clash).to_contain_text("41 of 50")
    expect(clash).to_contain_text("40 of 50")
    assert_accessible_in_both_themes(nurse.page)
    nurse.page.screenshot(path=pictures / "entry-conflict.png", full_page=True)
    clash.get_by_role("button", name="Keep mine").click()
    expect(nurse.count("saved")).to_have_text("5 saved")
    officer.open()
    expect(officer.cell(1)).to_have_text("41")


def test_without_network_numbers_are_kept_and_sent_when_it_is_back(installation, open_sheet, complaints):
    complaints.allow("net::ERR_INTERNET_DISCONNECTED")
    ward = entry_ward(installation, "Lost ward", rows=2)
    sheet = open_sheet(ward)
    sheet.cell(1).focus()
    sheet.page.context.set_offline(True)
    sheet.type("41", "Tab", "50", "Enter")
    expect(sheet.count("failed")).to_contain_text("1 kept here")
    sheet.page.context.set_offline(False)
    expect(sheet.count("failed")).to_be_hidden()
    expect(sheet.count("saved")).to_have_text("5 saved")


def test_what_was_kept_survives_a_reload(installation, open_sheet, complaints):
    complaints.allow("ERR_FAILED|Failed to load resource")
    ward = entry_ward(installation, "Reload ward", rows=2)
    sheet = open_sheet(ward)
    sheet.page.route("**/cell", lambda route: route.abort())
    sheet.cell(1).focus()
    sheet.type("41", "Tab", "50", "Enter")
    expect(sheet.count("failed")).to_contain_text("1 kept here")
    sheet.page.unroute("**/cell")
    sheet.open()
    expect(sheet.count("saved")).to_have_text("5 saved")
    expect(sheet.cell(1)).to_contain_text("41")


def test_a_state_is_chosen_from_the_menu_by_keyboard(installation, open_sheet):
    ward = entry_ward(installation, "State ward", rows=1)
    sheet = open_sheet(ward)
    sheet.cell(1).focus()
    sheet.page.keyboard.press("Alt+ArrowDown")
    expect(sheet.page.get_by_role("menuitem", name=re.compile("Missing"))).to_be_focused()
    sheet.type("ArrowDown", "ArrowDown", "Enter")
    expect(sheet.cell(1)).to_be_focused()
    expect(sheet.page.get_by_role("link", name=re.compile("not applicable"))).to_be_visible()


def test_a_correction_after_submission_asks_for_its_reason_once(installation, open_sheet, pictures):
    ward = entry_ward(installation, "Late ward", rows=1)
    officer = open_sheet(ward, ward.officer)
    officer.cell(1).focus()
    officer.type("41", "Tab", "50", "Enter")
    expect(officer.count("saved")).to_have_text("3 saved")
    officer.open()
    officer.page.locator("thead button").last.click()
    panel = officer.page.locator(f"#deeds-{ward.month.isoformat()}")
    expect(panel).to_be_visible()
    officer.page.screenshot(path=pictures / "entry-period.png")
    panel.get_by_role("button", name=re.compile("Submit")).click()
    expect(officer.page.get_by_text("is submitted. Thank you.")).to_be_visible()
    expect(officer.page.get_by_role("grid")).to_be_visible()
    officer.cell(1).focus()
    officer.type("42", "Enter")
    reason = officer.page.get_by_label(re.compile("Say why it is corrected"))
    expect(reason).to_be_focused()
    reason.fill("Counted again")
    reason.press("Enter")
    expect(officer.count("saved")).to_have_text("3 saved")
    officer.open()
    expect(officer.cell(1)).to_have_text("42")


def test_on_a_phone_a_touch_opens_a_cell_and_one_measure_follows_the_other(ward, open_sheet, pictures):
    sheet = open_sheet(ward, viewport=PHONE, has_touch=True, is_mobile=True)
    sheet.cell(1).tap()
    expect(sheet.page.locator("td input")).to_be_focused()
    sheet.page.keyboard.press("Escape")
    assert sheet.cell(1).bounding_box()["height"] >= 44
    sheet.page.screenshot(path=pictures / "entry-phone.png")
    sheet.page.get_by_role("link", name="One by one").click()
    sheet.page.get_by_role("textbox", name="Count").fill("41")
    sheet.page.get_by_role("textbox", name="Out of").fill("50")
    assert_accessible_in_both_themes(sheet.page)
    sheet.page.screenshot(path=pictures / "entry-phone-one.png")
    sheet.page.get_by_role("button", name="Save and next").click()
    expect(sheet.page.get_by_role("heading", level=1)).to_contain_text("measure 2")


def test_pages_of_entry_have_no_barrier_and_never_scroll_sideways(ward, open_sheet):
    sheet = open_sheet(ward)
    first = ward.measures["Entry ward measure 4"]
    for address in (ward.address, "/entry/due", f"/entry/{ward.slug}/{first}/{ward.month.isoformat()}"):
        sheet.page.goto(address)
        sheet.page.wait_for_load_state("networkidle")
        assert_accessible_in_both_themes(sheet.page)
        no_sideways_scroll(sheet.page)
        no_sideways_scroll(sheet.page, PHONE)
