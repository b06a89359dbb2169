"""The parts that pages are made of, rendered alone: what they say and how they are tied together."""

import re
from pathlib import Path

import pytest
import wtforms
from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError
from wtforms.fields import SelectChoice

from qitracker.foundation.words import say
from qitracker.spc.analysis import Assurance, Direction, Reading, State
from qitracker.web.faces import initials, tone

TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture(scope="module")
def part():
    """Return a macro of templates/components by file and name."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"], autoescape=True, undefined=StrictUndefined
    )
    environment.install_null_translations(newstyle=True)
    environment.filters.update(say=str, number=str, iso=lambda moment: moment.isoformat(), moment=str)
    environment.filters.update(initials=initials, tone=tone)
    environment.globals.update(url_for=lambda endpoint, **values: f"/{endpoint}/{values['filename']}")
    return lambda file, name=None: getattr(environment.get_template(f"components/{file}.html").module, name or file)


class PointForm(wtforms.Form):
    cases = wtforms.IntegerField("Cases", [wtforms.validators.InputRequired("Enter a number.")])
    better = wtforms.RadioField("Better is", choices=[SelectChoice("up", "Higher"), SelectChoice("down", "Lower")])
    keep = wtforms.BooleanField("Keep the good rows")


@pytest.fixture
def refused():
    form = PointForm(data={})
    form.cases.errors = ["Enter a number.", say("At most {most}.", most=64)]
    form.better.errors = ["Choose one."]
    return form


def path_of(svg: str, css_class: str) -> list[str]:
    return re.findall(rf'<path class="{css_class}" d="([^"]+)"', svg)


def test_a_spark_lifts_its_line_at_a_gap_and_keeps_a_lonely_value(part):
    (line,) = path_of(part("spark")([1, 2, None, 3, None, 4, 5]), "sp-line")
    assert line == "M5.0 30.0L25.3 23.5M66.0 17.0h0M106.7 10.5L127.0 4.0"


def test_a_spark_draws_equal_lines_once_and_steps_where_they_change(part):
    svg = part("spark")([1, 2, 3, 4], lower=[0, 0, 2, 2], upper=[4, 4, 6, 6], centre=[2, 2, 4, 4])
    assert path_of(svg, "sp-band") == ["M0 12.7H66.0V30.0H0z", "M66.0 4.0H132V21.3H66.0z"]
    assert path_of(svg, "sp-mean") == ["M0 21.3H66.0", "M66.0 12.7H132"]


def test_a_spark_marks_signals_by_shape_and_the_newest_value_by_a_dot(part):
    svg = part("spark")([1, 2, 3, None], readings=[Reading.WORSE, Reading.BETTER, Reading.USUAL, Reading.USUAL])
    assert [svg.count(f'class="{mark}"') for mark in ("v-concern", "v-good", "v-unsure", "sp-last")] == [1, 1, 0, 1]
    assert 'cx="86.3"' in svg


@pytest.mark.parametrize("values", [[], [None, None], [7], [7, 7]])
def test_a_spark_of_next_to_nothing_is_still_a_picture_with_words(part, values):
    svg = part("spark")(values, label="No number yet.")
    assert 'role="img" aria-label="No number yet."' in svg
    assert "nan" not in svg and "inf" not in svg


def test_a_target_far_from_the_values_stays_inside_the_picture(part):
    (target,) = path_of(part("spark")([1, 2], target=90), "sp-tgt")
    assert target == "M0 4.0H132"


@pytest.mark.parametrize("code", [*Reading, *(state for state in State if state is not State.VALUE)])
def test_every_reading_and_every_state_without_a_number_has_a_pill_with_words(part, code):
    assert re.search(r"</svg>[A-Z][a-z ,:]+</span>", part("pill")(code))


def test_a_pill_of_an_unknown_code_is_refused_and_not_drawn_as_something_else(part):
    with pytest.raises(UndefinedError):
        part("pill")("amazing")


@pytest.mark.parametrize(
    ("reading", "side", "drawing", "words"),
    [
        (Reading.USUAL, "", "v-common", "As usual"),
        (Reading.BETTER, "below", "v-good-low", "Better, lower"),
        (Reading.WORSE, "rising", "v-concern-high", "Worse, higher"),
        (Reading.CHANGED, "falling", "v-unsure-low", "Changed, lower"),
    ],
)
def test_the_variation_icon_shows_where_it_left_and_says_what_it_means(part, reading, side, drawing, words):
    html = part("variation")(reading, side=side)
    assert f"#{drawing}" in html
    assert f"<span>{words}</span>" in html


@pytest.mark.parametrize(
    ("code", "direction", "drawing"),
    [
        (Assurance.ALWAYS, Direction.UP, "a-hit-up"),
        (Assurance.ALWAYS, Direction.DOWN, "a-hit-down"),
        (Assurance.NEVER, Direction.UP, "a-miss-down"),  # the bar lies below the line to be reached
        (Assurance.NEVER, Direction.DOWN, "a-miss-up"),
        (Assurance.SOMETIMES, Direction.DOWN, "a-varies"),
        (Assurance.NO_TARGET, Direction.NONE, "a-none"),
    ],
)
def test_the_assurance_icon_stands_on_the_side_of_the_target_where_the_range_lies(part, code, direction, drawing):
    assert f"#{drawing}" in part("assurance")(code, direction=direction)


def test_a_quiet_icon_still_says_its_word_to_readers(part):
    assert '<span class="q-hide">Never met</span>' in part("assurance")("never", quiet=True)


def test_a_field_is_tied_to_its_hint_and_its_errors(part, refused):
    html = part("field")(refused.cases, hint="Patients, not visits.", inputmode="numeric")
    assert 'id="cases-hint"' in html and 'id="cases-error"' in html and "At most 64." in html
    control = re.search(r"<input[^>]+>", html)[0]
    assert 'aria-describedby="cases-hint cases-error"' in control
    assert 'aria-invalid="true"' in control and 'inputmode="numeric"' in control
    assert html.index("<label") < html.index("cases-hint") < html.index("cases-error") < html.index("<input")


def test_choices_are_a_group_with_its_question_and_a_box_stands_before_its_words(part, refused):
    group = part("field")(refused.better)
    assert re.search(r'<fieldset[^>]+aria-describedby="better-error"[^>]*>\s*<legend[^>]*>Better is</legend>', group)
    assert re.search(r'<input[^>]+type="checkbox"[^>]*><label for="keep">', part("field")(refused.keep))


def test_the_summary_leads_to_each_field_and_to_the_first_choice_of_a_group(part, refused):
    html = part("error_summary")(refused)
    assert re.findall(r'href="(#[\w-]+)"', html) == ["#cases", "#cases", "#better-0"]
    assert 'tabindex="-1"' in html and 'data-behaviour="focus"' in html


def test_a_form_without_errors_has_no_summary(part):
    assert not part("error_summary")(PointForm()).strip()


def test_a_blocked_button_can_be_reached_and_says_why(part):
    html = part("button")("Send to review", blocked="Enter October first.")
    assert 'aria-disabled="true"' in html and " disabled" not in html
    assert 'aria-describedby="send-to-review-why"' in html
    assert re.search(r'id="send-to-review-why">Enter October first\.<', html)


def test_words_from_people_are_never_markup(part):
    script = "<script>alert(1)</script>"
    for html in (part("note")(script), part("button")(script), part("pill")("late", script), part("empty")(script)):
        assert "<script" not in html
        assert "&lt;script" in html


def test_a_fault_is_announced_at_once_and_good_news_waits_its_turn(part):
    assert 'role="alert"' in part("note")("Broken.", kind="error", live=True)
    assert 'role="status"' in part("note")("Saved.", kind="success", live=True)
    assert "role=" not in part("note")("Limits start in April.")


def test_progress_asks_no_more_once_it_is_over(part):
    assert "data-done" not in part("progress", "progress_bar")("Reading rows", 12, 50)
    for state in ("done", "failed"):
        assert "data-done" in part("progress", "progress_bar")("Over.", 50, 50, state=state)


def test_a_field_takes_other_words_than_the_form_has(part):
    html = part("field")(PointForm().cases, label="Cases that met the aim")
    assert re.search(r'<label for="cases">Cases that met the aim</label>', html)
