"""A file goes from a person's disk into the charts: by mouse, by keyboard alone, on a phone, without script."""

from pathlib import Path

from playwright.sync_api import Page, expect
from pytest import fixture

from tests.browser.looking import PHONE, assert_accessible_in_both_themes, no_sideways_scroll, sign_in
from tests.browser.sheets import EntryWard, entry_ward
from tests.builders.people import PASSWORD

WIDE = {"width": 1440, "height": 1000}


@fixture
def results(tmp_path) -> Path:
    return tmp_path / "results of the ward.csv"


@fixture
def open_page(new_context):
    """Open a window in which the ward's quality officer is signed in."""

    def open_window(ward: EntryWard, **arguments) -> Page:
        page = new_context(**{"viewport": WIDE, **arguments}).new_page()
        sign_in(page, ward.officer, PASSWORD)
        return page

    return open_window


def code_of(ward: EntryWard) -> str:
    return ward.slug.replace("-", "").upper()


def write(path: Path, ward: EntryWard, *, flawed: bool) -> None:
    """Write a file with one new month; flawed: also with rows that cannot be recorded."""
    lines = ["unit;month;assessed;patients;remark", f"{code_of(ward)};{ward.month:%Y-%m};41;1.050;as usual"]
    if flawed:
        lines += [
            f"{code_of(ward)};2025-01;39;50;",
            f"{code_of(ward)};2025-02;60;50;",
            "XYZ;2025-01;39;50;<script>alert(1)</script>",
        ]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8-sig")


def measure_of(ward: EntryWard) -> str:
    return next(iter(ward.measures))


def send(page: Page, path: Path, ward: EntryWard) -> None:
    """Send the file for the ward's measure and wait for how it is read."""
    page.goto("/import")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_label("Which measure").select_option(label=measure_of(ward))
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("read right")


def map_columns(page: Page) -> None:
    """Say what the columns mean where it was not found out."""
    page.get_by_label("Numerator").fill("[assessed]")
    page.get_by_label("Denominator").fill("patients")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Step 3 of 4")).to_be_visible()


def look(page: Page, pictures: Path, name: str) -> None:
    """Find no barrier, no sideways scroll, and take a picture."""
    assert_accessible_in_both_themes(page)
    no_sideways_scroll(page)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.screenshot(path=pictures / f"import-{name}-{theme}.png", full_page=True)
    page.emulate_media(color_scheme="null")


def test_a_file_with_flaws_is_checked_imported_and_taken_back(installation, open_page, results, pictures):
    ward = entry_ward(installation, "Import ward", rows=1)
    write(results, ward, flawed=True)
    page = open_page(ward)
    page.goto("/import")
    look(page, pictures, "1-new")
    send(page, results, ward)
    expect(page.get_by_text("with a byte order mark")).to_be_visible()
    look(page, pictures, "2-read")
    map_columns(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("One result is ready, 3 rows are refused.")
    expect(page.get_by_text("they may be swapped").first).to_be_visible()
    look(page, pictures, "3-preview")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused rows").click()
    assert "XYZ" in download.value.path().read_text(encoding="utf-8")
    page.get_by_role("button", name="Import now").click()
    page.wait_for_url("**/result", timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("One result was imported.")
    look(page, pictures, "4-result")
    page.get_by_role("link", name=measure_of(ward)).last.click()
    expect(page.get_by_role("table").first).to_contain_text("1,050")
    page.go_back()
    page.get_by_role("link", name="Take it back").click()
    look(page, pictures, "5-undo")
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This import was taken back.")


def test_the_keyboard_alone_is_enough(installation, open_page, results):
    ward = entry_ward(installation, "Key import ward", rows=1)
    write(results, ward, flawed=False)
    page = open_page(ward)
    send(page, results, ward)
    for label, text in (("Numerator", "[assessed]"), ("Denominator", "[patients]")):
        tab_to(page, page.get_by_label(label))
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("One result is ready, none is refused.")
    tab_to(page, page.get_by_role("button", name="Import now"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/result", timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("One result was imported.")


def tab_to(page: Page, wanted) -> None:
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the tab key does not lead there")


def test_it_works_on_a_phone_and_without_script(installation, open_page, results, pictures):
    ward = entry_ward(installation, "Phone import ward", rows=1)
    write(results, ward, flawed=True)
    page = open_page(ward, viewport=PHONE, java_script_enabled=False)
    send(page, results, ward)
    page.screenshot(path=pictures / "import-phone-read.png", full_page=True)
    map_columns(page)
    page.screenshot(path=pictures / "import-phone-preview.png", full_page=True)
    page.get_by_role("button", name="Import now").click()
    for _ in range(60):
        if page.url.endswith("/result"):
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("One result was imported.")
    page.screenshot(path=pictures / "import-phone-result.png", full_page=True)


def test_a_missing_choice_is_told_beside_its_field_and_what_was_chosen_stays(installation, open_page, results):
    ward = entry_ward(installation, "Lost import ward", rows=1)
    write(results, ward, flawed=False)
    page = open_page(ward)
    send(page, results, ward)
    page.get_by_label("Numerator").fill("[assessed] - [nothing]")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Numerator")).to_have_value("[assessed] - [nothing]")
    assert_accessible_in_both_themes(page)
