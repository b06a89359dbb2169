"""The open root causes of a report: of each analysis that is at work, or whose actions are not all done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qitracker.actions.queries import ActionLine as Action
from qitracker.foundation.locale import Reader
from qitracker.foundation.words import Sentence, say
from qitracker.reports.kinds.acting import answer_words
from qitracker.reports.kinds.improvement import AnalysisPart, RootLine
from qitracker.worksheets.kinds import RCA, rca
from qitracker.worksheets.queries.reached import SheetFacts
from qitracker.worksheets.rules import harm, sac
from qitracker.worksheets.rules.states import WORDS, SheetState
from qitracker.worksheets.sheet_kind import SheetRow


@dataclass(frozen=True)
class Roots:
    """The analyses that hold an open root cause."""

    parts: tuple[AnalysisPart, ...]
    why: Sentence  # why there is none
    scales: tuple[Sentence, ...]

    @property
    def bare(self) -> tuple[tuple[AnalysisPart, RootLine], ...]:
        """Return the root causes without an action."""
        return tuple((part, root) for part in self.parts for root in part.roots if not root.answers)

    @property
    def headline(self) -> Sentence:
        """Return the sentence of their page."""
        count, bare = sum(len(part.roots) for part in self.parts), len(self.bare)
        if not count:
            return say("No root cause is open")
        lead = say("One root cause is open") if count == 1 else say("{count} root causes are open", count=count)
        if not bare:
            return lead
        return say("{lead}; {bare} without an action", lead=lead, bare=bare)


def open_roots(
    sheets: Sequence[SheetFacts],
    rows: Mapping[int, tuple[SheetRow, ...]],
    answers: Mapping[int, tuple[Action, ...]],
    reader: Reader,
) -> Roots:
    """Return the open root causes of all analyses that are past their draft."""
    analyses = [sheet for sheet in sheets if sheet.kind is RCA]
    told = [sheet for sheet in analyses if sheet.state is not SheetState.DRAFT]
    parts = [_part(sheet, rows[sheet.id], answers, reader) for sheet in told]
    kept = tuple(part for part in parts if part.roots)
    codes = say("Safety assessment codes: {scheme}. Harm is told on the scale that is named with it.", scheme=sac.TITLE)
    return Roots(kept, _why(analyses, told), (codes,) if kept else ())


def _part(
    sheet: SheetFacts, rows: Sequence[SheetRow], answers: Mapping[int, tuple[Action, ...]], reader: Reader
) -> AnalysisPart:
    event, whys = rca.event_of(rows), rca.tree(rows)
    statements = rca.statements(rows, whys)
    facts = [harm.harm_words(event.text("harm")), _code(rca.sac_of(event))]
    return AnalysisPart(
        title=sheet.title,
        unit=sheet.unit.name,
        event=event.text("text"),
        facts=" · ".join(reader.say(one) for one in facts if one),
        state=reader.say(WORDS[sheet.state]),
        roots=tuple(
            RootLine(
                letter=why.letter,
                cause=why.row.text("text"),
                statements=tuple(_statement(one, reader) for one in statements if one.why.row.id == why.row.id),
                answers=tuple(answer_words(one, reader) for one in answers.get(why.row.id, ())),
            )
            for why in _open(rca.root_causes(whys), sheet, answers)
        ),
    )


def _open(roots: Sequence[rca.Why], sheet: SheetFacts, answers: Mapping[int, tuple[Action, ...]]) -> Iterator[rca.Why]:
    """Yield the root causes that are still to be acted on; of a closed sheet those with open actions."""
    for why in roots:
        held = answers.get(why.row.id, ())
        if any(one.is_open for one in held) or (not held and sheet.state is not SheetState.CLOSED):
            yield why


def _code(codes: sac.Sac) -> Sentence | None:
    if codes.counts is None:
        return None
    return say("SAC {code} ({scheme})", code=codes.counts, scheme=sac.TITLE)


def _statement(one: rca.Statement, reader: Reader) -> str:
    words = "{cause} led to {effect}, which increased the likelihood that {event}."
    parts = {"cause": one.row.text("text"), "effect": one.row.text("effect"), "event": one.row.text("event")}
    return reader.say(say(words, **{name: text or "…" for name, text in parts.items()}))


def _why(analyses: Sequence[SheetFacts], told: Sequence[SheetFacts]) -> Sentence:
    if told:
        return say("Every root cause that was found has its actions done.")
    if analyses:
        return say("The analyses of this unit are drafts; their causes are told once the team is at work.")
    return say("No root cause analysis is kept in this unit.")
