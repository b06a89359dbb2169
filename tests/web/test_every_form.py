"""Every field of every form takes every hostile value: no fault, nothing unescaped, nothing that was typed is lost."""

import re

import pytest

from qitracker.foundation.permissions import Role
from tests.rights import gathered, set_scene
from tests.web.hostile import ECHOED, HOSTILE, PageForm, forms, typed_again

ANSWERS = {302, 303, 400, 403, 404, 409, 413, 422}
UNESCAPED = re.compile(r"<script>qi|<img src=x onerror=qi|(?<![{\w])49(?!\w)\{page", re.I)
ENDING = ("remove", "delete", "close", "merge", "retire", "restore", "logout", "clear", "cancel", "end", "reopen")
OF_THE_LIBRARY = {"/login", "/change", "/verify"}  # Flask-Security answers a refused form with 200
SHOWN_FIRST = ("/paste",)  # forms that answer with what would come of them: a page with all that was typed
LEFT_ALONE = {"csrf_token"}


class Attack:
    """One browser that sends hostile values, and what gave way."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.wrong: list[str] = []
        self.sent = 0

    def on(self, path: str, form: PageForm) -> None:
        """Send each hostile value in each field of the form, all else as the page had it."""
        for field in dict.fromkeys(f.name for f in form.fields if f.name not in LEFT_ALONE):
            kind = next(f.kind for f in form.fields if f.name == field)
            for name, value in HOSTILE.items():
                answer = self.browser.post(form.action, data={**form.sent(), field: [value]})
                self.sent += 1
                self.judge(f"{form.action} {field}={name}", kind, value, answer)
                if answer.status_code < 400:  # it was taken: the page has another version now
                    form = self.as_it_stands(path, form)

    def as_it_stands(self, path: str, form: PageForm) -> PageForm:
        """Return the form read from its page again; the old one when the page has it no longer."""
        alike = (one for one in self.forms_of(path) if (one.action, one.shape()) == (form.action, form.shape()))
        return next(alike, form)

    def forms_of(self, path: str) -> list[PageForm]:
        """Return the forms of a page; a page that is gone has none."""
        page = self.browser.get(path)
        return list(forms(page.text, at=path)) if page.status_code == 200 and page.mimetype == "text/html" else []

    def judge(self, what: str, kind: str, value: str | bytes, answer) -> None:
        """Note what is wrong with one answer."""
        path, is_page = answer.request.path, answer.status_code == 200
        is_preview = is_page and path.endswith(SHOWN_FIRST)
        if answer.status_code not in ANSWERS and not is_preview and not (is_page and path in OF_THE_LIBRARY):
            self.wrong.append(f"{what}: {answer.status}")
        if UNESCAPED.search(text_of(answer)):
            self.wrong.append(f"{what}: came back unescaped")
        lost = (answer.status_code == 422 or is_preview) and kind in ECHOED and isinstance(value, str) and value
        if lost and answer.mimetype == "text/html" and not _is_kept(value, answer.text):
            self.wrong.append(f"{what}: what was typed is not in the form any more")


def text_of(answer) -> str:
    """Return what a browser would read as text: nothing of a picture or a workbook."""
    return answer.text if answer.mimetype.startswith("text/") or answer.mimetype == "image/svg+xml" else ""


def _is_kept(value: str, text: str) -> bool:
    return any(value.strip() == held.strip() for held in typed_again(text))


def _ends_something(form: PageForm) -> bool:
    return any(word in form.action.split("/")[-1] for word in ENDING)


@pytest.mark.slow
def test_every_field_of_every_form_refuses_or_keeps_hostile_values(app, build):
    cast = set_scene(build)
    person = build.person(Role.QUALITY_OFFICER, password="violin harbour seventeen")
    build.grant(person, Role.ADMINISTRATOR, build.organisation())
    attack = Attack(build.signed_in(person))
    paths = [row.path.format_map(cast.scene) for row in gathered("PAGES").values()]
    paths += ["/reports/new?unit=ward", "/entry/ward", "/measures/library/falls-injury"]
    found: dict[tuple[str, frozenset[str]], tuple[str, PageForm]] = {}
    for path in paths:
        for form in attack.forms_of(path):
            found.setdefault((form.action, form.shape()), (path, form))
    ordered = sorted(found.values(), key=lambda one: (_ends_something(one[1]), one[1].action == "/logout"))
    assert len(ordered) > 25
    for path, form in ordered:
        attack.on(path, form)
    assert attack.sent > 1000
    for path in paths:
        page = attack.browser.get(path) if path != "/readyz" else attack.browser.get("/healthz")
        if page.status_code >= 500 or UNESCAPED.search(text_of(page)):
            attack.wrong.append(f"{path} afterwards: {page.status}")
    assert not attack.wrong, "\n".join(attack.wrong)
