"""The page of an FMEA: which steps are drawn again after a change, and what sums up all."""

from collections.abc import Collection

from flask import render_template

from qitracker.worksheets.kinds import FMEA
from qitracker.worksheets.kinds.fmea import StepGroup
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.sheet_kind import SheetRow
from qitracker.worksheets.views.fmea_view import FmeaView, fmea_view
from qitracker.worksheets.views.kept_parts import kept_once, what_of
from qitracker.worksheets.views.kind_page import KIND_PAGES, Answer, Answers, KindPage


def _parts(page: SheetPage, view: FmeaView, actions: Answers, touched: Collection[int]) -> Answer:
    """Return the steps that hold a touched row, the order of all, and the parts that sum up the whole."""
    return {
        "steps": [group.step.id for group in view.groups],
        "groups": {str(group.step.id): _group(group, page, view, actions) for group in _hit(view.groups, touched)},
        **kept_once(("sums", *what_of(page, page.rows, actions)), lambda: _sums(page, view, actions)),
    }


def _sums(page: SheetPage, view: FmeaView, actions: Answers) -> Answer:
    return {
        "side": render_template("worksheets/_risk.html", page=page, fmea=view, actions=actions),
        "head": render_template("worksheets/_head.html", page=page, fmea=view, actions=actions),
        "process": render_template("worksheets/_process.html", page=page, fmea=view, actions=actions),
    }


def _group(group: StepGroup, page: SheetPage, view: FmeaView, actions: Answers) -> str:
    """Return a step drawn: made anew when one of its rows changed, whatever else did."""
    made_from = ("step", group.number, *what_of(page, _rows_in(group), actions))
    return kept_once(
        made_from,
        lambda: render_template("worksheets/_group.html", group=group, page=page, fmea=view, actions=actions),
    )


def _hit(groups: Collection[StepGroup], touched: Collection[int]) -> list[StepGroup]:
    """Return the steps that hold one of the touched rows; a step is drawn whole, so its order is right."""
    rows = set(touched)
    return [group for group in groups if any(row.id in rows for row in _rows_in(group))]


def _rows_in(group: StepGroup) -> tuple[SheetRow, ...]:
    """Return the rows of a step in their order; a mode and its effects stand once for each of its lines."""
    found = [group.step]
    for line in group.lines:
        found += [line.mode, *line.effects, *([line.cause] if line.cause else ()), *line.controls]
    return tuple(found)


KIND_PAGES.add(FMEA.code, KindPage("worksheets/show.html", "cause", fmea_view, _parts))
