"""How a person or a file writes a number: decimal mark, thousands mark, sign; and what is refused."""

import re
from functools import lru_cache
from math import isfinite
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say

LARGEST: Final = 1e15  # beyond it a float no longer holds every whole number
SPACES: Final = "\u00a0\u202f\u2009"  # no-break, narrow no-break and thin space: tolerated between thousands
_SIGNS: Final = str.maketrans({"\u2212": "-"})  # a typographic minus


def parse_number(text: str, decimal: str = ".", thousands: str | None = None) -> float:
    """Return the finite number that `text` writes with these marks, in ASCII digits.

    `thousands` is the mark between groups of three ("," or "." or " " or "'"), None when there is
    none; no-break spaces between groups are read in any case. An exponent (1.5E+03) is read.

    Raises:
        Invalid: not a number, groups that are not of three, or too large to be stored.
    """
    written = text.strip()
    if written.isascii() and written.isdigit() and len(written) <= 15:
        return float(written)
    match = _shape(decimal, thousands).fullmatch(written.translate(_SIGNS))
    if not match:
        raise Invalid(_not_a_number(written, decimal, thousands))
    whole = re.sub(r"[^0-9]", "", match["whole"] or "0")
    number = float(f"{match['sign']}{whole}.{match['part'] or '0'}e{match['power'] or '0'}")
    if not isfinite(number) or abs(number) > LARGEST:
        raise Invalid(
            say("{written} is too large to be a result. Check the number of digits.", written=_short(written))
        )
    return number


@lru_cache(maxsize=64)
def _shape(decimal: str, thousands: str | None) -> re.Pattern[str]:
    marks = SPACES if thousands is None else SPACES + thousands
    grouped = rf"[0-9]{{1,3}}(?:[{re.escape(marks)}][0-9]{{3}})+"
    return re.compile(
        rf"(?P<sign>[+-]?)(?=[0-9]|{re.escape(decimal)}[0-9])(?P<whole>{grouped}|[0-9]*)"
        rf"(?:{re.escape(decimal)}(?P<part>[0-9]*))?(?:[eE](?P<power>[+-]?[0-9]{{1,4}}))?"
    )


def _not_a_number(written: str, decimal: str, thousands: str | None) -> Sentence:
    """Return the sentence that fits what went wrong best."""
    if not written:
        return say("Nothing is written here. Enter a number.")
    if written.endswith("%"):
        return say("{written}: enter the number without the % sign.", written=_short(written))
    other = "," if decimal == "." else "."
    if other in written and other != thousands and re.fullmatch(r"[+-]?[0-9.,]+", written):
        return say(
            "{written}: the decimal mark here is “{decimal}”. Write the number with it.",
            written=_short(written),
            decimal=decimal,
        )
    if thousands and thousands in written and re.fullmatch(r"[-+0-9., ']+", written):
        return say(
            "{written}: “{thousands}” must part groups of three digits. Check the number.",
            written=_short(written),
            thousands=thousands,
        )
    return say(
        "“{written}” is not a number. Enter digits only, such as {example}.",
        written=_short(written),
        example=f"12{decimal}5",
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
