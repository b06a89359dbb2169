"""What the paper of a root cause analysis shows: event, timeline, fishbone, whys, statements, actions by root cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from qitracker.actions.hierarchy import STRENGTH_WORDS, Strength, types_of
from qitracker.actions.queries import ActionLine, actions_answering
from qitracker.actions.rules import ActionState
from qitracker.charts.fishbone import Bone, Fishbone
from qitracker.foundation.words import say
from qitracker.links.queries import threads_of
from qitracker.links.rules import Linked, Ref, Role
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.worksheets.kinds import rca
from qitracker.worksheets.linked import ROW
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.rules import harm, sac
from qitracker.worksheets.rules.moments import day_of, time_of

LINES = {"moments": 19, "statements": 3, "actions": 7, "people": 4}
"""How many lines an empty form has to write on."""


@dataclass(frozen=True)
class Answer:
    """One action of the plan: the letter of the root cause it answers, and the measure that judges it."""

    letter: str
    action: ActionLine
    judge: Linked | None


def filled_rca(page: SheetPage) -> dict[str, Any]:
    """Return what the page of a filled analysis shows; the statements stay as many, however long it is."""
    whys = rca.tree(page.rows)
    event = rca.event_of(page.rows)
    return {
        "event": event,
        "columns": {column.code: column for column in rca.EVENT.columns},
        "sac": rca.sac_of(event),
        "sac_title": sac.TITLE,
        "harm": harm.harm_words(event.text("harm")),
        "moments": rca.timeline(page.rows),
        "whys": whys,
        "roots": rca.root_causes(whys),
        "areas": dict(rca.AREAS),
        "fishbone": _picture(event.text("text") or page.title, whys) if whys else None,
        "statements": rca.statements(page.rows, whys),
        "plan": _plan(rca.root_causes(whys), {why.row.id for why in rca.every_why(whys)}),
        "strengths": STRENGTH_WORDS,
        "day_of": day_of,
        "time_of": time_of,
        **_rules(),
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
        **_rules(),
    }


def _rules() -> dict[str, Any]:
    return {
        "rules": (
            say("Cause, effect and event are all there, and each follows from the one before."),
            say("What could be seen is written, not that it was poor or inadequate."),
            say("Behind a human slip stands what made it likely."),
            say("Behind a step away from procedure stands why it made sense at the time."),
            say("Something not done is a cause only where it was somebody's duty."),
        )
    }


def _picture(head: str, whys: tuple[rca.Why, ...]) -> Markup:
    """Return the fishbone drawn for paper; an area without a cause says so."""
    bones = tuple(
        Bone(
            reader().say(bone.title),
            tuple((why.row.text("text"), why.is_root) for why in bone.whys if why.row.text("text")),
            reader().say(say("Nothing yet")),
        )
        for bone in rca.fishbone(whys)
    )
    title = reader().say(say("Fishbone. The causes below hold the same words."))
    return Markup(Fishbone("bones", title, head, bones, size="print").svg())


def _plan(roots: tuple[rca.Why, ...], rows: set[int]) -> tuple[Answer, ...]:
    """Return the actions that answer causes, those of root cause A first; dropped ones stay, with their reason."""
    letters: Mapping[int, str] = {why.row.id: why.letter for why in roots}
    by = current_actor()
    found = actions_answering([Ref(ROW, str(one)) for one in sorted(rows)], by) if rows else {}
    pairs = [(letters.get(int(ref.id), ""), line) for ref, lines in found.items() for line in lines]
    pairs.sort(key=lambda pair: (pair[0] or "~", pair[1].state is ActionState.DROPPED, -pair[1].strength.level))
    judges = _judges([line for _, line in pairs])
    return tuple(Answer(letter, line, judges.get(line.ref)) for letter, line in pairs)


def _judges(lines: list[ActionLine]) -> dict[Ref, Linked]:
    threads = threads_of([line.ref for line in lines], current_actor()) if lines else {}
    return {ref: hop.linked for ref, hops in threads.items() for hop in hops if hop.role == Role.JUDGED_BY}
