"""Links in the database: made once, read from both ends, gone with what they led to, silent about what is hidden."""

from datetime import date

from pytest import fixture, raises
from sqlalchemy import func, select

from qitracker.foundation.db import atomic, store
from qitracker.foundation.errors import Invalid
from qitracker.foundation.permissions import Role
from qitracker.links import registry
from qitracker.links.commands import add_link, remove_link, remove_links_of
from qitracker.links.models import Link
from qitracker.links.queries import threads_of
from qitracker.links.rules import Linked, Ref
from qitracker.results.models import episode
from tests.builders.measures import a_measure, the_strata
from tests.builders.people import SYSTEM
from tests.builders.results import a_series

LOW = [*[(78, 100), (82, 100)] * 9, *[(66, 100)] * 7]
FIRST = date(2024, 3, 1)
SHEET, ROW, ACTION = Ref("sheet", "17"), Ref("row", "171"), Ref("action", "3")


def plain(kind, hidden=()):
    """Return a description of things that stand in no table here: everything may be seen but what is hidden."""

    def describe(ids, by):
        return {one: Linked(kind, one, f"{kind} {one}", f"/{kind}/{one}", "", "") for one in ids if one not in hidden}

    return describe


@fixture(autouse=True)
def kinds(monkeypatch):
    """Let worksheets, their rows and actions be known."""
    for kind in ("sheet", "row", "action"):
        monkeypatch.setitem(registry._kinds, kind, plain(kind, hidden=("99",)))


@fixture
def ward(build):
    return build.unit("Ward", below=build.site("North"))


@fixture
def series(build, ward):
    measured = a_measure(build, build.organisation(), [ward], begins=date(2016, 1, 1))
    return Ref(*a_series(build, ward, measured, LOW, first=FIRST).subject)


@fixture
def signal(ward, series):
    return Ref("episode", str(store.scalar(select(episode.c.id).where(episode.c.unit_id == ward.id))))


def link(start, end, role):
    with atomic():
        return add_link(by=SYSTEM, start=start, end=end, role=role)


def ends(hops):
    return [(hop.linked.kind, hop.linked.id, hop.role, hop.forward) for hop in hops]


def test_a_link_made_twice_stands_once():
    first = link(SHEET, Ref("series", "1/2/0"), "studies")
    assert link(SHEET, Ref("series", "1/2/0"), "studies") == first
    assert store.scalar(select(func.count()).select_from(Link)) == 1


def test_a_link_that_makes_no_sense_is_refused_and_not_stored():
    with raises(Invalid):
        link(ROW, SHEET, "answers")
    assert store.scalar(select(func.count()).select_from(Link)) == 0


def test_a_link_is_read_from_both_ends(signal):
    link(SHEET, signal, "answers")
    found = threads_of([SHEET, signal], SYSTEM)
    assert ends(found[SHEET]) == [("episode", signal.id, "answers", True)]
    assert ends(found[signal]) == [("sheet", "17", "answers", False)]


def test_a_link_that_is_taken_away_is_gone_and_the_others_stay(signal, series):
    link(SHEET, signal, "answers")
    link(SHEET, series, "studies")
    with atomic():
        remove_link(by=SYSTEM, start=SHEET, end=signal, role="answers")
    assert ends(threads_of([SHEET], SYSTEM)[SHEET]) == [("series", series.id, "studies", True)]


def test_with_a_thing_go_all_links_that_begin_or_end_at_it(signal, series):
    link(SHEET, signal, "answers")
    link(ACTION, series, "judged_by")
    link(ACTION, ROW, "answers")
    with atomic():
        remove_links_of(ACTION)
    rest = store.execute(select(Link.from_kind, Link.to_kind)).all()
    assert [tuple(row) for row in rest] == [("sheet", "episode")]


def test_series_and_episodes_say_what_they_are_and_where_they_are_read(ward, series, signal):
    link(SHEET, signal, "answers")
    link(SHEET, series, "studies")
    of_signal, of_series = (hop.linked for hop in threads_of([SHEET], SYSTEM)[SHEET])
    assert (of_signal.title, str(of_signal.words), of_signal.state) == (
        "Pain assessed, Ward",
        "Lower since September 2025",
        "worse",
    )
    assert of_signal.url == of_series.url == "/measures/pain-assessed/units/ward"
    assert of_series.title == "Pain assessed, Ward"


def test_a_part_of_a_measure_is_named_and_found_by_its_address(build, ward):
    measured = a_measure(build, build.organisation(), [ward], begins=FIRST, title="Seen", strata=("By day", "At night"))
    night = the_strata(build, measured)[1]
    key = a_series(build, ward, measured, [(78, 100)] * 3, stratum_id=night.id)
    link(SHEET, Ref(*key.subject), "studies")
    (hop,) = threads_of([SHEET], SYSTEM)[SHEET]
    assert hop.linked.title == "Seen, At night, Ward"
    assert hop.linked.url == f"/measures/seen/units/ward?stratum={night.code}"


def test_what_a_reader_may_not_see_is_absent(build, ward, series, signal):
    link(SHEET, signal, "answers")
    link(SHEET, series, "studies")
    link(Ref("sheet", "99"), series, "studies")
    beyond = build.person(Role.QUALITY_OFFICER, build.site("South")).actor
    within = build.person(Role.LEADER, ward).actor
    assert threads_of([SHEET], beyond)[SHEET] == ()
    assert len(threads_of([SHEET], within)[SHEET]) == 2
    assert ends(threads_of([series], within)[series]) == [("sheet", "17", "studies", False)]


def test_ids_that_name_nothing_lead_nowhere():
    for end in ("1/2/3", "x", "9999999999999/1/1"):
        link(SHEET, Ref("series", end), "studies")
    link(SHEET, Ref("episode", "no number"), "answers")
    link(SHEET, Ref("episode", "123456"), "answers")
    assert threads_of([SHEET], SYSTEM)[SHEET] == ()
