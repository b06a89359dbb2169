"""Pages of results. One blueprint; each file adds the pages of one subject."""

from qitracker.results.views.blueprint import bp
from qitracker.results.views import measure, period, remarks  # noqa: E402,F401  - each adds its addresses

__all__ = ["bp"]
