"""Deeds on measures: `adopt`, `begin`, `change`, `collect`, `compare`, `retire`; `hooks` for the layers above."""

from qitracker.measures.commands.adopt import adopt_measure, define_measure
from qitracker.measures.commands.begin import begin_collecting
from qitracker.measures.commands.change import change_definition, is_in_use
from qitracker.measures.commands.collect import set_collecting_units, set_owner, set_responsible
from qitracker.measures.commands.compare import add_benchmark, change_benchmark, retire_benchmark
from qitracker.measures.commands.hooks import answers_last_recorded, on_definition_changed
from qitracker.measures.commands.retire import restore_measure, retire_measure
from qitracker.measures.commands.strata import add_strata_beside, add_stratum, rename_stratum

__all__ = [
    "add_benchmark",
    "add_strata_beside",
    "add_stratum",
    "adopt_measure",
    "answers_last_recorded",
    "begin_collecting",
    "change_benchmark",
    "change_definition",
    "define_measure",
    "is_in_use",
    "on_definition_changed",
    "rename_stratum",
    "restore_measure",
    "retire_benchmark",
    "retire_measure",
    "set_collecting_units",
    "set_owner",
    "set_responsible",
]
