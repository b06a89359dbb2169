"""What a worksheet still lacks before others look at it. Told, never forced: a team may know better. Pure."""

from dataclasses import dataclass

from qitracker.foundation.words import Sentence


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, in a sentence, and the row in which it is missed (None: the sheet itself)."""

    words: Sentence
    row_id: int | None = None
