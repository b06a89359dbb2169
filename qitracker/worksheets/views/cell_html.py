"""One cell of a worksheet as HTML, put together without a template: a large sheet has three thousand of them, and each
costs a tenth of what a macro takes. Without script a cell leads to the plain form of its row.
"""

from dataclasses import dataclass
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from qitracker.web.filters import reader
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.sheet_kind import CHOICE, MOMENT, SCORE, SheetRow
from qitracker.worksheets.views.blueprint import bp, typed_moment


@dataclass(frozen=True)
class _Told:
    """What all cells of a column have in common, in the words of the reader and escaped."""

    kind: str
    title: str
    facts: str
    choices: dict[str, str]
    anchors: dict[str, str]


@bp.app_template_global("sheet_cell")
def cell_html(
    page: SheetPage,
    row: SheetRow,
    code: str,
    name: str = "",
    look: str = "",
    anchor: bool = False,
    marked: str | None = None,
) -> Markup:
    """Return one cell; nothing where it is empty and cannot be written in. `marked` is the value as markup."""
    told, held = _told(page, row.section, code), row.cells.get(code)
    value, version = (held.value, held.version) if held else ("", 0)
    is_open, is_score = page.may_edit and page.is_open, told.kind == SCORE
    if not (is_open or value or is_score):
        return Markup()
    safe_name, safe_value = escape(name), escape(value)
    opening = [
        f'class="q-c{" " + escape(look) if look else ""}{"" if value else " is-empty"}"',
        f'id="row-{row.id}"' if anchor else "",
        f'href="{_address(page)}{row.id}"' if is_open else "",
        _of_score(told, is_open, f"{safe_name}, {told.title}", value, safe_value) if is_score else "",
        f'data-row="{row.id}" {told.facts}',
        f'data-parent="{row.parent_id}"' if row.parent_id is not None else "",
        f'data-version="{version}" data-value="{safe_value}" data-name="{safe_name}, {told.title}"',
    ]
    tag = "a" if is_open else "span"
    return Markup(f"<{tag} {' '.join(filter(None, opening))}>{_inside(told, value, safe_value, marked)}</{tag}>")


def _of_score(told: _Told, is_open: bool, label: str, value: str, safe: str) -> str:
    role = "" if is_open else 'role="img" '
    title = f' title="{told.anchors[value]}"' if value in told.anchors else ""
    return f'{role}aria-label="{label}: {safe or escape(_("not scored"))}"{title}'


def _inside(told: _Told, value: str, safe: str, marked: str | None) -> str:
    if told.kind == SCORE:
        return safe or "–"
    if not value:
        return f"{told.title}…"
    if marked is not None:
        safe = escape(marked)
    elif told.kind == CHOICE:
        safe = told.choices.get(value, safe)
    elif told.kind == MOMENT:
        safe = escape(typed_moment(value))
    return f'<span class="q-hide">{told.title}: </span>{safe}'


def _told(page: SheetPage, section: str, code: str) -> _Told:
    kept: dict[Any, _Told] = g.setdefault("told_columns", {})
    key = (page.id, section, code)
    if key not in kept:
        kept[key] = _tell(page, section, code)
    return kept[key]


def _tell(page: SheetPage, section: str, code: str) -> _Told:
    column, say = page.kind.section(section).column(code), reader().say
    anchors = page.scale.anchors(column.axis) if page.scale and column.axis else ()
    axis = escape(column.axis)
    facts = (
        f'data-column="{escape(code)}" data-section="{escape(section)}" data-kind="{column.kind}" data-axis="{axis}"'
    )
    return _Told(
        kind=column.kind,
        title=escape(say(column.title)),
        facts=facts,
        choices={choice: escape(say(words)) for choice, words in column.choices},
        anchors={str(score): escape(say(words)) for score, words in anchors},
    )


def _address(page: SheetPage) -> str:
    """Return the address of the plain forms of a sheet, up to the number of the row."""
    kept: dict[int, str] = g.setdefault("row_addresses", {})
    if page.id not in kept:
        kept[page.id] = escape(url_for("worksheets.plain_row", sheet_id=page.id, row_id=0).removesuffix("0"))
    return kept[page.id]
