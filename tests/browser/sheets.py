"""A ward of its own in the served installation, with measures to enter; and its sheet as a person works in it."""

from dataclasses import dataclass
from datetime import date

from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, expect

from qitracker.app import create_app
from qitracker.foundation.config import Settings
from qitracker.foundation.db import db
from qitracker.foundation.errors import NotFound
from qitracker.foundation.periods import previous_period, shift_period
from qitracker.people.queries import organisation
from tests.browser.looking import sign_in
from tests.builders.measures import a_measure
from tests.builders.people import PASSWORD, Build
from tests.builders.results import a_series
from tests.served import Installation

FIRST = date(2025, 1, 1)
COUNTED = ((40, 50), (42, 50), (41, 50))


@dataclass(frozen=True)
class EntryWard:
    """The ward, its newest month that is over, its measures by title, and who may enter."""

    slug: str
    month: date
    measures: dict[str, str]
    nurse: str
    officer: str

    @property
    def address(self) -> str:
        """Return the address of the sheet."""
        return f"/entry?unit={self.slug}"


def entry_ward(installation: Installation, name: str, *, rows: int = 4) -> EntryWard:
    """Add a ward with so many measures; all months are filled but the newest."""
    app = create_app(Settings(instance=installation.instance, environment="demonstration", log_level="error"))
    with app.app_context():
        try:
            return _ward(app, name, rows)
        finally:
            db.engine.dispose()


def _ward(app: Flask, name: str, rows: int) -> EntryWard:
    build = Build(app)
    try:
        build._organisation = organisation()
    except NotFound:
        build.organisation()
    month = previous_period(date.today().replace(day=1), "month")
    code = "".join(letter for letter in name.upper() if letter.isalnum())
    ward = build.unit(name, code=code)
    measures = {}
    months = (month.year - FIRST.year) * 12 + month.month - FIRST.month
    for number in range(1, rows + 1):
        title = f"{name} measure {number}"
        measured = a_measure(build, build.organisation(), [ward], title=title, begins=FIRST)
        a_series(build, ward, measured, [COUNTED[at % 3] for at in range(months)], first=FIRST)
        measures[title] = measured.slug
    assert shift_period(FIRST, "month", months) == month
    people = {
        role: build.person(
            role, ward, name=f"{role} {name}", email=f"{role}.{code.lower()}@alder.example", password=PASSWORD
        )
        for role in ("team_member", "quality_officer")
    }
    slug = name.lower().replace(" ", "-")
    return EntryWard(slug, month, measures, people["team_member"].email, people["quality_officer"].email)


class SheetPage:
    """The sheet in one window."""

    def __init__(self, context: BrowserContext, ward: EntryWard, email: str) -> None:
        self.page: Page = context.new_page()
        self.ward = ward
        sign_in(self.page, email, PASSWORD)
        self.open()

    def open(self) -> None:
        """Open the sheet and wait until it is a grid."""
        self.page.goto(self.ward.address)
        expect(self.page.get_by_role("grid")).to_be_visible()

    def cell(self, number: int, which: str = "numerator", month: date | None = None) -> Locator:
        """Return one cell of the measure with that number, of the newest month when none is named."""
        slug = self.ward.measures[f"{self.title} measure {number}"]
        start = (month or self.ward.month).isoformat()
        return self.page.locator(f'[data-measure="{slug}"][data-start="{start}"][data-cell="{which}"]')

    @property
    def title(self) -> str:
        """Return the name of the ward."""
        return next(iter(self.ward.measures)).rsplit(" measure", 1)[0]

    def count(self, state: str) -> Locator:
        """Return what the status bar says of that state."""
        return self.page.locator(f'[data-count="{state}"]')

    def type(self, *keys: str) -> None:
        """Press keys, or type what is no key."""
        for key in keys:
            if key[0].isdigit() or key in "*-":
                self.page.keyboard.type(key)
            else:
                self.page.keyboard.press(key)

    def paste(self, text: str) -> None:
        """Paste a text into the focused cell, as the clipboard of a spreadsheet gives it."""
        self.page.evaluate(
            """text => {
                const given = new DataTransfer();
                given.setData('text/plain', text);
                const event = { clipboardData: given, bubbles: true, cancelable: true };
                document.activeElement.dispatchEvent(new ClipboardEvent('paste', event));
            }""",
            text,
        )
