"""What the columns of a table hold: numbers and by which marks, dates and in which order, codes, or text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qitracker.exchange.formats.table import Cell, ColumnGuess, Marks, Row
from qitracker.foundation.number_marks import NUMBER, MarkEvidence, decided_marks, mark_evidence, vote
from qitracker.foundation.words import Sentence, say

_DATE = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ].*)?", re.ASCII)
_CODE_NAME = re.compile(r"(?:.*[\W_])?(?i:code|id|ccn)\s*|.*[a-z](?:Code|Id|ID)\s*")
_SOME_CELLS = 120_000  # look at fewer rows where the table is very wide
_MOSTLY = 0.6  # a column is of a kind when this share of its filled cells is; the rest may be "*" or "n/a"


def sniff_columns(header: Sequence[str], rows: Sequence[Row], *, delimiter: str = ",") -> tuple[ColumnGuess, ...]:
    """Return one guess per column of `header` from the sample `rows`.

    What one column leaves open ("1.234", 03/04/2026) is decided by the columns that are certain, then
    by the delimiter (a semicolon suggests decimal commas), and asked in `question`.
    """
    some = rows[: max(50, _SOME_CELLS // max(len(header), 1))]
    columns = [_distinct(row[index] for row in some if index < len(row)) for index in range(len(header))]
    kinds = [_kind(name, cells) for name, cells in zip(header, columns, strict=True)]
    evidence = [
        mark_evidence(cells) if kind == "number" else MarkEvidence() for cells, kind in zip(columns, kinds, strict=True)
    ]
    orders = [date_order(cells) if kind == "date" else "" for cells, kind in zip(columns, kinds, strict=True)]
    decimal = _file_decimal(evidence, delimiter)
    order = Counter(found for found in orders if found not in ("", "ymd")).most_common(1)
    usual_order = order[0][0] if order else "dmy"
    return tuple(
        _guess(name, kind, cells, _marks(found, decimal), found_order or usual_order, bool(found_order))
        if kind in {"number", "date"}
        else ColumnGuess(name, kind, Marks(decimal=decimal, date_order=usual_order), _examples(cells))
        for name, kind, cells, found, found_order in zip(header, kinds, columns, evidence, orders, strict=True)
    )


def kind_of_column(cells: Iterable[str]) -> str:
    """Name what most of the distinct, filled `cells` are: "number", "date", "text", or "empty" where none is filled."""
    filled = list(cells)
    if not filled:
        return "empty"
    dates = sum(1 for cell in filled if _DATE.fullmatch(cell))
    if dates >= _MOSTLY * len(filled):
        return "date"
    numbers = sum(1 for cell in filled if NUMBER.fullmatch(cell))
    return "number" if numbers >= _MOSTLY * len(filled) else "text"


def _kind(name: str, cells: Sequence[str]) -> str:
    """Name what a column holds; "code" for what names something and is never added up, though it may be digits."""
    kind = kind_of_column(cells)
    if kind == "number" and any(cell.isdigit() and cell[0] == "0" and len(cell) > 1 for cell in cells):
        return "code"
    if kind in {"number", "text"} and _CODE_NAME.fullmatch(name) and not any(" " in cell for cell in cells):
        return "code"
    return kind


def date_order(cells: Iterable[str]) -> str:
    """Return "dmy", "mdy" or "ymd" where the distinct `cells` of a column leave no other reading, else ""."""
    firsts, seconds = set(), set()
    for cell in cells:
        match = _DATE.fullmatch(cell)
        if match and len(match[1]) == 4:
            return "ymd"
        if match:
            firsts.add(int(match[1]))
            seconds.add(int(match[3]))
    if not firsts or (max(firsts) > 12) == (max(seconds) > 12):
        return _order_by_variety(firsts, seconds)
    return "dmy" if max(firsts) > 12 else "mdy"


def _order_by_variety(firsts: set[int], seconds: set[int]) -> str:
    """Decide by first days of months: the part that is always 1 while the other varies is the day."""
    if firsts == {1} and len(seconds) > 1:
        return "dmy"
    return "mdy" if seconds == {1} and len(firsts) > 1 else ""


def _file_decimal(evidence: Iterable[MarkEvidence], delimiter: str) -> str:
    found = list(evidence)
    points = sum(1 for one in found if one.point > one.comma)
    commas = sum(1 for one in found if one.comma > one.point)
    if points == commas:
        return "," if delimiter == ";" else "."
    return "." if points > commas else ","


def _marks(found: MarkEvidence, file_decimal: str) -> tuple[Marks, bool, bool]:
    """Return the marks of a column, whether its cells leave them open, and whether they contradict each other."""
    return Marks(*decided_marks(found, file_decimal)), found.is_open, bool(found.point and found.comma)


def _guess(
    name: str, kind: str, cells: Sequence[str], marks: tuple[Marks, bool, bool], order: str, order_known: bool
) -> ColumnGuess:
    found, is_open, mixed = marks
    question: Sentence | None = None
    if kind == "number" and (is_open or mixed):
        question = _number_question(name, cells, found, mixed)
    if kind == "date" and not order_known:
        question = say(
            "“{column}”: is {example} written day first or month first? It is read {order} first.",
            column=name,
            example=cells[0],
            order=say("day") if order != "mdy" else say("month"),
        )
    return ColumnGuess(name, kind, replace(found, date_order=order), _examples(cells), question)


def _number_question(name: str, cells: Sequence[str], marks: Marks, mixed: bool) -> Sentence:
    if mixed:
        return say(
            "“{column}” writes decimals with a point in some rows and a comma in others. Say which.", column=name
        )
    example = next(cell for cell in cells if vote(cell.lstrip("+-−")).endswith("_open"))
    mark = "." if "." in example else ","
    if mark == marks.decimal:
        return say("“{column}”: is {example} a number with decimals? It is read so.", column=name, example=example)
    return say("“{column}”: is {example} a number of thousands? It is read so.", column=name, example=example)


def _distinct(cells: Iterable[Cell]) -> list[str]:
    """Return the distinct filled texts in order of appearance."""
    return [text for text in dict.fromkeys(str(cell).strip() for cell in cells) if text]


def _examples(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cells[:3])
