"""What can happen to imports, and the sentences that tell it."""

from qitracker.audit.events import tell

SENT = tell("exchange.file.sent", "{actor} sent {file} to be imported.")
IMPORTED = tell(
    "exchange.batch.imported",
    "{actor} imported {file}: {new} new results, {corrected} corrected, {refused} rows refused.",
)
TAKEN_BACK = tell("exchange.batch.taken_back", "{actor} took {removed} results of {file} back; {kept} stay.")
