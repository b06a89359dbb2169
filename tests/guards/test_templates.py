"""Every template is used by something, and every word in it can be translated."""

import ast
import re
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, nodes

from tests.guards.source import ROOT, files, name, places, python, text

TEMPLATES = ROOT / "templates"
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
SAID_BY_DEVELOPERS_ONLY = "gallery/"
NEEDS_NO_TRANSLATION = re.compile(r"^(qitracker|qi|PDF|CSV|XLSX|SVG|PNG|JSON|https?)$", re.I)
READ_ALOUD = {"alt", "aria-label", "placeholder", "title", "data-confirm"}
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\bendtrans\s*-?%\}", re.S)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)


def _pages() -> dict[str, Path]:
    return {
        str(p.relative_to(TEMPLATES)): p for p in files("templates") if p.suffix in {".html", ".txt", ".xml", ".svg"}
    }


def _pattern(expression: ast.expr | nodes.Node) -> str | None:
    """Return the names an expression can have as a pattern, or None when it is not built from text."""
    match expression:
        case ast.Constant(value=str(words)) | nodes.Const(value=str(words)):
            return re.escape(words)
        case ast.JoinedStr(values=parts):
            return "".join(_pattern(part) or "[^/]+" for part in parts)
        case nodes.Concat(nodes=parts):
            return "".join(_pattern(part) or "[^/]+" for part in parts)
    return None


def _named_in_code() -> set[str]:
    expressions = (e for _, tree in python("qitracker") for e in ast.walk(tree) if isinstance(e, ast.expr))
    return {p for e in expressions if (p := _pattern(e)) and re.search(r"\\\.(html|txt|xml|svg)$", p)}


def _named_in_templates() -> set[str]:
    found: set[str] = set()
    for page in _pages().values():
        tree = ENVIRONMENT.parse(text(page))
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            choices = node.template.items if isinstance(node.template, nodes.List) else [node.template]
            found |= {p for choice in choices if (p := _pattern(choice))}
    return found


def _of_flask_security() -> set[str]:
    folder = Path(find_spec("flask_security").origin).parent / "templates"
    return {str(path.relative_to(folder)) for path in folder.rglob("*.*")}


def test_every_template_is_used():
    known = re.compile("|".join(_named_in_code() | _named_in_templates() | {r"$^"}))
    theirs = _of_flask_security()
    assert not [page for page in _pages() if not known.fullmatch(page) and page not in theirs]


def test_every_template_that_another_names_exists():
    pages = _pages()
    patterns = _named_in_templates()
    own = {p for p in patterns if not p.startswith(("bootstrap", "security"))}
    assert not [p for p in own if not any(re.fullmatch(p, page) for page in pages)]


class _Untranslated(HTMLParser):
    """Collects words that stand in the page as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style", "code", "kbd", "samp"}
        for attribute, value in attrs:
            if attribute in READ_ALOUD:
                self._take(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "code", "kbd", "samp"}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._take(data)

    def _take(self, words: str) -> None:
        spoken = [word for word in re.findall(r"[^\W\d_]{2,}", words) if not NEEDS_NO_TRANSLATION.match(word)]
        if spoken:
            self.found.append(f"{self.getpos()[0]}: {' '.join(words.split())}")


def untranslated(template: str) -> list[str]:
    """Return the words of a template that stand outside `_()` and `{% trans %}`, each with its line."""
    parser = _Untranslated()
    for hidden in (TRANSLATED, JINJA):
        template = hidden.sub(lambda hit: "\n" * hit.group(0).count("\n"), template)
    parser.feed(template)
    parser.close()
    return parser.found


def test_the_check_for_words_sees_text_and_labels_and_passes_what_is_translated():
    page = """{# no #}<p title="Loose label">{{ _("fine") }} Loose words {% trans n=1 %}also fine{% endtrans %}</p>
    <b class="{{ 'x' if y > 1 }}">A &middot; 5 %</b><code>key</code> qitracker"""
    assert untranslated(page) == ["1: Loose label", "1: Loose words"]


def test_every_word_of_a_page_can_be_translated():
    pages = {page: path for page, path in _pages().items() if path.suffix in {".html", ".xml"}}
    assert not [
        f"{page}:{words}"
        for page, path in pages.items()
        if not page.startswith(SAID_BY_DEVELOPERS_ONLY)
        for words in untranslated(text(path))
    ]


def test_no_template_lets_text_through_unescaped():
    pages = [path for page, path in _pages().items() if not page.startswith(SAID_BY_DEVELOPERS_ONLY)]
    assert not places(re.compile(r"\|\s*safe\b|autoescape\s+false"), pages)


def test_every_style_and_script_is_named_somewhere():
    names = " ".join(
        text(p) for p in files("qitracker", "templates", "static") if p.suffix in {".py", ".html", ".css", ".js"}
    )
    idle = [
        name(p)
        for p in files("static")
        if p.suffix in {".css", ".js", ".svg"} and p.name not in names and p.stem not in names
    ]
    assert not idle
