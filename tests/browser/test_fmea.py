"""An FMEA as a team works in it: keys alone, two at once, a lost network, a phone, paper, and no script at all."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect
from pytest import fixture

from qitracker.foundation.actor import Place
from tests.browser.looking import PHONE, assert_accessible_in_both_themes, no_sideways_scroll
from tests.browser.teams import in_a_ward, window
from tests.builders.people import Build
from tests.builders.worksheets import a_cause, a_row, a_sheet


@dataclass(frozen=True)
class Team:
    """A worksheet in a ward of its own, its rows by section, and the two who work in it."""

    address: str
    rows: dict[str, int]
    nurse: str
    pharmacist: str


def a_team(installation, name: str) -> Team:
    """Add a ward with a worksheet of one cause, scored 7, 5 and 7, and one more cause that nobody scored."""
    people = {"nurse": "Nora Ferndale", "pharmacist": "Piet Alderman"}
    (sheet_id, rows), emails = in_a_ward(installation, name, people, _a_scored_sheet)
    return Team(f"/worksheets/{sheet_id}", rows, *emails)


def _a_scored_sheet(build: Build, ward: Place) -> tuple[int, dict[str, int]]:
    sheet_id = a_sheet(build, ward, title="Admission medicines")
    rows = a_cause(build, sheet_id)
    rows["second"] = a_row(build, sheet_id, "cause", rows["mode"], text="The list is on another screen")
    return sheet_id, rows


@fixture
def open_team(new_context):
    def open_window(team: Team, email: str = "", **arguments) -> Page:
        return window(new_context, team.address, email or team.nurse, **arguments)

    return open_window


def cell(page: Page, row: int, column: str = "text") -> Locator:
    """Return one cell of the sheet."""
    return page.locator(f'.q-fm .q-c[data-row="{row}"][data-column="{column}"]')


def saved(page: Page, row: int, column: str, value: str) -> None:
    """Wait until the server has drawn a value."""
    expect(cell(page, row, column)).to_have_attribute("data-value", value)
    expect(page.locator("[data-count=saving]")).to_be_hidden()


def test_digits_set_scores_and_priority_order_and_headline_follow(installation, open_team, pictures):
    team = a_team(installation, "Score ward")
    page = open_team(team)
    expect(page.locator("h1")).to_contain_text("1 of 2 causes needs action first")
    cell(page, team.rows["cause"], "occurrence").focus()
    page.keyboard.press("2")
    saved(page, team.rows["cause"], "occurrence", "2")
    expect(page.locator("h1")).to_contain_text("No cause needs action first")
    expect(page.locator(f'tr[data-line="{team.rows["cause"]}"] .q-calc')).to_have_text("98")
    expect(cell(page, team.rows["cause"], "occurrence")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    expect(page.locator(".q-fm")).to_contain_text("A second source")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    saved(page, team.rows["cause"], "occurrence", "5")
    page.screenshot(path=pictures / "fmea.png", full_page=True)


def test_the_anchors_of_a_score_stand_beside_it_and_set_it(installation, open_team):
    team = a_team(installation, "Anchor ward")
    page = open_team(team)
    cell(page, team.rows["control"], "detection").focus()
    anchors = page.locator('details[data-axis="detection"]')
    expect(anchors.locator(".is-on")).to_contain_text("Random or sample audit")
    page.keyboard.press("a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    saved(page, team.rows["control"], "detection", "6")
    expect(cell(page, team.rows["control"], "detection")).to_be_focused()


def test_a_mode_a_cause_and_a_control_are_added_with_the_keyboard_removed_and_brought_back(installation, open_team):
    team = a_team(installation, "Row ward")
    page = open_team(team)
    page.get_by_role("button", name="Failure mode").first.press("Enter")
    expect(page.locator(".q-fm textarea")).to_be_focused()
    page.keyboard.type("Medicine not on the list")
    page.keyboard.press("Enter")
    added = page.locator(".q-fm .q-c", has_text="Medicine not on the list")
    expect(added).to_have_count(1)
    expect(page.get_by_text("has no cause yet")).to_be_visible()
    added.focus()
    page.get_by_role("button", name="Remove this failure mode").click()
    expect(added).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(added).to_have_count(1)


def paste_into(page: Page, place: Locator, text: str) -> None:
    """Paste text into what has the focus, as the clipboard gives it."""
    place.focus()
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', text);
            const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_a_block_is_shown_before_it_is_added_and_what_is_wrong_is_corrected_in_place(installation, open_team, pictures):
    team = a_team(installation, "Paste ward")
    page = open_team(team)
    block = "List lost\tDose missed\tNo cover\tPhone\t7\t4\t6\nLate\tDelay\tBusy\tNone\t11\t4\t10"
    paste_into(page, cell(page, team.rows["mode"]), block)
    expect(page.locator("h1")).to_contain_text("One line can be added; one has to be corrected first")
    assert_accessible_in_both_themes(page)
    no_sideways_scroll(page)
    page.screenshot(path=pictures / "fmea-paste.png", full_page=True)
    wrong = page.get_by_label("Line 2, Severity")
    wrong.fill("8")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Check again").press("Enter")
    expect(page.locator("h1")).to_contain_text("2 lines can be added")
    page.get_by_role("button", name="Add 2 lines").press("Enter")
    expect(page.locator(".q-fm .q-c", has_text="List lost")).to_have_count(1)
    expect(page.locator(".q-fm .q-c", has_text="Late")).to_have_count(1)
    paste_into(page, cell(page, team.rows["cause"]), "One text")
    saved(page, team.rows["cause"], "text", "One text")


def test_what_another_saves_appears_while_i_type_and_my_words_and_place_stay(installation, open_team):
    team = a_team(installation, "Two ward")
    mine, theirs = open_team(team), open_team(team, team.pharmacist)
    cell(mine, team.rows["cause"]).focus()
    mine.keyboard.press("F2")
    mine.keyboard.press("End")
    mine.keyboard.type(" and alo")
    cell(theirs, team.rows["second"], "occurrence").focus()
    theirs.keyboard.press("6")
    expect(cell(mine, team.rows["second"], "occurrence")).to_have_attribute("data-value", "6", timeout=15000)
    mine.keyboard.type("ne")
    mine.keyboard.press("Enter")
    saved(mine, team.rows["cause"], "text", "The patient is tired and alone")
    expect(mine.locator("[data-here]")).to_contain_text("Piet Alderman is here too")
    expect(cell(theirs, team.rows["cause"])).to_contain_text("tired and alone", timeout=15000)


def test_two_values_for_one_cell_stand_side_by_side_and_i_choose(installation, open_team, pictures):
    team = a_team(installation, "Clash ward")
    mine, theirs = open_team(team), open_team(team, team.pharmacist)
    for choice, kept in (("Keep mine", "3"), ("Take theirs", "8")):
        cell(mine, team.rows["cause"], "occurrence").focus()
        mine.keyboard.press("F2")
        mine.keyboard.type("3" if kept == "3" else "4")
        cell(theirs, team.rows["cause"], "occurrence").focus()
        theirs.keyboard.press("9" if kept == "3" else "8")
        saved(theirs, team.rows["cause"], "occurrence", "9" if kept == "3" else "8")
        mine.keyboard.press("Enter")
        clash = mine.get_by_role("alertdialog")
        expect(clash).to_contain_text("Piet Alderman")
        expect(clash).to_contain_text("Nothing is lost")
        mine.screenshot(path=pictures / "fmea-clash.png")
        clash.get_by_role("button", name=choice).click()
        expect(clash).to_have_count(0)
        saved(mine, team.rows["cause"], "occurrence", kept)
        expect(cell(theirs, team.rows["cause"], "occurrence")).to_have_attribute("data-value", kept, timeout=15000)


def test_without_network_a_score_is_kept_survives_a_reload_and_is_sent_later(installation, open_team, complaints):
    complaints.allow("ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource")
    team = a_team(installation, "Lost ward")
    page = open_team(team)
    page.route("**/cells", lambda route: route.abort())
    cell(page, team.rows["second"], "occurrence").focus()
    page.keyboard.press("7")
    expect(page.locator("[data-count=failed]")).to_contain_text("1 kept here, not sent yet")
    expect(cell(page, team.rows["second"], "occurrence")).to_have_text("7")
    page.unroute("**/cells")
    page.reload()
    saved(page, team.rows["second"], "occurrence", "7")


def test_what_is_no_score_is_refused_with_a_sentence_and_stays_to_be_put_right(installation, open_team):
    team = a_team(installation, "Wrong ward")
    page = open_team(team)
    cell(page, team.rows["second"], "occurrence").focus()
    page.keyboard.press("F2")
    page.keyboard.type("11")
    page.keyboard.press("Enter")
    expect(page.locator("[data-voice]")).to_contain_text("“11” is no score")
    expect(cell(page, team.rows["second"], "occurrence")).to_have_text("11")
    cell(page, team.rows["second"], "occurrence").focus()
    page.keyboard.press("4")
    saved(page, team.rows["second"], "occurrence", "4")


def test_on_a_phone_a_touch_opens_a_cell_and_each_cause_is_a_card(installation, open_team, pictures):
    team = a_team(installation, "Phone ward")
    page = open_team(team, viewport=PHONE, has_touch=True, is_mobile=True)
    cell(page, team.rows["second"], "occurrence").tap()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    saved(page, team.rows["second"], "occurrence", "4")
    expect(page.locator(f'tr[data-line="{team.rows["second"]}"]')).to_have_css("display", "grid")
    expect(page.locator(f'tr[data-line="{team.rows["second"]}"]')).to_contain_text("Wrong home dose recorded")
    no_sideways_scroll(page)
    page.screenshot(path=pictures / "fmea-phone.png", full_page=True)


def test_without_script_each_cell_leads_to_a_plain_form(installation, open_team):
    team = a_team(installation, "Plain ward")
    page = open_team(team, java_script_enabled=False)
    cell(page, team.rows["second"]).click()
    page.get_by_label("Occurrence").select_option("6")
    page.get_by_role("button", name="Save").click()
    page.goto(team.address)
    expect(cell(page, team.rows["second"], "occurrence")).to_have_text("6")


def test_the_page_has_no_barrier_in_light_and_dark(installation, open_team):
    team = a_team(installation, "Access ward")
    page = open_team(team)
    assert_accessible_in_both_themes(page)
    cell(page, team.rows["cause"], "occurrence").focus()
    page.keyboard.press("F2")
    assert_accessible_in_both_themes(page)
    no_sideways_scroll(page)
