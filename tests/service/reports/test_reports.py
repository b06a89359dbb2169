"""A report from the wish to the stored PDF: made once, from kept data, in the right hands only."""

from dataclasses import replace
from datetime import UTC, date, datetime

from flask import current_app
from pytest import raises
from sqlalchemy import update

from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid, NotAllowed, NotFound
from qitracker.foundation.permissions import Role
from qitracker.jobs import worker
from qitracker.jobs.queries import job_view
from qitracker.jobs.registry import Cancelled
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, Statistic
from qitracker.measures.queries import strata_of
from qitracker.measures.rules import Interval, Scoring
from qitracker.people.models import Unit
from qitracker.reports import commands, queries
from qitracker.reports.jobs import make_report
from qitracker.reports.kinds.measures import MeasuresReport
from qitracker.reports.rendering.pages import pages_of, to_pdf
from qitracker.reports.rules import Wanted, Wish
from qitracker.reports.shelf import folder
from tests.builders.measures import a_benchmark, a_measure, a_target
from tests.builders.reports import FIRST, LAST, Worker, a_report, a_reported_measure, asked
from tests.builders.results import a_series


def ward(build):
    site = build.site("North")
    place = build.unit("Ward", below=site)
    return place, a_reported_measure(build, build.organisation(), [place], title="Pain assessed in A&E")


def pdfs():
    return sorted(folder(current_app.extensions["settings"]).glob("*.pdf"))


def snapshot(report_id: int) -> MeasuresReport:
    return MeasuresReport.from_json(queries.snapshot_of(report_id))


def test_a_wish_becomes_a_job_and_the_job_a_stored_pdf(build):
    place, measured = ward(build)
    by = build.officer(place)
    job_id = commands.ask_for_report(by=by, unit_id=place.id, wish=Wish((Wanted(measured.id),), FIRST, LAST))
    worker.use_actor_source(lambda user_id: by)
    worker.run(job_id)
    done = job_view(by=by, job_id=job_id)
    assert (done.state, done.problem) == ("done", "")
    view = queries.report_view(done.result["report_id"], by=by)
    (file,) = pdfs()
    assert file.name == view.file_name and file.read_bytes().startswith(b"%PDF") and file.stat().st_size == view.size


def test_the_pdf_can_be_made_again_from_its_data_to_the_last_byte(build):
    place, measured = ward(build)
    report_id = a_report(build, build.officer(place), place, [measured])
    again = to_pdf(snapshot(report_id), templates=current_app.jinja_env)
    assert pdfs()[0].read_bytes() == again


def test_a_wish_from_before_an_update_fails_with_a_sentence(build):
    place, measured = ward(build)
    old = {**asked(place, [measured]), "measure_ids": [measured.id]}
    del old["wanted"]
    with raises(Invalid, match="Ask for it again"):
        make_report(Worker(), build.officer(place), **old)


def test_a_target_keeps_the_decimals_it_was_given_in_beside_coarser_results(build):
    place, measured = ward(build)
    a_benchmark(build, measured, a_target(78.25, effective_from=date(2025, 6, 1), source="New board"))
    peers = Benchmark(BenchmarkKind.PEER, "Rivers network", FIRST, statistic=Statistic.MEAN, value=81.125)
    a_benchmark(build, measured, replace(peers, population="9 wards", data_period="2025"))
    made = snapshot(a_report(build, build.officer(place), place, [measured]))
    part = made.measures[0]
    assert part.decimals == 1 and "78.25" in part.target_words and "78.25" in part.alt and "81.125" in part.against[0]
    pages = pages_of(made, templates=current_app.jinja_env)
    assert "78.25\N{NO-BREAK SPACE}%" in pages.html and "81.125\N{NO-BREAK SPACE}%" in pages.html
    drawn = pages.charts["chart-1"].decode()
    assert "target 78.25" in drawn and "peers 81.125" in drawn


