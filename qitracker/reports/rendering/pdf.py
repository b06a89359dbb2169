"""HTML to tagged PDF (PDF/UA-1). The only module that knows WeasyPrint; it is imported on first use (1 second)."""

import atexit
import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import RLock, get_ident
from types import SimpleNamespace
from typing import Any

from qitracker.foundation.errors import Refusal
from qitracker.reports.rendering.finisher import finish
from qitracker.reports.rendering.resources import OWN, Denied, Resource, face_rules, style_sheet

VARIANT = "pdf/ua-1"
PAPERS = ("a4", "letter")

_one_at_a_time = RLock()  # fonts and the paused collector belong to the process


class RenderFailed(Refusal):
    """The PDF could not be made whole. An incomplete one is never kept."""


class PdfUnavailable(Refusal):
    """This computer lacks what PDFs need; the rest of the product works."""


def render_pdf(html: str, *, charts: Mapping[str, bytes], paper: str = "a4") -> bytes:
    """Return the page as a PDF/UA-1 file; the same input gives the same bytes.

    `charts` are SVG pictures, shown by `<img src="chart:name" alt="…">`. Nothing else is ever fetched:
    any other address, and any fault WeasyPrint logs, fails the whole.

    Raises:
        RenderFailed: a picture is missing or unnamed, something foreign was referenced, or the like.
        PdfUnavailable: the libraries that PDFs need are not installed.
    """
    tools = _weasyprint()
    with _one_at_a_time, _faults() as faults, _collector_paused():
        document = tools.HTML(string=html, url_fetcher=_fetcher(charts), base_url=None)
        made: bytes = document.write_pdf(
            stylesheets=_sheets(paper), font_config=_fonts(), pdf_variant=VARIANT, finisher=finish
        )
    if faults:
        raise RenderFailed(f"The PDF was not made: {faults[0]}")
    return made


def pdf_problem() -> str:
    """Return "" when PDFs can be made here, else a sentence that says what to install."""
    try:
        _weasyprint()
    except PdfUnavailable as problem:
        return str(problem)
    return ""


@cache
def _weasyprint() -> SimpleNamespace:
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as fault:  # the system library behind it is absent
        raise PdfUnavailable(
            f"PDF export is off: {fault}. Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."
        ) from fault
    return SimpleNamespace(
        HTML=weasyprint.HTML,
        CSS=weasyprint.CSS,
        FontConfiguration=FontConfiguration,
        Fetcher=URLFetcher,
        Response=URLFetcherResponse,
    )


@cache
def _fonts() -> Any:
    atexit.register(_forget)
    return _weasyprint().FontConfiguration()


def _forget() -> None:
    """Let go of the fonts while the interpreter still can: their library complains when it is gone first."""
    _sheets.cache_clear()
    _fonts.cache_clear()


@cache
def _sheets(paper: str) -> list[Any]:
    """Parse faces and style sheets once per worker (a tenth of a second saved per report)."""
    texts = [face_rules(), style_sheet("report"), *([style_sheet("letter")] if paper == "letter" else [])]
    make, fetch = _weasyprint().CSS, _fetcher({})
    return [make(string=text, font_config=_fonts(), url_fetcher=fetch) for text in texts]


def _fetcher(charts: Mapping[str, bytes]) -> Any:
    """Return a fetcher that knows the report's own charts and our own faces, and denies all else."""
    tools = _weasyprint()

    def answer(url: str) -> Any:
        if url.startswith("chart:") and url.removeprefix("chart:") in charts:
            found = Resource(charts[url.removeprefix("chart:")], "image/svg+xml")
        elif url in OWN:
            found = OWN[url]()
        else:
            raise Denied(f"a report holds nothing from outside, but asks for {url[:80]}")
        return tools.Response(url, body=found.body, headers={"Content-Type": found.kind})

    class Own(tools.Fetcher):  # type: ignore[misc,name-defined]
        def fetch(self, url: str, headers: object = None) -> Any:
            return answer(url)

    return Own()


@contextmanager
def _faults() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs as an error while this thread renders."""
    found: list[str] = []
    thread = get_ident()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread:
                found.append(record.getMessage())

    listener = Listener(logging.ERROR)
    log = logging.getLogger("weasyprint")
    log.addHandler(listener)
    try:
        yield found
    finally:
        log.removeHandler(listener)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Layout makes millions of short-lived boxes; without the collector it is a fifth faster."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
