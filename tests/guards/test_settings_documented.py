"""Every setting of an installation stands in docs/settings.md, with its default and what it does."""

from dataclasses import MISSING, fields

import pytest

from qitracker.foundation.config import Settings
from tests.guards.source import ROOT

SETTINGS = [field for field in fields(Settings) if field.name != "instance"]


def _rows() -> dict[str, str]:
    settings, _, _tests = (ROOT / "docs/settings.md").read_text(encoding="utf-8").partition("## For tests")
    lines = settings.splitlines()
    return {line.split("`")[1]: line for line in lines if line.startswith("| `")}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_is_documented_with_its_variable_default_and_meaning(setting):
    row = _rows().get(setting.name, "")
    default = "" if setting.default is MISSING else str(setting.default)
    assert f"`QI_{setting.name.upper()}`" in row
    assert setting.metadata["help"] in row
    assert (f"`{default}`" if default else "empty") in row


def test_no_setting_is_documented_that_does_not_exist():
    assert set(_rows()) == {setting.name for setting in SETTINGS}
