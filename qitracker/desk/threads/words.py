"""What is said of a thread: its headline, where it stands, and the words of its verdict. Pure."""

from collections.abc import Mapping
from typing import Final

from qitracker.desk.threads.chain import Chain, Deed, Stands
from qitracker.desk.threads.effect import NEEDED, Effect, Verdict
from qitracker.foundation.words import Period, Sentence, say
from qitracker.spc.wording.figures import filled, many, some
from qitracker.worksheets.rules.states import WORDS as SHEET_WORDS
from qitracker.worksheets.rules.states import SheetState

VERDICT_WORDS: Final[Mapping[Verdict, Sentence]] = {
    Verdict.OPEN: say("Too early"),
    Verdict.EARLY: say("Too early"),
    Verdict.WORKED: say("It worked"),
    Verdict.NOT: say("Did not work"),
    Verdict.NO_CHANGE: say("No change seen"),
    Verdict.BEFORE: say("Changed before it"),
    Verdict.CHANGED: say("Changed since"),
    Verdict.UNJUDGED: say("No measure"),
    Verdict.ELSEWHERE: say("Read elsewhere"),
}
VERDICT_PILLS: Final[Mapping[Verdict, str]] = {
    Verdict.OPEN: "early",
    Verdict.EARLY: "early",
    Verdict.WORKED: "better",
    Verdict.NOT: "worse",
    Verdict.NO_CHANGE: "usual",
    Verdict.BEFORE: "usual",
    Verdict.CHANGED: "changed",
    Verdict.UNJUDGED: "failed",
    Verdict.ELSEWHERE: "open",
}
_STANDS_PILLS: Final[Mapping[Stands, tuple[str, Sentence]]] = {
    Stands.BROKEN: ("failed", say("Broken")),
    Stands.NOT_STARTED: ("open", say("Not started")),
    Stands.OVER: ("closed", say("Over")),
    Stands.QUIET: ("done", say("Nothing to do")),
    Stands.ANALYSIS: ("early", say("Too early")),
}


def pill_of(chain: Chain) -> tuple[str, Sentence]:
    """Return the code and the word of the one pill of a thread."""
    fixed = _STANDS_PILLS.get(chain.stands)
    return fixed or (VERDICT_PILLS[chain.effect.verdict], VERDICT_WORDS[chain.effect.verdict])


def frequency_of(deed: Deed | None) -> str:
    """Return how often the measure that judges an action is collected; "" without one."""
    return str(deed.followed.measured.definition.frequency) if deed and deed.followed else ""


def stands_words(chain: Chain) -> Sentence:
    """Return where a thread stands, in a few words."""
    match chain.stands:
        case Stands.NOT_STARTED:
            return say("Nobody has looked into the signal")
        case Stands.OVER:
            return say("The signal is over; nobody looked into it")
        case Stands.BROKEN:
            return _broken(chain)
        case Stands.ANALYSIS:
            sheet = next(one.sheet for one in chain.analyses if one.is_at_work)
            if sheet.state is SheetState.DRAFT:
                return say("{kind} draft; its causes count once the analysis begins", kind=sheet.kind.title)
            return say(
                "{kind} {state}, no cause asks for an action", kind=sheet.kind.title, state=SHEET_WORDS[sheet.state]
            )
        case Stands.QUIET:
            return say("No cause asks for an action")
        case Stands.ACTING:
            return _acting(chain)
        case _:
            return seen_words(chain.leading)


def _broken(chain: Chain) -> Sentence:
    bare, without = len(chain.bare_causes), len(chain.unjudged)
    causes = say("{count} causes have no action", count=bare) if bare > 1 else say("A cause has no action")
    deeds = say("{count} actions have no measure", count=without) if without > 1 else say("An action has no measure")
    if bare and without:
        return say("{causes}; {deeds}", causes=causes, deeds=_as_second(without))
    return causes if bare else deeds


def _as_second(without: int) -> Sentence:
    return say("{count} actions have no measure", count=without) if without > 1 else say("an action has no measure")


