"""The six stations of a thread, for its page, and as the short trail that other pages show. Pure."""

from dataclasses import dataclass
from typing import Final

from qitracker.desk.threads.chain import Chain, Deed
from qitracker.desk.threads.words import (
    VERDICT_PILLS,
    VERDICT_WORDS,
    frequency_of,
    seen_words,
    stands_words,
    verdict_words,
)
from qitracker.foundation.words import Sentence, say
from qitracker.links.trails import Node, Trail
from qitracker.results.episodes import Episode
from qitracker.results.queries.followed import Followed
from qitracker.results.stations import SIGNALS
from qitracker.worksheets.rules.states import WORDS as SHEET_WORDS

NAMES: Final = (say("Signal"), say("Analysis"), say("Cause"), say("Action"), say("Measure"), say("Verdict"))
MORE: Final = 3  # causes or actions that a station names besides its first


@dataclass(frozen=True)
class Line:
    """One thing at a station: what it is called, where it is read, a few words; `level` of an action's strength."""

    title: Sentence | str
    url: str = ""
    words: Sentence | str = ""
    level: int = 0
    is_missing: bool = False  # it lacks what comes next


@dataclass(frozen=True)
class Stop:
    """One station of the page: its state, its lines, and how many more there are."""

    code: str
    name: Sentence
    state: str
    lines: tuple[Line, ...]
    more: int = 0
    team: tuple[str, ...] = ()
    followed: Followed | None = None
    episode: Episode | None = None
    pill: str = ""  # code of the mark of a verdict


def stops(chain: Chain) -> tuple[Stop, ...]:
    """Return the six stations."""
    makers = (_signal, _analysis, _cause, _action, _measure, _verdict)
    return tuple(make(chain, state) for make, state in zip(makers, chain.states, strict=True))


def trail_of(chain: Chain) -> Trail:
    """Return the thread in short: of each station what comes first."""
    nodes = tuple(Node(stop.state, stop.name, stop.lines[0].title, stop.lines[0].url) for stop in stops(chain))
    return Trail(title_of(chain), chain.url, stands_words(chain), nodes)


def title_of(chain: Chain) -> Sentence | str:
    """Return what a thread is about: the series of its signal, else its worksheet."""
    return chain.signal.linked.title if chain.signal else chain.analyses[0].sheet.title


def _signal(chain: Chain, state: str) -> Stop:
    if chain.signal is None:
        studied = [Line(one.title, one.url, one.words) for some in chain.analyses for one in some.studies]
        words = say("It was begun ahead of one.")
        return _stop("signal", NAMES[0], state, studied or [Line(say("No signal"), words=words)])
    signal = chain.signal
    name = SIGNALS[signal.episode.reading]
    over = "" if signal.episode.is_open else say("The chart marks it no longer.")
    line = Line(signal.linked.words, signal.linked.url, over)
    return Stop("signal", name, state, (line,), followed=signal.followed, episode=signal.episode)


def _analysis(chain: Chain, state: str) -> Stop:
    lines = [
        Line(
            one.sheet.title,
            one.url,
            say("{kind}, {state}", kind=one.sheet.kind.title, state=SHEET_WORDS[one.sheet.state]),
        )
        for one in chain.analyses
    ]
    nobody = say("Answered by an action at once") if state == "none" else say("Nobody has looked into it yet")
    team = tuple(name for one in chain.analyses for _, name in one.sheet.team)
    return _stop("analysis", NAMES[1], state, lines or [Line(nobody)], team=tuple(dict.fromkeys(team)))


def _cause(chain: Chain, state: str) -> Stop:
    bare = {cause.row_id for _, cause in chain.bare_causes}
    missing = say("It has no action yet.")
    lines = [
        Line(
            cause.words or say("A cause without words"),
            analysis.url_of(cause),
            missing if cause.row_id in bare else "",
            is_missing=cause.row_id in bare,
        )
        for analysis, cause in chain.causes
    ]
    none = say("None asks for an action") if chain.analyses else say("No cause is written down")
    return _stop("cause", NAMES[2], state, sorted(lines, key=lambda line: line.is_missing) or [Line(none)])


def _action(chain: Chain, state: str) -> Stop:
    waits = say("It waits for an action.")
    waiting = [
        Line(cause.words or say("A cause without words"), analysis.url_of(cause), waits, 0, True)
        for analysis, cause in chain.bare_causes
    ]
    lines = [Line(one.line.title, one.url, _deed_words(one), one.line.strength.level) for one in chain.deeds]
    return _stop("action", NAMES[3], state, [*waiting, *lines] or [Line(say("None yet"))])


def _deed_words(deed: Deed) -> Sentence:
    if deed.is_done:
        return say("done {day}", day=deed.line.done_on)
    return say("due {day}", day=deed.line.due)


def _measure(chain: Chain, state: str) -> Stop:
    lines = [Line(one.line.title, f"{one.url}#judge", say("No measure judges it."), 0, True) for one in chain.unjudged]
    told = {}
    for one in chain.judged:
        if one.judge and one.judge.ref not in told:
            words = seen_words(one) if one.is_done else say("It will judge the action.")
            told[one.judge.ref] = Line(one.judge.title, one.judge.url, words)
    hidden = say("A measure that you do not reach") if chain.judged and not told else say("To be named with the action")
    leading = chain.leading
    lines = [*lines, *told.values()] or [Line(hidden)]
    return _stop("measure", NAMES[4], state, lines, followed=leading.followed if leading else None)


def _verdict(chain: Chain, state: str) -> Stop:
    leading = chain.leading
    if leading is None:
        return _stop("verdict", NAMES[5], state, [Line(say("Too early"), words=say("It comes after an action."))])
    words = verdict_words(leading.effect, frequency_of(leading))
    url = leading.judge.url if leading.judge and leading.effect.is_said else ""
    line = Line(VERDICT_WORDS[leading.effect.verdict], url, words)
    return Stop("verdict", NAMES[5], state, (line,), pill=VERDICT_PILLS[leading.effect.verdict])


def _stop(
    code: str,
    name: Sentence,
    state: str,
    lines: list[Line],
    *,
    team: tuple[str, ...] = (),
    followed: Followed | None = None,
) -> Stop:
    shown = lines if len(lines) <= MORE + 1 else lines[:MORE]
    return Stop(code, name, state, tuple(shown), len(lines) - len(shown), team, followed)
