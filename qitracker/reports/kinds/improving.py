"""Gathers the improvement report: the report on measures, and the work of the unit from the same moment."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from qitracker.actions.queries import ActionLine as Action
from qitracker.desk.threads.effect import Verdict
from qitracker.desk.threads.stations import title_of
from qitracker.desk.threads.words import headline as thread_headline
from qitracker.foundation.actor import Actor
from qitracker.foundation.locale import Reader
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.measures.queries import strata_of_all
from qitracker.reports.kinds import risking, rooting
from qitracker.reports.kinds.acting import MOST_ACTIONS, action_line, actions_headline, done_within, strength_mix
from qitracker.reports.kinds.gathering import Frame, Progress, gather
from qitracker.reports.kinds.improvement import Figure, ImprovementReport, ThreadLine
from qitracker.reports.kinds.measures import MeasuresReport
from qitracker.reports.kinds.work import Work, work_of
from qitracker.spc.analysis import Reading
from qitracker.worksheets.queries.reached import rows_of_all


def gather_improvement(*, by: Actor, frame: Frame, reader: Reader, progress: Progress) -> ImprovementReport:
    """Return the frozen data of an improvement report.

    Raises:
        NotAllowed: `by` may not make reports of this unit, or not read its results, worksheets or actions.
    """
    by.must(Permission.SHEET_READ, on=frame.unit)
    by.must(Permission.ACTION_READ, on=frame.unit)
    base = gather(by=by, frame=frame, reader=reader, progress=progress)
    return _whole(base, work_of(frame.unit, by=by, today=frame.today), frame, reader)


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
        actions=tuple(action_line(line, work, frame, reader) for line in opened[:MOST_ACTIONS]),
        actions_headline=reader.say(actions_headline(len(opened), len(late))),
        actions_left=max(len(opened) - MOST_ACTIONS, 0),
        finished=tuple(action_line(line, work, frame, reader) for line in done_within(work, frame)),
        mix=tuple(strength_mix(work.actions, reader)),
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


# Threads -----------------------------------------------------------------------------------------------


def _threads(work: Work, frame: Frame, reader: Reader) -> Iterator[ThreadLine]:
    numbers = _numbers(frame)
    for chain in work.chains:
        lead, so_what = thread_headline(chain)
        key = chain.signal.episode.key if chain.signal else None
        yield ThreadLine(
            title=reader.say(title_of(chain)),
            lead=reader.say(lead),
            verdict=reader.say(so_what),
            measure=numbers.get((key.measure_id, key.stratum_id), 0) if key else 0,
        )


def _numbers(frame: Frame) -> dict[tuple[int, int], int]:
    """Return the place in the report of each series, by measure and part (0 for the whole)."""
    parts = {
        (measure_id, one.code): one.id
        for measure_id, choices in strata_of_all(measured.id for measured, _ in frame.series).items()
        for one in choices
    }
    return {(one.id, parts.get((one.id, part), 0)): at for at, (one, part) in enumerate(frame.series, start=1)}
