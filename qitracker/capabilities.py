"""The ordered list of what the product can do: what is registered, and what the navigation shows."""

from dataclasses import dataclass

from flask import Blueprint

from qitracker.actions import found as actions_found
from qitracker.actions import linked as actions_linked
from qitracker.actions.views import bp as actions
from qitracker.audit import jobs as audit_jobs
from qitracker.demonstration import events as demonstration_events
from qitracker.desk.search import helping as desk_helping
from qitracker.desk.search.views import search_bp
from qitracker.desk.threads import pages as desk_threads
from qitracker.desk.threads.views import threads_bp
from qitracker.desk.views import board_bp
from qitracker.desk.views import bp as desk
from qitracker.exchange import jobs as exchange_jobs
from qitracker.exchange.views import bp as exchange
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.help.views import bp as help_bp
from qitracker.jobs.views import bp as jobs
from qitracker.measures import found as measures_found
from qitracker.measures.views import bp as measures
from qitracker.people import found as people_found
from qitracker.people.views import people_bp, units_bp
from qitracker.reports import found as reports_found
from qitracker.reports import jobs as report_jobs
from qitracker.reports.views import bp as reports
from qitracker.results import hooks as results_hooks
from qitracker.results import jobs as results_jobs
from qitracker.results import linked as results_linked
from qitracker.results.views import bp as results
from qitracker.results.views import entry_bp
from qitracker.web.shell import Entry
from qitracker.worksheets import found as worksheets_found
from qitracker.worksheets import hooks as worksheets_hooks
from qitracker.worksheets import linked as worksheets_linked
from qitracker.worksheets.views import bp as worksheets

HOOKS = (
    audit_jobs,
    exchange_jobs,
    results_hooks,
    results_jobs,
    results_linked,
    actions_linked,
    worksheets_hooks,
    worksheets_linked,
    desk_threads,
    report_jobs,
    demonstration_events,
    measures_found,
    people_found,
    actions_found,
    worksheets_found,
    reports_found,
    desk_helping,
)
"""Modules that register themselves with what lies below them; named here so that nothing is discovered."""


@dataclass(frozen=True)
class Capability:
    """One capability: its pages and, where it has one, its place in the navigation."""

    blueprint: Blueprint
    entry: Entry | None = None


CAPABILITIES: tuple[Capability, ...] = (
    Capability(desk, Entry("desk.home", say("Home"), "home", on_phone=True)),
    Capability(board_bp, Entry("board.index", say("Board"), "board", on_phone=True)),
    Capability(measures, Entry("measures.index", say("Measures"), "measures", on_phone=True)),
    Capability(results),
    Capability(
        entry_bp, Entry("entry.index", say("Enter data"), "enter", needs=Permission.RESULT_RECORD, on_phone=True)
    ),
    Capability(worksheets, Entry("worksheets.index", say("Worksheets"), "sheet", needs=Permission.SHEET_READ)),
    Capability(threads_bp, Entry("threads.index", say("Threads"), "thread", on_phone=True)),
    Capability(actions, Entry("actions.index", say("Actions"), "actions", needs=Permission.ACTION_READ)),
    Capability(reports, Entry("reports.index", say("Reports"), "reports", needs=Permission.REPORT_READ)),
    Capability(exchange, Entry("exchange.new", say("Import"), "import", needs=Permission.IMPORT_RUN)),
    Capability(jobs),
    Capability(search_bp),
    Capability(help_bp),
    Capability(units_bp, Entry("units.index", say("Units"), "units")),
    Capability(people_bp, Entry("people.index", say("People"), "people", needs=Permission.PEOPLE_MANAGE)),
)


def entries() -> tuple[Entry, ...]:
    """Return the entries of the navigation, in order."""
    return tuple(capability.entry for capability in CAPABILITIES if capability.entry)
