"""Root cause analysis: the tree and what is drawn from it, the order of the timeline, codes, and the five rules."""

import pytest

from qitracker.foundation.errors import Invalid
from qitracker.worksheets.kinds import rca
from qitracker.worksheets.rules.causal import findings
from qitracker.worksheets.rules.moments import moment_of
from qitracker.worksheets.rules.sac import safety_code
from qitracker.worksheets.sheet_kind import Cell, SheetRow, check_parent


def row(key: int, section: str, parent: int | None = None, position: int = 0, **texts: str) -> SheetRow:
    """Return one row with what stands in its cells."""
    return SheetRow(key, section, parent, position, {code: Cell(text, 1) for code, text in texts.items()})


ROWS = (
    row(1, "event", text="Anticoagulant off for four days", reached="event", severity_actual="va1.moderate",
        severity_potential="va1.catastrophic", probability="va1.frequent"),
    row(2, "why", position=1, text="No restart date", area="task"),
    row(3, "why", 2, text="The order has no field", area="equipment"),
    row(4, "why", 3, text="Orders may be paused without an end", area="equipment", root="yes"),
    row(5, "why", position=2, text="Not seen for three days", area="team"),
    row(6, "why", 5, position=1, text="On a second tab"),
    row(7, "why", 5, position=2, text="Weekend cover ends at 17:00", area="staff", root="yes"),
    row(8, "statement", 7, text="Inadequate cover", effect="the nurse forgot to ask", event="the pause stood"),
    row(9, "statement", 4, text="The order accepts no end date", effect="a chart without a date", event="it stood"),
)  # fmt: skip


def test_the_tree_has_branches_and_letters_its_root_causes_from_top_to_bottom() -> None:
    whys = rca.tree(ROWS)
    assert [why.row.id for why in whys] == [2, 5]
    assert [why.row.id for why in rca.every_why(whys)] == [2, 3, 4, 5, 6, 7]
    assert [(why.letter, why.row.id) for why in rca.root_causes(whys)] == [("A", 4), ("B", 7)]


def test_the_fishbone_shows_the_causes_of_the_tree_by_area_and_keeps_empty_bones() -> None:
    bones = {bone.area: [why.row.id for why in bone.whys] for bone in rca.fishbone(rca.tree(ROWS))}
    assert bones["equipment"] == [3, 4]
    assert bones["task"] == [2]
    assert bones["environment"] == []
    assert len(bones) == 8


def test_statements_stand_in_the_order_of_the_tree_with_what_the_rules_find() -> None:
    found = rca.statements(ROWS, rca.tree(ROWS))
    assert [statement.row.id for statement in found] == [9, 8]
    assert found[0].findings == ()
    assert [(one.rule, one.found) for one in found[1].findings] == [(2, "Inadequate")]
    assert found[1].why.letter == "B"


def test_a_timeline_is_in_the_order_of_time_whatever_the_order_of_writing() -> None:
    moments = (row(1, "moment", at="2026-10-20"), row(2, "moment", at="2026-10-19 08:12"), row(3, "moment"),
               row(4, "moment", at="2026-10-19 08:10"))  # fmt: skip
    assert [one.id for one in rca.timeline(moments)] == [4, 2, 1, 3]


def test_the_higher_of_actual_and_potential_counts() -> None:
    found = rca.sac_of(rca.event_of(ROWS))
    assert (found.actual, found.potential, found.counts) == (2, 3, 3)


def test_a_close_call_has_no_actual_code_even_where_a_severity_was_chosen_before() -> None:
    event = row(1, "event", reached="close_call", severity_actual="va1.major", severity_potential="va1.major",
                probability="va1.remote")  # fmt: skip
    assert rca.sac_of(event).actual is None
    assert rca.sac_of(event).counts == 2


def test_a_code_needs_both_severity_and_probability() -> None:
    assert safety_code("va1.major", "") is None
    assert safety_code("", "va1.remote") is None


@pytest.mark.parametrize(
    ("cause", "effect", "rules"),
    [
        ("Poor staffing caused the fall", "", [1, 2]),
        ("Nurse forgot to scan", "the bag was not seen", [3]),
        ("Staff did not follow the policy", "the check was left out", [4, 5]),
        ("The order accepts no end date", "a chart without a date", []),
        ("Terrorised by poorness of errors", "a word inside a word is no match", []),
        ("MISTAKE and Mistake", "twice is once", [3]),
    ],
)
def test_the_five_rules_find_what_a_statement_may_be_improved_in(cause: str, effect: str, rules: list[int]) -> None:
    assert [one.rule for one in findings(cause, effect, "it was given twice")] == rules


def test_a_slip_may_stand_where_the_cause_behind_it_is_written_down() -> None:
    assert findings("Nurse forgot to scan", "e", "f", is_explained=True) == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-10-19T08:10", "2026-10-19 08:10"),
        ("19 Oct 2026 08:10", "2026-10-19 08:10"),
        (" 19  October 2026 ", "2026-10-19"),
        ("2026-10-19", "2026-10-19"),
        ("  ", ""),
    ],
)
def test_a_moment_is_read_with_or_without_its_time(typed: str, kept: str) -> None:
    assert moment_of(typed) == kept


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "19/10/26", "2026-10-19 25:00", "0001-01-01", "<script>"])
def test_what_is_no_moment_is_refused_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(Invalid, match="is no moment"):
        moment_of(typed)


def test_a_statement_stands_below_a_cause_and_a_cause_at_most_nine_deep() -> None:
    with pytest.raises(Invalid):
        check_parent(rca.RCA, rca.STATEMENT, ())
    check_parent(rca.RCA, rca.WHY, ("why",) * 8)
    with pytest.raises(Invalid):
        check_parent(rca.RCA, rca.WHY, ("why",) * 9)
