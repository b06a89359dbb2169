"""The mapping of a file: remembered, stored as JSON, and refused where it cannot work."""

import json
from dataclasses import replace

from pytest import mark, raises

from qitracker.exchange.formats.table import Marks
from qitracker.exchange.mapping import (
    Mapping,
    PeriodColumns,
    Pivot,
    RowFilter,
    check_mapping,
    fingerprint,
    mapping_from_json,
    mapping_to_json,
)
from qitracker.foundation.errors import Invalid
from qitracker.spc.analysis import State
from tests.unit.exchange.tables import FALLS

HEADER = ("unit", "month", "cases", "total")
LONG = Pivot(keys=("unit", "month"), names="cases", values="total", endings={"_num": "observed"})


def test_a_mapping_survives_json_in_every_field():
    rich = Mapping(
        unit="Org",
        unit_width=6,
        unit_codes={"1": "A"},
        measure="measure",
        measure_codes={"HAI_1": "clabsi"},
        strata=("type", "shift"),
        fixed_stratum="adults",
        period=PeriodColumns(year="y", part="m", frequency="quarter", fiscal_start=4),
        numerator="[observed]",
        denominator="[expected]",
        comment="note",
        filters=(RowFilter("Org", ("Total", "England")), RowFilter("State", ("NY",), keep=True)),
        skip_empty=True,
        words={"n.g.": State.SUPPRESSED},
        marks={"observed": Marks(",", ".", "mdy")},
        pivot=Pivot(("Org",), "name", "score", {"_NUM": "observed"}, {"x": ("y", "expected")}),
    )
    assert mapping_from_json(json.loads(json.dumps(mapping_to_json(rich)))) == rich
    assert mapping_from_json(json.loads(json.dumps(mapping_to_json(FALLS)))) == FALLS


def test_a_stored_field_that_is_no_longer_known_does_no_harm():
    assert mapping_from_json({**mapping_to_json(FALLS), "from_the_past": 1}) == FALLS


def test_files_of_one_shape_share_a_fingerprint_and_others_do_not():
    assert fingerprint(["Unit", "Month  start", "n"]) == fingerprint(["n", "unit", "month start"])
    assert fingerprint(["unit", "n"]) != fingerprint(["unit", "m"])
    assert fingerprint(["a", "bc"]) != fingerprint(["ab", "c"])


def test_a_mapping_that_fits_passes():
    check_mapping(FALLS, HEADER)
    check_mapping(replace(FALLS, numerator="[total] - [cases]", filters=(RowFilter("unit", ("Total",)),)), HEADER)
    check_mapping(replace(FALLS, numerator="[observed]", denominator="", pivot=LONG), HEADER)


@mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"unit": ""}, "unit", "Choose the column with the unit"),
        ({"unit": "ward"}, "unit", "no column “ward”"),
        ({"fixed_measure": ""}, "measure", "Choose the column with the measure"),
        ({"period": PeriodColumns()}, "period", "one way to give the period"),
        ({"period": PeriodColumns(start="month", fixed="2026")}, "period", "one way to give the period"),
        ({"period": PeriodColumns(year="month")}, "period", "beside the year"),
        ({"period": PeriodColumns(start="month", frequency="fortnight")}, "frequency", "how often"),
        ({"period": PeriodColumns(start="month", fiscal_start=13)}, "fiscal_start", "from 1 to 12"),
        ({"period": PeriodColumns(start="week")}, "period", "no column “week”"),
        ({"numerator": ""}, "numerator", "the numerator, or one with the value"),
        ({"value": "[cases]"}, "value", "either a value, or"),
        ({"numerator": "[falls]"}, "numerator", "no column “falls”"),
        ({"numerator": "[cases"}, "numerator", "cannot be read"),
        ({"strata": ("sex",)}, "strata", "no column “sex”"),
        ({"comment": "remark"}, "comment", "no column “remark”"),
        ({"filters": (RowFilter("sex", ("f",)),)}, "filters", "no column “sex”"),
        ({"pivot": LONG}, "numerator", "no column “cases”"),
        ({"pivot": replace(LONG, keys=())}, "pivot", "whose the values are"),
        ({"pivot": replace(LONG, endings={})}, "pivot", "stands for"),
        ({"pivot": replace(LONG, endings={"_x": "nothing"})}, "pivot", "something unknown"),
        ({"pivot": replace(LONG, names="name")}, "pivot", "no column “name”"),
    ],
)
def test_what_is_wrong_is_said_beside_its_input(changes, field, words):
    with raises(Invalid) as refusal:
        check_mapping(replace(FALLS, **changes), HEADER)
    assert words in str(refusal.value.fields[field])


def test_all_that_is_wrong_is_said_at_once():
    with raises(Invalid) as refusal:
        check_mapping(Mapping(), HEADER)
    assert set(refusal.value.fields) == {"unit", "measure", "period", "numerator"}
