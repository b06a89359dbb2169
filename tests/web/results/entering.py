"""What tests of the entry page send, as its script does: JSON with the token of the page."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

MAY = "2026-05-01"


class Sheet:
    """The sheet of one unit in one browser."""

    def __init__(self, browser: FlaskClient, unit: str = "ward", to: str = MAY) -> None:
        self.browser, self.unit, self.to = browser, unit, to
        self.address = f"/entry?unit={unit}&to={to}"

    def page(self) -> TestResponse:
        """Open the sheet."""
        return self.browser.get(self.address)

    def post(self, what: str, body: object) -> TestResponse:
        """Send JSON with the token of the sheet."""
        token = re.search(r'data-csrf="([^"]+)"', self.page().text)
        assert token, "the sheet is empty"
        headers = {"X-CSRFToken": token[1], "Accept": "application/json"}
        return self.browser.post(f"/entry/{self.unit}/{what}", json=body, headers=headers)

    def cell(self, measure: str, numerator: str = "", denominator: str = "", **more: object) -> TestResponse:
        """Save one pair of cells."""
        return self.post("cell", cell(measure, numerator, denominator, **more))


def cell(measure: str, numerator: str = "", denominator: str = "", **more: object) -> dict[str, object]:
    """Return one pair of cells as the script sends it."""
    return {
        "measure": measure,
        "stratum": "",
        "start": MAY,
        "numerator": numerator,
        "denominator": denominator,
        "state": "",
        "seen": 0,
        **more,
    }
