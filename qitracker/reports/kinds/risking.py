"""The top risks of a report: scored causes of all FMEAs of a unit, in the default order. Pure but for words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.actions.queries import ActionLine as Action
from qitracker.foundation.locale import Reader
from qitracker.foundation.words import Sentence, say
from qitracker.reports.kinds.acting import answer_words
from qitracker.reports.kinds.improvement import RiskLine
from qitracker.worksheets.kinds import FMEA
from qitracker.worksheets.kinds.fmea import Line, lines_by_risk, step_groups
from qitracker.worksheets.queries.reached import SheetFacts
from qitracker.worksheets.rules.states import SheetState
from qitracker.worksheets.sheet_kind import SheetRow

MOST_RISKS = 10
SCALE: Final = say(
    "Risks are scored on the {scale}, version {version}, higher is worse; action priority of AIAG and VDA (2019)."
)


@dataclass(frozen=True)
class Risks:
    """The most pressing risks, and how many there are."""

    shown: tuple[RiskLine, ...]
    left: int  # scored, not shown
    pressing: int  # ask for an action or a reason
    opened: int  # of them with neither
    why: Sentence  # why there is none
    scales: tuple[Sentence, ...]

    @property
    def headline(self) -> Sentence:
        """Return the sentence of their page."""
        if not self.shown:
            return say("No risk is scored")
        if not self.pressing:
            return say("No risk needs action first")
        if not self.opened:
            return say("Each risk that needs action first has an action or a written reason")
        if self.opened == 1:
            return say("One risk that needs action first has neither an action nor a reason")
        words = "{count} risks that need action first have neither an action nor a reason"
        return say(words, count=self.opened)


def risks_of(
    sheets: Sequence[SheetFacts],
    rows: Mapping[int, tuple[SheetRow, ...]],
    answers: Mapping[int, tuple[Action, ...]],
    reader: Reader,
) -> Risks:
    """Return the risks of all FMEAs that are past their draft, across sheets in the default order."""
    told = [sheet for sheet in sheets if sheet.kind is FMEA and sheet.state is not SheetState.DRAFT]
    titles = {row.id: sheet.title for sheet in told for row in rows[sheet.id]}
    lines = lines_by_risk(group for sheet in told for group in step_groups(rows[sheet.id]))
    scored = [line for line in lines if line.cause is not None and line.risk.priority is not None]
    made = [_risk(str(at), line, titles, answers, reader) for at, line in enumerate(scored, start=1)]
    scales = {(sheet.scale.code, sheet.scale.version): sheet.scale for sheet in told if sheet.scale}
    return Risks(
        shown=tuple(made[:MOST_RISKS]),
        left=max(len(made) - MOST_RISKS, 0),
        pressing=sum(one.asks for one in made),
        opened=sum(one.is_open for one in made),
        why=_why(sheets, told),
        scales=tuple(say(SCALE.text, scale=one.title, version=one.version) for _, one in sorted(scales.items())),
    )


def _risk(
    name: str, line: Line, titles: Mapping[int, str], answers: Mapping[int, tuple[Action, ...]], reader: Reader
) -> RiskLine:
    cause, risk = line.cause, line.risk
    assert cause is not None and risk.priority is not None
    held = answers.get(cause.id, ())
    reason = cause.text("reason")
    answer = "; ".join(answer_words(one, reader) for one in held)
    if not answer and reason:
        answer = reader.say(say("No action: {reason}", reason=reason))
    return RiskLine(
        name=name,
        cause=cause.text("text"),
        mode=line.mode.text("text"),
        effect="; ".join(effect.text("text") for effect in line.effects if effect.text("text")),
        sheet=titles[cause.id],
        severity=risk.severity or 0,
        occurrence=risk.occurrence or 0,
        detection=risk.detection or 0,
        priority=str(risk.priority),
        rpn=risk.rpn or 0,
        answer=answer,
        asks=line.asks_for_action,
    )


def _why(sheets: Sequence[SheetFacts], told: Sequence[SheetFacts]) -> Sentence:
    drafts = [sheet for sheet in sheets if sheet.kind is FMEA and sheet.state is SheetState.DRAFT]
    if told:
        return say("No cause is scored yet in the FMEAs of this unit.")
    if drafts:
        return say("The FMEAs of this unit are drafts; their risks are told once the team is at work.")
    return say("No FMEA is kept in this unit.")
