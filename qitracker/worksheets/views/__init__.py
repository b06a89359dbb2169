"""Pages of worksheets: `listing` (all, and a new one), `show`, `cells` and `rows` (what the page sends), `plain`."""

from qitracker.worksheets.views import cells, listing, plain, rows, show
from qitracker.worksheets.views.blueprint import bp

__all__ = ["bp", "cells", "listing", "plain", "rows", "show"]
