"""Pages of what a measure is held against: the list, a new figure, a changed one, one taken away."""

from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.actor import Actor, Place
from qitracker.foundation.periods import next_period, period_of
from qitracker.foundation.permissions import Permission
from qitracker.foundation.words import say
from qitracker.measures import commands
from qitracker.measures.benchmark_rules import BENCHMARK_KIND_TITLES, STATISTIC_TITLES
from qitracker.measures.forms.benchmark import BenchmarkForm, benchmark_as_typed
from qitracker.measures.forms.units import SeenForm, seen
from qitracker.measures.queries import Measured, visible_measure
from qitracker.measures.queries.choosing import benchmark_units, place_where_defined
from qitracker.measures.queries.compared import PlacedBenchmark, stored_benchmarks, visible_benchmark
from qitracker.measures.queries.detail import benchmark_page
from qitracker.measures.views.blueprint import bp
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on
from qitracker.web.installation import settings, today

TITLES = {"kinds": BENCHMARK_KIND_TITLES, "statistics": STATISTIC_TITLES}


@bp.get("/<slug>/benchmarks")
def benchmarks(slug: str) -> str:
    """Show what a measure is held against, with sources and dates."""
    return render_template(
        "measures/benchmarks.html", page=benchmark_page(by=current_actor(), slug=slug, today=today()), **TITLES
    )


@bp.route("/<slug>/benchmarks/new", methods=["GET", "POST"])
def new_benchmark(slug: str) -> ResponseReturnValue:
    """Add a figure to compare with."""
    by = current_actor()
    measured = visible_measure(slug, by=by)
    place = place_where_defined(measured)
    form = BenchmarkForm()
    everywhere = by.may(Permission.BENCHMARK_SET, on=place)
    units = benchmark_units(by, measured, today=today())
    form.offer(units, everywhere=everywhere)
    if not (everywhere or units):
        by.must(Permission.BENCHMARK_SET, on=place)
    if not form.is_submitted():
        form.effective_from.data = _first_day(measured)

    def deed() -> str:
        commands.add_benchmark(by=by, measure_id=measured.id, benchmark=form.benchmark())
        return url_for("measures.benchmarks", slug=slug)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(address, say("The figure is saved. Charts show it where it holds.")),
        page=lambda: render_template("measures/benchmark.html", form=form, measured=measured, stored=None),
    )


@bp.route("/<slug>/benchmarks/<int:benchmark_id>", methods=["GET", "POST"])
def benchmark(slug: str, benchmark_id: int) -> ResponseReturnValue:
    """Correct a figure to compare with."""
    by = current_actor()
    measured, place, found = _changeable(by, slug, benchmark_id)
    stored = found.stored
    form = BenchmarkForm(data=benchmark_as_typed(stored.benchmark, stored.version))
    everywhere = by.may(Permission.BENCHMARK_SET, on=place)
    kept = (found.place.id, found.place.name) if found.place else None
    form.offer(benchmark_units(by, measured, today=today()), everywhere=everywhere, kept=kept)

    def deed() -> str:
        commands.change_benchmark(
            by=by, measure_id=measured.id, benchmark_id=benchmark_id, benchmark=form.benchmark(), version=seen(form)
        )
        return url_for("measures.benchmarks", slug=slug)

    return answer(
        form,
        deed=deed,
        then=lambda address: go_on(address, say("The figure is saved. Charts show it where it holds.")),
        page=lambda: render_template("measures/benchmark.html", form=form, measured=measured, stored=stored),
    )


@bp.post("/<slug>/benchmarks/<int:benchmark_id>/take-away")
def take_away(slug: str, benchmark_id: int) -> ResponseReturnValue:
    """Take a figure away; the history of the measure keeps it."""
    by = current_actor()
    measured, _place, _found = _changeable(by, slug, benchmark_id)
    commands.retire_benchmark(by=by, measure_id=measured.id, benchmark_id=benchmark_id, version=seen(SeenForm()))
    return go_on(url_for("measures.benchmarks", slug=slug), say("The figure is taken away."))


def _first_day(measured: Measured) -> date:
    """Return when a new figure holds from: the next period, for the running one began under the old figure.

    The first figure of a measure holds for all its results, so that it is seen against something at once.
    """
    if not stored_benchmarks(measured.id):
        return measured.versions[0].effective_from
    frequency = measured.definition.frequency
    return next_period(period_of(today(), frequency, fiscal_start=settings().fiscal_year_starts), frequency)


def _changeable(by: Actor, slug: str, benchmark_id: int) -> tuple[Measured, Place, PlacedBenchmark]:
    """Return a benchmark the reader may change. Raises NotFound, NotAllowed."""
    measured = visible_measure(slug, by=by)
    place = place_where_defined(measured)
    found = visible_benchmark(benchmark_id, measure_id=measured.id, by=by)
    by.must(Permission.BENCHMARK_SET, on=found.place or place)
    return measured, place, found
