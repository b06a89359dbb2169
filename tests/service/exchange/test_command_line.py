"""`qitracker import` does what the pages do, and prints what came of it."""

import json

import pytest
from sqlalchemy import func, select

from qitracker.exchange.command_line import import_command
from qitracker.exchange.mapping import mapping_to_json
from qitracker.foundation.db import store
from qitracker.foundation.errors import Invalid, NotAllowed, NotFound
from qitracker.foundation.permissions import Role
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
    """Return a function that runs the command on a file with these rows."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, rows: tuple[str, ...] = ROWS) -> None:
        (tmp_path / "wards.csv").write_bytes(a_file(*rows))
        import_command(lambda: app).main(["wards.csv", "--unit", "ORG", *arguments], standalone_mode=False)

    return run


def stored() -> int:
    """Return how many points there are; the command works in a session of its own, so the read begins anew."""
    store.rollback()
    return store.scalar(select(func.count()).select_from(point))


def test_a_file_is_imported_with_counts_and_sums(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS)
    told = capsys.readouterr().out
    assert "Imported: wards.csv" in told and "2 rows: 2 new" in told
    assert "71 / 90" in told and stored() == 2


def test_a_dry_run_stores_nothing(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS, "--dry-run")
    assert "nothing stored yet" in capsys.readouterr().out and stored() == 0


def test_refused_rows_are_written_beside(command, measured, capsys, tmp_path):
    command("--measure", measured.slug, *AMOUNTS, rows=(*ROWS, "009,2026-01,1,2,"))
    assert "wards.refused.csv" in capsys.readouterr().out and stored() == 2
    assert "Unknown unit 009" in (tmp_path / "wards.refused.csv").read_text(encoding="utf-8")


def test_all_or_nothing_ends_with_an_error_code(command, measured):
    with pytest.raises(SystemExit) as ended:
        command("--measure", measured.slug, *AMOUNTS, "--all-or-nothing", rows=(*ROWS, "009,2026-01,1,2,"))
    assert ended.value.code == 1 and stored() == 0


def test_unknown_units_are_made_when_asked(command, measured, capsys):
    command("--measure", measured.slug, *AMOUNTS, "--create-units", rows=(*ROWS, "009,2026-01,1,2,"))
    assert "New units: 1" in capsys.readouterr().out and stored() == 3


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
