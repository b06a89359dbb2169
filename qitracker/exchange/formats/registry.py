"""The formats a table can be read from: one decorator registers, a suffix finds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qitracker.exchange.formats.table import RawTable, ReadAs

Opener = Callable[[], BinaryIO]
"""Gives the file from its first byte; called again for each reading."""

Reader = Callable[[Opener, str, ReadAs], RawTable]


@dataclass(frozen=True)
class ImportFormat:
    """One way to read a file into a table."""

    code: str
    title: str
    suffixes: tuple[str, ...]
    read: Reader


FORMATS: dict[str, ImportFormat] = {}


def import_format(code: str, *, title: str, suffixes: tuple[str, ...]) -> Callable[[Reader], Reader]:
    """Register the decorated reader for files that end in `suffixes`; a code or suffix taken twice stops the start."""

    def register(read: Reader) -> Reader:
        taken = {suffix for known in FORMATS.values() for suffix in known.suffixes}
        if code in FORMATS or taken & set(suffixes):
            raise ValueError(f"import format {code!r} or one of {suffixes} is registered twice")
        FORMATS[code] = ImportFormat(code, title, suffixes, read)
        return read

    return register


def format_for(filename: str) -> ImportFormat | None:
    """Return the format that reads files named like `filename`, or None."""
    suffix = Path(filename).suffix.lower()
    return next((known for known in FORMATS.values() if suffix in known.suffixes), None)


def known_suffixes() -> tuple[str, ...]:
    """Return every suffix that can be read, for the file chooser and for refusals."""
    return tuple(suffix for known in FORMATS.values() for suffix in known.suffixes)
