"""What the paper of a root cause analysis shows: event, timeline, fishbone, whys, statements, actions by root cause."""

from typing import Any, cast

from markupsafe import Markup

from qitracker.actions.hierarchy import STRENGTH_WORDS, Strength, types_of
from qitracker.charts.fishbone import Bone, Fishbone
from qitracker.foundation.words import say
from qitracker.web.filters import reader
from qitracker.web.pictures import drawn_picture
from qitracker.worksheets.kinds import rca
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.rules import harm, sac
from qitracker.worksheets.rules.moments import day_of, time_of
from qitracker.worksheets.views.kind_page import view_of
from qitracker.worksheets.views.parts import answers_of
from qitracker.worksheets.views.rca_view import RcaView

LINES = {"moments": 19, "statements": 3, "actions": 7, "people": 4}
"""How many lines an empty form has to write on."""

RULES = (
    say("Cause, effect and event are all there, and each follows from the one before."),
    say("What could be seen is written, not that it was poor or inadequate."),
    say("Behind a human slip stands what made it likely."),
    say("Behind a step away from procedure stands why it made sense at the time."),
    say("Something not done is a cause only where it was somebody's duty."),
)
"""The five rules of causal statements, as a team reads them while it writes."""


def filled_rca(page: SheetPage) -> dict[str, Any]:
    """Return what the page of a filled analysis shows; the statements stay as many, however long it is."""
    view = cast(RcaView, view_of(page, answers_of(page)))
    return {
        "rca": view,
        "columns": {column.code: column for column in rca.EVENT.columns},
        "areas": dict(rca.AREAS),
        "picture": _picture(view, view.event.text("text") or page.title) if view.whys else None,
        "sac_title": sac.TITLE,
        "strengths": STRENGTH_WORDS,
        "day_of": day_of,
        "time_of": time_of,
    }


def blank_rca() -> dict[str, Any]:
    """Return what an empty form shows: the matrix, scales of harm, areas, the five rules, kinds of action."""
    return {
        "lines": LINES,
        "sac_title": sac.TITLE,
        "severities": sac.SEVERITIES,
        "probabilities": sac.PROBABILITIES,
        "matrix": sac.MATRIX,
        "harm_scales": harm.SCALES,
        "areas": dict(rca.AREAS),
        "strengths": tuple((STRENGTH_WORDS[one], types_of(one)) for one in Strength),
        "rules": RULES,
    }


def _picture(view: RcaView, head: str) -> Markup:
    """Return the fishbone drawn for paper; an area without a cause says so."""
    say_it = reader().say
    bones = tuple(
        Bone(
            say_it(bone.title),
            tuple((why.row.text("text"), why.is_root) for why in bone.whys if why.row.text("text")),
            say_it(say("Nothing yet")),
        )
        for bone in view.bones
    )
    title = say_it(say("Fishbone: causes by area. The tree holds the same causes."))
    return drawn_picture(Fishbone("bones", title, head, bones, size="print"))
