"""The disc that stands for a person: letters and colour follow from the name, so they are the same on every page."""

import re
from typing import Final

TONES: Final = 5  # as many as the tokens have (--q-who-1 …)


def initials(name: str) -> str:
    """Return one or two capitals: of the first and the last word of the name."""
    words = [word for word in re.split(r"[\s\-]+", name) if word and word[0].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tone(name: str) -> int:
    """Return which of the tones the disc has: 1 to 5."""
    return 1 + sum(map(ord, " ".join(name.split()).casefold())) % TONES
