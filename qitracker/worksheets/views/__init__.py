"""Pages of worksheets: `listing`, `show`, `cells`, `rows` (what the open page sends), forms without script, paper.

Each kind has its page in a module of its own, which puts itself on the shelf of `kind_page`.
"""

from qitracker.worksheets.views import (
    cell_html,
    cells,
    fmea_page,
    listing,
    moving,
    paste,
    plain,
    print_pages,
    rca_page,
    rows,
    show,
    steps,
    team,
)
from qitracker.worksheets.views.blueprint import bp

__all__ = [
    "bp",
    "cell_html",
    "cells",
    "fmea_page",
    "listing",
    "moving",
    "paste",
    "plain",
    "print_pages",
    "rca_page",
    "rows",
    "show",
    "steps",
    "team",
]
