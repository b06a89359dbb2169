"""What the page of a root cause analysis shows beyond its rows: the sentence, what is done before review, actions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from qitracker.actions.hierarchy import Strength
from qitracker.actions.queries import ActionLine
from qitracker.foundation.words import Sentence, say
from qitracker.links.rules import Linked
from qitracker.worksheets.kinds import rca
from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.rules import sac
from qitracker.worksheets.rules.disciplines import Discipline, absent
from qitracker.worksheets.rules.gaps import Gap
from qitracker.worksheets.rules.harm import harm_words
from qitracker.worksheets.sheet_kind import SheetRow
from qitracker.worksheets.views.kind_page import Answers


@dataclass(frozen=True)
class Check:
    """One thing that is looked at before review: its words, and what is open in it (none: it is done)."""

    words: Sentence
    gaps: tuple[Gap, ...] = ()

    @property
    def is_done(self) -> bool:
        """Say whether nothing is open."""
        return not self.gaps


@dataclass(frozen=True)
class PlanLine:
    """One action of the plan with the root causes or causes it answers."""

    action: ActionLine
    whys: tuple[rca.Why, ...]
    judge: Linked | None = None

    @property
    def letters(self) -> str:
        """Return the letters of the root causes it answers: "A, B"; "" where it answers others only."""
        return ", ".join(why.letter for why in self.whys if why.letter)


@dataclass(frozen=True)
class RcaView:
    """Everything templates/worksheets/rca may use of a root cause analysis besides `page` and `actions`."""

    event: SheetRow
    sac: sac.Sac
    harm: Sentence | None
    moments: tuple[SheetRow, ...]
    whys: tuple[rca.Why, ...]
    roots: tuple[rca.Why, ...]
    bones: tuple[rca.Bone, ...]
    statements: tuple[rca.Statement, ...]
    plan: tuple[PlanLine, ...]
    absent: tuple[Discipline, ...]
    checks: tuple[Check, ...]
    pictures: tuple[Markup, Markup] | None = None  # the fishbone, wide and narrow

    @property
    def missing(self) -> tuple[Gap, ...]:
        """Return what is missing before review."""
        return tuple(gap for check in self.checks for gap in check.gaps)

    @property
    def sac_title(self) -> Sentence:
        """Return the name of the scheme, to stand beside every code: in others 1 is the worst."""
        return sac.TITLE

    @property
    def without_area(self) -> tuple[rca.Why, ...]:
        """Return the causes that the fishbone cannot show: nobody has said yet to which area they belong."""
        return tuple(why for why in rca.every_why(self.whys) if not why.row.text("area"))

    @property
    def causes(self) -> int:
        """Return how many causes the tree holds."""
        return sum(1 for _ in rca.every_why(self.whys))

    @property
    def headline(self) -> Sentence:
        """Return how far the team is, to stand behind what happened."""
        if not self.event.text("text"):
            return say("Nothing is written down yet; begin with what happened, in one line.")
        if not self.whys:
            return say("The team has not asked yet why it happened.")
        if not self.roots:
            return say("The team looks for what lies behind it; no root cause is marked yet.")
        return _found(len(self.roots), sum(bool(one.findings) for one in self.statements))


def rca_view(page: SheetPage, actions: Answers, judges: Mapping[int, Linked]) -> RcaView:
    """Return the view of a sheet; a pure function of its rows, its team, the actions that answer its causes, and
    the measures that judge those.
    """
    event, whys = rca.event_of(page.rows), rca.tree(page.rows)
    moments, statements = rca.timeline(page.rows), rca.statements(page.rows, whys)
    missing = tuple(absent(one.discipline for one in page.team))
    plan = _plan(whys, actions, judges)
    return RcaView(
        event=event,
        sac=rca.sac_of(event),
        harm=harm_words(event.text("harm")),
        moments=moments,
        whys=whys,
        roots=rca.root_causes(whys),
        bones=rca.fishbone(whys),
        statements=statements,
        plan=plan,
        absent=missing,
        checks=(
            _described(event),
            _sourced(moments),
            _answered(rca.root_causes(whys), actions),
            _strong(plan),
            _worded(rca.root_causes(whys), statements),
            _judged(plan),
            _round_the_table(missing),
        ),
    )


def _found(roots: int, to_improve: int) -> Sentence:
    if roots == 1:
        alone = (
            say("The team has one root cause."),
            say("The team has one root cause; one statement needs work."),
            say("The team has one root cause; {count} statements need work.", count=to_improve),
        )
        return alone[min(to_improve, 2)]
    several = (
        say("The team has {roots} root causes.", roots=roots),
        say("The team has {roots} root causes; one statement needs work.", roots=roots),
        say("The team has {roots} root causes; {count} statements need work.", roots=roots, count=to_improve),
    )
    return several[min(to_improve, 2)]


def _plan(whys: Iterable[rca.Why], actions: Answers, judges: Mapping[int, Linked]) -> tuple[PlanLine, ...]:
    """Return the actions, those of the first root cause first, each once."""
    lines: dict[int, PlanLine] = {}
    for why in rca.every_why(tuple(whys)):
        for action in actions.get(why.row.id, ()):
            known = lines.get(action.id)
            lines[action.id] = PlanLine(action, (*known.whys, why) if known else (why,), judges.get(action.id))
    return tuple(lines.values())


def _described(event: SheetRow) -> Check:
    asked = {"text": say("Say what happened, in one line."), "harm": say("Choose the harm, on a named scale.")}
    gaps = [Gap(words, event.id) for column, words in asked.items() if not event.text(column)]
    if rca.sac_of(event).counts is None:
        gaps.append(Gap(say("Choose severity and probability for the safety assessment code."), event.id))
    return Check(say("Event, harm and safety code"), tuple(gaps))


def _sourced(moments: Iterable[SheetRow]) -> Check:
    moments = tuple(moments)
    if not moments:
        return Check(say("Timeline"), (Gap(say("The timeline is empty. Write down the first moment.")),))
    bare = [one for one in moments if rca.is_deviation(one) and not one.text("source")]
    words = "“{moment}” is a deviation without a source."
    return Check(
        say("Every deviation has a source"), tuple(Gap(say(words, moment=one.text("text")), one.id) for one in bare)
    )


def _answered(roots: Iterable[rca.Why], actions: Answers) -> Check:
    roots = tuple(roots)
    if not roots:
        return Check(say("Root causes"), (Gap(say("No cause is marked as a root cause.")),))
    words = "Root cause {letter} has no action."
    bare = [why for why in roots if not actions.get(why.row.id)]
    return Check(
        say("Every root cause has an action"), tuple(Gap(say(words, letter=why.letter), why.row.id) for why in bare)
    )


def _strong(plan: Iterable[PlanLine]) -> Check:
    if any(line.action.strength is not Strength.WEAKER for line in plan):
        return Check(say("At least one stronger or intermediate action"))
    return Check(
        say("At least one stronger or intermediate action"),
        (Gap(say("No action is stronger or intermediate. Weaker ones alone do not last.")),),
    )


def _worded(roots: Iterable[rca.Why], statements: Iterable[rca.Statement]) -> Check:
    return Check(say("Causal statements keep the five rules"), tuple(_unworded(tuple(roots), tuple(statements))))


def _unworded(roots: tuple[rca.Why, ...], statements: tuple[rca.Statement, ...]) -> Iterator[Gap]:
    if not roots and not statements:
        yield Gap(say("No causal statement is written yet."))
    told = {one.why.row.id for one in statements}
    for why in roots:
        if why.row.id not in told:
            yield Gap(say("Root cause {letter} has no causal statement.", letter=why.letter), why.row.id)
    for at, one in enumerate(statements, start=1):
        if one.findings:
            yield Gap(say("Statement {at} can be worded better.", at=at), one.row.id)


def _judged(plan: Iterable[PlanLine]) -> Check:
    plan = tuple(plan)
    if not plan:
        return Check(say("Every action has a measure"), (Gap(say("There is no action yet.")),))
    bare = [line.action for line in plan if line.action.judged_by is None]
    words = "No measure judges “{action}”."
    return Check(say("Every action has a measure"), tuple(Gap(say(words, action=one.title)) for one in bare))


def _round_the_table(missing: Iterable[Discipline]) -> Check:
    words = "{discipline}: nobody in the team yet."
    return Check(say("Disciplines round the table"), tuple(Gap(say(words, discipline=one.title)) for one in missing))
