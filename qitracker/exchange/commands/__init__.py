"""Deeds on imports: `send` a file, `decide` how it is read, `check` it without storing, `carry_out`, `take_back`."""

from qitracker.exchange.commands.carry_out import run_import
from qitracker.exchange.commands.check import check_import
from qitracker.exchange.commands.decide import ask_check, ask_import, read_again, set_choices, set_mapping
from qitracker.exchange.commands.send import send_file
from qitracker.exchange.commands.take_back import undo_import

__all__ = [
    "ask_check",
    "ask_import",
    "check_import",
    "read_again",
    "run_import",
    "send_file",
    "set_choices",
    "set_mapping",
    "undo_import",
]
