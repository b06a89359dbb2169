"""Pages of worksheets: `listing`, `show`, `cells` and `rows` (what the open page sends), `plain` forms, `team`."""

from qitracker.worksheets.views import cells, listing, plain, rows, show, team
from qitracker.worksheets.views.blueprint import bp

__all__ = ["bp", "cells", "listing", "plain", "rows", "show", "team"]
