"""The kinds of worksheets, one file each; `KINDS` is complete once this is imported."""

from qitracker.worksheets.kinds.fmea import FMEA
from qitracker.worksheets.kinds.rca import RCA
from qitracker.worksheets.sheet_kind import KINDS

__all__ = ["FMEA", "KINDS", "RCA"]
