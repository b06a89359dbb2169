"""Dependencies point one way: the import contracts hold, and they name every module they should."""

import subprocess
import sys
import tomllib

import grimp
import pytest

from tests.guards.source import ROOT

OWN_ROOMS = {"models", "forms", "views"}
COMPOSERS = {"app", "wsgi", "cli", "__main__", "capabilities", "migrations", "demonstration"}
SHARED_BY_ALL_PAGES = "web"
TOUCHES_THE_DATABASE = {"qitracker.foundation.db", "qitracker.foundation.bulk"}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("qitracker", cache_dir=None)


@pytest.fixture(scope="module")
def contracts():
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {contract["id"]: contract for contract in tool["contracts"]}


def test_the_import_contracts_hold():
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_a_capability_never_imports_the_tables_forms_or_pages_of_another(graph):
    strangers = [
        f"{importer} imports {imported}"
        for imported in graph.modules
        if len(parts := imported.split(".")) >= 3 and parts[2] in OWN_ROOMS
        for importer in graph.find_modules_that_directly_import(imported)
        if parts[1] not in {importer.split(".")[1], SHARED_BY_ALL_PAGES} and importer.split(".")[1] not in COMPOSERS
    ]
    assert not strangers


def test_every_module_of_the_foundation_but_the_database_is_held_to_be_pure(graph, contracts):
    named = set(contracts["pure"]["source_modules"])
    assert graph.find_children("qitracker.foundation") - TOUCHES_THE_DATABASE == {
        module for module in named if module.startswith("qitracker.foundation.")
    }


def test_every_kind_of_worksheet_is_held_to_be_pure_once_there_are_some(graph, contracts):
    kinds = "qitracker.worksheets.kinds"
    assert (kinds in graph.modules) == (kinds in contracts["pure"]["source_modules"])


def test_the_statistics_lean_on_nothing_but_the_standard_library_numpy_and_scipy():
    libraries = grimp.build_graph("qitracker", include_external_packages=True, cache_dir=None)
    statistics = {"qitracker.spc"} | libraries.find_descendants("qitracker.spc")
    outside = {
        imported.partition(".")[0]
        for module in statistics
        for imported in libraries.find_modules_directly_imported_by(module)
    }
    assert outside - set(sys.stdlib_module_names) <= {"numpy", "scipy", "qitracker"}
