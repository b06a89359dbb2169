"""The actions of a report: open ones, finished ones with what can be said of them, and how strong they are."""

from collections.abc import Iterator, Mapping, Sequence

from qitracker.actions.hierarchy import MIXES, STRENGTH_WORDS, Strength, mix_of
from qitracker.actions.queries import ActionLine as Action
from qitracker.actions.rules import STATE_WORDS, ActionState
from qitracker.desk.threads.effect import Verdict
from qitracker.desk.threads.words import VERDICT_WORDS
from qitracker.foundation.locale import Reader
from qitracker.foundation.words import Sentence, say
from qitracker.reports.kinds.gathering import Frame
from qitracker.reports.kinds.improvement import ActionLine, MixLine
from qitracker.reports.kinds.work import Work

MOST_ACTIONS = 30
ENOUGH_FOR_SHARES = 5  # actions, before shares in percent mean anything


def action_line(line: Action, work: Work, frame: Frame, reader: Reader) -> ActionLine:
    """Return one action as tabled."""
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
        judge=_judge(line, work, reader),
        effect=reader.say(VERDICT_WORDS[told]) if line.state is ActionState.DONE else "",
    )


def answer_words(action: Action, reader: Reader) -> str:
    """Return an action as it stands beside the risk or root cause that it answers."""
    words = "{title} ({owner}, {state}, {day})"
    state, day = reader.say(STATE_WORDS[action.state]).lower(), action.done_on or action.due
    return reader.say(say(words, title=action.title, owner=action.owner_name, state=state, day=day))


def _judge(line: Action, work: Work, reader: Reader) -> str:
    if line.judged_by is None:
        return ""
    judge = work.judges.get(line.judged_by)
    if judge is None:
        return reader.say(say("a measure of another unit"))
    return reader.say(say("{measure}, {unit}", measure=judge.row.title, unit=judge.row.place.name))


def done_within(work: Work, frame: Frame) -> list[Action]:
    """Return the actions done within the period or since, the latest first."""
    done = [line for line in work.actions if line.done_on and frame.first <= line.done_on <= frame.today]
    return sorted(done, key=lambda line: line.done_on or line.due, reverse=True)[:MOST_ACTIONS]


def actions_headline(opened: int, late: int) -> Sentence:
    """Return the sentence of the open actions."""
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


def strength_mix(actions: Sequence[Action], reader: Reader) -> Iterator[MixLine]:
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
