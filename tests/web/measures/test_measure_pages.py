"""The pages of measures as a person uses them: find, adopt, define, change, choose units, retire."""

from datetime import date

import pytest

from qitracker.measures.commands import hooks
from qitracker.measures.rules import Frequency, Scoring
from tests.builders.measures import a_measure, a_retired_measure, an_adopted_measure, as_it_stands, the_strata
from tests.builders.results import a_series
from tests.web.browsing import heading, send, words

NEW = {
    "title": "Pain assessed",
    "domain": "Safety",
    "kind": "process",
    "scoring": "proportion",
    "numerator": "Patients whose pain was assessed.",
    "denominator": "All patients on the ward.",
    "direction": "up",
    "unit": "%",
    "frequency": "month",
    "rule_set": "mdc",
    "begins": "2026-03-01",
}

MEDIAN = {"scoring": Scoring.MEDIAN, "denominator": "", "unit": "days", "multiplier": 1.0, "chart": "i"}


@pytest.fixture
def ward(build):
    return build.unit("Ward 1")


@pytest.fixture
def officer(build, ward):
    return build.signed_in(build.person("quality_officer"))


def defined(officer, ward, build, **changes):
    fields = {**NEW, "at": str(build.organisation().id), "units": [str(ward.id)], **changes}
    return send(officer, "/measures/new", **{name: value for name, value in fields.items() if value is not None})


def test_an_empty_list_leads_an_officer_to_the_library_and_a_reader_too(build, officer, ward):
    assert "Open the library" in words(officer.get("/measures"))
    assert heading(officer.get("/measures")) == "No measure is in use yet."
    assert "Look into the library" in words(build.signed_in(build.person("leader", ward)).get("/measures"))


def test_the_library_is_searched_and_says_what_is_in_use(build, officer, ward):
    an_adopted_measure(build, "hand-hygiene", ward, [ward])
    page = officer.get("/measures/library?search=hand+hygiene")
    assert "1 of 39 ready-made measures match." in words(page)
    assert "Ward 1" in words(page)
    assert "No ready-made measure matches." in words(officer.get("/measures/library?search=zebra"))


def test_a_measure_is_adopted_by_choosing_its_units(build, officer, ward):
    answer = send(
        officer,
        "/measures/library/cauti-rate",
        at=str(build.organisation().id),
        units=[str(ward.id)],
        begins="2026-03-01",
        owner="",
    )
    assert answer.status_code == 303
    page = officer.get(answer.location)
    assert heading(page) == "Urinary infections with a catheter (CAUTI): one of your units collects it."
    assert "is in use." in words(page)
    again = officer.get("/measures/library/cauti-rate")
    assert "In use:" in words(again)


def test_a_measure_may_begin_without_a_unit_and_says_how_it_comes_to_one(build, officer, ward):
    fields = {"at": str(build.organisation().id), "begins": "2026-03-01", "owner": ""}
    assert "None is fine for now: an import can add them" in words(officer.get("/measures/library/cauti-rate"))
    answer = send(officer, "/measures/library/cauti-rate", **fields)
    assert answer.status_code == 303
    page = officer.get(answer.location)
    assert "Choose the units that record it, or import results: an import can let units begin" in words(page)
    units = f"{answer.location.removesuffix('/definition')}/units"
    assert send(officer, units, units=[str(ward.id)], day="2026-03-01").status_code == 303
    assert "one of your units collects it" in heading(officer.get(answer.location))


def test_taking_the_last_unit_away_is_refused_and_keeps_what_was_typed(build, officer, ward):
    fields = {"at": str(build.organisation().id), "units": [str(ward.id)], "begins": "2026-03-01", "owner": ""}
    there = send(officer, "/measures/library/cauti-rate", **fields).location
    answer = send(officer, f"{there.removesuffix('/definition')}/units", units=[], day="2026-04-01")
    assert answer.status_code == 422
    assert "No unit is chosen. Choose at least one that collects this measure." in words(answer)
    assert 'value="2026-04-01"' in answer.text
    assert 'href="#units"' in answer.text and 'id="units"' in answer.text


