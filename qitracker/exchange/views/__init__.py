"""Pages of imports, step by step: `sending`, `reading` and its columns, `outcome` (preview, result, undo)."""

from qitracker.exchange.views import outcome, reading, sending
from qitracker.exchange.views.blueprint import bp

__all__ = ["bp", "outcome", "reading", "sending"]
