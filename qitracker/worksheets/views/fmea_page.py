"""The page of an FMEA: which steps are drawn again after a change, and what sums up all."""

from collections.abc import Collection

from flask import render_template

from qitracker.worksheets.kinds import FMEA
from qitracker.worksheets.kinds.fmea import StepGroup
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.views.fmea_view import FmeaView, fmea_view
from qitracker.worksheets.views.kind_page import KIND_PAGES, Answer, Answers, KindPage


def _parts(page: SheetPage, view: FmeaView, actions: Answers, touched: Collection[int]) -> Answer:
    """Return the steps that hold a touched row, the order of all, and the parts that sum up the whole."""
    return {
        "steps": [group.step.id for group in view.groups],
        "groups": {str(group.step.id): _group(group, page, view, actions) for group in _hit(view.groups, touched)},
        "side": render_template("worksheets/_risk.html", page=page, fmea=view, actions=actions),
        "head": render_template("worksheets/_head.html", page=page, fmea=view, actions=actions),
        "process": render_template("worksheets/_process.html", page=page, fmea=view, actions=actions),
    }


def _group(group: StepGroup, page: SheetPage, view: FmeaView, actions: Answers) -> str:
    return render_template("worksheets/_group.html", group=group, page=page, fmea=view, actions=actions)


def _hit(groups: Collection[StepGroup], touched: Collection[int]) -> list[StepGroup]:
    """Return the steps that hold one of the touched rows; a step is drawn whole, so its order is right."""
    rows = set(touched)
    return [group for group in groups if rows & _rows_of(group)]


def _rows_of(group: StepGroup) -> set[int]:
    found = {group.step.id}
    for line in group.lines:
        found |= {line.mode.id, *(each.id for each in line.effects), *(each.id for each in line.controls)}
        found |= {line.cause.id} if line.cause else set()
    return found


KIND_PAGES.add(FMEA.code, KindPage("worksheets/show.html", "cause", fmea_view, _parts))
