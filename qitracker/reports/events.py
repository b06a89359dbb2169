"""What can happen to reports, and the sentences that tell it."""

from qitracker.audit.events import tell

MADE = tell("report.made", "{actor} made the report {document}: {title}, {period}.")
DELETED = tell("report.deleted", "{actor} deleted the report {document}: {old_title}.")
