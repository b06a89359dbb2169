"""What tests of pages do as a person does: read a page, fill its form, send it."""

import html
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def words(page: TestResponse) -> str:
    """Return the text of a page as a person reads it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def heading(page: TestResponse) -> str:
    """Return the sentence of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.S)
    assert found, page.text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", found[1])).split())


def send(browser: FlaskClient, path: str, *, seen_on: str | None = None, **fields) -> TestResponse:
    """Open the page with the form (`seen_on`, or the path itself), and send the form with these fields."""
    page = browser.get(seen_on or path)
    token = TOKEN.search(page.text)
    assert token, f"{seen_on or path} holds no form: {page.status}"
    hidden = dict(re.findall(r'<input[^>]*id="seen"[^>]*name="(seen)"[^>]*value="(\d+)"', page.text))
    return browser.post(path, data={**hidden, **fields, "csrf_token": token[1]})


def as_script(browser: FlaskClient, page: str) -> dict[str, str]:
    """Return the headers with which the script of a page sends JSON."""
    token = TOKEN.search(browser.get(page).text)
    assert token, f"{page} holds no token"
    return {"X-CSRFToken": token[1], "Accept": "application/json"}
