"""One thread: its signal, the analyses, their causes, the actions and what is said of them; where it stands. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from qitracker.actions.queries import ActionLine
from qitracker.actions.rules import ActionState
from qitracker.desk.threads.effect import Effect, Verdict
from qitracker.links.rules import Linked
from qitracker.results.episodes import Episode
from qitracker.results.queries.followed import Followed
from qitracker.worksheets.causes import Cause
from qitracker.worksheets.queries.reached import SheetFacts
from qitracker.worksheets.rules.states import SheetState

AT_WORK: Final = (SheetState.DRAFT, SheetState.ANALYSIS)


@dataclass(frozen=True)
class Signal:
    """The episode a thread begins with, as links show it, and the results of its series."""

    episode: Episode
    linked: Linked
    followed: Followed | None


@dataclass(frozen=True)
class Analysis:
    """One worksheet with its causes, the most pressing first, and the series it studies."""

    sheet: SheetFacts
    causes: tuple[Cause, ...]
    studies: tuple[Linked, ...] = ()

    @property
    def is_at_work(self) -> bool:
        """Say whether the team still writes in it."""
        return self.sheet.state in AT_WORK

    @property
    def url(self) -> str:
        """Return where it is read."""
        return f"/worksheets/{self.sheet.id}"

    def url_of(self, cause: Cause) -> str:
        """Return where one of its causes is read."""
        return f"{self.url}#row-{cause.row_id}"


@dataclass(frozen=True)
class Deed:
    """One action, the rows it answers, the measure that judges it, and what can be said of it."""

    line: ActionLine
    rows: frozenset[int]
    judge: Linked | None
    followed: Followed | None
    effect: Effect

    @property
    def url(self) -> str:
        """Return where it is read."""
        return f"/actions/{self.line.id}"

    @property
    def is_done(self) -> bool:
        """Say whether it is done."""
        return self.line.state is ActionState.DONE


class Stands(StrEnum):
    """Where a thread stands: one of these. Short and stable: it stands in addresses."""

    NOT_STARTED = "not_started"
    OVER = "over"  # the signal ended, and nobody looked into it
    ANALYSIS = "analysis"
    BROKEN = "broken"
    ACTING = "acting"
    EARLY = "early"
    READY = "ready"  # enough results for a verdict
    QUIET = "quiet"  # the analysis is over, and nothing in it asks for an action


@dataclass(frozen=True)
class Chain:
    """One thread."""

    signal: Signal | None
    analyses: tuple[Analysis, ...]
    deeds: tuple[Deed, ...]  # without those that were dropped; the strongest first

    @property
    def url(self) -> str:
        """Return where it is read."""
        if self.signal:
            return f"/threads/{self.signal.episode.id}"
        return f"/threads/sheet/{self.analyses[0].sheet.id}"

    @property
    def is_answered(self) -> bool:
        """Say whether anybody has begun to look into it."""
        return bool(self.analyses or self.deeds)

    @property
    def causes(self) -> tuple[tuple[Analysis, Cause], ...]:
        """Return the causes that ask for an action or have one; a sheet that is a draft asks for nothing yet."""
        answered = {row for deed in self.deeds for row in deed.rows}
        return tuple(
            (analysis, cause)
            for analysis in self.analyses
            for cause in analysis.causes
            if cause.row_id in answered or (cause.asks and analysis.sheet.state is not SheetState.DRAFT)
        )

    @property
    def bare_causes(self) -> tuple[tuple[Analysis, Cause], ...]:
        """Return the causes that ask for an action and have none."""
        answered = {row for deed in self.deeds for row in deed.rows}
        return tuple((analysis, cause) for analysis, cause in self.causes if cause.row_id not in answered)

    @property
    def unjudged(self) -> tuple[Deed, ...]:
        """Return the actions without a measure."""
        return tuple(deed for deed in self.deeds if deed.line.judged_by is None)

    @property
    def judged(self) -> tuple[Deed, ...]:
        """Return the actions with a measure."""
        return tuple(deed for deed in self.deeds if deed.line.judged_by is not None)

    @property
    def leading(self) -> Deed | None:
        """Return the action whose effect speaks for the thread: of those done and judged the strongest."""
        done = [deed for deed in self.judged if deed.is_done]
        return next(iter(done or self.judged or self.deeds), None)

    @property
    def effect(self) -> Effect:
        """Return what can be said of the thread."""
        return self.leading.effect if self.leading else Effect(Verdict.OPEN)

    @property
    def is_broken(self) -> bool:
        """Say whether a cause that asks for an action has none, or an action no measure."""
        return bool(self.bare_causes or self.unjudged)

    @property
    def stands(self) -> Stands:
        """Return where it stands."""
        if self.is_broken:
            return Stands.BROKEN
        if not self.deeds:
            return self._before_deeds
        if self.effect.is_said:
            return Stands.READY
        return Stands.EARLY if self.effect.verdict is Verdict.EARLY else Stands.ACTING

    @property
    def _before_deeds(self) -> Stands:
        if self.analyses:
            return Stands.ANALYSIS if any(one.is_at_work for one in self.analyses) else Stands.QUIET
        return Stands.NOT_STARTED if self.signal and self.signal.episode.is_open else Stands.OVER

    @property
    def states(self) -> tuple[str, str, str, str, str, str]:
        """Return the states of the six nodes."""
        return (self._signal, self._analysis, self._cause, self._action, self._measure, self._verdict)

    @property
    def _signal(self) -> str:
        if self.signal is None:
            return "none"
        return "now" if self.stands is Stands.NOT_STARTED else "done"

    @property
    def _analysis(self) -> str:
        if not self.analyses:
            return "none" if self.deeds else "next"
        return "now" if any(one.is_at_work for one in self.analyses) else "done"

    @property
    def _cause(self) -> str:
        if not self.analyses:
            return "none" if self.deeds else "next"
        return "done" if self.causes else "none" if self.stands is Stands.QUIET else "next"

    @property
    def _action(self) -> str:
        if self.bare_causes:
            return "gap"
        if not self.deeds:
            return "next"
        return "done" if all(deed.is_done for deed in self.deeds) else "now"

    @property
    def _measure(self) -> str:
        if self.unjudged:
            return "gap"
        if self.effect.is_said:
            return "done"
        return "now" if self.effect.verdict is Verdict.EARLY else "next"

    @property
    def _verdict(self) -> str:
        return "done" if self.effect.is_said and not self.is_broken else "next"


def in_order(deeds: Iterable[Deed]) -> tuple[Deed, ...]:
    """Return the actions, the strongest first; of equal ones what was done first, then by their dates."""
    return tuple(
        sorted(deeds, key=lambda deed: (-deed.line.strength.level, deed.line.done_on or date.max, deed.line.due))
    )
