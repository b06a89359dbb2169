"""What only scripts send: every shape that is not meant is refused in a sentence, never with a fault."""

import re

import pytest

from tests.builders.measures import a_measure

WHATS = ("cell", "preview", "block", "beside", "comments")
BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "a number": b"7",
    "too deep": b"[" * 100_000 + b"]" * 100_000,
    "half a pair": b'{"measure": "counted", "stratum": "", "start": "2026-05-01", "numerator": "\\ud800", "seen": 0}',
    "half a pair in an address": b'{"measure": "\\ud800", "stratum": "", "start": "2026-05-01", "seen": 0}',
    "half a pair in a comment": (
        b'{"measure": "counted", "stratum": "", "start": "2026-05-01", "numerator": "4", "denominator": "5",'
        b' "comment": "\\ud800", "seen": 0, "reason": "\\ud800", "rows": [], "text": "\\ud800", "targets": [[]]}'
    ),
    "a NUL": b'{"measure": "counted", "stratum": "", "start": "2026-05-01", "numerator": "\\u0000", "seen": 0}',
    "too large a number": b'{"measure": "counted", "start": "2026-05-01", "seen": 1e400, "numerator": 1e400}',
    "nobody's version": b'{"measure": "counted", "start": "2026-05-01", "seen": 99999999999999999999}',
    "no day": b'{"measure": "counted", "start": "2026-02-29", "seen": 0, "numerator": "4", "denominator": "5"}',
    "the last day": b'{"measure": "counted", "start": "9999-12-01", "seen": 0, "numerator": "4", "denominator": "5"}',
    "the first day": b'{"measure": "counted", "start": "0001-01-01", "seen": 0, "numerator": "4", "denominator": "5"}',
    "another shape": b'{"measure": {}, "stratum": [], "start": 5, "seen": null, "rows": {"a": 1}, "text": 5}',
    "rows of another shape": b'{"rows": [1, null, [], "x", {}], "targets": [[1, null]], "text": "1"}',
    "not UTF-8": b'{"measure": "\xff\xfe"}',
}


@pytest.fixture
def browser(build):
    ward = build.unit("Ward", below=build.site("North"))
    a_measure(build, build.organisation(), [ward], title="Counted")
    return build.signed_in(build.person("quality_officer"))


@pytest.fixture
def token(browser) -> str:
    return re.search(r'data-csrf="([^"]+)"', browser.get("/entry?unit=ward").text)[1]


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("name", BODIES)
def test_what_no_script_of_ours_sends_is_refused(browser, token, what, name):
    for content_type in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        headers = {"X-CSRFToken": token, "Accept": "application/json", "Content-Type": content_type}
        answer = browser.post(f"/entry/ward/{what}", data=BODIES[name], headers=headers)
        assert answer.status_code in (200, 400, 404, 409, 413, 422), f"{content_type}: {answer.status}"
        assert name not in ("nothing", "no JSON", "too deep") or answer.status_code in (400, 422)


@pytest.mark.parametrize("what", WHATS)
def test_json_takes_its_token_too(browser, what):
    answer = browser.post(f"/entry/ward/{what}", json={}, headers={"Accept": "application/json"})
    assert answer.status_code == 400 and answer.json["error"]
