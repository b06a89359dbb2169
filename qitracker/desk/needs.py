"""What needs a person besides results: signals to look into, threads held up, overdue actions, worksheets."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from qitracker.actions.queries import ActionLine, overdue_actions
from qitracker.desk.threads.chain import Chain, Stands
from qitracker.desk.threads.effect import Verdict
from qitracker.desk.threads.pages import threads_in_reach
from qitracker.desk.threads.stations import title_of
from qitracker.desk.threads.words import stands_words
from qitracker.foundation.actor import Actor
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence
from qitracker.results.keys import SeriesKey
from qitracker.results.queries.board_rows import BoardRow
from qitracker.spc.analysis import Reading
from qitracker.worksheets.queries.reached import SheetFacts, reached_sheets
from qitracker.worksheets.rules.states import SheetState

TO_ANSWER: Final = (Reading.WORSE, Reading.CHANGED)
"""Signals that ask somebody to look; what got better may be learned from, and waits for nobody."""


@dataclass(frozen=True)
class Held:
    """One thread that cannot go on: a cause without an action, or an action without a measure."""

    title: Sentence | str
    url: str
    words: Sentence


@dataclass(frozen=True)
class SignalThread:
    """The thread of one signal: where it is read, where it stands, and whether somebody should look into it."""

    url: str
    words: Sentence
    is_unanswered: bool
    asks: bool


@dataclass(frozen=True)
class Needs:
    """What waits for one person, and how the threads in reach stand."""

    signals: Mapping[SeriesKey, SignalThread]
    held_up: tuple[Held, ...]
    overdue: tuple[ActionLine, ...]  # of other people, in units where the reader keeps actions or leads
    to_write: tuple[SheetFacts, ...]  # at work, and the reader is in the team
    to_close: tuple[SheetFacts, ...]  # in review, and the reader may close them
    outcomes: Mapping[str, int]  # how many threads worked, did not, are still measured, are held up

    def thread_of(self, row: BoardRow) -> SignalThread | None:
        """Return the thread of the signal in a row, where its episode stands."""
        part = row.stratum.id if row.stratum else 0
        return self.signals.get(SeriesKey(row.place.id, row.measured.id, part))

    @property
    def unanswered(self) -> int:
        """Return how many signals ask for somebody who looks into them."""
        return sum(one.asks for one in self.signals.values())

    @property
    def sheets(self) -> int:
        """Return how many worksheets wait."""
        return len(self.to_write) + len(self.to_close)

    @property
    def decisions(self) -> int:
        """Return how many things want a decision of those who lead."""
        return len(self.held_up) + len(self.overdue)


def needs(*, by: Actor, today: date, leads: bool) -> Needs:
    """Return what waits for `by`. A fixed number of statements."""
    chains = threads_in_reach(by=by, today=today)
    sheets = reached_sheets(by)
    keeps = Permission.ACTION_READ if leads else Permission.ACTION_EDIT
    answers = leads or by.may_anywhere(Permission.ACTION_EDIT)
    return Needs(
        signals={one.signal.episode.key: _signal(one) for one in chains if one.signal and one.signal.episode.is_open},
        held_up=tuple(_held(one) for one in chains if one.stands is Stands.BROKEN) if answers else (),
        overdue=overdue_actions(by=by, where=keeps, today=today),
        to_write=tuple(one for one in sheets if one.state is SheetState.ANALYSIS and one.has(by.user_id)),
        to_close=tuple(one for one in sheets if _may_close(one, by)),
        outcomes=_outcomes(chains),
    )


def _may_close(sheet: SheetFacts, by: Actor) -> bool:
    return sheet.state is SheetState.REVIEW and by.may(Permission.SHEET_MANAGE, on=sheet.unit)


def _signal(chain: Chain) -> SignalThread:
    unanswered = chain.stands is Stands.NOT_STARTED
    asks = unanswered and chain.signal is not None and chain.signal.episode.reading in TO_ANSWER
    return SignalThread(chain.url, stands_words(chain), unanswered, asks)


def _held(chain: Chain) -> Held:
    return Held(title_of(chain), chain.url, stands_words(chain))


def _outcomes(chains: Iterable[Chain]) -> Mapping[str, int]:
    """Count the threads that led to an action, and those that did not come to one yet."""
    return Counter(filter(None, map(_outcome, chains)))


def _outcome(chain: Chain) -> str:
    match chain.stands:
        case Stands.BROKEN:
            return "held_up"
        case Stands.READY:
            return {Verdict.WORKED: "worked", Verdict.NOT: "not"}.get(chain.effect.verdict, "unclear")
        case Stands.EARLY | Stands.ACTING:
            return "early"
        case _:
            return ""
