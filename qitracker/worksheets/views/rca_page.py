"""The page of a root cause analysis: its parts are small, so each is drawn again after a change."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from flask import render_template
from markupsafe import Markup

from qitracker.charts.fishbone import Bone, Fishbone
from qitracker.foundation.words import say
from qitracker.links.queries import threads_of
from qitracker.links.rules import Linked, Role
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.pictures import drawn_picture
from qitracker.worksheets.kinds import RCA
from qitracker.worksheets.kinds import rca as kind
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.views.kind_page import KIND_PAGES, Answer, Answers, KindPage
from qitracker.worksheets.views.rca_view import RcaView, rca_view

TOLD: Final = ("about", "head", "tabs", "checks", "team")  # of the whole
WRITTEN: Final = ("event", "fishbone", "timeline", "tree", "statements", "plan")
LONGEST: Final = 60  # characters of a cause in the picture; the tree below holds it whole


def _view(page: SheetPage, actions: Answers) -> RcaView:
    view = rca_view(page, actions, _judges(actions))
    return replace(view, pictures=_pictures(view, view.event.text("text") or page.title)) if view.whys else view


def _judges(actions: Answers) -> dict[int, Linked]:
    """Return the measure that judges each of these actions, where the reader may see it. Few statements."""
    refs = {action.ref: action.id for held in actions.values() for action in held}
    threads = threads_of(list(refs), current_actor()) if refs else {}
    return {refs[ref]: hop.linked for ref, hops in threads.items() for hop in hops if hop.role == Role.JUDGED_BY}


def _parts(page: SheetPage, view: RcaView, actions: Answers, touched: Collection[int]) -> Answer:
    """Return every part; a browser puts in place those that differ."""
    return {name: render_template(f"worksheets/rca/_{name}.html", page=page, rca=view) for name in (*TOLD, *WRITTEN)}


def _pictures(view: RcaView, head: str) -> tuple[Markup, Markup]:
    """Return the fishbone, wide and narrow."""
    say_it = reader().say
    drawn = Fishbone(
        ident="fishbone",
        title=say_it(say("Fishbone: causes by area. The tree below holds the same causes.")),
        head=head,
        bones=tuple(_bone(bone, say_it(bone.title)) for bone in view.bones),
    )
    return drawn_picture(drawn), drawn_picture(replace(drawn, size="narrow"))


def _bone(bone: kind.Bone, name: str) -> Bone:
    causes = tuple((why.row.text("text"), why.is_root) for why in bone.whys if why.row.text("text"))
    question = reader().say(say("Nothing yet. Did it play a part?"))
    return Bone(name, tuple((_short(text), root) for text, root in causes), question)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + " …"


KIND_PAGES.add(RCA.code, KindPage("worksheets/rca/show.html", "why", _view, _parts))
