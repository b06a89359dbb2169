"""What can happen to worksheets, and the sentence that tells each."""

from qitracker.audit.events import tell

MADE = tell("worksheets.sheet.made", "{actor} made the worksheet “{title}”.")
RENAMED = tell("worksheets.sheet.renamed", "{actor} renamed the worksheet from “{old_title}” to “{title}”.")
MOVED = tell("worksheets.sheet.moved", "{actor} moved the worksheet from {old_state} to {state}.")
DELETED = tell("worksheets.sheet.deleted", "{actor} deleted the worksheet “{title}”. Reason: {reason}")
JOINED = tell("worksheets.member.joined", "{actor} took {name} into the team.")
LEFT = tell("worksheets.member.left", "{actor} took {name} out of the team.")
ROW_ADDED = tell("worksheets.row.added", "{actor} added a new {one}.")
ROW_GONE = tell("worksheets.row.gone", "{actor} removed {what} and all below it.")
ROW_BACK = tell("worksheets.row.back", "{actor} brought {what} back.")
ROW_MOVED = tell("worksheets.row.moved", "{actor} moved {what}.")
WROTE = tell("worksheets.cell.written", "{actor} wrote “{value}” as {column} of {what}.")
CHANGED = tell("worksheets.cell.changed", "{actor} changed {column} of {what} from “{old_value}” to “{value}”.")
EMPTIED = tell("worksheets.cell.emptied", "{actor} emptied {column} of {what}, where “{old_value}” stood.")
PASTED = tell("worksheets.rows.pasted", "{actor} pasted {count} lines from a spreadsheet: {rows} new rows.")
