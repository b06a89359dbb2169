"""Root cause analysis: what happened, in which order, why, and what made it more likely.

The event is one row. The tree of whys has the event as its root; a fishbone is the same whys, gathered by area. A
why marked as root cause is one that an action answers; causal statements hang below whys.

Sources: RCA² (National Patient Safety Foundation, 2015); areas: ours, after the London Protocol and SEIPS.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.words import Sentence, say
from qitracker.worksheets.rules import causal, harm, sac
from qitracker.worksheets.rules.letters import letters
from qitracker.worksheets.sheet_kind import CHOICE, KINDS, MOMENT, Column, Section, SheetKind, SheetRow

YES: Final = "yes"
CLOSE_CALL: Final = "close_call"

AREAS: Final = (
    ("patient", say("Patient")),
    ("task", say("Task")),
    ("staff", say("Staff")),
    ("team", say("Team")),
    ("equipment", say("Equipment and technology")),
    ("environment", say("Environment")),
    ("rules", say("Policies and procedures")),
    ("organisation", say("Organisation")),
)

_NO_ACTUAL: Final = say("A close call did no harm: score what could have happened. Change “Reached the patient” first.")

EVENT: Final = Section(
    code="event",
    title=say("Event"),
    one=say("event"),
    single=True,
    columns=(
        Column("text", say("What happened"), hint=say("One line: “Anticoagulant off for four days”"), longest=160),
        Column("story", say("The event in full"), hint=say("Facts only: what was seen, done and found, without names")),
        Column("expected", say("What should have happened"), hint=say("By policy or by usual practice")),
        Column("at", say("When it happened"), kind=MOMENT),
        Column("place", say("Where"), hint=say("Unit, room or step: no names"), longest=160),
        Column(
            "reached",
            say("Reached the patient"),
            kind=CHOICE,
            choices=(("event", say("Yes, an event")), (CLOSE_CALL, say("No, a close call"))),
        ),
        Column("harm", say("Harm"), kind=CHOICE, choices=harm.CHOICES, hint=say("The scale is kept with the level")),
        Column(
            "severity_actual",
            say("Severity, actual"),
            kind=CHOICE,
            choices=sac.SEVERITIES,
            hint=say("From the patient's real condition"),
            idle_when=(("reached", CLOSE_CALL),),
            idle_words=_NO_ACTUAL,
        ),
        Column(
            "severity_potential",
            say("Severity, potential"),
            kind=CHOICE,
            choices=sac.SEVERITIES,
            hint=say("The most likely worst case, had nothing stopped it"),
        ),
        Column(
            "probability",
            say("How often it happens"),
            kind=CHOICE,
            choices=sac.PROBABILITIES,
            hint=say("In this site, or one like it"),
        ),
    ),
)
MOMENT_ROWS: Final = Section(
    code="moment",
    title=say("Timeline"),
    one=say("moment"),
    columns=(
        Column("at", say("When"), kind=MOMENT),
        Column("text", say("What happened"), hint=say("One fact: “Moved from theatre to the ward”")),
        Column("source", say("Source"), hint=say("Where it is written: order log, notes, interview"), longest=160),
        Column(
            "deviation",
            say("Deviation"),
            kind=CHOICE,
            choices=((YES, say("Not as expected")), ("no", say("As expected"))),
        ),
        Column("expected", say("Expected instead"), hint=say("What policy or practice asks for here")),
    ),
)
WHY: Final = Section(
    code="why",
    title=say("Causes"),
    one=say("cause"),
    parents=("", "why"),
    deepest=9,
    columns=(
        Column("text", say("Why"), hint=say("“The pause order has no field for an end date”"), longest=400),
        Column("area", say("Area"), kind=CHOICE, choices=AREAS, hint=say("Its bone in the fishbone")),
        Column(
            "root",
            say("Root cause"),
            kind=CHOICE,
            choices=((YES, say("Root cause")), ("no", say("On the way"))),
            hint=say("One that can be changed, and would have stopped the event"),
        ),
        Column("evidence", say("Evidence"), hint=say("How the team knows: document, interview, test"), longest=400),
    ),
)
STATEMENT: Final = Section(
    code="statement",
    title=say("Causal statements"),
    one=say("causal statement"),
    parents=("why",),
    columns=(
        Column("text", say("Cause"), hint=say("“The pause order accepts no end date”"), longest=400),
        Column("effect", say("Effect"), hint=say("“a chart without a restart time”"), longest=400),
        Column("event", say("Event"), hint=say("“the anticoagulant stayed off for four days”"), longest=400),
    ),
)

RCA: Final = SheetKind(code="rca", title=say("RCA"), sections=(EVENT, MOMENT_ROWS, WHY, STATEMENT))
KINDS.add(RCA.code, RCA)


@dataclass(frozen=True)
class Why:
    """One cause in the tree, with the causes behind it. `letter` names a root cause: "A", "B", …; "" for others."""

    row: SheetRow
    letter: str
    behind: tuple["Why", ...]

    @property
    def is_root(self) -> bool:
        """Say whether the team calls it a root cause."""
        return bool(self.letter)


@dataclass(frozen=True)
class Bone:
    """One area of the fishbone with the causes that belong to it, in the order of the tree."""

    area: str
    title: Sentence
    whys: tuple[Why, ...]


@dataclass(frozen=True)
class Statement:
    """One causal statement, the cause it hangs below, and what the five rules find in it."""

    row: SheetRow
    why: Why
    findings: tuple[causal.Finding, ...]

    def pieces(self, part: str) -> tuple[tuple[str, bool], ...]:
        """Return one part ("cause", "effect", "event") in pieces, each with whether a rule found it."""
        text = self.row.text("text" if part == "cause" else part)
        return causal.marked(text, (one.found for one in self.findings if one.part == part and one.found))


def event_of(rows: Sequence[SheetRow]) -> SheetRow:
    """Return the row of the event; every sheet of this kind is made with one."""
    return next(row for row in rows if row.section == "event")


def sac_of(event: SheetRow) -> sac.Sac:
    """Return the safety assessment codes of the event; a close call has no actual one."""
    probability = event.text("probability")
    actual = "" if event.text("reached") == CLOSE_CALL else event.text("severity_actual")
    return sac.Sac(sac.safety_code(actual, probability), sac.safety_code(event.text("severity_potential"), probability))


def timeline(rows: Sequence[SheetRow]) -> tuple[SheetRow, ...]:
    """Return the moments by time; those without one last, in the order they were written."""
    moments = [row for row in rows if row.section == "moment"]
    return tuple(sorted(moments, key=lambda row: (not row.text("at"), row.text("at"), row.position, row.id)))


def is_deviation(moment: SheetRow) -> bool:
    """Say whether a moment went otherwise than expected."""
    return moment.text("deviation") == YES


def tree(rows: Sequence[SheetRow]) -> tuple[Why, ...]:
    """Return the causes right below the event, each with those behind it; root causes lettered from top to bottom."""
    below: dict[int | None, list[SheetRow]] = defaultdict(list)
    for row in sorted((row for row in rows if row.section == "why"), key=lambda row: (row.position, row.id)):
        below[row.parent_id].append(row)
    return _whys(below, None, letters())


def every_why(whys: Sequence[Why]) -> Iterator[Why]:
    """Return all causes of a tree, from top to bottom."""
    for why in whys:
        yield why
        yield from every_why(why.behind)


def root_causes(whys: Sequence[Why]) -> tuple[Why, ...]:
    """Return the root causes, A first."""
    return tuple(why for why in every_why(whys) if why.is_root)


def fishbone(whys: Sequence[Why]) -> tuple[Bone, ...]:
    """Return one bone for each area, also an empty one: it asks a question."""
    held: dict[str, list[Why]] = defaultdict(list)
    for why in every_why(whys):
        held[why.row.text("area")].append(why)
    return tuple(Bone(code, title, tuple(held[code])) for code, title in AREAS)


def statements(rows: Sequence[SheetRow], whys: Sequence[Why]) -> tuple[Statement, ...]:
    """Return the causal statements in the order of the tree, with what the five rules find in each."""
    below: dict[int | None, list[SheetRow]] = defaultdict(list)
    for row in sorted((row for row in rows if row.section == "statement"), key=lambda row: (row.position, row.id)):
        below[row.parent_id].append(row)
    return tuple(
        Statement(row, why, causal.findings(*_parts(row), is_explained=bool(why.behind)))
        for why in every_why(whys)
        for row in below[why.row.id]
    )


def _parts(row: SheetRow) -> tuple[str, str, str]:
    return row.text("text"), row.text("effect"), row.text("event")


def _whys(below: Mapping[int | None, list[SheetRow]], parent: int | None, names: Iterator[str]) -> tuple[Why, ...]:
    found: list[Why] = []
    for row in below.get(parent, ()):
        letter = next(names) if row.text("root") == YES else ""
        found.append(Why(row, letter, _whys(below, row.id, names)))
    return tuple(found)
