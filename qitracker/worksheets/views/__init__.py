"""Pages of worksheets: `listing`, `show`, `cells` and `rows` (what the open page sends), `plain`, `moving`, `team`."""

from qitracker.worksheets.views import cells, listing, moving, plain, rows, show, team
from qitracker.worksheets.views.blueprint import bp

__all__ = ["bp", "cells", "listing", "moving", "plain", "rows", "show", "team"]
