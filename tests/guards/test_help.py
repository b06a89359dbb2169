"""What can be chosen or done has its page of help, each can be read, and each link to one leads somewhere."""

import re

import pytest

from qitracker.help.pages import KINDS, help_pages
from qitracker.spc.registry import CHART_TYPES, RULE_SETS
from qitracker.worksheets.kinds import KINDS as WORKSHEETS
from tests.guards.source import ROOT, files, text

HELP = ROOT / "qitracker" / "help"
LINK = re.compile(r'how\("([\w-]+)", "([\w-]+)"')
PAGES = {(page.kind, page.code): page for page in help_pages()}


@pytest.mark.parametrize(("folder", "codes"), [("chart", set(CHART_TYPES.kinds)), ("rules", set(RULE_SETS.kinds))])
def test_each_code_has_its_page_and_each_page_its_code(folder, codes):
    assert codes
    assert {path.stem for path in (HELP / folder).glob("*.md")} == codes


def test_each_kind_of_worksheet_has_its_method():
    assert {code for kind, code in PAGES if kind == "method"} >= set(WORKSHEETS.kinds)


@pytest.mark.parametrize(
    ("path", "title"),
    [(HELP / "chart" / f"{code}.md", kind.title) for code, kind in CHART_TYPES.kinds.items()]
    + [(HELP / "rules" / f"{code}.md", kind.title) for code, kind in RULE_SETS.kinds.items()],
    ids=lambda value: getattr(value, "stem", value),
)
def test_a_page_has_the_title_of_its_kind_says_when_to_use_it_and_names_its_source(path, title):
    page = text(path)
    assert page.startswith(f"# {title}\n")
    assert "## When to use it\n" in page
    assert "## Source\n" in page
    assert 15 <= page.count("\n") <= 40


def test_every_file_of_help_is_a_page_of_a_known_kind():
    assert {(path.parent.name, path.stem) for path in HELP.rglob("*.md")} == set(PAGES)
    assert {kind for kind, _ in PAGES} == set(KINDS)


@pytest.mark.parametrize("key", [key for key in PAGES if key[0] in {"method", "task"}], ids="/".join)
def test_help_on_a_task_is_short_begins_with_one_sentence_and_a_method_names_its_source(key):
    page = PAGES[key]
    assert page.blocks[0].kind == "p" and page.blocks[1].kind == "h2"
    assert 5 <= len(page.lead.split()) <= 30
    assert 15 <= text(HELP / page.kind / f"{page.code}.md").count("\n") <= 40
    heads = {block.rows[0][0][0].text for block in page.blocks if block.kind == "h2"}
    assert key[0] != "method" or "Source" in heads


def test_no_mark_of_markdown_is_left_in_the_words_of_a_page():
    words = [one for page in help_pages() for one in (page.title, *page.texts)]
    assert not [one for one in words if re.search(r"\*\*|`|^#|^\||\]\(", one)]


def test_every_link_to_help_leads_to_a_page_and_every_page_on_a_task_is_linked_where_it_is_done():
    links = {hit for path in files("templates") if path.suffix == ".html" for hit in LINK.findall(text(path))}
    assert links - set(PAGES) == set()
    assert {key for key in PAGES if key[0] in {"method", "task"}} - links == set()
