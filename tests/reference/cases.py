"""Reads the reference results of established programs, in place, from the folder QI_REFERENCE names."""

import json
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

Case = dict[str, Any]


def load(name: str) -> list[Case]:
    """Return the cases of one file of the folder `spc`; the calling module is skipped when there is no folder."""
    folder = os.environ.get("QI_REFERENCE")
    if not folder:
        pytest.skip("QI_REFERENCE is not set: it names the folder with the reference data", allow_module_level=True)
    content = json.loads((Path(folder) / "spc" / name).read_text(encoding="utf-8"))
    assert len(content["cases"]) == content["n_cases"]
    return content["cases"]


def ids(cases: list[Case]) -> list[str]:
    """Return the names of the cases, for pytest to print."""
    return [case["id"] for case in cases]


def days(xs: list[Any]) -> list[date]:
    """Return dates for positions on the axis: dates as they are, numbers as days."""
    return [date.fromisoformat(x) if isinstance(x, str) else date(2000, 1, 1) + timedelta(days=int(x)) for x in xs]


def close(got: float | None, expected: float | None) -> bool:
    """Return whether two figures agree at 1e-9; None agrees with None alone."""
    if got is None or expected is None:
        return got is expected
    return got == pytest.approx(expected, rel=1e-9, abs=1e-9)


def differences(got: list[Any], expected: list[Any]) -> list[str]:
    """Return the places where two columns of figures do not agree."""
    return [
        f"{at}: {mine} instead of {theirs}"
        for at, (mine, theirs) in enumerate(zip(got, expected, strict=True))
        if not close(mine, theirs)
    ]
