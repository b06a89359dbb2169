"""What a form holds as it is shown, to be sent again with a change."""

from html.parser import HTMLParser

from werkzeug.test import TestResponse

Fields = dict[str, str | list[str]]


def fields_of(page: TestResponse, action: str = "/columns") -> Fields:
    """Return what the form whose address ends with `action` would send."""
    reader = _Filled(action)
    reader.feed(page.text)
    assert reader.found, f"the page has no form for {action}"
    return reader.found


class _Filled(HTMLParser):
    """Collects the values of one form."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.found: Fields = {}
        self._action = action
        self._inside = False
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action", "").endswith(self._action)
        if not self._inside:
            return
        if tag == "select":
            self._select = given["name"]
            self.found[self._select] = ""
        elif tag == "textarea":
            self._area = given["name"]
            self.found[self._area] = ""
        elif tag == "option" and "selected" in given and self._select:
            self.found[self._select] = given["value"]
        elif tag == "input":
            self._take(given)

    def _take(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if kind in ("text", "hidden"):
            self.found[name] = given.get("value", "")
        elif kind in ("checkbox", "radio") and "checked" in given:
            chosen = self.found.setdefault(name, [])
            assert isinstance(chosen, list)
            chosen.append(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] = str(self.found[self._area]) + data.removeprefix("\r\n")
