"""A report of 13 pages and 12 charts against bare WeasyPrint on the same HTML; and pages while one is rendered."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from statistics import median

import pytest
import weasyprint
from flask.testing import FlaskClient

from qitracker.foundation.config import Settings
from qitracker.foundation.permissions import Role
from qitracker.reports.rendering.pages import Pages, pages_of
from qitracker.reports.rendering.pdf import render_pdf
from qitracker.reports.rendering.resources import OWN, face_rules, style_sheet
from tests.bench.timing import Taken, best, measured, tell
from tests.builders.measures import a_measure
from tests.builders.results import a_series
from tests.unit.reports.reports import report
from tests.unit.reports.templates import TEMPLATES

CHARTS, TURNS, MOST = 12, 4, 1.2
READS, ROUNDS = 60, 5
FIRST = date(2023, 1, 1)
RENDERING = (
    "from tests.bench.test_report_speed import pages, render_pdf\n"
    "made = pages()\n"
    "print('begins', flush=True)\n"
    "while True: render_pdf(made.html, charts=made.charts, paper=made.paper)\n"
)


def pages() -> Pages:
    """Return the HTML and the charts of a dense report."""
    return pages_of(report(CHARTS), templates=TEMPLATES)


def bare(made: Pages) -> bytes:
    """Render as WeasyPrint is used without more: style sheets and fonts read each time."""

    class Own(weasyprint.urls.URLFetcher):
        def fetch(self, url: str, headers: object = None) -> object:
            if url in OWN:
                return weasyprint.urls.URLFetcherResponse(url, body=OWN[url]().body)
            drawn = made.charts[url.removeprefix("chart:")]
            return weasyprint.urls.URLFetcherResponse(url, body=drawn, headers={"Content-Type": "image/svg+xml"})

    fonts = weasyprint.text.fonts.FontConfiguration()
    sheet = weasyprint.CSS(string=face_rules() + style_sheet("report"), font_config=fonts, url_fetcher=Own())
    document = weasyprint.HTML(string=made.html, url_fetcher=Own())
    return document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")


def test_a_report_takes_no_longer_than_bare_weasyprint():
    made = pages()
    assert sum(name.startswith("chart-") for name in made.charts) == CHARTS
    ours, theirs = [], []
    for _ in range(TURNS):
        theirs.append(measured(lambda: bare(made)))
        ours.append(measured(lambda: render_pdf(made.html, charts=made.charts, paper=made.paper)))
    rows = [("bare WeasyPrint", best(theirs)), ("our report, tagged and finished", best(ours))]
    tell(f"A report of {CHARTS} charts", rows)
    assert rows[1][1].work <= MOST * rows[0][1].work


@pytest.fixture
def settings(tmp_path, database) -> Settings:
    """Return the settings of an installation as it is served to people."""
    return Settings(instance=tmp_path, database=database, log_level="error")


@pytest.fixture
def page(build) -> tuple[str, FlaskClient]:
    """Return the address of a board, and a browser of somebody who may read it."""
    ward = build.unit("Ward")
    for number in range(10):
        found = a_measure(build, build.organisation(), [ward], title=f"Measure {number}", begins=FIRST)
        a_series(build, ward, found, [(60 + at % 9, 80 + at) for at in range(36)], first=FIRST)
    return "/board?unit=ward", build.signed_in(build.person(Role.LEADER))


@contextmanager
def rendering() -> Iterator[None]:
    """Render reports in a process of its own, as the worker does."""
    worker = subprocess.Popen([sys.executable, "-c", RENDERING], stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None and worker.stdout.readline() == "begins\n"
        yield
    finally:
        worker.kill()
        worker.wait()


def test_pages_keep_their_time_while_a_report_is_rendered(page):
    address, browser = page

    def read() -> None:
        assert browser.get(address).status_code == 200

    for _ in range(10):
        read()
    alone, beside = [], []
    for _ in range(ROUNDS):
        alone.append(_middle(read))
        with rendering():
            beside.append(_middle(read))
    rows = [("a board", best(alone)), ("a board while a report is made", best(beside))]
    tell("Pages beside the worker", rows)
    assert rows[1][1].wall <= MOST * rows[0][1].wall


def _middle(deed: Callable[[], None]) -> Taken:
    taken = [measured(deed) for _ in range(READS)]
    return Taken(median(one.work for one in taken), median(one.wall for one in taken))