def test_adopting_twice_by_a_double_click_is_refused_in_words(build, officer, ward):
    fields = {"at": str(ward.id), "units": [str(ward.id)], "begins": "2026-03-01", "owner": ""}
    assert send(officer, "/measures/library/cauti-rate", **fields).status_code == 303
    answer = send(officer, "/measures/library/cauti-rate", **fields)
    assert answer.status_code == 422
    assert "Ward 1 uses it already. Add units to it instead." in words(answer)


def test_a_new_measure_is_defined_with_the_usual_multiplier_and_chart(build, officer, ward):
    answer = defined(officer, ward, build)
    assert answer.status_code == 303
    page = words(officer.get(answer.location))
    assert "Proportion (P) chart" in page and "Multiplier 100" in page
    assert "Patients whose pain was assessed." in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": None}, "A measure needs a title."),
        ({"title": "x" * 10_000}, "This has 10,000 characters. Use at most 160."),
        ({"scoring": None}, "Choose how the value is made."),
        ({"scoring": "magic"}, "This is not one of the choices."),
        ({"denominator": ""}, "This scoring needs a denominator."),
        ({"multiplier": "1e400"}, "is too large"),
        ({"multiplier": "-1"}, "The multiplier must be above 0"),
        ({"decimals": "many"}, "“many” is not a number."),
        ({"decimals": "1.5"}, "Enter a whole number."),
        ({"frequency": "event"}, "Only time or cases between events"),
        ({"scoring": "observed_expected", "multiplier": "1"}, "Choose how the interval is calculated"),
        ({"strata": "Day\nDay"}, "Two strata have the same name."),
        ({"chart": "c"}, "This chart does not fit the scoring."),
        ({"begins": "2026-02-29"}, "There is no such day."),
        ({"units": ["999"]}, "This is not one of the choices."),
        ({"at": "999"}, "This is not one of the choices."),
        ({"plausible_low": "9", "plausible_high": "1"}, "The usual values end below where they begin."),
        ({"domain": "   "}, "Say under which heading it stands"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_the_rest_is_kept(build, officer, ward, changes, said):
    answer = defined(officer, ward, build, rationale="Kept as typed.", **changes)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Kept as typed." in answer.text
    assert 'role="alert"' in answer.text
    assert heading(officer.get("/measures")) == "No measure is in use yet."


def test_everything_that_is_missing_is_told_above_with_a_way_to_each_field(build, officer, ward):
    missing = dict.fromkeys(("title", "domain", "numerator", "scoring", "direction"))
    page = defined(officer, ward, build, **missing).text
    summary = page[page.index('role="alert"') : page.index("</ul>", page.index('role="alert"'))]
    for place in ("#title", "#domain", "#numerator", "#scoring-0", "#direction-0"):
        assert f'href="{place}"' in summary


SCRIPT = '<script>alert("x")</script>{{7*7}}{0}'


def test_a_script_in_every_field_is_shown_as_text(build, officer, ward):
    texts = dict.fromkeys(
        ("title", "rationale", "numerator", "denominator", "exclusions", "sampling", "source"), SCRIPT
    )
    texts |= {"references": SCRIPT, "strata": SCRIPT, "local": SCRIPT, "unit": "<b>%</b>", "domain": SCRIPT}
    answer = defined(officer, ward, build, **texts, numerator_label="<i>n</i>", denominator_label="<i>d</i>")
    assert answer.status_code == 303
    for path in (
        answer.location,
        "/measures",
        "/measures?search=script",
        answer.location.replace("definition", "edit"),
    ):
        page = officer.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "<b>%" not in page.text
        assert "&lt;script&gt;" in page.text


def test_wording_is_saved_at_once_and_a_changed_meaning_asks_first(build, officer, ward, monkeypatch):
    measured = a_measure(build, ward, [ward])
    monkeypatch.setattr(hooks, "_last_recorded", [lambda _measure, _version: date(2026, 5, 1)])
    path = f"/measures/{measured.slug}/edit"
    fields = {**NEW, "multiplier": "100", "decimals": "1", "due_days": "10", "chart": "p"}
    assert send(officer, path, **fields, rationale="Pain delays recovery.").status_code == 303
    asked = send(officer, path, **fields, exclusions="Day patients.")
    assert asked.status_code == 422
    assert heading(asked) == "This change begins version 2 of Pain assessed."
    assert "Day patients." in asked.text
    assert len(as_it_stands(build, measured).versions) == 1
    refused = send(officer, path, **fields, exclusions="Day patients.", asked="1")
    assert "Say why, for those who read the chart later." in words(refused)
    turn = {"asked": "1", "reason": "Counted apart now", "effective_from": "2027-01-01"}
    done = send(officer, path, **fields, exclusions="Day patients.", **turn)
    assert done.status_code == 303
    page = words(officer.get(f"/measures/{measured.slug}/definition"))
    assert "Version 2, from 1 Jan 2027" in page and "Counted apart now" in page


def test_a_definition_changed_by_somebody_else_meanwhile_is_not_overwritten(build, officer, ward):
    measured = a_measure(build, ward, [ward])
    fields = {**NEW, "multiplier": "100", "decimals": "1", "due_days": "10", "chart": "p"}
    path = f"/measures/{measured.slug}/edit"
    assert send(officer, path, **fields, seen="1").status_code == 303
    answer = send(officer, path, **fields, rationale="My words.", seen="1")
    assert answer.status_code == 409
    assert "Somebody else changed this measure meanwhile." in words(answer)
    assert "My words." in answer.text
    assert send(officer, path, **fields, seen="not a number").status_code == 409


def test_units_are_chosen_and_left_out(build, officer, ward):
    other = build.unit("Ward 2")
    measured = a_measure(build, build.organisation(), [ward])
    path = f"/measures/{measured.slug}/units"
    assert send(officer, path, units=[str(other.id)], day="2026-06-10").status_code == 303
    page = words(officer.get(f"/measures/{measured.slug}/definition"))
    assert "until 31 May 2026" in page and "since 1 Jun 2026" in page
    answer = send(officer, path, day="2026-07-01")
    assert answer.status_code == 422
    assert "Choose at least one" in words(answer)


def test_a_measure_is_retired_with_a_reason_and_taken_back(build, officer, ward):
    measured = a_measure(build, ward, [ward])
    path = f"/measures/{measured.slug}"
    assert send(officer, f"{path}/retire", reason="").status_code == 422
    assert send(officer, f"{path}/retire", reason="Replaced by another").status_code == 303
    page = officer.get(f"{path}/definition")
    assert "Replaced by another" in words(page)
    assert send(officer, f"{path}/restore").status_code == 303
    assert "Retired on" not in words(officer.get(f"{path}/definition"))


def test_a_retired_measure_stands_in_a_list_of_its_own(build, officer, ward):
    a_measure(build, ward, [ward])
    a_retired_measure(build, ward, [ward])
    assert "Given up" not in words(officer.get("/measures"))
    assert "Given up" in words(officer.get("/measures?retired=1"))


def test_a_stratum_is_renamed_and_people_are_named(build, officer, ward):
    measured = a_measure(build, ward, [ward], strata=("Day", "Night"))
    nurse = build.person("team_member", ward, name="Ann Reed")
    path = f"/measures/{measured.slug}"
    night = the_strata(build, measured)[1]
    assert send(officer, f"{path}/strata/{night.id}", title="By night").status_code == 303
    assert send(officer, f"{path}/owner", person=str(nurse.id)).status_code == 303
    assert send(officer, f"{path}/units/ward-1/responsible", person=str(nurse.id)).status_code == 303
    page = words(officer.get(f"{path}/definition"))
    assert "By night" in page and page.count("Ann Reed") >= 2
    assert send(officer, f"{path}/owner", person="99999").status_code == 422


def test_the_address_of_a_measure_leads_to_a_unit_of_the_reader_or_to_the_definition(build, officer, ward):
    other = build.unit("Ward 2")
    measured = a_measure(build, build.organisation(), [ward])
    assert officer.get(f"/measures/{measured.slug}").location == f"/measures/{measured.slug}/units/ward-1"
    elsewhere = build.signed_in(build.person("leader", other))
    assert elsewhere.get(f"/measures/{measured.slug}").location == f"/measures/{measured.slug}/definition"
    assert "A quality officer chooses the units." in words(elsewhere.get(f"/measures/{measured.slug}/definition"))


def test_the_address_of_a_measure_opens_the_readers_own_unit_else_the_topmost_with_results(build, officer, ward):
    empty, full, beside = (build.unit(name) for name in ("Ward 2", "Ward 3", "Ward 4"))
    measured = a_measure(build, build.organisation(), [ward, empty, full, beside])
    a_series(build, full, measured, [(4, 10)])
    a_series(build, beside, measured, [(4, 10)])
    path = f"/measures/{measured.slug}"
    assert officer.get(path).location == f"{path}/units/alder-health"
    assert build.signed_in(build.person("leader", beside)).get(path).location == f"{path}/units/ward-4"
    assert build.signed_in(build.person("leader", empty)).get(path).location == f"{path}/units/ward-2"


def test_a_measure_that_does_not_add_up_opens_in_a_unit_that_has_results(build, officer, ward):
    full = build.unit("Ward 2")
    measured = a_measure(build, build.organisation(), [ward, full], **MEDIAN)
    a_series(build, full, measured, [(4, 1)])
    assert officer.get(f"/measures/{measured.slug}").location == f"/measures/{measured.slug}/units/ward-2"


@pytest.mark.parametrize(("frequency", "word"), [("month", "month"), ("quarter", "quarter"), ("day", "day")])
def test_a_new_measure_offers_to_record_its_first_period_until_there_is_one(build, officer, ward, frequency, word):
    measured = a_measure(build, build.organisation(), [ward], frequency=Frequency(frequency))
    path = f"/measures/{measured.slug}/definition"
    page = officer.get(path)
    assert f"Record the first {word}" in words(page)
    assert f'href="/measures/{measured.slug}/units/ward-1#enter"' in page.text
    assert "Record the first" not in words(build.signed_in(build.person("leader", ward)).get(path))
    a_series(build, ward, measured, [(4, 10)])
    assert "Record the first" not in words(officer.get(path))


def test_wards_that_share_a_name_are_told_apart_by_what_stands_above_them(build, officer):
    wards = [build.unit("Ward 4", below=build.site(name)) for name in ("North", "South")]
    measured = a_measure(build, build.organisation(), wards)
    page = words(officer.get(f"/measures/{measured.slug}/definition"))
    assert "North · since 1 Jan 2026" in page and "South · since 1 Jan 2026" in page


def test_those_who_only_read_see_no_way_to_change(build, ward):
    measured = a_measure(build, ward, [ward])
    reader = build.signed_in(build.person("leader", ward))
    page = reader.get(f"/measures/{measured.slug}/definition")
    assert "/edit" not in page.text and "/retire" not in page.text
    assert "Quality officers define measures." in words(reader.get("/measures/new"))
    assert "Quality officers take measures into use." in words(reader.get("/measures/library/cauti-rate"))


STRANGE = ("?kind=magic&area=%27--", "?search=" + "x" * 3000, "?domain=%3Cscript%3E", "?search=😀")


@pytest.mark.parametrize("query", STRANGE)
def test_strange_filters_find_nothing_or_everything_and_break_nothing(build, officer, ward, query):
    a_measure(build, ward, [ward])
    for path in ("/measures", "/measures/library"):
        assert officer.get(path + query).status_code == 200


def test_a_search_for_no_character_is_refused_not_broken(officer):
    assert officer.get("/measures?search=%00").status_code in {200, 400}


@pytest.mark.parametrize("path", ["/measures/nothing", "/measures/%00", "/measures/library/nothing", "/measures/😀"])
def test_a_measure_nobody_knows_is_not_found(officer, path):
    assert officer.get(path).status_code == 404
