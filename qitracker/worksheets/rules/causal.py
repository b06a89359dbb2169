"""What a causal statement may be improved in, by the five rules of causation. Told, never forced. Pure.

A statement has three parts: {cause} led to {effect}, which increased the likelihood that {event}.

Sources: five rules of causation, VA National Center for Patient Safety, as in Patient Safety in Surgery 2016;10,
table 2; the form of the statement: Betsy Lehman Center. Most of the words to look for are ours.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from qitracker.foundation.words import Sentence, say

PARTS: Final = ("cause", "effect", "event")

NEGATIVE: Final = (
    "inadequate", "inadequately", "poor", "poorly", "bad", "badly", "careless", "carelessness", "complacent",
    "complacency", "insufficient", "sloppy", "wrong", "failed", "negligent",
)  # fmt: skip
HUMAN_ERROR: Final = ("forgot", "misread", "mistake", "error", "distracted", "miscalculated", "overlooked")
DEVIATION: Final = (
    "did not follow", "violated", "bypassed", "workaround", "skipped", "non-compliance", "noncompliance",
)  # fmt: skip
NOT_DONE: Final = ("did not", "failed to", "omitted", "never")


@dataclass(frozen=True)
class Finding:
    """One thing to improve: the rule (1 to 5), the part it stands in, the words as they were typed, what to do."""

    rule: int
    part: str
    found: str
    words: Sentence


def findings(cause: str, effect: str, event: str, *, is_explained: bool = False) -> tuple[Finding, ...]:
    """Return what the five rules find in a statement, in the order of rules; () where nothing is to improve.

    `is_explained` says whether the cause has a cause of its own written down: then a slip or a deviation may stand.
    """
    parts = dict(zip(PARTS, (cause, effect, event), strict=True))
    return (*_missing(parts), *_negative(parts), *(() if is_explained else _unexplained(cause)), *_not_done(cause))


def marked(text: str, found: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, each with whether it is one of the words that were found."""
    words = tuple(found)
    if not words:
        return ((text, False),)
    pieces = re.split(_pattern(words), text, flags=re.IGNORECASE)
    return tuple((piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece)


def _missing(parts: dict[str, str]) -> Iterator[Finding]:
    ask = {
        "cause": say("The cause is missing. Say what in the system made it possible."),
        "effect": say("The effect is missing. Say what the cause led to, so that all can follow the link."),
        "event": say("The event is missing. Say what became more likely."),
    }
    for part, text in parts.items():
        if not text.strip():
            yield Finding(1, part, "", ask[part])


def _negative(parts: dict[str, str]) -> Iterator[Finding]:
    for part, text in parts.items():
        for found in _matches(text, NEGATIVE):
            yield Finding(
                2, part, found, say("“{word}” says it was bad, not what it was. Write what could be seen.", word=found)
            )


def _unexplained(cause: str) -> Iterator[Finding]:
    for found in _matches(cause, HUMAN_ERROR):
        words = "“{word}” is a human slip. Say what made the slip likely, or add the cause behind it."
        yield Finding(3, "cause", found, say(words, word=found))
    for found in _matches(cause, DEVIATION):
        words = "“{word}” departs from a procedure. Say why that made sense to do, or add the cause behind it."
        yield Finding(4, "cause", found, say(words, word=found))


def _not_done(cause: str) -> Iterator[Finding]:
    for found in _matches(cause, NOT_DONE):
        words = "“{word}” is a cause only where it was a duty. Name the policy, standard or order that asked for it."
        yield Finding(5, "cause", found, say(words, word=found))


def _matches(text: str, words: tuple[str, ...]) -> list[str]:
    """Return the words as they stand in the text, each once, in the order of the text."""
    found: dict[str, str] = {}
    for one in re.findall(_pattern(words), text, re.IGNORECASE):
        found.setdefault(one.casefold(), one)
    return list(found.values())


def _pattern(words: tuple[str, ...]) -> str:
    """Return the pattern of these as whole words, longest first, with any white space between parts of one."""
    longest = sorted(words, key=len, reverse=True)
    return r"(?<!\w)(" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest) + r")(?!\w)"