def test_what_lies_behind_the_latest_value_is_told_as_its_chart_tells_it(build):
    place = build.unit("Ward", below=build.site("North"))
    ratio = {"scoring": Scoring.OBSERVED_EXPECTED, "interval": Interval.MID_P, "multiplier": 1, "unit": ""}
    expected = a_measure(build, build.organisation(), [place], begins=FIRST, chart="u", decimals=2, **ratio)
    a_series(build, place, expected, [(8.0, 16.25)] * 12, first=FIRST)
    made = snapshot(a_report(build, build.officer(place), place, [expected]))
    assert "0.49 (8, expected 16.25)" in made.lead
    drawn = pages_of(made, templates=current_app.jinja_env).charts["chart-1"].decode()
    assert ">n<" not in drawn


def test_moments_are_written_in_the_time_zone_of_the_unit(build):
    place, measured = ward(build)
    with atomic():
        store.execute(update(Unit).where(Unit.id == place.id).values(timezone="Asia/Tokyo"))
    made = snapshot(a_report(build, build.officer(place), place, [measured]))
    assert made.timezone == "Asia/Tokyo"
    made = replace(made, made_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert "2 Mar 2026, 08:30 JST" in pages_of(made, templates=current_app.jinja_env).html


def test_a_report_keeps_what_was_true_when_it_was_made(build):
    place, measured = ward(build)
    report_id = a_report(build, build.officer(place), place, [measured])
    before = snapshot(report_id)
    a_benchmark(build, measured, a_target(95.0, effective_from=date(2025, 6, 1), source="New board"))
    assert snapshot(report_id) == before
    assert before.measures[0].target.value == 90.0


def test_its_numbers_are_those_of_the_measure_and_its_words_name_target_and_source(build):
    place, measured = ward(build)
    part = snapshot(a_report(build, build.officer(place), place, [measured])).measures[0]
    assert len(part.rows) == 36 and part.rows[0].start == FIRST
    assert all(row.value == row.numerator / row.denominator * 100 for row in part.rows)
    assert part.benchmarks[0].source == "Board & council"
    assert part.benchmarks[0].gap == part.latest.value - 90.0
    assert "90" in part.target_words and part.alt and part.caption


def test_only_periods_of_the_wish_are_in_it(build):
    place, measured = ward(build)
    with build._inside():
        done = make_report(
            Worker(), build.officer(place), **asked(place, [measured], first="2025-01-01", last="2025-06-30")
        )
    rows = snapshot(done["report_id"]).measures[0].rows
    assert [row.start for row in rows] == [date(2025, month, 1) for month in range(1, 7)]


def test_a_measure_without_results_says_so_and_keeps_the_others(build):
    place, measured = ward(build)
    empty = a_measure(build, build.organisation(), [place], title="Hand hygiene")
    made = snapshot(a_report(build, build.officer(place), place, [measured, empty]))
    assert [bool(part.empty_reason) for part in made.measures] == [False, True]
    assert made.not_included == ("Hand hygiene: no results in this period.",)


def test_a_part_of_a_measure_has_its_own_page_beside_the_whole_and_is_named_everywhere(build):
    place = build.unit("Ward", below=build.site("North"))
    measured = a_measure(build, build.organisation(), [place], title="Hand hygiene", begins=FIRST, strata=("Nurses",))
    (nurses,) = strata_of(measured.id)
    a_series(build, place, measured, [(80.0, 100.0)] * 12, first=FIRST)
    a_series(build, place, measured, [(45.0, 60.0)] * 12, first=FIRST, stratum_id=nurses.id)
    by = build.officer(place)
    both = [one.wanted.sign for one in queries.offered_in(place, by=by)]
    assert both == [str(measured.id), f"{measured.id}:nurses"]
    made = snapshot(make_report(Worker(), by, **asked(place, [], wanted=both))["report_id"])
    assert [part.full_name for part in made.measures] == ["Hand hygiene", "Hand hygiene, Nurses"]
    assert [part.rows[0].denominator for part in made.measures] == [100.0, 60.0]
    assert "Hand hygiene, Nurses" in made.measures[1].headline and "Nurses" in made.measures[1].alt


def test_the_lead_counts_one_and_several_in_their_own_words(build):
    place, measured = ward(build)
    few = a_measure(build, build.organisation(), [place], title="Few", begins=FIRST)
    a_series(build, place, few, [(80.0, 100.0)] * 3, first=FIRST)
    empty = a_measure(build, build.organisation(), [place], title="Empty", begins=FIRST)
    lead = snapshot(a_report(build, build.officer(place), place, [measured, few, empty])).lead
    assert lead == "Of 3 measures, 1 varies as usual, 1 is too early to call and 1 has no results."


def test_a_measure_that_is_collected_nowhere_any_more_leaves_nothing_to_report(build):
    _, measured = ward(build)
    other = build.unit("Other", below=build.site("South"))
    with raises(NotFound, match="Ask for another report"):
        make_report(Worker(), build.officer(other), **asked(other, [measured]))


def test_a_site_reports_the_sum_of_its_wards(build):
    site = build.site("North")
    wards = [build.unit(name, below=site) for name in ("One", "Two")]
    measured = a_reported_measure(build, build.organisation(), wards, title="Falls")
    part = snapshot(a_report(build, build.officer(site), site, [measured])).measures[0]
    assert {row.denominator for row in part.rows} == {200.0}


def test_a_job_done_twice_makes_one_report(build):
    place, measured = ward(build)
    by = build.officer(place)
    assert a_report(build, by, place, [measured]) == a_report(build, by, place, [measured])
    assert len(queries.report_list(by=by)) == len(pdfs()) == 1


def test_a_job_called_off_leaves_no_report_and_no_file(build):
    place, measured = ward(build)
    with raises(Cancelled):
        make_report(Worker(cancel_at=1), build.officer(place), **asked(place, [measured]))
    assert queries.report_list(by=build.officer(place)) == () and pdfs() == []


def test_progress_is_told_measure_by_measure(build):
    place, measured = ward(build)
    told = Worker()
    make_report(told, build.officer(place), **asked(place, [measured]))
    assert told.told == [(0, 2), (1, 2)]


def test_rights_lost_between_wish_and_work_stop_the_work(build):
    place, measured = ward(build)
    with raises(NotAllowed):
        make_report(Worker(), build.actor(Role.TEAM_MEMBER, place), **asked(place, [measured]))
    with raises(NotFound):
        make_report(Worker(), build.officer(build.unit("Elsewhere")), **asked(place, [measured]))
    assert pdfs() == []


def test_a_wish_that_cannot_be_met_says_why_beside_each_field(build):
    place, measured = ward(build)
    elsewhere = a_measure(build, build.organisation(), [build.unit("Elsewhere")], title="Other")
    by, wish = build.officer(place), Wish((Wanted(measured.id),), FIRST, LAST)
    for field, wrong in {
        "measures": replace(wish, wanted=(Wanted(elsewhere.id),)),
        "last": replace(wish, last=date(2022, 1, 1)),
        "paper": replace(wish, paper="a9"),
    }.items():
        with raises(Invalid) as refusal:
            commands.ask_for_report(by=by, unit_id=place.id, wish=wrong)
        assert set(refusal.value.fields) == {field}
    with raises(Invalid, match="Choose at least one measure"):
        commands.ask_for_report(by=by, unit_id=place.id, wish=replace(wish, wanted=()))


def test_a_deleted_report_takes_its_file_and_its_data_with_it(build):
    place, measured = ward(build)
    by = build.officer(place)
    report_id = a_report(build, by, place, [measured])
    commands.delete_report(by=by, report_id=report_id, folder=folder(current_app.extensions["settings"]))
    assert pdfs() == []
    with raises(NotFound):
        queries.report_view(report_id, by=by)
