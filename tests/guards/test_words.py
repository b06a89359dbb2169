"""What no file may hold: places of one machine, registries, inline style or script, things made elsewhere."""

import os
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from tests.guards.source import ROOT, files, name, places, text

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
MADE_ELSEWHERE = re.compile(
    r"\.min\.(js|css)$|\.(woff2?|ttf|otf|eot)$|(^|/)(vendor|node_modules|third_party)/"
    r"|(^|/)(htmx|bootstrap|jquery|alpine|tailwind)[\w.-]*\.(js|css)$"
)


def test_no_file_names_a_place_of_one_machine():
    here, home = re.escape(str(ROOT)), re.escape(str(Path.home()))
    around = re.escape(str(ROOT.parent)) + r"/\w" if ROOT.parent != Path("/") else here
    assert not places(re.compile(rf"{here}\b|{around}|(?<![\w.]){home}/\w|(?<![\w.])/(?:home|Users)/\w+/"), files())


def test_no_file_names_a_package_registry():
    hosts = ("py" + "pi", "python" + "hosted", "npm" + "js", "yarn" + "pkg", "uv-index", "artifactory")
    registry = re.compile(rf"https?://[\w.-]*(?:{'|'.join(hosts)})[\w.-]*|--(?:extra-)?index-url|find-links")
    checked = [path for path in files() if path != Path(__file__)]
    assert not places(registry, checked)


def test_nothing_made_elsewhere_is_copied_in():
    assert not [name(path) for path in files() if MADE_ELSEWHERE.search(name(path))]
    assert not places(re.compile(r"^/\*!.*", re.M), files("static"))


def test_no_reference_data_is_copied_in(reference):
    theirs = {sha256(path.read_bytes()).digest() for path in reference.rglob("*") if path.is_file()}
    names = {path.name for path in (reference / "data").iterdir() if path.is_file()} - {"README.md"}
    copied = [name(path) for path in files() if path.name in names or sha256(path.read_bytes()).digest() in theirs]
    assert not copied


class _Inline(HTMLParser):
    """Collects what the Content-Security-Policy forbids, and what would be fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        line = self.getpos()[0]
        self.found += [f"{line}: {tag} {a}=" for a in given if a == "style" or a.startswith(("on", "hx-on", "x-"))]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.found.append(f"{line}: <{tag}> written in the page")
        fetched = given.get("src") or (given.get("href") if tag in {"link", "use", "image"} else None) or ""
        if re.match(r"(?:https?:)?//", fetched):
            self.found.append(f"{line}: {tag} fetches {fetched}")

    handle_startendtag = handle_starttag


def inline(page: str) -> list[str]:
    """Return what is written inline in a page or template, each with its line."""
    parser = _Inline()
    parser.feed(JINJA.sub(lambda hit: "\n" * hit.group(0).count("\n"), page))
    return parser.found


def test_the_check_for_inline_style_and_script_sees_each_kind():
    page = """<p style="a">{{ x }}<b onclick='y'><style>p{}</style>
    <script>1</script><img src="https://elsewhere.example/a.png"><script src="/a.js"></script>"""
    assert [found.partition(": ")[2] for found in inline(page)] == [
        "p style=",
        "b onclick=",
        "<style> written in the page",
        "<script> written in the page",
        "img fetches https://elsewhere.example/a.png",
    ]


def test_no_template_or_drawing_has_inline_style_or_script_or_foreign_addresses():
    pages = [path for path in files("templates", "static") if path.suffix in {".html", ".svg", ".xml"}]
    assert not [f"{name(path)}:{found}" for path in pages for found in inline(text(path))]


def test_styles_and_scripts_fetch_nothing_from_elsewhere_and_run_no_text_as_code():
    foreign = re.compile(r"(?:url\(|@import|from|fetch\()\s*['\"]?(?:https?:)?//[^)'\"\s]*|\beval\(|new Function\(")
    assert not places(foreign, [path for path in files("static") if path.suffix in {".css", ".js"}])


def test_the_reference_folder_is_only_known_by_its_environment_variable():
    folder = os.environ.get("QI_REFERENCE")
    named = re.compile(r"\.\./shared|shared/reference" + (f"|{re.escape(folder)}" if folder else ""))
    assert not places(named, [path for path in files() if path != Path(__file__)])
