"""`qitracker import` does what the pages do, and prints what came of it."""

import json

import pytest
from sqlalchemy import func, select

from qitracker.exchange.command_line import ALL_GOOD, NOTHING_IMPORTED, SOME_REFUSED, import_command
from qitracker.exchange.mapping import mapping_to_json
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid, NotAllowed, NotFound
from qitracker.foundation.permissions import Role
from qitracker.people.queries import units_by_code
from qitracker.results.models import point
from tests.builders.imports import WARDS, a_file
from tests.builders.measures import a_measure

AMOUNTS = ("--numerator", "met", "--denominator", "[all]")
ROWS = ("001,2026-01,41,50,", "002,2026-01,30,40,")


@pytest.fixture
def measured(build):
    units = [build.unit("Heart", code="001"), build.unit("Lung", code="002")]
    return a_measure(build, build.organisation(), units)


@pytest.fixture
def command(app, tmp_path, monkeypatch):
    """Return a function that runs the command on a file with these rows and returns the code it ends with."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, rows: tuple[str, ...] = ROWS) -> int:
        (tmp_path / "wards.csv").write_bytes(a_file(*rows))
        try:
            import_command(lambda: app).main(
                [str(tmp_path / "wards.csv"), "--unit", "ORG", *arguments], standalone_mode=False
            )
        except SystemExit as ended:
            return int(ended.code or 0)
        return 0

    return run


def stored() -> int:
    """Return how many points there are; the command works in a session of its own, so the read begins anew."""
    store.rollback()
    return store.scalar(select(func.count()).select_from(point))


def test_a_file_is_imported_with_counts_and_sums(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS)
    told = capsys.readouterr().out
    assert "Imported: wards.csv" in told and "2 rows: 2 new" in told
    assert "in the file          2 rows  71 / 90" in told and stored() == 2


def test_a_dry_run_stores_nothing(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS, "--dry-run")
    told = capsys.readouterr().out
    assert "nothing stored yet" in told and "would stand" in told and stored() == 0


def test_refused_rows_are_written_beside_the_file_wherever_the_command_is_run(
    command, measured, capsys, tmp_path, monkeypatch
):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    command("--measure", measured.slug, *AMOUNTS, rows=(*ROWS, "009,2026-01,1,2,"))
    beside = tmp_path / "wards.refused.csv"
    assert f"Refused rows: {beside}" in capsys.readouterr().out and stored() == 2
    assert "Unknown unit 009" in beside.read_text(encoding="utf-8")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_refused_rows_are_written_where_an_option_says_and_never_over_the_file(command, measured, capsys, tmp_path):
    rows, path = (*ROWS, "009,2026-01,1,2,"), tmp_path / "back to them.csv"
    command("--measure", measured.slug, *AMOUNTS, "--refused", str(path), rows=rows)
    assert f"Refused rows: {path}" in capsys.readouterr().out and "Unknown unit 009" in path.read_text("utf-8")
    with pytest.raises(Invalid, match="cannot be written over wards.csv itself"):
        command("--measure", measured.slug, *AMOUNTS, "--refused", str(tmp_path / "wards.csv"), rows=rows)
    with pytest.raises(Invalid, match="There is no folder"):
        command("--measure", measured.slug, *AMOUNTS, "--refused", str(tmp_path / "none" / "rows.csv"), rows=rows)


WITH_A_STRANGER = (*ROWS, "009,2026-01,1,2,")
ENDINGS = [
    (ROWS, (), ALL_GOOD, 2),
    (WITH_A_STRANGER, (), SOME_REFUSED, 2),
    (WITH_A_STRANGER, ("--dry-run",), SOME_REFUSED, 0),
    (WITH_A_STRANGER, ("--all-or-nothing",), NOTHING_IMPORTED, 0),
    (WITH_A_STRANGER, ("--all-or-nothing", "--dry-run"), NOTHING_IMPORTED, 0),
    (("009,2026-01,1,2,",), (), NOTHING_IMPORTED, 0),
]


@pytest.mark.parametrize(("rows", "options", "code", "points"), ENDINGS)
def test_the_code_it_ends_with_says_what_became_of_the_rows(rows, options, code, points, command, measured):
    assert command("--measure", measured.slug, *AMOUNTS, *options, rows=rows) == code
    assert stored() == points


def test_a_file_that_is_recorded_already_is_all_good(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS)
    assert command("--measure", measured.slug, *AMOUNTS) == ALL_GOOD
    assert "Nothing imported: nothing is new" in capsys.readouterr().out


def test_nothing_is_called_imported_when_every_row_is_refused(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS, rows=("009,2026-01,1,2,",))
    assert capsys.readouterr().out.startswith("Nothing imported: rows are refused: wards.csv")
    command("--measure", measured.slug, *AMOUNTS, rows=WITH_A_STRANGER)
    assert capsys.readouterr().out.startswith("Imported in part: rows are refused: wards.csv")


def test_rows_that_are_in_no_sum_are_told_beside_the_sums(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS, rows=(*ROWS, ROWS[0], "009,2026-01,1,2,"))
    told = capsys.readouterr().out
    assert "readable             3 rows  72 / 92" in told and "recorded             2 rows  71 / 90" in told
    assert "2 of 4 rows are in none of the last sums: 1 × given twice in the file; 1 × units that are unknown" in told


def test_help_says_what_each_code_means(command, capsys):
    command("--help")
    told = capsys.readouterr().out
    assert "3  some rows are refused, the others are imported\n" in told and "4  nothing is imported\n" in told


def test_unknown_units_are_made_when_asked(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS, "--create-units", rows=(*ROWS, "009,2026-01,1,2,"))
    assert "New units: 1" in capsys.readouterr().out and stored() == 3


def test_units_are_made_with_the_name_of_a_column(command, measured):
    options = ("--create-units", "--unit-name-column", "comment")
    command("--measure", measured.slug, *AMOUNTS, *options, rows=(*ROWS, "009,2026-01,1,2,Day surgery"))
    store.rollback()
    assert units_by_code(["009"])["009"].name == "Day surgery"


def test_a_mapping_is_read_from_a_file(command, measured, tmp_path):
    whole = {**mapping_to_json(WARDS), "fixed_measure": measured.slug}
    (tmp_path / "mapping.json").write_text(json.dumps(whole), encoding="utf-8")
    command("--mapping", "mapping.json")
    assert stored() == 2
    (tmp_path / "mapping.json").write_text("[]", encoding="utf-8")
    with pytest.raises(Invalid, match="is no mapping"):
        command("--mapping", "mapping.json")


def test_somebody_s_rights_hold_on_the_command_line_too(command, build, measured):
    leader, officer = build.person(Role.LEADER), build.person(Role.QUALITY_OFFICER)
    with pytest.raises(NotAllowed):
        command("--measure", measured.slug, *AMOUNTS, "--by", leader.email)
    with pytest.raises(NotFound, match="Nobody with the address"):
        command("--measure", measured.slug, *AMOUNTS, "--by", "nobody@alder.example")
    command("--measure", measured.slug, *AMOUNTS, "--by", officer.email)
    assert stored() == 2


def test_an_unknown_unit_is_one_sentence(command, measured):
    with pytest.raises(NotFound, match="no unit with the code"):
        command("--unit", "XYZ")
