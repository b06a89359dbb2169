"""Gathers the improvement report: the report on measures, and the work of the unit from the same moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from qitracker.actions.hierarchy import MIXES, STRENGTH_WORDS, Strength, mix_of
from qitracker.actions.queries import ActionLine as Action
from qitracker.actions.queries import actions_within
from qitracker.actions.rules import STATE_WORDS, ActionState
from qitracker.desk.threads.chain import Chain, Deed
from qitracker.desk.threads.effect import Verdict
from qitracker.desk.threads.pages import threads_in_reach
from qitracker.desk.threads.stations import title_of
from qitracker.desk.threads.words import VERDICT_WORDS
from qitracker.desk.threads.words import headline as thread_headline
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.locale import Reader
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.reports.kinds import risking, rooting
from qitracker.reports.kinds.gathering import Frame, Progress, gather
from qitracker.reports.kinds.improvement import ActionLine, Figure, ImprovementReport, MixLine, ThreadLine
from qitracker.reports.kinds.measures import MeasuresReport
from qitracker.spc.analysis import Reading
from qitracker.worksheets.queries.reached import SheetFacts, reached_sheets, rows_of_all

MOST_ACTIONS = 30
ENOUGH_FOR_SHARES = 5  # actions, before shares in percent mean anything


@dataclass(frozen=True)
class Work:
    """What the unit works on, as it stands at the moment of the report."""

    sheets: tuple[SheetFacts, ...]
    actions: tuple[Action, ...]
    chains: tuple[Chain, ...]

    @property
    def deeds(self) -> Mapping[int, Deed]:
        """Return what can be said of each action that a thread holds."""
        return {deed.line.id: deed for chain in self.chains for deed in chain.deeds}


def gather_improvement(*, by: Actor, frame: Frame, reader: Reader, progress: Progress) -> ImprovementReport:
    """Return the frozen data of an improvement report.

    Raises:
        NotAllowed: `by` may not make reports of this unit, or not read its results, worksheets or actions.
    """
    by.must(Permission.SHEET_READ, on=frame.unit)
    by.must(Permission.ACTION_READ, on=frame.unit)
    base = gather(by=by, frame=frame, reader=reader, progress=progress)
    return _whole(base, _work(by, frame), frame, reader)


def _work(by: Actor, frame: Frame) -> Work:
    def within(unit: Place) -> bool:
        return frame.unit.id in unit.lineage

    chains = threads_in_reach(by=by, today=frame.today)
    return Work(
        sheets=tuple(sheet for sheet in reached_sheets(by) if within(sheet.unit)),
        actions=actions_within(frame.unit, by=by),
        chains=tuple(chain for chain in chains if _unit_of(chain, frame) and chain.is_answered),
    )


def _unit_of(chain: Chain, frame: Frame) -> bool:
    """Say whether a thread begins in the unit or below it."""
    if any(frame.unit.id in one.sheet.unit.lineage for one in chain.analyses):
        return True
    return bool(chain.signal and chain.signal.episode.key.unit_id == frame.unit.id)


def _whole(base: MeasuresReport, work: Work, frame: Frame, reader: Reader) -> ImprovementReport:
    rows = rows_of_all([sheet.id for sheet in work.sheets]) if work.sheets else {}
    answers = _answers(work)
    risks = risking.risks_of(work.sheets, rows, answers, reader)
    roots = rooting.open_roots(work.sheets, rows, answers, reader)
    opened = [line for line in work.actions if line.is_open]
    late = [line for line in opened if line.days_late(frame.today)]
    kept = {one.name: getattr(base, one.name) for one in fields(base) if one.name not in ("format", "title", "lead")}
    return ImprovementReport(
        **kept,
        title=reader.say(say("Improvement report of {unit}", unit=frame.unit.name)),
        lead=_lead(base, risks, len(late), reader),
        decisions=tuple(reader.say(one) for one in _decisions(work, risks, roots, frame)),
        figures=_figures(base, risks, late, opened, reader),
        risks=risks.shown,
        risks_headline=reader.say(risks.headline),
        risks_left=risks.left,
        analyses=roots.parts,
        roots_headline=reader.say(roots.headline),
        actions=tuple(_action(line, work, frame, reader) for line in opened[:MOST_ACTIONS]),
        actions_headline=reader.say(_actions_headline(len(opened), len(late))),
        actions_left=max(len(opened) - MOST_ACTIONS, 0),
        finished=tuple(_action(line, work, frame, reader) for line in _done_within(work, frame)),
        mix=tuple(_mix(work.actions, reader)),
        threads=tuple(_threads(work, frame, reader)),
        scales=tuple(reader.say(one) for one in (*risks.scales, *roots.scales)),
        why_empty=(("risks", reader.say(risks.why)), ("analyses", reader.say(roots.why))),
    )


def _answers(work: Work) -> dict[int, tuple[Action, ...]]:
    """Return the actions that answer each row; those that were dropped answer nothing."""
    found: dict[int, dict[int, Action]] = {}
    for deed in work.deeds.values():
        for row in deed.rows:
            found.setdefault(row, {})[deed.line.id] = deed.line
    return {row: tuple(held.values()) for row, held in found.items()}


def _lead(base: MeasuresReport, risks: risking.Risks, late: int, reader: Reader) -> str:
    told = [base.lead] if len(base.measures) > 1 else []
    if risks.opened:
        told.append(
            reader.say(
                say("One risk that needs action first has none yet.")
                if risks.opened == 1
                else say("{count} risks that need action first have none yet.", count=risks.opened)
            )
        )
    if late:
        told.append(
            reader.say(say("One action is overdue.") if late == 1 else say("{count} actions are overdue.", count=late))
        )
    return " ".join(told or [base.lead])


def _figures(
    base: MeasuresReport, risks: risking.Risks, late: Sequence[Action], opened: Sequence[Action], reader: Reader
) -> tuple[Figure, ...]:
    worse, better = base.count(Reading.WORSE), base.count(Reading.BETTER)
    measures = say("of {count} measures got worse; {better} got better", count=len(base.measures), better=better)
    pressing = (
        say("of {count} risks that need action first have neither action nor reason", count=risks.pressing)
        if risks.pressing
        else say("risks need action first")
    )
    overdue = say("of {count} open actions are overdue", count=len(opened)) if opened else say("actions are open")
    figures = ((worse, measures), (risks.opened, pressing), (len(late), overdue))
    return tuple(Figure(reader.number(number, 0), reader.say(words)) for number, words in figures)


def _decisions(work: Work, risks: risking.Risks, roots: rooting.Roots, frame: Frame) -> Iterator[Sentence]:
    """Return what only a leader can decide, the most pressing first; few, so that each is read."""
    for risk in [one for one in risks.shown if one.is_open][:3]:
        words = "Who takes on “{cause}” ({sheet})? It needs action first and has neither an action nor a reason."
        yield say(words, cause=risk.cause, sheet=risk.sheet)
    for analysis, root in roots.bare[:3]:
        yield say("Who takes on root cause {letter} of “{title}”: “{cause}”?", letter=root.letter, title=analysis.title,
                  cause=root.cause)  # fmt: skip
    for deed in work.deeds.values():
        if deed.effect.verdict is Verdict.NOT:
            yield say("“{action}” did not work. Which stronger action takes its place?", action=deed.line.title)
    overdue = sorted((line for line in work.actions if line.days_late(frame.today)), key=lambda line: line.due)
    for line in overdue[:3]:
        words = "“{action}” ({owner}) was due on {day}: help, another day, or another action?"
        yield say(words, action=line.title, owner=line.owner_name, day=line.due)


# Actions -----------------------------------------------------------------------------------------------


def _action(line: Action, work: Work, frame: Frame, reader: Reader) -> ActionLine:
    deed = work.deeds.get(line.id)
    told = deed.effect.verdict if deed else Verdict.OPEN
    return ActionLine(
        title=line.title,
        unit=line.unit.name,
        owner=line.owner_name,
        due=line.due,
        state=reader.say(STATE_WORDS[line.state]),
        level=line.strength.level,
        strength=reader.say(STRENGTH_WORDS[line.strength]),
        days_late=line.days_late(frame.today),
        judge=_judge(line, deed, reader),
        effect=reader.say(VERDICT_WORDS[told]) if line.state is ActionState.DONE else "",
    )


def _judge(line: Action, deed: Deed | None, reader: Reader) -> str:
    if line.judged_by is None:
        return ""
    if deed is None or deed.judge is None:
        return reader.say(say("a measure of its own"))
    return reader.say(deed.judge.title)


def _done_within(work: Work, frame: Frame) -> list[Action]:
    done = [line for line in work.actions if line.done_on and frame.first <= line.done_on <= frame.today]
    return sorted(done, key=lambda line: line.done_on or line.due, reverse=True)[:MOST_ACTIONS]


def _actions_headline(opened: int, late: int) -> Sentence:
    if not opened:
        return say("No action is open")
    if not late:
        return say("One action is open, and it is in time") if opened == 1 else say(
            "{count} actions are open, and none is overdue", count=opened
        )  # fmt: skip
    if opened == 1:
        return say("One action is open, and it is overdue")
    return say("{late} of {count} open actions are overdue", late=late, count=opened) if late > 1 else say(
        "One of {count} open actions is overdue", count=opened
    )  # fmt: skip


def _mix(actions: Sequence[Action], reader: Reader) -> Iterator[MixLine]:
    """Return how strong our actions are beside published mixes; too few of ours are counted, not shared out."""
    ours = mix_of((line.strength, 1) for line in actions if line.state is not ActionState.DROPPED)
    if ours.total < ENOUGH_FOR_SHARES:
        return
    shares = {one: 100 * (ours.share(one) or 0.0) for one in Strength}
    yield _mix_line(reader.say(say("This unit")), shares, ours.total, ours=True)
    for mix in MIXES:
        name = reader.say(say("{study}, {place}", study=mix.study, place=mix.place))
        yield _mix_line(name, {key: float(value) for key, value in mix.percent.items()}, mix.recommendations)


def _mix_line(name: str, shares: Mapping[Strength, float], count: int, *, ours: bool = False) -> MixLine:
    stronger, intermediate, weaker = (
        shares[one] for one in (Strength.STRONGER, Strength.INTERMEDIATE, Strength.WEAKER)
    )
    return MixLine(name, stronger, intermediate, weaker, count, ours)


# Threads -----------------------------------------------------------------------------------------------


def _threads(work: Work, frame: Frame, reader: Reader) -> Iterator[ThreadLine]:
    numbers = {measured.id: at for at, (measured, part) in enumerate(frame.series, start=1) if not part}
    for chain in work.chains:
        lead, so_what = thread_headline(chain)
        key = chain.signal.episode.key if chain.signal else None
        yield ThreadLine(
            title=reader.say(title_of(chain)),
            lead=reader.say(lead),
            verdict=reader.say(so_what),
            measure=numbers.get(key.measure_id, 0) if key and key.stratum_id == 0 else 0,
        )
