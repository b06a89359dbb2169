"""The pages of threads: one with its stations, and the list with its filters. A fixed number of statements."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from qitracker.desk.threads.chain import Chain, Stands
from qitracker.desk.threads.effect import Verdict
from qitracker.desk.threads.gather import Beginnings, gathered
from qitracker.desk.threads.roots import all_beginnings, beginnings_through
from qitracker.desk.threads.stations import Stop, stops, title_of, trail_of
from qitracker.desk.threads.words import headline, pill_of, stands_words
from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.errors import NotFound
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import Sentence, say
from qitracker.links.rules import Ref
from qitracker.links.trails import Trail, tells_trails
from qitracker.people.queries import facts_of, place_of
from qitracker.results.keys import SeriesKey
from qitracker.spc.analysis import Reading
from qitracker.worksheets.linked import SHEET

A_PAGE: Final = 50
FILTERS: Final = ("all", "broken", "ready")
_OF_FILTER: Final = {"broken": Stands.BROKEN, "ready": Stands.READY}
_FIRST: Final = (
    Stands.BROKEN,
    Stands.READY,
    Stands.EARLY,
    Stands.ACTING,
    Stands.ANALYSIS,
    Stands.NOT_STARTED,
    Stands.QUIET,
)
NO_SUCH_THREAD: Final = say("There is no such thread, or it belongs to a unit you do not reach.")


@dataclass(frozen=True)
class ThreadRow:
    """One thread in the list."""

    title: Sentence | str
    detail: Sentence | str  # what the signal was, or what kind of worksheet it is
    url: str
    states: tuple[str, ...]
    words: Sentence
    level: int  # strength of the strongest action; 0 without one
    pill: tuple[str, Sentence]


@dataclass(frozen=True)
class ThreadsPage:
    """Everything templates/desk/threads.html may use."""

    wanted: str
    counts: dict[str, int]
    rows: tuple[ThreadRow, ...]
    number: int
    last: int

    @property
    def headline(self) -> tuple[Sentence, Sentence | None]:
        """Return the sentence of the page, in two parts."""
        count, broken, ready = (self.counts[name] for name in FILTERS)
        if not count:
            return say("No thread has begun yet."), None
        lead = say("{count} threads run", count=count) if count > 1 else say("1 thread runs")
        tails = []
        if broken:
            tails.append(say("{count} are broken", count=broken) if broken > 1 else say("1 is broken"))
        if ready:
            tails.append(say("{count} can be judged", count=ready) if ready > 1 else say("1 can be judged"))
        if not tails:
            return lead, say("none is broken")
        return lead, tails[0] if len(tails) == 1 else say("{one}, {other}", one=tails[0], other=tails[1])


@dataclass(frozen=True)
class ThreadPage:
    """Everything templates/desk/thread.html may use."""

    chain: Chain
    title: Sentence | str
    lead: Sentence
    so_what: Sentence
    stops: tuple[Stop, ...]
    unit: Place
    unit_slug: str
    today: date
    may_study: bool
    may_act: bool

    @property
    def began(self) -> date:
        """Return the day on which it began."""
        return _began(self.chain)

    @property
    def runs_for(self) -> int:
        """Return for how many days it has been running."""
        return max((self.today - self.began).days, 0)


def threads_page(*, by: Actor, today: date, wanted: str = "all", number: int = 1) -> ThreadsPage:
    """Return one page of the threads in reach; broken ones first, then what can be judged."""
    chains = threads_in_reach(by=by, today=today)
    counted = Counter(chain.stands for chain in chains)
    wanted = wanted if wanted in FILTERS else "all"
    chosen = [chain for chain in chains if wanted == "all" or chain.stands is _OF_FILTER[wanted]]
    last = max(ceil(len(chosen) / A_PAGE), 1)
    at = min(max(number, 1), last)
    return ThreadsPage(
        wanted=wanted,
        counts={"all": len(chains), "broken": counted[Stands.BROKEN], "ready": counted[Stands.READY]},
        rows=tuple(_row(chain) for chain in chosen[(at - 1) * A_PAGE : at * A_PAGE]),
        number=at,
        last=last,
    )


def threads_in_reach(*, by: Actor, today: date) -> tuple[Chain, ...]:
    """Return the threads in reach, what needs somebody first.

    A signal that ended unanswered is no thread, nor is one that shows only that an action of another thread worked.
    """
    found = gathered(all_beginnings(by=by, today=today), by=by)
    proved = _proved(found)
    running = (chain for chain in found if chain.stands is not Stands.OVER and not _is_told(chain, proved))
    return tuple(sorted(running, key=lambda chain: (_FIRST.index(chain.stands), -_began(chain).toordinal())))


def thread_page(beginnings: Beginnings, *, by: Actor, today: date) -> ThreadPage:
    """Return the page of one thread. Raises NotFound."""
    chain = next(iter(gathered(beginnings, by=by)), None)
    if chain is None:
        raise NotFound(NO_SUCH_THREAD)
    lead, so_what = headline(chain)
    unit_id = chain.signal.episode.key.unit_id if chain.signal else chain.analyses[0].sheet.unit.id
    unit = place_of(unit_id)
    return ThreadPage(
        chain=chain,
        title=title_of(chain),
        lead=lead,
        so_what=so_what,
        stops=stops(chain),
        unit=unit,
        unit_slug=facts_of([unit_id])[unit_id].slug,
        today=today,
        may_study=by.may(Permission.SHEET_MANAGE, on=unit),
        may_act=by.may(Permission.ACTION_EDIT, on=unit),
    )


def sheet_thread(sheet_id: int, *, by: Actor) -> Beginnings:
    """Return where the thread of a worksheet begins: at itself, or at the first signal that it answers."""
    found = beginnings_through(Ref(SHEET, str(sheet_id)), by=by)
    return Beginnings(episodes=frozenset(sorted(found.episodes)[:1]), sheets=found.sheets)


@tells_trails
def trails(ref: Ref, by: Actor, today: date) -> tuple[Trail, ...]:
    """Return the threads through one thing in short, those that somebody answers first."""
    chains = gathered(beginnings_through(ref, by=by), by=by)
    return tuple(trail_of(chain) for chain in chains if chain.is_answered)


def _proved(chains: Iterable[Chain]) -> frozenset[SeriesKey]:
    """Return the series by which an action is said to have worked."""
    deeds = (deed for chain in chains for deed in chain.deeds if deed.effect.verdict is Verdict.WORKED)
    return frozenset(deed.line.judged_by for deed in deeds if deed.line.judged_by)


def _is_told(chain: Chain, proved: Collection[SeriesKey]) -> bool:
    """Say whether a signal that nobody answers is the effect of an action that another thread tells of."""
    signal = chain.signal.episode if chain.signal and not chain.is_answered else None
    return signal is not None and signal.reading is Reading.BETTER and signal.key in proved


def _row(chain: Chain) -> ThreadRow:
    level = max((deed.line.strength.level for deed in chain.deeds), default=0)
    detail = chain.signal.linked.words if chain.signal else chain.analyses[0].sheet.kind.title
    return ThreadRow(title_of(chain), detail, chain.url, chain.states, stands_words(chain), level, pill_of(chain))


def _began(chain: Chain) -> date:
    if chain.signal:
        return chain.signal.episode.first
    return chain.analyses[0].sheet.made_at.date()
