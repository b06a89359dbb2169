"""The lock files hold what pyproject.toml asks for, with hashes, from no named registry; the scripts are sound."""

import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.guards.source import ROOT

LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-test.lock")


def _project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _locked(lock: str) -> dict[str, set[str]]:
    pins = re.findall(r"^([\w.-]+)==([\w.!+]+)", (ROOT / lock).read_text(encoding="utf-8"), re.M)
    versions: dict[str, set[str]] = {}
    for package, version in pins:
        versions.setdefault(package, set()).add(version)
    return versions


def _unmet(lock: str, wanted: list[str]) -> list[str]:
    locked = _locked(lock)
    asked = [Requirement(text) for text in wanted]
    return [str(r) for r in asked if not all(map(r.specifier.contains, locked.get(_plain(r.name), {"0"})))]


def _plain(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def test_the_lock_meets_every_requirement_of_the_product():
    project = _project()
    wanted = project["dependencies"] + project["optional-dependencies"]["postgres"]
    assert not _unmet("requirements.lock", wanted), "run ./qi lock"


def test_the_test_lock_meets_every_requirement_of_the_tests():
    assert not _unmet("requirements-test.lock", _project()["optional-dependencies"]["test"]), "run ./qi lock"


def test_tests_run_on_the_very_versions_that_the_product_runs_on():
    product, tests = _locked("requirements.lock"), _locked("requirements-test.lock")
    assert product and {package: tests.get(package) for package in product} == product


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries and all("--hash=sha256:" in entry for entry in entries)
    assert "//" not in text


@pytest.mark.parametrize(("shell", "script"), [("sh", "qi"), ("bash", ".ci/run")])
def test_the_scripts_can_be_run_and_parse(shell, script):
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    assert subprocess.run([shell, "-n", path], capture_output=True, check=False).stderr == b""


def test_the_set_up_script_stays_short():
    assert (ROOT / "qi").read_text(encoding="utf-8").count("\n") <= 120


def test_every_folder_of_tests_is_run_by_the_set_up_script():
    script = (ROOT / "qi").read_text(encoding="utf-8")
    named = set(re.search(r"for group in (.+); do", script)[1].split()) | {"bench"}
    folders = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("test_*.py")}
    assert folders <= named
