"""The tree of an FMEA, read as lines: steps, modes, effects, causes and controls."""

import pytest

from qitracker.foundation.errors import Invalid
from qitracker.worksheets.kinds import FMEA
from qitracker.worksheets.kinds.fmea import detection_of, lines_by_risk, step_groups
from qitracker.worksheets.sheet_kind import Cell, SheetRow, check_parent


def row(ident: int, section: str, parent: int | None = None, position: int = 0, **cells) -> SheetRow:
    return SheetRow(ident, section, parent, position, {name: Cell(str(value), 1) for name, value in cells.items()})


def sheet() -> list[SheetRow]:
    return [
        row(1, "step", text="Take the history"),
        row(2, "step", 1, text="Ask the patient"),
        row(3, "step", position=1, text="Compare lists"),
        row(10, "mode", 2, text="Wrong dose"),
        row(11, "effect", 10, severity=4),
        row(12, "effect", 10, severity=7),
        row(13, "cause", 10, occurrence=5, text="Tired"),
        row(14, "control", 13, kind="prevention", detection=1),
        row(15, "control", 13, kind="detection", detection=8),
        row(16, "control", 13, kind="detection", detection=7),
        row(17, "cause", 10, position=1, occurrence=9, text="Noise"),
        row(20, "mode", 3, text="Differences not seen"),
    ]


def test_a_line_is_a_cause_with_the_worst_effect_and_the_best_detection_control():
    _, asked, _ = step_groups(sheet())
    (line,) = [line for line in asked.lines if line.cause and line.cause.id == 13]
    assert (line.risk.severity, line.risk.occurrence, line.risk.detection) == (7, 5, 7)
    assert line.risk.priority == "H"


def test_a_control_that_only_prevents_says_nothing_of_detection():
    assert detection_of([row(1, "control", kind="prevention", detection=1)]) is None


def test_steps_are_numbered_and_a_sub_step_has_a_letter():
    assert [(group.number, group.depth) for group in step_groups(sheet())] == [("1", 0), ("1a", 1), ("2", 0)]


def test_a_mode_without_a_cause_is_a_line_that_can_be_seen():
    *_, compare = step_groups(sheet())
    assert compare.lines[0].cause is None and compare.lines[0].row_id == 20


def test_lines_across_steps_stand_in_the_order_of_risk():
    assert [line.row_id for line in lines_by_risk(step_groups(sheet()))] == [13, 17, 20]


@pytest.mark.parametrize(
    ("section", "above", "words"),
    [
        ("cause", (), "needs a failure mode"),
        ("control", ("mode", "step"), "needs a cause"),
        ("mode", (), "needs a step"),
        ("step", ("step", "step"), "2 levels deep"),
    ],
)
def test_a_row_that_cannot_hang_there_is_refused_with_what_is_missing(section, above, words):
    with pytest.raises(Invalid, match=words):
        check_parent(FMEA, FMEA.section(section), above)


def test_a_text_longer_than_a_cell_holds_names_both_lengths():
    column = FMEA.section("cause").column("text")
    with pytest.raises(Invalid, match=r"10,000 .* 4,000|10000 .* 4000"):
        column.parse("x" * 10_000)
    assert column.parse("x" * 4_000)


def test_a_choice_that_is_not_offered_is_refused():
    with pytest.raises(Invalid, match="in the list"):
        FMEA.section("control").column("kind").parse("magic")
