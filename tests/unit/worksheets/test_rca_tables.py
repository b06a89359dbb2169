"""The tables of root cause analysis against the reference tables, value by value."""

import json
from pathlib import Path
from typing import Any

from qitracker.worksheets.kinds.rca import AREAS
from qitracker.worksheets.rules import causal, harm, sac


def table(reference: Path, name: str) -> Any:
    """Return one reference table."""
    return json.loads((reference / "tables" / f"{name}.json").read_text(encoding="utf-8"))


def test_every_cell_of_the_safety_code_agrees(reference: Path) -> None:
    matrix = table(reference, "sac_matrix")["matrix"]
    found = {
        (probability, severity): sac.safety_code(f"va1.{severity.lower()}", f"va1.{probability.lower()}")
        for probability, row in matrix.items()
        for severity in row
    }
    assert found == {(p, s): code for p, row in matrix.items() for s, code in row.items()}
    assert len(sac.MATRIX) == 16


def test_the_words_of_the_five_rules_agree(reference: Path) -> None:
    rules = table(reference, "causation_rules")
    assert list(causal.NEGATIVE) == rules["negative_words"]
    assert list(causal.HUMAN_ERROR) == rules["human_error_words"]
    assert list(causal.DEVIATION) == rules["deviation_words"]
    assert list(causal.NOT_DONE) == rules["failed_to_act_words"]


def test_the_levels_of_harm_agree(reference: Path) -> None:
    scales = table(reference, "harm_scales")
    ours = {scale.code: scale for scale in harm.SCALES}
    assert [code for code, _ in ours["ncc_merp1"].levels] == [one["code"] for one in scales["ncc_merp"]["levels"]]
    assert [str(words).lower() for _, words in ours["ahrq1"].levels][:5] == scales["ahrq_common_formats"]["levels"]
    low = [str(words).lower().removesuffix(" harm") for _, words in ours["nhs1"].levels[1:]]
    assert low == scales["nhs_lfpse"]["levels"][1:]


def test_the_bones_of_the_fishbone_agree(reference: Path) -> None:
    assert [str(words) for _, words in AREAS] == table(reference, "contributory_factors")["fishbone_health_default"]
