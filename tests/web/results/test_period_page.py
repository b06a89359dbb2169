"""The page of one period: corrected with a reason, commented, taken away."""

from datetime import date

from pytest import fixture

from tests.builders.measures import a_measure
from tests.builders.results import an_entry, recorded
from tests.web.browsing import heading, send, words

MAY = date(2026, 5, 1)


@fixture
def path(build):
    ward = build.unit("Ward")
    measured = a_measure(build, build.organisation(), [ward])
    recorded(build, ward, measured, an_entry(MAY, 41, 50))
    return f"/measures/{measured.slug}/units/ward/periods/2026-05-01"


@fixture
def officer(build):
    return build.signed_in(build.person("quality_officer"))


def test_it_says_what_the_period_holds(officer, path):
    assert heading(officer.get(path)).replace("\u00a0", " ") == "May 2026: 41 of 50, 82.0 %."


def test_a_correction_is_saved_and_told_in_the_history(officer, path):
    done = send(
        officer, f"{path}/correct", seen_on=path, state="value", numerator="40", denominator="50", reason="Twice"
    )
    assert done.status_code == 303
    page = words(officer.get(path))
    assert "41 of 50 → 40 of 50" in page and "Reason : Twice" in page.replace("Reason:", "Reason :")


def test_the_same_numbers_again_are_no_correction_and_it_says_so(officer, path):
    done = send(officer, f"{path}/correct", seen_on=path, state="value", numerator="41", denominator="50", reason="")
    assert done.status_code == 422
    assert "41 of 50 stands there already, so nothing is changed." in words(done)
    assert "Never corrected." in words(officer.get(path))


def test_before_submission_a_reason_is_optional_and_none_is_put_into_anybodys_mouth(officer, path):
    assert "Optional: this period is not submitted yet." in words(officer.get(path))
    send(officer, f"{path}/correct", seen_on=path, state="value", numerator="40", denominator="50", reason="")
    page = words(officer.get(path))
    assert "41 of 50 → 40 of 50. No reason was needed: not submitted yet." in page


def test_a_stale_correction_shows_both_and_overwrites_nothing(officer, path):
    send(officer, f"{path}/correct", seen_on=path, state="value", numerator="40", denominator="50", reason="First")
    page = send(
        officer, f"{path}/correct", seen_on=path, state="value", numerator="39", denominator="50", reason="x", seen="1"
    )
    assert page.status_code == 409
    assert "it is now 40 of 50" in words(page) and 'value="39"' in page.text
    assert "40 of 50" in heading(officer.get(path))


def test_a_period_is_taken_away_with_its_history_kept(officer, path):
    done = send(officer, f"{path}/clear", seen_on=path, reason="Wrong ward")
    assert done.status_code == 303
    assert officer.get(path).status_code == 404


def test_a_comment_stays_beside_the_period(officer, path):
    done = send(officer, f"{path}/comments", seen_on=path, comment="<script>x</script> two patients moved")
    assert done.status_code == 303
    page = officer.get(path)
    assert "&lt;script&gt;x" in page.text and "<script>x" not in page.text


def test_a_period_nobody_recorded_and_a_day_that_is_none_are_not_there(officer, path):
    for start in ("2026-04-01", "2026-02-29", "yesterday"):
        assert officer.get(path.replace("2026-05-01", start)).status_code == 404
