"""What worksheets of every kind hold that an action may answer: causes and root causes, and which ask for one. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qitracker.worksheets.kinds import FMEA, RCA
from qitracker.worksheets.kinds.fmea import lines_by_risk, step_groups
from qitracker.worksheets.kinds.rca import every_why, tree
from qitracker.worksheets.sheet_kind import SheetRow


@dataclass(frozen=True)
class Cause:
    """One cause or root cause. `asks` for an action: a high or grave risk without a written reason, a root cause."""

    row_id: int
    words: str
    asks: bool


def causes_in(kind: str, rows: Sequence[SheetRow]) -> tuple[Cause, ...]:
    """Return the causes of one worksheet, the most pressing first; of an analysis of causes the roots."""
    return _BY_KIND[kind](rows)


def _of_fmea(rows: Sequence[SheetRow]) -> tuple[Cause, ...]:
    lines = ((line.cause, line.asks_for_action) for line in lines_by_risk(step_groups(rows)))
    return tuple(
        Cause(cause.id, cause.text("text"), asks and not cause.text("reason")) for cause, asks in lines if cause
    )


def _of_rca(rows: Sequence[SheetRow]) -> tuple[Cause, ...]:
    whys = tuple(every_why(tree(rows)))
    in_order = sorted(whys, key=lambda why: not why.is_root)
    return tuple(Cause(why.row.id, why.row.text("text"), why.is_root) for why in in_order)


_BY_KIND: Final[Mapping[str, Callable[[Sequence[SheetRow]], tuple[Cause, ...]]]] = {
    FMEA.code: _of_fmea,
    RCA.code: _of_rca,
}
