"""Deeds of worksheets: `sheets` (make, rename, move, delete, team), `rows`, `cells`, `paste`, `touch`, `presence`."""

from qitracker.worksheets.commands.cells import Saved, Standing, save_cell
from qitracker.worksheets.commands.paste import paste_block
from qitracker.worksheets.commands.rows import add_row, move_row, remove_row, restore_row
from qitracker.worksheets.commands.sheets import delete_sheet, make_sheet, move_sheet, rename_sheet, set_team

__all__ = [
    "Saved",
    "Standing",
    "add_row",
    "delete_sheet",
    "make_sheet",
    "move_row",
    "move_sheet",
    "paste_block",
    "remove_row",
    "rename_sheet",
    "restore_row",
    "save_cell",
    "set_team",
]
