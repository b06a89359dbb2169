"""Pages of worksheets: `listing`, `show`, `cells`, `rows` (what the open page sends), forms without script, paper."""

from qitracker.worksheets.views import cells, listing, moving, paste, plain, print_pages, rows, show, team
from qitracker.worksheets.views.blueprint import bp

__all__ = ["bp", "cells", "listing", "moving", "paste", "plain", "print_pages", "rows", "show", "team"]
