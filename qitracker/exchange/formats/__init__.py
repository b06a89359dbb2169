"""The formats that come in and go out: `open_table` reads any known one; each format is one file beside this."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from qitracker.exchange.formats import csv as _csv  # noqa: F401  registers itself
from qitracker.exchange.formats import xlsx as _xlsx  # noqa: F401  registers itself
from qitracker.exchange.formats.registry import Opener, format_for, known_suffixes
from qitracker.exchange.formats.table import RawTable, ReadAs
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import say


def open_table(source: Path | str | bytes, filename: str, *, read_as: ReadAs | None = None) -> RawTable:
    """Return the table in a file (a path, or its bytes) that its owner calls `filename`.

    What `read_as` leaves open is detected and told in `RawTable.detected`. Rows are read from the file each
    time they are asked for, so a path must stay until the last reading.

    Raises:
        Invalid: no known format, empty, damaged, or something else than its name says; a sentence tells what.
    """
    reader = format_for(filename)
    if reader is None:
        raise Invalid(
            say("Files of this kind cannot be read. Choose one of: {suffixes}.", suffixes=", ".join(known_suffixes())),
            field="file",
        )
    return reader.read(_opener(source), filename, read_as or ReadAs())


def _opener(source: Path | str | bytes) -> Opener:
    if isinstance(source, bytes):
        return lambda: BytesIO(source)
    path = Path(source)

    def open_file() -> BinaryIO:
        return path.open("rb")

    return open_file
