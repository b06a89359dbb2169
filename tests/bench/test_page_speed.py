"""The measure page with 36 points, against a bare page of 50 rows on the same server; and a chart that is kept."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event, select

from qitracker.charts.cache import ChartCache
from qitracker.charts.request import ChartRequest
from qitracker.foundation.config import Settings
from qitracker.foundation.db import db
from qitracker.foundation.permissions import Role
from qitracker.results.models import point
from qitracker.results.series import Row, analysis_of
from qitracker.spc.analysis import State
from tests.bench.timing import best, measured, tell
from tests.builders.measures import a_definition, a_measure
from tests.builders.results import a_series

POINTS, ROWS, TURNS, MOST = 36, 50, 40, 3.0
FIRST = date(2023, 1, 1)
BARE = """<!doctype html><title>Bare</title><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"""


@pytest.fixture
def settings(tmp_path, database) -> Settings:
    """Return the settings of an installation as it is served to people."""
    return Settings(instance=tmp_path, database=database, log_level="error")


@pytest.fixture
def page(build) -> tuple[str, FlaskClient]:
    """Return the address of a measure page with 36 points, and a browser of somebody who may read it."""
    ward, other = build.unit("Ward"), build.unit("Other")
    found = a_measure(build, build.organisation(), [ward, other], begins=FIRST)
    a_series(build, ward, found, [(60 + at % 9, 80 + at) for at in range(POINTS)], first=FIRST)
    a_series(build, other, found, [(60, 80)] * ROWS, first=date(2020, 1, 1))
    return f"/measures/{found.slug}/units/ward", build.signed_in(build.person(Role.LEADER))


@pytest.fixture
def bare(settings) -> FlaskClient:
    """Return a browser on a Flask application that reads 50 rows through SQLAlchemy Core and shows them."""
    app, engine = Flask("bare"), create_engine(settings.database_url)

    @app.get("/")
    def show() -> str:
        with engine.connect() as connection:
            rows = connection.execute(select(point).limit(ROWS)).all()
        return render_template_string(BARE, rows=rows)

    return app.test_client()


def times(deed: Callable[[], object], turns: int = TURNS):  # type: ignore[no-untyped-def]
    """Return the best of some turns, after a few that warm up."""
    for _ in range(5):
        deed()
    return best([measured(deed) for _ in range(turns)])


def test_a_measure_page_takes_a_fixed_number_of_statements_and_at_most_three_times_a_bare_page(app, page, bare):
    path, browser = page
    statements: list[str] = []
    assert browser.get(path).status_code == 200  # draws the chart
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    assert browser.get(path).status_code == 200
    print(f"\nStatements of a measure page with {POINTS} points: {len(statements)}")
    first = len(statements)
    browser.get(path)
    assert len(statements) == 2 * first
    shown = bare.get("/")
    assert shown.text.count("<tr>") == ROWS
    without, with_us = times(lambda: bare.get("/")), times(lambda: browser.get(path))
    tell("Pages, warm, best of many", [(f"bare page of {ROWS} rows", without), ("measure page", with_us)])
    assert with_us.work <= MOST * without.work


def test_a_chart_that_is_kept_comes_in_a_millisecond(tmp_path):
    rows = [Row(date(2023 + at // 12, at % 12 + 1, 1), State.VALUE, 60 + at % 9, 80 + at) for at in range(POINTS)]
    analysis = analysis_of(rows, a_definition(), today=date.max)

    request = ChartRequest(ident="c", title="Pain assessed", description="A chart", unit="%")
    cache = ChartCache(tmp_path)
    drawn = measured(lambda: cache.chart(analysis, request))
    kept = times(lambda: cache.chart(analysis, request), turns=200)
    tell("A chart of 36 points", [("kept", kept), ("drawn anew", drawn)])
    assert kept.work <= 0.001
