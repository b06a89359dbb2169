"""Letters that number things: a, b, …, z, aa, ab, … Pure."""

from collections.abc import Iterator
from itertools import count


def letter(at: int) -> str:
    """Return the letter of the place `at`, from 0: a, b, …, z, aa, ab, …"""
    first, rest = divmod(at, 26)
    return (letter(first - 1) if first else "") + chr(ord("a") + rest)


def letters() -> Iterator[str]:
    """Return A, B, …, Z, AA, AB, … without end."""
    return (letter(at).upper() for at in count())
