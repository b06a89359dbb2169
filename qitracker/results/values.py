"""What stands in one cell of a file or a form: a number, or one of the words for "no number"."""

import re
from collections.abc import Mapping
from typing import Final

from qitracker.foundation.numbers import parse_number
from qitracker.spc.analysis import State

WORDS: Final[Mapping[str, State]] = {
    **dict.fromkeys(
        ("", "-", "–", "—", ".", "..", "...", "?", "na", "n/a", "n.a.", "#n/a", "null", "none", "blank"), State.MISSING
    ),
    **dict.fromkeys(
        ("not available", "unavailable", "missing", "no data", "not reported", "not recorded", "unknown"), State.MISSING
    ),
    **dict.fromkeys(("*", "**", "‡", "†", "suppressed", "hidden", "masked", "redacted", "too few"), State.SUPPRESSED),
    **dict.fromkeys(("not applicable", "n.appl.", "does not apply"), State.NOT_APPLICABLE),
    **dict.fromkeys(("no cases", "no patients", "no eligible cases"), State.NO_CASES),
}
"""Read without regard to case and doubled spaces. "N/A" is missing: files use it for "not available"."""

_SMALL: Final = re.compile(r"(?:<|<=|≤|less than|fewer than)\s?[0-9]{1,3}")  # "<5" hides a small count


def parse_value(
    text: str, decimal: str = ".", thousands: str | None = None, *, words: Mapping[str, State] = WORDS
) -> tuple[State, float | None]:
    """Return what a cell holds: (VALUE, number), or (the state its word names, None).

    `words` maps lower-case words to states; an import may add those of its file.

    Raises:
        Invalid: neither a known word nor a number that can be stored ("inf", "nan", "1e400", "1O").
    """
    written = text.strip()
    if written[:1].isdigit():  # the common case first
        return State.VALUE, parse_number(written, decimal, thousands)
    plain = " ".join(written.casefold().split())
    if plain in words:
        return words[plain], None
    if _SMALL.fullmatch(plain):
        return State.SUPPRESSED, None
    return State.VALUE, parse_number(written, decimal, thousands)
