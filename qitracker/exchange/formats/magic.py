"""What a file is by its first bytes, whatever its name says."""

from codecs import BOM_UTF8

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence, say

SPREADSHEET_ZIP = b"PK\x03\x04"
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (SPREADSHEET_ZIP, "zip"),
    (b"PK\x05\x06", "zip"),
    (OLD_SPREADSHEET, "ole"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"BZh", "packed"),
    (b"SQLite format 3", "database"),
    (b"{\\rtf", "document"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")  # after blanks, in any case; some programs call it .xls or .csv

_NOT_A_TEXT_TABLE: dict[str, Sentence] = {
    "zip": say("This is a zip archive or an Excel workbook, not a text table. Unpack it, or rename it to .xlsx."),
    "ole": say("This is an old Office document, not a text table. Save it in Excel as .xlsx or .csv."),
    "pdf": say("This is a PDF, not a text table. Ask for the figures behind it as CSV or Excel."),
    "image": say("This is a picture, not a text table. Ask for the figures behind it as CSV or Excel."),
    "packed": say("This is a packed archive, not a text table. Unpack it and send the file inside."),
    "database": say("This is a database file, not a text table. Export the table you need as CSV."),
    "document": say("This is a text document, not a table. Save the table as CSV or Excel."),
    "page": say("This is a web page or XML, not a text table. Open it in Excel and save it as .xlsx or .csv."),
    "program": say("This is a program, not a table. Choose the file with your figures."),
}


def kind_of(head: bytes) -> str:
    """Name what the first bytes betray ("zip", "pdf", …), or "" where they betray nothing."""
    if head.removeprefix(BOM_UTF8).lstrip()[:20].lower().startswith(_MARKUP):
        return "page"
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), "")


def refuse_what_is_no_text(head: bytes) -> None:
    """Pass, or raise Invalid with a sentence on what the file really is."""
    refusal = _NOT_A_TEXT_TABLE.get(kind_of(head))
    if refusal is not None:
        raise Invalid(refusal, field="file")
