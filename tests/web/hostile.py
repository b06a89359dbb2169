"""What people and attackers may type into any field, and the forms of a page as a browser sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

import html5lib

SCRIPT: Final = "<script>qi()</script>"
BREAKOUT: Final = "\"'><img src=x onerror=qi()>"
HOSTILE: Final = {
    "a script": SCRIPT,
    "a quote and a tag": BREAKOUT,
    "template marks": "{{ 7 * 7 }}{page.title}%(name)s%s",
    "right to left": "\u202eدار الشفاء\u202c",
    "an emoji of several parts": "👩🏽‍⚕️ ward",
    "ten thousand characters": "x" * 10_000,
    "a NUL": "be\x00fore",
    "half of a pair": b"\xed\xa0\x80\xff",
    "a number that overflows": "1e400",
    "a negative number": "-5",
    "a digit that is none": "²",
    "a very long number": "9" * 400,
    "the last day there is": "9999-12-31",
    "the first day there is": "0001-01-01",
    "a day that is not": "2026-02-29",
    "nothing": "",
}
ECHOED: Final = frozenset({"text", "email", "search", "number", "date", "month", "textarea", "week", "tel", "url"})
"""Kinds of fields that show again what was typed; a choice has no place for what was not offered."""


@dataclass(frozen=True)
class Field:
    """One field as it stands on the page."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class PageForm:
    """A form that posts, with what it would send untouched."""

    action: str
    fields: tuple[Field, ...]

    def sent(self) -> dict[str, list[str]]:
        """Return what the browser sends when nothing is changed."""
        data: dict[str, list[str]] = {}
        for field in self.fields:
            data.setdefault(field.name, []).append(field.value)
        return data

    def shape(self) -> frozenset[str]:
        """Return the names of its fields."""
        return frozenset(field.name for field in self.fields)


def forms(text: str, *, at: str) -> Iterator[PageForm]:
    """Yield the forms of a page that post; `at` is where a form without an action goes."""
    root = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    for form in root.iter("form"):
        if form.get("method", "get").lower() == "post":
            yield PageForm(form.get("action") or at, tuple(_fields(form)))


def _fields(form: Element) -> Iterator[Field]:
    for control in form.iter():
        name = control.get("name")
        if not name or control.get("disabled") is not None:
            continue
        if control.tag == "textarea":
            yield Field(name, "textarea", control.text or "")
        elif control.tag == "select":
            yield Field(name, "select", _chosen(control))
        elif control.tag in ("input", "button"):
            kind = control.get("type", "text" if control.tag == "input" else "submit").lower()
            if kind in ("radio", "checkbox") and control.get("checked") is None:
                continue
            if kind not in ("submit", "button", "file"):
                yield Field(name, kind, control.get("value", ""))


def _chosen(select: Element) -> str:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return chosen[0].get("value", chosen[0].text or "") if chosen else ""


def typed_again(text: str) -> set[str]:
    """Return everything that stands in a field of the page."""
    root = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    held = {control.get("value", "") for control in root.iter("input")}
    return held | {(area.text or "") for area in root.iter("textarea")}
