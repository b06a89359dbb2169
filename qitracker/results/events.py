"""What can happen to results, and the sentences that tell it."""

from qitracker.audit.events import tell

RECORDED = tell("result.point.recorded", "{actor} recorded {period}: {numbers}.")
CORRECTED = tell(
    "result.point.corrected", "{actor} corrected {period} from {old_numbers} to {numbers}. Reason: {reason}"
)
CLEARED = tell("result.point.cleared", "{actor} took {period} ({old_numbers}) away. Reason: {reason}")
COMMENTED = tell("result.point.commented", "{actor} wrote beside {period}: {text}")
PHASE_STARTED = tell("result.phase.started", "{actor} set new limits from {period}. Reason: {reason}")
PHASE_REMOVED = tell("result.phase.removed", "{actor} took the new limits from {period} away.")
EXCLUDED = tell("result.point.excluded", "{actor} left {period} out of the limits. Reason: {reason}")
INCLUDED = tell("result.point.included", "{actor} counts {period} towards the limits again.")
NOTED = tell("result.note.added", "{actor} noted at {period}: {text}")
NOTE_REMOVED = tell("result.note.removed", "{actor} took the note at {period} away: {old_text}")
SUBMITTED = tell("result.period.submitted", "{actor} submitted {period}.")
SUBMITTED_INCOMPLETE = tell(
    "result.period.submitted_incomplete", "{actor} submitted {period} without {empty}. Reason: {reason}"
)
CHECKED = tell("result.period.checked", "{actor} checked {period}.")
LOCKED_UNCHECKED = tell("result.period.locked_unchecked", "{actor} locked {period} unchecked. Reason: {reason}")
LOCKED = tell("result.period.locked", "{actor} locked {period}.")
REOPENED = tell("result.period.reopened", "{actor} reopened {period}. Reason: {reason}")
