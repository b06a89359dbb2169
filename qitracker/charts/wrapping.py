"""Words broken into lines that fit a width: at spaces, and inside a word only where one word is wider than the line."""

from unicodedata import combining

from qitracker.charts.style import text_width

CUT = "…"
JOINER = "\u200d"


def wrapped(text: str, width: float, size: float, *, bold: bool = False, most: int = 99) -> tuple[str, ...]:
    """Return the lines of `text`, at most `most` of them; where more are needed the last one ends in "…"."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if text_width(joined, size, bold=bold) <= width:
            lines[-1:] = [joined]
        else:
            lines += broken(word, width, size, bold=bold)
    if len(lines) <= most:
        return tuple(lines)
    kept = lines[:most]
    kept[-1] = broken(kept[-1], width - size, size, bold=bold)[0].rstrip() + CUT
    return tuple(kept)


def broken(word: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return one word in parts no wider than `width`; a letter stays with the signs that belong to it."""
    parts: list[str] = []
    for letter in word:
        tied = bool(parts) and _is_tied(parts[-1], letter)
        if tied or (parts and text_width(parts[-1] + letter, size, bold=bold) <= width):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts or [""]


def _is_tied(before: str, letter: str) -> bool:
    """Say whether `letter` is drawn as one sign with what stands before it: accents, joined emoji."""
    is_selector = "\ufe00" <= letter <= "\ufe0f" or "\U0001f3fb" <= letter <= "\U0001f3ff"
    return bool(combining(letter)) or is_selector or letter == JOINER or before.endswith(JOINER)
