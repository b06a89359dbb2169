"""Who may do what: every permission, every role, and the one table that joins them."""

from enum import StrEnum


class Permission(StrEnum):
    """A right that is held in a unit and everything below it."""

    PEOPLE_MANAGE = "people.manage"
    UNIT_MANAGE = "unit.manage"
    UNIT_ADD = "unit.add"  # new units only: an import may bring wards that nobody has entered yet
    AUDIT_READ = "audit.read"
    MEASURE_READ = "measure.read"
    MEASURE_DEFINE = "measure.define"
    BENCHMARK_SET = "benchmark.set"
    RESULT_READ = "result.read"
    RESULT_RECORD = "result.record"
    RESULT_CORRECT = "result.correct"
    RESULT_CHECK = "result.check"
    RESULT_LOCK = "result.lock"
    CHART_ANNOTATE = "chart.annotate"
    IMPORT_RUN = "import.run"
    EXPORT_RUN = "export.run"
    REPORT_READ = "report.read"
    REPORT_MAKE = "report.make"
    SHEET_READ = "sheet.read"
    SHEET_EDIT = "sheet.edit"
    SHEET_MANAGE = "sheet.manage"  # make, rename, close and delete worksheets
    ACTION_READ = "action.read"
    ACTION_EDIT = "action.edit"


class Role(StrEnum):
    """What a person is for a part of the organisation. The value is stored: short and stable."""

    ADMINISTRATOR = "administrator"
    QUALITY_OFFICER = "quality_officer"
    FACILITATOR = "facilitator"
    TEAM_MEMBER = "team_member"
    LEADER = "leader"


_READING = frozenset(
    {
        Permission.MEASURE_READ,
        Permission.RESULT_READ,
        Permission.REPORT_READ,
        Permission.EXPORT_RUN,
        Permission.SHEET_READ,
        Permission.ACTION_READ,
    }
)
_LEADING_TEAMS = frozenset({Permission.SHEET_EDIT, Permission.SHEET_MANAGE, Permission.ACTION_EDIT})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _READING
    | {Permission.PEOPLE_MANAGE, Permission.UNIT_MANAGE, Permission.UNIT_ADD, Permission.AUDIT_READ},
    Role.QUALITY_OFFICER: _READING
    | {
        Permission.UNIT_ADD,
        Permission.MEASURE_DEFINE,
        Permission.BENCHMARK_SET,
        Permission.RESULT_RECORD,
        Permission.RESULT_CORRECT,
        Permission.RESULT_CHECK,
        Permission.RESULT_LOCK,
        Permission.CHART_ANNOTATE,
        Permission.IMPORT_RUN,
        Permission.REPORT_MAKE,
        Permission.AUDIT_READ,
    }
    | _LEADING_TEAMS,
    Role.FACILITATOR: _READING
    | {Permission.RESULT_RECORD, Permission.CHART_ANNOTATE, Permission.REPORT_MAKE}
    | _LEADING_TEAMS,
    Role.TEAM_MEMBER: _READING | {Permission.RESULT_RECORD, Permission.SHEET_EDIT},
    Role.LEADER: _READING | {Permission.REPORT_MAKE},
}
"""The whole of the rights, readable at one look. A page, a job and an import ask the same table."""


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Return the roles that carry `permission`, in the order of the table."""
    return tuple(role for role, held in ROLE_PERMISSIONS.items() if permission in held)
