"""What can happen to worksheets, and the sentence that tells each."""

from qitracker.audit.events import tell

MADE = tell("worksheets.sheet.made", "{actor} made the worksheet “{title}”.")
RENAMED = tell("worksheets.sheet.renamed", "{actor} renamed the worksheet from “{before}” to “{title}”.")
MOVED = tell("worksheets.sheet.moved", "{actor} moved the worksheet from {before} to {state}.")
DELETED = tell("worksheets.sheet.deleted", "{actor} deleted the worksheet “{title}”. Reason: {reason}")
JOINED = tell("worksheets.member.joined", "{actor} took {name} into the team as {discipline}.")
LEFT = tell("worksheets.member.left", "{actor} took {name} out of the team.")
ROW_ADDED = tell("worksheets.row.added", "{actor} added a {one}.")
ROW_GONE = tell("worksheets.row.gone", "{actor} removed “{text}” and what hung below it.")
ROW_BACK = tell("worksheets.row.back", "{actor} brought “{text}” back.")
ROW_MOVED = tell("worksheets.row.moved", "{actor} moved “{text}”.")
WROTE = tell("worksheets.cell.written", "{actor} wrote “{after}” as {column} of “{text}”, where “{before}” stood.")
