"""Pages of results. One blueprint; each file adds the pages of one subject."""

from qitracker.results.views import entry_block, entry_due, entry_one, entry_periods, export, measure, period, remarks  # noqa: F401  - each adds its addresses  # noqa: E402,F401
from qitracker.results.views.blueprint import bp
from qitracker.results.views.entry import bp as entry_bp

__all__ = ["bp", "entry_bp"]
