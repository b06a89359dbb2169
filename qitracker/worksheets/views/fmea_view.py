"""What the page of an FMEA shows beyond its rows: the sentence, lines by risk, grid and Pareto, what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qitracker.foundation.words import Sentence, say
from qitracker.worksheets.kinds.fmea import Line, StepGroup, lines_by_risk, pareto_of, step_groups
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.rules.gaps import Gap
from qitracker.worksheets.rules.risk import Share
from qitracker.worksheets.views.kind_page import Answers

WHOLE, FIRST_LINES = 80, 40
"""Lines up to which a sheet comes as one page, and those a larger one begins with."""

_UNSCORED = {
    "severity": say("{label}: no effect of “{cause}” has a severity yet."),
    "occurrence": say("{label}: “{cause}” has no occurrence yet."),
    "detection": say(
        "{label}: no control that finds “{cause}” has a detection yet. Where none finds it, add “None” with 10."
    ),
}


@dataclass(frozen=True)
class FmeaView:
    """Everything templates/worksheets/show.html may use of an FMEA besides `page` and `actions`."""

    groups: tuple[StepGroup, ...]
    risks: tuple[Line, ...]
    pareto: tuple[Share[Line], ...]
    grid: Mapping[tuple[int, int], tuple[Line, ...]]
    lead: Sentence
    tail: Sentence | None
    missing: tuple[Gap, ...]

    @property
    def at_once(self) -> frozenset[int]:
        """Return the steps that come with the page; those of a large sheet that are left are fetched later."""
        if len(self.risks) <= WHOLE:
            return frozenset(group.step.id for group in self.groups)
        found, lines = set(), 0
        for group in self.groups:
            lines += len(group.lines)
            if found and lines > FIRST_LINES:
                break
            found.add(group.step.id)
        return frozenset(found)


def fmea_view(page: SheetPage, actions: Answers) -> FmeaView:
    """Return the view of a sheet; a pure function of its rows and of the actions that answer them."""
    groups = step_groups(page.rows)
    risks = lines_by_risk(groups)
    lead, tail = _headline(groups, risks, actions)
    return FmeaView(groups, risks, pareto_of(risks), _grid(risks), lead, tail, tuple(_missing(groups, actions)))


def unanswered(lines: Iterable[Line], actions: Answers) -> tuple[Line, ...]:
    """Return the lines that ask for an action and have neither one nor a written reason."""
    return tuple(
        line
        for line in lines
        if line.cause is not None
        and line.asks_for_action
        and not actions.get(line.cause.id)
        and not line.cause.text("reason")
    )


def _grid(lines: Iterable[Line]) -> dict[tuple[int, int], tuple[Line, ...]]:
    found: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if line.risk.severity and line.risk.occurrence:
            found[(line.risk.severity, line.risk.occurrence)].append(line)
    return {place: tuple(held) for place, held in found.items()}


def _headline(
    groups: tuple[StepGroup, ...], lines: tuple[Line, ...], actions: Answers
) -> tuple[Sentence, Sentence | None]:
    causes = [line for line in lines if line.cause is not None]
    scored = [line for line in causes if line.risk.priority is not None]
    high = [line for line in scored if line.asks_for_action]
    if not causes:
        return _begun(len(groups), len({line.mode.id for line in lines}))
    if not scored:
        return say("No cause is scored yet"), say("score severity, occurrence and detection from 1 to 10")
    left = len(causes) - len(scored)
    tail = say("{left} are not scored yet", left=left) if left > 1 else say("one is not scored yet") if left else None
    if not high:
        return say("No cause needs action first"), tail
    lead = (
        (
            say("1 of {all} causes needs action first", all=len(causes))
            if len(causes) > 1
            else say("The one cause needs action first")
        )
        if len(high) == 1
        else say("{high} of {all} causes need action first", high=len(high), all=len(causes))
    )
    return lead, _open(len(unanswered(high, actions)), len(high)) or tail


def _begun(steps: int, modes: int) -> tuple[Sentence, Sentence]:
    """Return what stands before the first cause, and what comes next."""
    if not steps:
        return say("Nothing is written down yet"), say("begin with the steps of the process")
    stands = say("1 step") if steps == 1 else say("{count} steps", count=steps)
    if not modes:
        return say("{steps}", steps=stands), say("write what can go wrong in each next")
    found = say("1 failure mode") if modes == 1 else say("{count} failure modes", count=modes)
    return say("{steps} and {modes}", steps=stands, modes=found), say("write the causes next")


def _open(count: int, high: int) -> Sentence | None:
    if count == 0:
        return say("it has an action or a reason") if high == 1 else say("each has an action or a reason")
    return say("one has no action yet") if count == 1 else say("{count} have no action yet", count=count)


def _missing(groups: tuple[StepGroup, ...], actions: Answers) -> Iterable[Gap]:
    if not groups:
        yield Gap(say("Nothing is written down yet. Begin with the steps of the process."))
    whole = {group.step.parent_id for group in groups}  # a step with sub-steps has its failure modes below them
    for group in groups:
        if not group.lines and group.step.id not in whole:
            yield Gap(
                say("Step {number}: nothing that can go wrong is written down yet.", number=group.number), group.step.id
            )
        for line in sorted(group.lines, key=lambda line: line.place):
            yield from _missing_in(line)
    for line in unanswered((line for group in groups for line in group.lines), actions):
        assert line.cause is not None
        words = say(
            "{label}: “{cause}” needs an action, or a reason why not.", label=line.label, cause=line.cause.text("text")
        )
        yield Gap(words, line.row_id)


def _missing_in(line: Line) -> Iterable[Gap]:
    mode = line.mode.text("text")
    if line.cause is None:
        yield Gap(say("{label}: “{mode}” has no cause yet.", label=line.label, mode=mode), line.row_id)
        return
    if not line.effects:
        yield Gap(say("{label}: “{mode}” has no effect yet.", label=line.label, mode=mode), line.mode.id)
    scores = {"severity": line.risk.severity, "occurrence": line.risk.occurrence, "detection": line.risk.detection}
    for axis, score in scores.items():
        if score is None and (axis != "severity" or line.effects):
            yield Gap(say(_UNSCORED[axis].text, label=line.label, cause=line.cause.text("text")), line.row_id)