def _acting(chain: Chain) -> Sentence:
    opened = [deed for deed in chain.deeds if not deed.is_done]
    if not opened:
        return say("Judged by a measure that you do not reach")
    first = min(opened, key=lambda deed: deed.line.due)
    if len(opened) == 1:
        return say("The action is due {day}", day=first.line.due)
    return say("{count} actions are open, the next is due {day}", count=len(opened), day=first.line.due)


def seen_words(deed: Deed | None) -> Sentence:
    """Return how many results were seen after an action: "4 of 8 months seen", "9 months seen"."""
    if deed is None or deed.followed is None:
        return say("No results of its measure yet")
    effect, each = deed.effect, frequency_of(deed)
    if effect.is_said:
        return say("{many} seen since", many=many(effect.seen, each))
    return say("{seen} of {needed} seen", seen=effect.seen, needed=many(NEEDED, each))


def verdict_words(effect: Effect, frequency: str) -> Sentence:
    """Return why this is what is said of an action."""
    needed, seen, each = many(NEEDED, frequency), many(effect.seen, frequency), some(frequency)
    match effect.verdict:
        case Verdict.OPEN:
            return say("The action is not done yet. Then its measure needs {needed}.", needed=needed)
        case Verdict.EARLY:
            return say("With {lacking} more we can say whether it worked.", lacking=many(effect.lacking, frequency))
        case Verdict.UNJUDGED:
            return say("Without a measure nobody will know whether it worked.")
        case Verdict.ELSEWHERE:
            return say("Its measure belongs to a unit that you do not reach.")
        case Verdict.NO_CHANGE:
            return say("In the {seen} since, the chart varies as usual.", seen=seen)
        case Verdict.BEFORE:
            return say("What the chart marks had begun before the action was done.")
        case _:
            since = Period(effect.since, frequency) if effect.since else each
            return filled(_MARKED[effect.verdict], since=since)


_MARKED: Final[Mapping[Verdict, Sentence]] = {
    Verdict.WORKED: say("The chart marks the results as better since {since}."),
    Verdict.NOT: say("The chart marks the results as worse since {since}."),
    Verdict.CHANGED: say("The chart marks a change since {since}. Whether it is good is for you to say."),
}


def headline(chain: Chain) -> tuple[Sentence, Sentence]:
    """Return the sentence of a thread's page: what led to what, then what can be said of it."""
    return _led_to(chain), _so_what(chain)


def _led_to(chain: Chain) -> Sentence:
    begin = _beginning(chain)
    deeds, sheets = len(chain.deeds), len(chain.analyses)
    if deeds == 1:
        text = say("{begin} led to one {strength} action.")
        return filled(text, begin=begin, strength=_STRENGTHS[chain.deeds[0].line.strength.level])
    if deeds:
        return say("{begin} led to {count} actions.", begin=begin, count=deeds)
    if chain.signal and sheets:
        return say("{begin} led to an analysis.", begin=begin)
    return say("{begin}.", begin=begin)


_STRENGTHS: Final = {1: say("weaker"), 2: say("intermediate"), 3: say("stronger")}


def _beginning(chain: Chain) -> Sentence:
    if chain.signal is None:
        return say("“{title}”", title=chain.analyses[0].sheet.title)
    first = chain.signal.episode.first
    frequency = str(chain.signal.followed.measured.definition.frequency) if chain.signal.followed else "day"
    return say("A signal in {period}", period=Period(first, frequency))


def _so_what(chain: Chain) -> Sentence:
    stands, leading = chain.stands, chain.leading
    if stands is Stands.READY and leading:
        return filled(_OUTCOMES[leading.effect.verdict], seen=many(leading.effect.seen, frequency_of(leading)))
    if stands is Stands.EARLY and leading:
        lacking = many(leading.effect.lacking, frequency_of(leading))
        return say("The verdict needs {lacking} more.", lacking=lacking)
    return say("{words}.", words=stands_words(chain))


_OUTCOMES: Final[Mapping[Verdict, Sentence]] = {
    Verdict.WORKED: say("It worked: better after {seen}."),
    Verdict.NOT: say("It did not work: worse after {seen}."),
    Verdict.NO_CHANGE: say("No change is seen after {seen}."),
    Verdict.BEFORE: say("The chart changed before the action was done."),
    Verdict.CHANGED: say("The chart changed since; whether it is good is for you to say."),
}
