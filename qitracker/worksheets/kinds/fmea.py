"""Failure mode and effects analysis: steps, what can go wrong in each, its effects, causes and controls.

Severity is the worst effect's, occurrence the cause's, detection that of the best of the cause's detection controls.
A line of the sheet is a cause; a mode without a cause is a line that says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.words import say
from qitracker.worksheets.rules.letters import letter
from qitracker.worksheets.rules.risk import Risk, Share, best, pareto, worst
from qitracker.worksheets.sheet_kind import CHOICE, KINDS, SCORE, Column, Section, SheetKind, SheetRow

PREVENTION, DETECTION = "prevention", "detection"

DETECTION_SCORE: Final = Column(
    "detection",
    say("Detection"),
    kind=SCORE,
    axis="detection",
    hint=say("How likely it finds the failure in time; a control that only prevents has none"),
    idle_when=(("kind", PREVENTION),),
    idle_words=say(
        "This control only prevents and finds nothing: it has no detection score. Say first that it finds it in time."
    ),
)
"""The one rule of what finds a failure: page, save, paste, plain form, print and risk ask `is_idle` of this column."""

FMEA: Final = SheetKind(
    code="fmea",
    title=say("FMEA"),
    has_scale=True,
    sections=(
        Section(
            code="step",
            title=say("Process"),
            one=say("step"),
            parents=("", "step"),
            deepest=2,
            columns=(Column("text", say("Step"), hint=say("What is done, by whom: “Ask the patient what they take”")),),
        ),
        Section(
            code="mode",
            title=say("What can go wrong"),
            one=say("failure mode"),
            parents=("step",),
            columns=(Column("text", say("What can go wrong"), hint=say("“Wrong home dose recorded”")),),
        ),
        Section(
            code="effect",
            title=say("Effects"),
            one=say("effect"),
            parents=("mode",),
            columns=(
                Column("text", say("Effect"), hint=say("What it does to the patient, staff or process")),
                Column(
                    "on",
                    say("On whom"),
                    kind=CHOICE,
                    choices=(("patient", say("Patient")), ("staff", say("Staff")), ("process", say("Process"))),
                ),
                Column("severity", say("Severity"), kind=SCORE, axis="severity"),
            ),
        ),
        Section(
            code="cause",
            title=say("Causes"),
            one=say("cause"),
            parents=("mode",),
            columns=(
                Column("text", say("Cause"), hint=say("Why it would happen: “The ward list is on another screen”")),
                Column("occurrence", say("Occurrence"), kind=SCORE, axis="occurrence"),
                Column("reason", say("Why no action"), hint=say("Where a high risk is accepted, say why")),
            ),
        ),
        Section(
            code="control",
            title=say("Controls today"),
            one=say("control"),
            parents=("cause",),
            columns=(
                Column("text", say("Control today"), hint=say("What is in place already")),
                Column(
                    "kind",
                    say("What it does"),
                    kind=CHOICE,
                    choices=((PREVENTION, say("Prevents it")), (DETECTION, say("Finds it in time"))),
                ),
                DETECTION_SCORE,
            ),
        ),
    ),
)
KINDS.add(FMEA.code, FMEA)


@dataclass(frozen=True)
class Line:
    """One line of the sheet: a cause with all that stands around it; `cause` None where a mode has none yet."""

    label: str  # "2a.3": the step, and the place among its lines
    place: int  # among the lines of its step, in the order of the process
    step: SheetRow
    mode: SheetRow
    effects: tuple[SheetRow, ...]
    cause: SheetRow | None
    controls: tuple[SheetRow, ...]
    risk: Risk

    @property
    def row_id(self) -> int:
        """Return the id that stands for the line: the cause's, or the mode's where there is no cause."""
        return self.cause.id if self.cause else self.mode.id

    @property
    def finding(self) -> tuple[SheetRow, ...]:
        """Return its controls that find the failure in time."""
        return finding(self.controls)

    @property
    def asks_for_action(self) -> bool:
        """Say whether the line needs an action or a written reason: high priority, or a grave effect."""
        return self.risk.priority == "H" or self.risk.is_grave


@dataclass(frozen=True)
class StepGroup:
    """One step (or sub-step) with its lines, the most pressing first."""

    number: str  # "2", or "2a" for a sub-step
    step: SheetRow
    depth: int
    lines: tuple[Line, ...]

    @property
    def causes(self) -> int:
        """Return how many causes are written down."""
        return sum(line.cause is not None for line in self.lines)

    @property
    def gravest(self) -> int | None:
        """Return the heat of the gravest cause, 1 to 10: its criticality in tens, None where none is scored."""
        found = worst(line.risk.criticality for line in self.lines)
        return None if found is None else -(-found // 10)


def step_groups(rows: Sequence[SheetRow]) -> tuple[StepGroup, ...]:
    """Return the sheet step by step, in the order of the process; within a step in the order of risk."""
    below = _children(rows)
    return tuple(_groups(below, None, "", 0))


def lines_by_risk(groups: Iterable[StepGroup]) -> tuple[Line, ...]:
    """Return all lines across steps in the default order: priority, S, O, D, RPN last; ties as in the process."""
    return tuple(sorted((line for group in groups for line in group.lines), key=lambda line: line.risk.order))


def pareto_of(lines: Sequence[Line]) -> tuple[Share[Line], ...]:
    """Return the scored lines by RPN with their running share, vital few marked."""
    return pareto([(line, line.risk.rpn) for line in lines if line.risk.rpn is not None])


Children = dict[tuple[int | None, str], list[SheetRow]]


def _children(rows: Sequence[SheetRow]) -> Children:
    found: Children = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.position, row.id)):
        found[(row.parent_id, row.section)].append(row)
    return found


def _groups(below: Children, parent: int | None, above: str, depth: int) -> Iterator[StepGroup]:
    for at, step in enumerate(below[(parent, "step")]):
        number = f"{above}{letter(at)}" if depth else str(at + 1)
        yield StepGroup(number, step, depth, _lines(below, step, number))
        yield from _groups(below, step.id, number, depth + 1)


def _lines(below: Children, step: SheetRow, number: str) -> tuple[Line, ...]:
    found: list[Line] = []
    for mode in below[(step.id, "mode")]:
        effects = tuple(below[(mode.id, "effect")])
        severity = worst(effect.score("severity") for effect in effects)
        causes: Sequence[SheetRow | None] = below[(mode.id, "cause")] or [None]
        for cause in causes:
            controls = tuple(below[(cause.id, "control")]) if cause else ()
            risk = Risk(severity, cause.score("occurrence") if cause else None, detection_of(controls))
            found.append(Line(f"{number}.{len(found) + 1}", len(found), step, mode, effects, cause, controls, risk))
    return tuple(sorted(found, key=lambda line: line.risk.order))


def finding(controls: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    """Return the controls that find the failure in time, and so have a detection."""
    return tuple(control for control in controls if not DETECTION_SCORE.is_idle(control.text))


def detection_of(controls: Iterable[SheetRow]) -> int | None:
    """Return the best detection of the controls that find the failure; controls that only prevent have none."""
    return best(control.score("detection") for control in finding(controls))
