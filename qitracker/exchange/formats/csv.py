"""CSV and its relatives: encoding, delimiter and header are found out, and shown."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import TextIOWrapper
from itertools import islice
from typing import cast

from qitracker.exchange.formats.header import column_names, header_row
from qitracker.exchange.formats.magic import refuse_what_is_no_text
from qitracker.exchange.formats.registry import Opener, import_format
from qitracker.exchange.formats.table import Detected, RawTable, ReadAs, Row
from qitracker.exchange.sniff import sniff_columns
from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say

DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_HEAD = 1 << 16
_LOOK_AT = 100
_SAMPLE = 1000

csv.field_size_limit(1 << 20)


@import_format("csv", title="CSV (text table)", suffixes=(".csv", ".tsv", ".txt", ".tab"))
def read_csv(open_file: Opener, name: str, read_as: ReadAs) -> RawTable:
    """Return the table in a text file.

    Raises:
        Invalid: empty, not a text, not a table, or in another encoding than `read_as` says.
    """
    encoding = read_as.encoding or _encoding(open_file)
    head, hint = _head(open_file, encoding)
    delimiter = read_as.delimiter or hint or _delimiter(head)
    skip = 1 if hint else 0
    first = list(islice(_rows(open_file, encoding, delimiter, skip), _SAMPLE))
    at = _header_index(first, read_as.header_row, skip)
    header, notes = column_names(first[at])
    sample = [row for row in first[at + 1 :] if any(row)]
    detected = Detected(
        format="csv",
        encoding=encoding,
        delimiter=delimiter,
        header_row=at + skip + 1,
        columns=sniff_columns(header, sample, delimiter=delimiter),
        notes=notes + _title_note(at),
    )

    def source() -> Iterator[Row]:
        return _rows(open_file, encoding, delimiter, at + skip + 1)

    return RawTable(name, header, source, first_row=at + skip + 2, detected=detected)


def _rows(open_file: Opener, encoding: str, delimiter: str, skip: int) -> Iterator[Row]:
    text = TextIOWrapper(open_file(), encoding=encoding, newline="")
    with closing(text):
        reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True)
        try:
            yield from cast("Iterable[Row]", islice(reader, skip, None))
        except csv.Error:
            raise Invalid(
                say("The text near line {line} cannot be read: a quote mark may be missing.", line=reader.line_num),
                field="file",
            ) from None
        except UnicodeError:
            raise _wrong_encoding(encoding) from None


def _encoding(open_file: Opener) -> str:
    """Find the encoding by byte order mark, else by whether the whole file is valid UTF-8."""
    with closing(open_file()) as file:
        head = file.read(_HEAD)
        if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
            raise Invalid(say("The file is empty. Check that you chose the right one."), field="file")
        refuse_what_is_no_text(head)
        marked = _marked_encoding(head)
        if marked.startswith("utf-16"):
            return marked
        return _utf8_or_legacy(head, iter(lambda: file.read(_CHUNK), b""), marked)


def _marked_encoding(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = head[:400]
    if b"\0" in start:
        if not start[0::2].count(0) and start[1::2].count(0) > len(start) // 3:
            return "utf-16-le"
        if not start[1::2].count(0) and start[0::2].count(0) > len(start) // 3:
            return "utf-16-be"
    return ""


def _utf8_or_legacy(head: bytes, rest: Iterator[bytes], marked: str) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, cp1252 = True, True
    for chunk in _chain(head, rest):
        if b"\0" in chunk:
            raise Invalid(say("The file holds bytes that are no text. Save it again as CSV or Excel."), field="file")
        utf8 = utf8 and _decodes(decoder, chunk)
        cp1252 = cp1252 and not any(byte in chunk for byte in b"\x81\x8d\x8f\x90\x9d")
    if utf8 and not decoder.getstate()[0]:
        return marked or "utf-8"
    return "cp1252" if cp1252 else "latin-1"


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _head(open_file: Opener, encoding: str) -> tuple[str, str | None]:
    """Return the first lines as text, and the delimiter that a first line "sep=;" announces."""
    try:
        text = TextIOWrapper(open_file(), encoding=encoding, newline="")
        with closing(text):
            head = text.read(_HEAD)
    except (UnicodeError, LookupError):
        raise _wrong_encoding(encoding) from None
    if head[:4].lower() == "sep=" and head[4:5] in DELIMITERS:
        return head.partition("\n")[2], head[4]
    return head, None


def _wrong_encoding(encoding: str) -> Invalid:
    words = say(
        "The file is not written in {encoding}. Let the encoding be detected, or choose another.", encoding=encoding
    )
    return Invalid(words, field="encoding")


def _delimiter(head: str) -> str:
    """Choose the delimiter that gives most rows the same number of columns, more than one."""
    scores = {delimiter: _score(head, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else ","


def _score(head: str, delimiter: str) -> float:
    lines = head.splitlines(keepends=True)[:_LOOK_AT]
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True) if row]
    except csv.Error:
        return 0
    width, alike = Counter(widths).most_common(1)[0] if widths else (1, 0)
    return 0 if width < 2 else alike / len(widths) + min(width, MANY) / (10 * MANY)


MANY = 20  # more columns than this tell nothing more about a delimiter


def _header_index(rows: list[Row], wanted: int | None, skipped: int) -> int:
    if wanted is None:
        return header_row(rows[:_LOOK_AT])
    at = wanted - 1 - skipped
    if not 0 <= at < len(rows):
        raise Invalid(say("There is no row {row} in the file.", row=wanted), field="header_row")
    return at


def _title_note(above: int) -> tuple[Sentence, ...]:
    if not above:
        return ()
    return (say("{rows} row(s) above the column names are left out.", rows=above),)
