"""Each chart type and rule set that can be chosen has its help page, and no page speaks of one that cannot."""

import pytest

from qitracker.spc.registry import CHART_TYPES, RULE_SETS
from tests.guards.source import ROOT, text

HELP = ROOT / "qitracker" / "help"


@pytest.mark.parametrize(("folder", "codes"), [("chart", set(CHART_TYPES.kinds)), ("rules", set(RULE_SETS.kinds))])
def test_each_code_has_its_page_and_each_page_its_code(folder, codes):
    assert codes
    assert {path.stem for path in (HELP / folder).glob("*.md")} == codes


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
