"""The refused rows as a file of their own: the columns as they came, and beside them the row and the reason."""

from collections.abc import Iterable, Iterator, Sequence

from qitracker.exchange.cells import Reason
from qitracker.exchange.outcome import RefusedRow
from qitracker.web.downloads.safe import csv_lines


def refused_rows_csv(header: Sequence[str], rows: Iterable[RefusedRow]) -> Iterator[str]:
    """Write refused rows as CSV, ready to be corrected and sent again.

    `header` is that of the table the rows come from. A row wider than the header keeps its surplus cells
    behind the reason, so nothing of it is lost. Encode as UTF-8; a byte order mark comes first.
    """
    width = len(header)

    def lines() -> Iterator[Sequence[object]]:
        yield (*header, _free("row", header), _free("reason", header))
        for refused in rows:
            cells = [*refused.cells[:width], *[""] * (width - len(refused.cells))]
            yield (*cells, refused.row, " ".join(map(reason_text, refused.reasons)), *refused.cells[width:])

    return csv_lines(lines())


def reason_text(reason: Reason) -> str:
    """Write a reason with its column before it, where it belongs to one."""
    return f"{reason.column}: {reason.words}" if reason.column else str(reason.words)


def _free(name: str, header: Sequence[str]) -> str:
    taken = {one.casefold() for one in header}
    return next(free for free in (name, *(f"{name} {n}" for n in range(2, len(taken) + 3))) if free not in taken)
