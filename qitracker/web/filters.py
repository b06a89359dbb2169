"""Template filters: sentences, numbers and dates in the reader's language, one place for all pages."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, has_request_context
from flask_babel import get_locale, get_translations
from markupsafe import Markup

from qitracker.foundation.locale import Reader
from qitracker.foundation.words import Sentence
from qitracker.web.faces import initials, tone


def reader() -> Reader:
    """Return the reader of this request: locale, time zone, catalogue."""
    if has_request_context() and "reader" in g:
        return g.reader
    made = Reader(locale=get_locale(), timezone=current_app.extensions["settings"].timezone, translate=_gettext)
    if has_request_context():
        g.reader = made
    return made


def _catalogue() -> Any:
    """Return the translations of this request, looked up once for each language; a page asks hundreds of times."""
    if not has_request_context():
        return get_translations()
    found = g.setdefault("catalogues", {})
    locale = str(get_locale())
    if locale not in found:
        found[locale] = get_translations()
    return found[locale]


def _gettext(text: str) -> str:
    translated: str = _catalogue().ugettext(text)
    return translated


def _ngettext(one: str, many: str, count: int) -> str:
    translated: str = _catalogue().ungettext(one, many, count)
    return translated


def init_filters(app: Flask) -> None:
    """Make the filters known to every template, and let its words be looked up without detours."""
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    filters = {
        "say": lambda words: reader().say(words),
        "number": lambda value, decimals=None: reader().number(value, decimals),
        "quantity": lambda value, unit="", decimals=0: reader().quantity(value, unit, decimals),
        "day": lambda value: reader().day(value) if value else "–",
        "moment": _moment,
        "initials": initials,
        "tone": tone,
        "period": lambda start, frequency="month", short=False: reader().period(start, frequency, short=short),
        "iso": _iso,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def use_timezone(name: str) -> None:
    """Write the moments of this answer in the time zone of the unit that the page is about."""
    g.reader = replace(reader(), timezone=name)


def _moment(value: datetime | None) -> str:
    """Return a moment with its time zone: in words where clocks there differ from the installation's.

    The same minute reads differently on the pages of units in two zones, so a page that differs says by which it goes.
    """
    if value is None:
        return "–"
    here = reader()
    own = value.astimezone(ZoneInfo(current_app.extensions["settings"].timezone)).utcoffset()
    reads_otherwise = value.astimezone(ZoneInfo(here.timezone)).utcoffset() != own
    said = here.zoned(value) if reads_otherwise else here.moment(value)
    marked = Markup('<time datetime="{}" title="{}">{}</time>')
    return marked.format(value.isoformat(timespec="seconds"), here.timezone, said)


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def emphasised(sentence: Sentence, css_class: str = "") -> Markup:
    """Return the sentence with its emphasis marked, everything else escaped."""
    return Markup('<b class="{}">{}</b>').format(css_class, reader().say(sentence))
