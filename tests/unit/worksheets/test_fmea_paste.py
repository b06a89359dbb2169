"""A block from a spreadsheet: what goes where, what hangs below what, and why a row cannot be taken."""

import pytest

from qitracker.foundation.block import block_of, cells_of
from qitracker.foundation.errors import Invalid
from qitracker.worksheets.kinds.fmea_block import read_block
from qitracker.worksheets.kinds.fmea_paste import plan_paste
from qitracker.worksheets.sheet_kind import Cell, SheetRow

HEAD = "Step\tFailure mode\tEffect\tCause\tControl today\tS\tO\tD"
ROW = "Ask\tWrong dose\tOverdose\tTired\tSecond source\t7\t5\t6"


def row(ident: int, section: str, parent: int | None = None, **cells: object) -> SheetRow:
    return SheetRow(ident, section, parent, ident, {name: Cell(str(value), 1) for name, value in cells.items()})


STANDING = (
    row(1, "step", text="Ask"),
    row(2, "mode", 1, text="Wrong dose"),
    row(3, "effect", 2, text="Overdose", severity=7),
    row(4, "cause", 2, text="Tired"),
)


def planned(text: str, rows=(), *, first="", below=None):
    return plan_paste(read_block(text, first=first), rows, below=below)


def told(plan, number: int = 1) -> dict[str, str]:
    return {name: str(words) for name, words in plan.rows[number - 1].faults.items()}


def test_a_row_with_all_columns_adds_five_rows_each_below_its_own():
    plan = planned(f"{HEAD}\n{ROW}")
    step, mode, effect, cause, control = plan.adds
    assert [node.section for node in plan.adds] == ["step", "mode", "effect", "cause", "control"]
    assert (step.parent, mode.parent, effect.parent, cause.parent) == (None, step.key, mode.key, mode.key)
    assert control.parent == cause.key and control.cells == {"text": "Second source", "detection": "6"}
    assert effect.cells["severity"] == "7" and cause.cells["occurrence"] == "5"


def test_without_headings_the_columns_are_those_of_the_table_and_seven_name_no_step():
    assert planned(ROW).block.fields[0] == "step"
    assert read_block(ROW.split("\t", 1)[1]).fields == tuple(
        ["mode", "effect", "cause", "control", "severity", "occurrence", "detection"]
    )


def test_headings_may_stand_in_any_order_and_a_column_nobody_knows_is_told():
    block = read_block("Cause\tFailure mode\tOwner\tRPN\nTired\tWrong dose\tNora\t210")
    assert block.fields == ("cause", "mode", "", "") and block.untaken == ("Owner", "RPN")


def test_the_focused_column_is_the_first_one():
    assert read_block("Tired\tSecond source", first="cause").fields == ("cause", "control")


def test_merged_cells_take_step_mode_and_cause_from_the_row_above():
    plan = planned(f"{HEAD}\n{ROW}\n\t\t\tNight\tNone\t\t4\t10\n\t\t\t\tAlert\t\t\t2")
    assert [node.section for node in plan.adds].count("mode") == 1
    tired, night = (node for node in plan.adds if node.section == "cause")
    assert [node.parent for node in plan.adds if node.section == "control"] == [tired.key, night.key, night.key]
    assert not plan.refused


def test_repeated_cells_name_the_same_row_and_a_new_step_forgets_the_mode():
    plan = planned(f"{HEAD}\n{ROW}\nAsk\tWrong dose\tOverdose\tNight\tNone\t7\t4\t10\nCompare\t\t\tList old\t\t\t3\t")
    assert [node.section for node in plan.adds].count("effect") == 1
    assert "Say what can go wrong" in told(plan, 3)["mode"]


def test_what_stands_in_the_sheet_is_found_by_its_words_and_never_changed():
    plan = planned("ask\twrong  dose\tOverdose\tNight\tNone\t7\t4\t10", STANDING)
    assert [(node.section, node.parent) for node in plan.adds] == [("cause", 2), ("control", plan.adds[0].key)]
    again = planned("Ask\tWrong dose\tOverdose\tTired\t\t9\t\t", STANDING)
    assert "has 7 already, not 9" in told(again)["severity"] and not again.adds
    unscored = planned("Ask\tWrong dose\tOverdose\tTired\t\t7\t5\t", STANDING)
    assert "without this. Write 5 there" in told(unscored)["occurrence"]


