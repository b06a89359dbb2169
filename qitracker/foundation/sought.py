"""What somebody looks for: words without accents and capitals, what fits them, and the words around a hit."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 200
MOST_WORDS: Final = 20  # so that no search asks the database for hundreds of things
IN_TITLE: Final = 3  # up to this rank all words stand in the title
AROUND: Final = 70  # characters shown on each side of a hit

_BETWEEN: Final = re.compile(r"[\W_]+")
_OWN: Final = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h"}


class _Plain(dict[int, str | None]):
    """What each letter is compared as: nothing for marks over letters, joiners, soft hyphens. Fills as it is used."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = None if unicodedata.category(letter) in {"Mn", "Cf"} else _OWN.get(letter, letter)
        return self[code]


_PLAIN: Final = _Plain()


@dataclass(frozen=True)
class Piece:
    """A part of a text; `hit` when it is what was looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class Sought:
    """What was typed, tidied, and its words as they are compared. All of them must be found."""

    text: str
    words: tuple[str, ...]

    def rank(self, title: str, *own: str, about: str = "") -> int | None:
        """Return how well something fits (0 is best), None where it does not.

        At least one word stands in its title or in what is its `own`; the others may begin a word of what it is
        `about`, such as the name of its unit.
        """
        named = folded(title)
        mine = f"{named} {folded(' '.join(own))}"
        if not any(word in mine for word in self.words):
            return None
        beside = f" {folded(about)}"
        if not all(word in mine or f" {word}" in beside for word in self.words):
            return None
        if named == " ".join(self.words):
            return 0
        if all(word in named for word in self.words):
            return 1 if named.startswith(self.words[0]) else self._place(named, IN_TITLE)
        return self._place(mine, IN_TITLE + 2) if all(word in mine for word in self.words) else IN_TITLE + 3

    def _place(self, text: str, within: int) -> int:
        """Return `within` for words in the middle of others, one less where each begins a word."""
        spaced = " " + _BETWEEN.sub(" ", text)
        return within - all(f" {word}" in spaced for word in self.words)


def sought(typed: str) -> Sought:
    """Return what somebody looks for, of whatever an address may hold."""
    kept = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in typed[: 4 * LONGEST])
    text = " ".join(kept.split())[:LONGEST].rstrip()
    return Sought(text, tuple(dict.fromkeys(folded(text).split()))[:MOST_WORDS])


def folded(text: str) -> str:
    """Return a text as it is compared: "Résumé" and "RESUME" are the same."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)


def excerpt(text: str, words: tuple[str, ...], *, around: int | None = AROUND) -> tuple[Piece, ...]:
    """Return the part of a text around its best hit, with every hit in it marked; all of it without `around`."""
    line = " ".join(text.split())
    hits = _hits(line, words)
    if around is None:
        return _pieces(line, hits, 0, len(line))
    begin, end = max(hits, key=lambda hit: _weight(line, hit), default=(0, 0))  # the first of the best
    start = _word_start(line, begin - around) if begin > around else 0
    stop = _word_end(line, end + around) if end + around < len(line) else len(line)
    pieces = _pieces(line, [hit for hit in hits if start <= hit[0] and hit[1] <= stop], start, stop)
    before, after = (Piece("… "),) if start else (), (Piece(" …"),) if stop < len(line) else ()
    return before + pieces + after


def _hits(line: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where the words stand in a text as written, those that touch or overlap as one."""
    letters = [folded(letter) for letter in line]
    at = [position for position, letter in enumerate(letters) for _ in letter]
    plain = "".join(letters)
    found = sorted(
        (at[hit.start()], at[hit.end() - 1] + 1) for word in words for hit in re.finditer(re.escape(word), plain)
    )
    merged: list[tuple[int, int]] = []
    for begin, end in found:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _weight(line: str, hit: tuple[int, int]) -> tuple[bool, int]:
    """Return what makes a hit worth showing: that it begins a word, then its length."""
    return hit[0] == 0 or not line[hit[0] - 1].isalnum(), hit[1] - hit[0]


def _pieces(line: str, hits: list[tuple[int, int]], start: int, stop: int) -> tuple[Piece, ...]:
    pieces, at = [], start
    for begin, end in hits:
        pieces += [Piece(line[at:begin]), Piece(line[begin:end], hit=True)]
        at = end
    return tuple(piece for piece in [*pieces, Piece(line[at:stop])] if piece.text)


def _word_start(line: str, at: int) -> int:
    """Return where the next word begins, unless it is far away."""
    space = line.find(" ", at, at + 15)
    return space + 1 if space >= 0 else at


def _word_end(line: str, at: int) -> int:
    space = line.rfind(" ", at - 15, at)
    return space if space >= 0 else at
