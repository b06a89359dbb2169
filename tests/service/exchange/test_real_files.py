"""Real public files, all the way into the database: the sums of their raw columns, series, charts, parents."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from qitracker.exchange.mapping import Mapping, PeriodColumns, Pivot
from qitracker.foundation.db import store
from qitracker.measures.queries import strata_of
from qitracker.measures.rules import Frequency, Interval, Scoring
from qitracker.results.keys import SeriesKey
from qitracker.results.models import point, status
from qitracker.results.queries.rows import own_rows
from qitracker.results.series import analysis_of
from qitracker.spc.analysis import Direction
from tests.builders.imports import imported, sent
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM

AE = Mapping(
    unit="org_code",
    strata=("type",),
    period=PeriodColumns(start="period"),
    numerator="[attendances] − [breaches]",
    denominator="[attendances]",
)
HAI = Mapping(
    unit="Provider ID",
    measure="measure",
    period=PeriodColumns(start="Measure Start Date", end="Measure End Date", frequency="year"),
    numerator="[observed]",
    denominator="[expected]",
    pivot=Pivot(
        keys=("Provider ID", "Measure Start Date", "Measure End Date"),
        names="Measure ID",
        values="Score",
        endings={"_NUMERATOR": "observed", "_ELIGCASES": "expected"},
    ),
)
MAKE = {"units_below": 0, "collections": True, "strata": True}


def raw(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stored_sums(measure_id: int) -> tuple:
    sums = func.count(), func.sum(point.c.numerator), func.sum(point.c.denominator)
    return tuple(store.execute(select(*sums).where(point.c.measure_id == measure_id)).one())


@pytest.fixture
def attendances(build, reference):
    """Import the attendances of emergency departments, the units and types made on the way."""
    path = reference / "data" / "ae_attendances.csv"
    england = build.site("England")
    measured = a_measure(
        build,
        build.organisation(),
        [build.unit("Own", below=england)],
        title="Within four hours",
        chart="i",
        direction=Direction.UP,
    )
    choices = {**MAKE, "units_below": england.id}
    arguments = {"unit": build.organisation(), "measured": measured, "mapping": AE, "filename": path.name, **choices}
    summary = imported(build, SYSTEM, sent(build, SYSTEM, path.read_bytes(), **arguments))
    again = imported(build, SYSTEM, sent(build, SYSTEM, path.read_bytes(), **arguments))
    return measured, england, summary, again, raw(path)


def test_the_attendances_of_428_series_arrive_whole_and_only_once(attendances):
    measured, england, summary, again, rows = attendances
    seen = sum(int(row["attendances"]) for row in rows)
    within = seen - sum(int(row["breaches"]) for row in rows)
    assert (summary.rows, summary.new, summary.refused, summary.series) == (12_765, 12_765, 0, 428)
    assert stored_sums(measured.id) == (12_765, within, seen)
    (told,) = summary.measures
    assert told.read == told.stored and (told.read.numerator, told.read.denominator) == (within, seen)
    assert (again.new, again.same, again.refused) == (0, 12_765, 0)
    last = date(2019, 3, 1)
    kinds = {one.title: one.id for one in strata_of(measured.id)}
    whole = store.execute(
        select(status).where(
            status.c.unit_id == england.id, status.c.measure_id == measured.id, status.c.stratum_id == kinds["type 1"]
        )
    ).one()
    wanted = [r for r in rows if r["type"] == "1" and r["period"] == last.isoformat()]
    assert whole.last_start == last.toordinal()
    assert whole.last_denominator == sum(int(row["attendances"]) for row in wanted)


def test_a_department_shows_an_xmr_chart_and_is_told_that_p_limits_would_be_too_narrow(attendances, build):
    measured = attendances[0]
    kinds = {one.title: one.id for one in strata_of(measured.id)}
    unit_id = store.scalar(
        select(point.c.unit_id)
        .where(point.c.stratum_id == kinds["type 1"])
        .group_by(point.c.unit_id)
        .order_by(func.sum(point.c.denominator).desc())
        .limit(1)
    )
    rows = own_rows(measured.id, [unit_id])[SeriesKey(unit_id, measured.id, kinds["type 1"])]
    assert len(rows) == 36
    assert analysis_of(rows, measured.definition, today=date.max).chart == "i"
    as_p = analysis_of(rows, replace(measured.definition, chart="p"), today=date.max)
    assert any("narrow" in str(notice) for notice in as_p.notices)


@pytest.fixture
def infections(build, reference):
    """Import six infections of the hospitals of one state, as observed over predicted."""
    path = reference / "data" / "cms-hai-ny-hospitals-2015.csv"
    state = build.site("New York")
    own = build.unit("Own", below=state)
    measures = [
        a_measure(
            build,
            build.organisation(),
            [own],
            begins=date(2015, 1, 1),
            title=f"Infection {number}",
            scoring=Scoring.OBSERVED_EXPECTED,
            interval=Interval.MID_P,
            frequency=Frequency.YEAR,
            direction=Direction.DOWN,
            chart="i",
            unit="",
            multiplier=1,
            codes={"cms": f"HAI_{number}"},
        )
        for number in range(1, 7)
    ]
    choices = {**MAKE, "units_below": state.id}
    batch_id = sent(
        build, SYSTEM, path.read_bytes(), unit=build.organisation(), mapping=HAI, filename=path.name, **choices
    )
    return measures, state, imported(build, SYSTEM, batch_id), raw(path)


def test_a_long_infection_file_gives_1032_ratios_with_the_sums_it_came_with(infections):
    measures, _, summary, rows = infections
    assert (summary.new, summary.refused, summary.states["missing"]) == (1_032, 0, 149)
    assert summary.not_calculated == 248 - summary.states.get("no_cases", 0)
    value = point.c.state == 0
    assert store.scalar(select(func.count()).where(value, point.c.denominator >= 1)) == 635
    for number, measured in enumerate(measures, start=1):
        observed, predicted = (_sum(rows, f"HAI_{number}_{kind}") for kind in ("NUMERATOR", "ELIGCASES"))
        _, numerator, denominator = stored_sums(measured.id)
        assert numerator == float(observed) and denominator == pytest.approx(float(predicted), abs=1e-9)
        told = next(one for one in summary.measures if one.slug == measured.slug)
        assert (told.stored.numerator, told.stored.denominator) == (observed, predicted) and told.agrees


def test_hospitals_add_up_to_their_state(infections):
    measures, state, *_ = infections
    whole = store.execute(
        select(status).where(status.c.unit_id == state.id, status.c.measure_id == measures[0].id)
    ).one()
    both = store.execute(
        select(func.sum(point.c.numerator), func.sum(point.c.denominator)).where(
            point.c.measure_id == measures[0].id, point.c.state.in_((0, 4))
        )
    ).one()
    assert whole.last_numerator == both[0] and whole.last_denominator == pytest.approx(both[1])
    assert whole.units_reporting < whole.units_expected


def _sum(rows: list[dict[str, str]], name: str) -> Decimal:
    texts = (row["Score"] for row in rows if row["Measure ID"] == name)
    return sum((Decimal(text) for text in texts if text.replace(".", "").isdecimal()), Decimal(0))