def test_a_row_that_stands_already_adds_nothing_and_is_no_fault():
    plan = planned("Ask\tWrong dose\tOverdose\tTired\t\t7\t\t", STANDING)
    assert plan.rows[0].is_good and plan.rows[0].adds == 0 and not plan.good


def test_rows_that_name_no_step_go_to_the_one_that_was_chosen():
    assert "Say which step" in told(planned("List lost\tDelay", first="mode"))["step"]
    assert planned("List lost\tDelay", STANDING, first="mode", below=1).adds[0].parent == 1
    assert planned("Night\nShort staff", STANDING, first="cause", below=2).adds[1].parent == 2


@pytest.mark.parametrize("score", ["0", "11", "3.5", "often", "=7"])
def test_what_is_no_score_is_refused_beside_its_cell_and_takes_nothing_of_its_row(score):
    plan = planned(f"{HEAD}\nAsk\tWrong dose\tOverdose\tTired\tNone\t{score}\t5\t6")
    assert "Enter a whole number from 1" in told(plan)["severity"] and not plan.adds


def test_a_refused_row_hands_step_and_mode_on_and_the_next_one_makes_them():
    plan = planned(f"{HEAD}\nAsk\tWrong dose\tOverdose\tTired\tNone\t11\t5\t6\n\t\t\tNight\t\t\t4\t")
    assert [node.section for node in plan.adds] == ["step", "mode", "cause"]
    assert plan.block.written([one.texts for one in plan.refused]).startswith("step\tfailure mode\teffect")


def test_what_hangs_below_nothing_is_refused_with_what_is_missing():
    plan = planned(f"{HEAD}\nAsk\t\tOverdose\tTired\t\t\t\t\nAsk\tWrong dose\t\t\tNone\t\t\t10\nAsk\tLate\t\t\t\t6\t\t")
    assert "Say what can go wrong" in told(plan, 1)["mode"]
    assert "Write the cause" in told(plan, 2)["cause"]
    assert "Write the effect" in told(plan, 3)["effect"]


def test_a_detection_of_a_control_that_only_prevents_is_refused_as_in_its_cell():
    plan = planned("Step\tFailure mode\tCause\tControl\tWhat it does\tD\nAsk\tWrong\tTired\tLock\tPrevents it\t4")
    assert "finds nothing" in told(plan)["detection"]


def test_four_hundred_rows_go_in_and_one_more_is_refused_as_a_whole():
    assert len(planned("\n".join(f"Mode {at}\tEffect" for at in range(400)), STANDING, below=1).good) == 400
    with pytest.raises(Invalid, match="These are 401 rows; 400 go in at once"):
        read_block("\n".join(f"Mode {at}" for at in range(401)))


def test_a_cell_of_more_than_four_thousand_characters_is_refused_with_its_length():
    plan = planned(f"{'x' * 4_000}\nb{'x' * 4_000}", STANDING, first="mode", below=1)
    assert plan.rows[0].is_good and "4001 characters" in told(plan, 2)["mode"].replace(",", "")


@pytest.mark.parametrize("text", ["", " \n\t\n", HEAD])
def test_a_block_without_a_row_is_refused(text):
    with pytest.raises(Invalid, match="no row in it"):
        read_block(text)


@pytest.mark.parametrize(
    "cells",
    [
        ["=1+1", "+1", "@x"],
        ['5" tube', "a\tb", "two\nlines"],
        ['"', "", '""'],
        ["<b>", "مرحبا", "🩺"],
        ['a "b" c', "x"],
    ],
)
def test_what_was_written_as_a_block_is_read_as_the_same_cells(cells):
    assert cells_of(block_of([cells, ["end"]]))[0] == cells


def test_a_lone_quote_swallows_no_row():
    assert cells_of('5" tube\tlate\nnext\trow') == [['5" tube', "late"], ["next", "row"]]


def test_a_cell_too_long_for_the_reader_of_quotes_is_split_at_its_breaks():
    assert len(cells_of('"' + "x" * 200_000 + '"\tend')[0]) == 2
