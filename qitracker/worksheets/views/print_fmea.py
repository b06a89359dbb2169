"""What the paper of an FMEA shows beside the sheet: its lines and actions, the scale, the table of priority."""

from typing import Any

from qitracker.worksheets.queries import SheetPage
from qitracker.worksheets.rules.priority_table import priority_table
from qitracker.worksheets.rules.scales import NEWEST
from qitracker.worksheets.views.fmea_view import fmea_view
from qitracker.worksheets.views.parts import answers_of

EMPTY_LINES = (8, 10)
"""Lines to write on: on the first page, which has a head, and on the second."""


def filled_fmea(page: SheetPage) -> dict[str, Any]:
    """Return what the page of a filled FMEA shows. Two statements for the actions."""
    actions = answers_of(page)
    return {
        "fmea": fmea_view(page, actions),
        "actions": actions,
        "scale": page.scale or NEWEST,
        "table": priority_table(),
    }


def blank_fmea() -> dict[str, Any]:
    """Return what an empty form shows: lines to write on, the newest scale."""
    return {"empty_lines": EMPTY_LINES, "scale": NEWEST, "table": priority_table()}
