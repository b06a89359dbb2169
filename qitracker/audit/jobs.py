"""What the worker does for the trail."""

from qitracker.audit.commands import seal_committed
from qitracker.jobs.registry import each_minute

each_minute("audit.seal")(seal_committed)
