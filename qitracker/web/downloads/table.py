"""A table to take away: its lines, and the answers that send them as CSV and as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import Response

from qitracker.web.downloads.safe import csv_lines
from qitracker.web.downloads.xlsx import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Line = Sequence[object]


@dataclass(frozen=True)
class TableFile:
    """What CSV and workbook are both written from."""

    name: str  # of the file, without its ending
    sheet: str
    header: tuple[str, ...]
    rows: tuple[Line, ...]
    head: tuple[Line, ...] = ()  # lines above the header: what the table is, from when, from which source


def as_csv(table: TableFile) -> Response:
    """Return the answer that sends a table as CSV."""
    lines = csv_lines([*table.head, table.header, *table.rows])
    return download("".join(lines).encode(), f"{table.name}.csv", "text/csv; charset=utf-8")


def as_xlsx(table: TableFile) -> Response:
    """Return the answer that sends a table as a workbook."""
    target = BytesIO()
    write_xlsx(target, sheet=table.sheet, header=table.header, rows=table.rows, head=table.head)
    return download(target.getvalue(), f"{table.name}.xlsx", XLSX)


def download(content: bytes, name: str, kind: str) -> Response:
    """Return the answer that offers `content` as a file of this name."""
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
