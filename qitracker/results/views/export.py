"""Tables to take away: a series and a sheet, as CSV and as a workbook, with the numbers of the page."""

from flask import request
from flask.typing import ResponseReturnValue

from qitracker.foundation.permissions import Permission
from qitracker.foundation.shelf import Shelf
from qitracker.measures.queries import strata_of
from qitracker.measures.queries.spans import collecting_below
from qitracker.people.queries import visible_place
from qitracker.results.queries.grid import recording_units, unit_named
from qitracker.results.queries.reported import View, report_series
from qitracker.results.table_file import series_file, sheet_file
from qitracker.results.views.blueprint import bp, where
from qitracker.results.views.entry import asked_sheet
from qitracker.results.views.entry import bp as entry_bp
from qitracker.spc.registry import CHART_TYPES, RULE_SETS
from qitracker.web.actors import current_actor
from qitracker.web.downloads.table import TableFile, as_csv, as_xlsx
from qitracker.web.filters import reader
from qitracker.web.installation import today


@bp.get("/table.csv")
def table_csv(measure: str, unit: str) -> ResponseReturnValue:
    """Send the table of a measure as CSV."""
    return as_csv(_series(measure, unit))


@bp.get("/table.xlsx")
def table_xlsx(measure: str, unit: str) -> ResponseReturnValue:
    """Send the table of a measure as a workbook."""
    return as_xlsx(_series(measure, unit))


@entry_bp.get("/<unit>/sheet.csv")
def sheet_csv(unit: str) -> ResponseReturnValue:
    """Send the sheet of a unit as CSV."""
    return as_csv(_sheet(unit))


@entry_bp.get("/<unit>/sheet.xlsx")
def sheet_xlsx(unit: str) -> ResponseReturnValue:
    """Send the sheet of a unit as a workbook."""
    return as_xlsx(_sheet(unit))


def _series(measure: str, unit: str) -> TableFile:
    at = where(measure, unit)
    for permission in (Permission.RESULT_READ, Permission.EXPORT_RUN):
        current_actor().must(permission, on=at.place)
    view = View(
        chart=_known(request.args.get("chart", ""), CHART_TYPES),
        rule_set=_known(request.args.get("rules", ""), RULE_SETS),
        stratum=request.args.get("stratum", ""),
    )
    reported = report_series(
        place=at.place,
        measured=at.measured,
        strata=strata_of(at.measured.id),
        view=view,
        today=at.today,
        below=collecting_below(at.measured.id, [at.place.id]).get(at.place.id, ()),
    )
    return series_file(reported, unit_slug=unit, today=at.today, say_=reader().say)


def _known(code: str, shelf: Shelf) -> str:  # type: ignore[type-arg]
    return code if code in shelf.kinds else ""


def _sheet(unit: str) -> TableFile:
    visible_place(unit, by=current_actor())
    units = recording_units(current_actor(), today=today())
    page = asked_sheet(unit_named(unit, units), units)
    current_actor().must(Permission.EXPORT_RUN, on=page.place)
    return sheet_file(page, period=lambda start: reader().period(start, page.frequency), say_=reader().say)
