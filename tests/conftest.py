"""What every test may ask for: the reference data. Database, application and client come from installation.py."""

import os
from pathlib import Path

import pytest

BOTH = ("sqlite", "postgresql")
NO_REFERENCE = "QI_REFERENCE is not set: it names the folder with the reference data"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests marked `both_databases`, and all of tests/service, once on each database."""
    if "database" in metafunc.fixturenames:
        test = metafunc.definition
        both = test.get_closest_marker("both_databases") or "service" in test.path.parts
        metafunc.parametrize("database", BOTH if both else BOTH[:1], indirect=True)


def pytest_terminal_summary(terminalreporter) -> None:
    """Say how many tests could not be judged because the reference data is not there."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_REFERENCE in str(report.longrepr)]
    terminalreporter.write_line(f"reference tests skipped: {len(skipped)}")


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the folder of reference data; tests that need it are skipped, and counted, without it."""
    folder = os.environ.get("QI_REFERENCE")
    if not folder:
        pytest.skip(NO_REFERENCE)
    return Path(folder)
