"""Every page as every role, in its own branch, in another, over the whole, and as a stranger."""

import pytest
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from tests.rights import gathered, set_scene

PAGES = gathered("PAGES")


def pages_of(app) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}


def test_every_page_has_its_row_and_every_row_its_page(app):
    assert pages_of(app) == set(PAGES)


def test_every_page_answers_every_role_and_strangers_as_the_table_says(app, build):
    cast = set_scene(build)
    urls = app.url_map.bind("localhost")
    browsers = {key: build.signed_in(person) for key, person in cast.people.items()}
    wrong = []
    for endpoint, row in PAGES.items():
        path = row.path.format_map(cast.scene)
        found = endpoint_of(urls, path)
        if found != endpoint:
            wrong.append(f"{path} belongs to {found}, not to {endpoint}")
            continue
        for (branch, role), browser in browsers.items():
            expected = getattr(row, branch)[list(type(role)).index(role)]
            status = browser.get(path).status_code
            if status != expected:
                wrong.append(f"{endpoint}: {role} of {branch} got {status}, not {expected}")
        status = app.test_client().get(path).status_code
        if status != row.stranger:
            wrong.append(f"{endpoint}: a stranger got {status}, not {row.stranger}")
    assert wrong == []


def endpoint_of(urls, path: str) -> str | None:
    try:
        return urls.match(path.partition("?")[0])[0]
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return None


STRANGE = ("/units/%00", "/units/" + "x" * 5000, "/people/999999999999999999999", "/nowhere", "/calendars/0")


@pytest.mark.parametrize("path", STRANGE)
def test_strange_addresses_are_not_found_rather_than_broken(build, path):
    browser = build.signed_in(build.person("administrator"))
    assert browser.get(path).status_code == 404


def test_no_post_gets_through_without_its_token(app, build):
    browser = build.signed_in(build.person("administrator"))
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods and not rule.arguments]
    answers = {rule.endpoint: browser.post(rule.rule).status_code for rule in posts}
    assert answers == dict.fromkeys(answers, 400)
    assert {"people.invite", "units.add", "security.logout"} <= set(answers)
