"""Pages and deeds of worksheets: read where a role is held, written by teams, kept by those who lead them."""

from qitracker.foundation.permissions import Permission
from qitracker.worksheets import commands
from qitracker.worksheets.kinds.fmea_block import read_block
from qitracker.worksheets.rules.states import SheetState
from tests.builders.people import SYSTEM, Build
from tests.builders.worksheets import a_cause, a_row, a_sheet
from tests.rights import Scene, deed, for_all_who_sign_in, for_holders, page

READ, EDIT, MANAGE = Permission.SHEET_READ, Permission.SHEET_EDIT, Permission.SHEET_MANAGE

PAGES = {
    "worksheets.index": for_all_who_sign_in("/worksheets"),
    "worksheets.new": for_holders("/worksheets/new", MANAGE),
    "worksheets.show": page("/worksheets/{sheet_id}", needs=READ),
    "worksheets.printed": page("/worksheets/{sheet_id}/print", needs=READ),
    "worksheets.blank": for_all_who_sign_in("/worksheets/blank/fmea"),
    "worksheets.changes": page("/worksheets/{sheet_id}/changes", needs=READ),
    "worksheets.settings": page("/worksheets/{sheet_id}/settings", needs=MANAGE),
    "worksheets.ask_move": page("/worksheets/{sheet_id}/move", needs=MANAGE),
    "worksheets.paste": page("/worksheets/{sheet_id}/paste", needs=EDIT),
    "worksheets.steps": page("/worksheets/{sheet_id}/steps?ids={sheet_step}", needs=READ),
    "worksheets.team": page("/worksheets/{sheet_id}/team", needs=MANAGE),
    "worksheets.plain_row": page("/worksheets/{sheet_id}/rows/{sheet_step}", needs=READ),
}

DEEDS = {
    "worksheets.make_sheet": deed(
        lambda by, s: commands.make_sheet(by=by, kind="fmea", unit_id=s["ward"].id, title="Discharge"), needs=MANAGE
    ),
    "worksheets.rename_sheet": deed(
        lambda by, s: commands.rename_sheet(by=by, sheet_id=s["sheet_id"], title="Renamed", seen=1), needs=MANAGE
    ),
    "worksheets.move_sheet": deed(
        lambda by, s: commands.move_sheet(by=by, sheet_id=s["sheet_id"], state=SheetState.ANALYSIS, seen=1),
        needs=MANAGE,
    ),
    "worksheets.delete_sheet": deed(
        lambda by, s: commands.delete_sheet(by=by, sheet_id=s["sheet_id"], reason="Made twice"), needs=MANAGE
    ),
    "worksheets.set_team": deed(
        lambda by, s: commands.set_team(by=by, sheet_id=s["sheet_id"], user_ids=()), needs=MANAGE
    ),
    "worksheets.add_row": deed(
        lambda by, s: commands.add_row(by=by, sheet_id=s["sheet_id"], section="step"), needs=EDIT
    ),
    "worksheets.remove_row": deed(
        lambda by, s: commands.remove_row(by=by, sheet_id=s["sheet_id"], row_id=s["sheet_step"]), needs=EDIT
    ),
    "worksheets.restore_row": deed(
        lambda by, s: commands.restore_row(by=by, sheet_id=s["sheet_id"], row_id=s["sheet_gone"]), needs=EDIT
    ),
    "worksheets.move_row": deed(
        lambda by, s: commands.move_row(by=by, sheet_id=s["sheet_id"], row_id=s["sheet_step"], parent_id=None),
        needs=EDIT,
    ),
    "worksheets.paste_block": deed(
        lambda by, s: commands.paste_block(
            by=by, sheet_id=s["sheet_id"], block=read_block("Late", first="mode"), below=s["sheet_step"], token=""
        ),
        needs=EDIT,
    ),
    "worksheets.save_cell": deed(
        lambda by, s: commands.save_cell(
            by=by, sheet_id=s["sheet_id"], row_id=s["sheet_step"], column="text", value="Ask twice", seen=1
        ),
        needs=EDIT,
    ),
}


def arrange(build: Build, scene: Scene) -> None:
    """Add a worksheet of the ward, with a row that was removed."""
    scene["sheet_id"] = a_sheet(build, scene["ward"])
    scene["sheet_step"] = a_cause(build, scene["sheet_id"])["step"]
    scene["sheet_gone"] = a_row(build, scene["sheet_id"], "step", text="Removed")
    with build._inside():
        commands.remove_row(by=SYSTEM, sheet_id=scene["sheet_id"], row_id=scene["sheet_gone"])
