"""A root cause analysis as a team works in it: three at once, keys alone, a phone, and no script at all."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect
from pytest import fixture

from qitracker.foundation.actor import Place
from qitracker.worksheets.commands import make_sheet
from tests.browser.looking import PHONE, assert_accessible_in_both_themes, no_sideways_scroll
from tests.browser.teams import in_a_ward, window
from tests.builders.people import SYSTEM, Build
from tests.builders.worksheets import a_row, rows


@dataclass(frozen=True)
class Team:
    """An analysis in a ward of its own, its rows, and the three who work in it."""

    address: str
    event: int
    why: int
    root: int
    nurse: str
    pharmacist: str
    doctor: str


def a_team(installation, name: str) -> Team:
    """Add a ward with an analysis of two causes, the second behind the first and a root cause."""
    people = {"nurse": "Nora Ferndale", "pharmacist": "Piet Alderman", "doctor": "Dana Quill"}
    made, emails = in_a_ward(installation, f"RCA {name}", people, _an_analysis)
    return Team(*made, *emails)


def _an_analysis(build: Build, ward: Place) -> tuple[str, int, int, int]:
    with build._inside():
        sheet_id = make_sheet(by=SYSTEM, kind="rca", unit_id=ward.id, title="Dose missed")
    event = next(row.id for row in rows(build, sheet_id).values() if row.section == "event")
    why = a_row(build, sheet_id, "why", text="No restart day on the chart", area="task")
    root = a_row(build, sheet_id, "why", why, text="A pause has no end", area="equipment", root="yes")
    return f"/worksheets/{sheet_id}", event, why, root


@fixture
def open_team(new_context):
    def open_window(team: Team, email: str = "", **arguments) -> Page:
        return window(new_context, team.address, email or team.nurse, **arguments)

    return open_window


def cell(page: Page, row: int | str, column: str = "text") -> Locator:
    """Return one cell of the analysis."""
    return page.locator(f'.q-c[data-row="{row}"][data-column="{column}"]')


def write(page: Page, place: Locator, text: str) -> None:
    """Write in a cell with the keyboard, and leave it."""
    place.focus()
    page.keyboard.press("F2")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("[data-count=saving]")).to_be_hidden()


def test_nurse_pharmacist_and_doctor_finish_a_causal_statement_together(installation, open_team, pictures):
    team = a_team(installation, "Statement ward")
    nurse, pharmacist, doctor = (open_team(team, who) for who in (team.nurse, team.pharmacist, team.doctor))
    write(nurse, cell(nurse, team.event), "Dose missed for four days")
    expect(nurse.locator("h1")).to_contain_text("Dose missed for four days. The team has one root cause")
    box = nurse.locator(".q-tree .b.is-root")
    box.get_by_role("button", name="Statement").press("Enter")
    expect(nurse.locator(".q-causal textarea")).to_be_focused()
    nurse.keyboard.type("Inadequate order form")
    nurse.keyboard.press("Enter")
    expect(nurse.locator(".q-lint").first).to_contain_text("effect is missing")
    row = nurse.locator(".q-causal .q-c").first.get_attribute("data-row")
    expect(cell(pharmacist, row)).to_contain_text("Inadequate", timeout=15000)
    write(pharmacist, cell(pharmacist, row, "effect"), "a chart without a restart day")
    expect(cell(doctor, row)).to_contain_text("Inadequate", timeout=15000)
    write(doctor, cell(doctor, row, "event"), "the dose was missed")
    expect(nurse.locator(".q-causal")).to_contain_text("the dose was missed", timeout=15000)
    expect(nurse.locator(".q-causal mark")).to_have_text("Inadequate")
    write(nurse, cell(nurse, row), "The order form takes no restart day")
    expect(doctor.locator(".q-lint.is-ok")).to_contain_text("None of the five rules finds anything", timeout=15000)
    expect(nurse.locator("[data-here]")).to_contain_text("2 others are here")
    nurse.screenshot(path=pictures / "rca-together.png", full_page=True)


def test_two_who_word_the_same_cause_see_both_and_choose(installation, open_team, pictures):
    team = a_team(installation, "Word ward")
    mine, theirs = open_team(team), open_team(team, team.pharmacist)
    cell(mine, team.root).focus()
    mine.keyboard.press("F2")
    mine.keyboard.type("A pause order may stand without an end")
    write(theirs, cell(theirs, team.root), "Orders are paused for ever")
    mine.keyboard.press("Enter")
    clash = mine.get_by_role("alertdialog")
    expect(clash).to_contain_text("Piet Alderman")
    expect(clash).to_contain_text("Orders are paused for ever")
    mine.screenshot(path=pictures / "rca-clash.png", full_page=True)
    clash.get_by_role("button", name="Keep mine").press("Enter")
    expect(clash).to_have_count(0)
    expect(cell(theirs, team.root)).to_contain_text("may stand without an end", timeout=15000)


def test_a_moment_and_a_branch_are_added_by_keys_placed_removed_and_brought_back(installation, open_team):
    team = a_team(installation, "Branch ward")
    page = open_team(team)
    page.get_by_role("button", name="Moment").press("Enter")
    expect(page.locator(".q-tl .q-ce")).to_be_focused()
    page.keyboard.type("19 Oct 2026 08:12")
    page.keyboard.press("Tab")
    expect(page.locator(".q-tl .when")).to_contain_text("08:12")
    page.locator(".q-tree .b.is-root").get_by_role("button", name="Why?").press("Enter")
    expect(page.locator(".q-tree .q-ce")).to_be_focused()
    page.keyboard.type("Nobody asked for one")
    page.keyboard.press("Enter")
    added = page.locator(".q-tree .q-c", has_text="Nobody asked for one")
    expect(added).to_have_count(1)
    added.focus()
    page.get_by_role("button", name="Remove this cause").press("Enter")
    expect(added).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(added).to_have_count(1)
    cell(page, team.why, "area").focus()
    page.keyboard.press("F2")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(cell(page, team.why, "area")).to_contain_text("Organisation")


def test_the_page_has_no_barrier_and_fits_a_phone(installation, open_team, pictures):
    team = a_team(installation, "Phone ward")
    page = open_team(team)
    write(page, cell(page, team.event), "Dose missed for four days")
    assert_accessible_in_both_themes(page)
    no_sideways_scroll(page)
    page.set_viewport_size(PHONE)
    page.screenshot(path=pictures / "rca-phone.png", full_page=True)


def test_without_script_each_part_is_a_form(installation, open_team):
    team = a_team(installation, "Plain ward")
    page = open_team(team, java_script_enabled=False)
    page.locator(".q-tree .q-c").first.click()
    page.get_by_label("Evidence").fill("Copy of the chart")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".q-tree")).to_contain_text("Copy of the chart")
    page.get_by_role("button", name="Moment").click()
    page.get_by_label("When").fill("soon")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("“soon” is no moment")
