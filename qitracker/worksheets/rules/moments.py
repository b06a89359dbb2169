"""When something happened, as a person types it: a day, or a day with its time, by the clock of the unit. Pure."""

import re
from datetime import date, datetime
from typing import Final

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say

_FORMS: Final = ("%Y-%m-%d %H:%M", "%Y-%m-%d", "%d %b %Y %H:%M", "%d %b %Y", "%d %B %Y %H:%M", "%d %B %Y")
FIRST: Final = 1900
LAST: Final = 2099


def moment_of(typed: str) -> str:
    """Return what is kept: "2026-10-19 08:10", or "2026-10-19" where no time was typed; "" for nothing.

    Raises:
        Invalid: beside `value`, where it is no day or no time.
    """
    text = re.sub(r"\s+|(?<=\d)T(?=\d)", " ", typed.strip())
    if not text:
        return ""
    for form in _FORMS:
        try:
            found = datetime.strptime(text[:40], form)
        except ValueError:
            continue
        if FIRST <= found.year <= LAST:
            return found.strftime("%Y-%m-%d %H:%M" if "%H" in form else "%Y-%m-%d")
    raise Invalid(
        say(
            "“{typed}” is no moment. Enter day and time as 2026-10-19 08:10, or as 19 Oct 2026 08:10.", typed=typed[:30]
        ),
        field="value",
    )


def day_of(kept: str) -> date | None:
    """Return the day of a kept moment, None for none."""
    return date.fromisoformat(kept[:10]) if kept else None


def time_of(kept: str) -> str:
    """Return the time of a kept moment, "08:10", or "" where none was typed."""
    return kept[11:]
