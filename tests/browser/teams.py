"""A ward of its own in the served installation, with people who work in one worksheet; and their windows."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from playwright.sync_api import Page, expect

from qitracker.app import create_app
from qitracker.foundation.actor import Place
from qitracker.foundation.config import Settings
from qitracker.foundation.db import db
from qitracker.foundation.permissions import Role
from qitracker.people.queries import organisation
from tests.browser.looking import sign_in
from tests.builders.people import PASSWORD, Build

WIDE = {"width": 1440, "height": 1000}
Made = TypeVar("Made")


def in_a_ward(
    installation, name: str, people: Mapping[str, str], make: Callable[[Build, Place], Made]
) -> tuple[Made, list[str]]:
    """Add a ward with these people (what they are, their names); return what `make` adds to it, and their addresses."""
    app = create_app(Settings(instance=installation.instance, environment="demonstration", log_level="error"))
    with app.app_context():
        try:
            build = Build(app)
            build._organisation = organisation()
            code = "".join(letter for letter in name.lower() if letter.isalnum())
            ward = build.unit(name, code=code)
            emails = [f"{who}.{code}@thistledown.example" for who in people]
            for title, email in zip(people.values(), emails, strict=True):
                build.person(Role.FACILITATOR, ward, name=title, email=email, password=PASSWORD)
            return make(build, ward), emails
        finally:
            db.engine.dispose()


def window(new_context, address: str, email: str, **arguments) -> Page:
    """Open the worksheet in a window of its own, as one of its people, and wait until its script is there."""
    page = new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **arguments}).new_page()
    sign_in(page, email, PASSWORD)
    page.goto(address)
    if arguments.get("java_script_enabled", True):
        expect(page.locator("[data-behaviour=sheet].is-live")).to_be_visible()
    return page
