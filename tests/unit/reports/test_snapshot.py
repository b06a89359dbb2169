"""What a report was made from survives being stored, and its fingerprint names it."""

import json
from dataclasses import replace

from pytest import mark, raises

from qitracker.foundation.errors import Invalid
from qitracker.reports.kinds.measures import MeasuresReport, ValueRow
from qitracker.spc.analysis import Reading, State
from tests.unit.reports.reports import report


def test_a_report_is_the_same_after_being_stored():
    made = report(5)
    assert MeasuresReport.from_json(made.to_json()) == made
    assert MeasuresReport.from_json(made.to_json()).to_json() == made.to_json()


def test_the_fingerprint_changes_with_a_single_number_and_not_otherwise():
    made, again = report(3), report(3)
    part = made.measures[0]
    rows = (replace(part.rows[0], numerator=1.0), *part.rows[1:])
    other = replace(made, measures=(replace(part, rows=rows), *made.measures[1:]))
    assert made.fingerprint() == again.fingerprint() != other.fingerprint()
    assert len(made.fingerprint().replace(" ", "")) == 16


@mark.parametrize(
    "text",
    ["", "[]", "null", '{"format": 1}', '{"format":1,"title":7}', report(1).to_json().replace('"worse"', '"?"')[:-20]],
)
def test_damaged_data_are_refused_with_a_sentence(text):
    with raises(Invalid, match=r"Make it anew\."):
        MeasuresReport.from_json(text)


def test_data_of_another_version_are_refused_and_not_misread():
    stored = json.loads(report(1).to_json()) | {"format": 99}
    with raises(Invalid, match="another version of the program"):
        MeasuresReport.from_json(json.dumps(stored))


def test_the_picture_is_made_from_the_stored_rows_alone():
    part = report(3).measures[2]
    analysis = part.analysis()
    assert [point.state for point in analysis.points].count(State.SUPPRESSED) == 1
    assert [point.value for point in analysis.points] == [row.value for row in part.rows]
    assert [phase.centre for phase in analysis.phases] == [phase.centre for phase in part.phases]


def test_a_part_without_values_has_no_latest_row():
    part = replace(report(1).measures[0], rows=(ValueRow(report(1).measures[0].rows[0].start, State.MISSING, None),))
    assert part.latest is None
    assert part.reading in Reading
