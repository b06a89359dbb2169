"""Which decimal and thousands mark a column of texts is written with, by the votes of its cells. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

GROUPINGS: Final = " \u00a0\u202f'’"
NUMBER: Final = re.compile(rf"[+\-−]?(?:\d[\d.,{GROUPINGS}]*|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class MarkEvidence:
    """Votes of the cells of one column on how it writes numbers."""

    point_decimal: int = 0  # "0.75"
    comma_decimal: int = 0  # "0,75"
    point_grouped: int = 0  # "1,234.5", "1,234,567": the decimal mark is a point, and commas group
    comma_grouped: int = 0  # "1.234,5", "1.234.567"
    point_open: int = 0  # "1.234": one point, three digits behind it
    comma_open: int = 0
    ungrouped: int = 0  # "12345": big and without a mark
    grouping: str = ""  # a blank or an apostrophe that groups

    @property
    def point(self) -> int:
        """How many cells can only have a decimal point."""
        return self.point_decimal + self.point_grouped

    @property
    def comma(self) -> int:
        """How many cells can only have a decimal comma."""
        return self.comma_decimal + self.comma_grouped

    @property
    def is_open(self) -> bool:
        """Say whether "1.234" could be either, and no cell decides it."""
        return bool(self.point_open or self.comma_open) and not (self.point or self.comma)


def mark_evidence(cells: Iterable[str]) -> MarkEvidence:
    """Count what the distinct `cells` of one column say about decimal and thousands mark."""
    votes: Counter[str] = Counter()
    grouping = ""
    for cell in cells:
        if NUMBER.fullmatch(cell):
            body = cell.lstrip("+-−")
            grouping = next((mark for mark in GROUPINGS if mark in body), grouping)
            votes[vote(body)] += 1
    return MarkEvidence(**{name: votes[name] for name in _VOTES}, grouping=grouping)


_VOTES = ("point_decimal", "comma_decimal", "point_grouped", "comma_grouped", "point_open", "comma_open", "ungrouped")


def vote(body: str) -> str:
    """Return what one number without its sign says: a name of `MarkEvidence`, or "" for nothing."""
    mantissa = re.split("[eE]", body)[0]
    points, commas = mantissa.count("."), mantissa.count(",")
    if points and commas:
        return "point_grouped" if mantissa.rfind(".") > mantissa.rfind(",") else "comma_grouped"
    if not points and not commas:
        return "ungrouped" if len(mantissa) > 3 and mantissa.isdecimal() and mantissa[0] != "0" else ""
    mark, name, other = (".", "point", "comma") if points else (",", "comma", "point")
    if points + commas > 1:
        return f"{other}_grouped"  # a mark that stands twice groups; the other one is for decimals
    before, _, after = mantissa.partition(mark)
    could_group = len(after) == 3 and after.isdecimal() and 1 <= len(before) <= 3 and not before.startswith("0")
    return f"{name}_open" if could_group else f"{name}_decimal"


def decided_marks(found: MarkEvidence, usual: str) -> tuple[str, str]:
    """Return decimal mark and thousands mark ("" for none); `usual` decides where the cells leave it open."""
    decimal = usual
    if found.point or found.comma:
        decimal = "." if found.point >= found.comma else ","
    elif found.ungrouped and bool(found.point_open) != bool(found.comma_open):
        decimal = "." if found.point_open else ","  # "12345" is not grouped, so "1.234" is not either
    if decimal == ".":
        return decimal, found.grouping or ("," if found.point_grouped + found.comma_open else "")
    return decimal, found.grouping or ("." if found.comma_grouped + found.point_open else "")
