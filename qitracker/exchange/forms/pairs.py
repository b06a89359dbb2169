"""Lines of “theirs = ours”, as people write a small table into a text field."""

from collections.abc import Mapping

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say


def pairs_of(text: str | None, field: str) -> dict[str, str]:
    """Return the pairs that the lines hold.

    Raises:
        Invalid: beside `field`, with the line that has no “=” or nothing on one side of it.
    """
    found: dict[str, str] = {}
    for number, line in enumerate((text or "").splitlines(), start=1):
        theirs, _, ours = (part.strip() for part in line.rpartition("="))
        if not line.strip():
            continue
        if not theirs or not ours:
            words = say("Line {line}: write what the file says, “=”, and what it means here.", line=number)
            raise Invalid(words, field=field)
        found[theirs] = ours
    return found


def lines_of(pairs: Mapping[str, str]) -> str:
    """Return the pairs as lines."""
    return "\n".join(f"{theirs} = {ours}" for theirs, ours in pairs.items())
