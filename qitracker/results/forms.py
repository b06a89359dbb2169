"""What is typed about results: a period, a correction, remarks on a chart."""

from collections.abc import Sequence
from datetime import date

from wtforms import DateField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from qitracker.foundation.errors import Invalid
from qitracker.foundation.periods import period_end
from qitracker.foundation.words import Period, Sentence, say
from qitracker.measures.rules import Definition, Frequency, Scoring, has_denominator
from qitracker.results.rules import LONGEST_COMMENT, Entry, entry_for, mean_entry
from qitracker.results.typed import second_of
from qitracker.results.values import parse_value
from qitracker.results.wording import first_hint, first_label, second_label
from qitracker.spc.analysis import State
from qitracker.web.filters import reader
from qitracker.web.forms import Form
from qitracker.web.sent import version_seen

STATE_CHOICES = (
    (State.VALUE.value, say("A number")),
    (State.MISSING.value, say("Missing: nobody knows it")),
    (State.SUPPRESSED.value, say("Suppressed: too few to show")),
    (State.NOT_APPLICABLE.value, say("Does not apply here")),
    (State.NO_CASES.value, say("No cases: 0 of 0")),
)


class PointForm(Form):
    """The numbers of one period. Fields that the scoring does not need are taken out by `point_form`."""

    period = SelectField(say("Period"), validators=[InputRequired(say("Choose a period."))], validate_choice=False)
    day = DateField(say("Day"), validators=[InputRequired(say("Enter a day, such as 2026-03-14."))])
    state = SelectField(say("What is known"), choices=[], default=State.VALUE.value)
    numerator = StringField(say("Count"), filters=[lambda text: (text or "").strip()])
    denominator = StringField(say("Out of"), filters=[lambda text: (text or "").strip()])
    n = StringField(say("Number of cases"), filters=[lambda text: (text or "").strip()])
    comment = TextAreaField(say("Comment"), validators=[Optional(), Length(max=LONGEST_COMMENT)])
    reason = StringField(say("Why is it corrected?"), validators=[Length(max=1000)])
    seen = HiddenField()

    def start(self) -> date:
        """Return the first day of the period that was chosen; recording it says why it cannot be, if it went meanwhile.

        Raises:
            Invalid: what was sent is no day.
        """
        try:
            return self.day.data if "day" in self else date.fromisoformat(self.period.data)
        except ValueError:
            raise Invalid(say("Choose a period."), field="period") from None

    def entry(self, definition: Definition, start: date) -> Entry:
        """Return the typed values. Raises Invalid beside the field that cannot be read."""
        state = State(self.state.data)
        comment = (self.comment.data or "") if "comment" in self else ""
        if state is State.NO_CASES:
            return Entry(start, state, 0.0, 0.0, None, comment)
        if state is not State.VALUE:
            return Entry(start, state, comment=comment)
        if not any(self[name].data for name in ("numerator", "denominator") if name in self):
            raise Invalid(say("Enter the numbers, or choose what is known instead."), field="numerator")
        numerator = self._number("numerator")
        denominator = self._number("denominator") if "denominator" in self else None
        n = self._number("n") if "n" in self else None
        for read in (numerator, denominator):
            if isinstance(read, State):
                return Entry(start, read, comment=comment)
        if definition.scoring is Scoring.MEAN and numerator is not None and denominator is not None:
            return mean_entry(start, mean=numerator, n=_whole("denominator", denominator), comment=comment)
        size = None if n is None or isinstance(n, State) else _whole("n", n)
        return entry_for(definition, start, numerator=numerator, denominator=denominator, n=size, comment=comment)

    def _number(self, name: str) -> float | State | None:
        text = self[name].data
        if not text:
            return None
        try:
            state, number = parse_value(text)
        except Invalid as problem:
            raise Invalid(problem.words, field=name) from None
        return number if state is State.VALUE else state


def _whole(name: str, number: float) -> int:
    if number != int(number):
        raise Invalid(
            say("{number} is not a whole number. Cases are counted in whole numbers.", number=number), field=name
        )
    return int(number)


def point_form(
    definition: Definition,
    candidates: Sequence[date],
    *,
    today: date | None = None,
    correcting: bool = False,
    **defaults: object,
) -> PointForm:
    """Return the form with the fields, labels and periods that this definition needs.

    A period that is not over on `today` says so: it is offered, and seldom meant.
    """
    form = PointForm(**defaults)
    say_ = reader().say
    form.state.choices = [SelectChoice(code, say_(words)) for code, words in STATE_CHOICES if _fits(code, definition)]
    form.numerator.label.text = _label(definition)
    form.numerator.description = reader().say(first_hint(definition))
    if has_denominator(definition.scoring):
        form.denominator.label.text = second_label(definition)
        del form.n
    else:
        del form.denominator
        if definition.scoring not in (Scoring.MEDIAN, Scoring.MEAN):
            del form.n
    if correcting:
        del form.period, form.day, form.comment
    else:
        del form.reason, form.seen
        if definition.frequency in (Frequency.DAY, Frequency.EVENT):
            del form.period
        else:
            form.period.choices = [
                SelectChoice(start.isoformat(), say_(_offered(start, definition.frequency, today)))
                for start in candidates
            ]
            del form.day
    return form


def _offered(start: date, frequency: Frequency, today: date | None) -> Sentence:
    period = Period(start, frequency)
    is_over = today is None or period_end(start, frequency) < today
    return say("{period}", period=period) if is_over else say("{period}, not over yet", period=period)


def _fits(code: str, definition: Definition) -> bool:
    return code != State.NO_CASES.value or has_denominator(definition.scoring)


def _label(definition: Definition) -> str:
    return reader().say(first_label(definition))


class RemarkForm(Form):
    """A remark on one period of a chart: new limits, a point left out, a note."""

    start = SelectField(say("From which period?"), validators=[InputRequired(say("Choose a period."))])
    text = StringField(say("Reason"), validators=[InputRequired(say("Write why.")), Length(max=500)])


def remark_form(starts: Sequence[date], frequency: str, **defaults: object) -> RemarkForm:
    """Return the form with the periods of this series to choose from, newest first."""
    form = RemarkForm(**defaults)
    form.start.choices = [
        SelectChoice(start.isoformat(), reader().period(start, frequency)) for start in reversed(starts)
    ]
    return form


class CommentForm(Form):
    """A comment beside one period."""

    comment = TextAreaField(
        say("Comment"), validators=[InputRequired(say("Write something first.")), Length(max=LONGEST_COMMENT)]
    )


class ReasonForm(Form):
    """A reason for taking a period away."""

    reason = StringField(say("Why is it taken away?"), validators=[Length(max=1000)])
    seen = HiddenField()


class OneForm(Form):
    """One row and period of a sheet. Fields that are not needed are taken out by `one_form`."""

    numerator = StringField(say("Count"))
    denominator = StringField(say("Out of"))
    state = SelectField(say("What is known"), choices=[], default=State.VALUE.value)
    comment = TextAreaField(say("Comment"), validators=[Optional(), Length(max=LONGEST_COMMENT)])
    reason = StringField(say("Why is it corrected?"), validators=[Length(max=1000)])
    seen = HiddenField()

    def seen_version(self) -> int:
        """Return the version that was on the page, 0 for nothing."""
        return version_seen(self.seen.data)


def one_form(definition: Definition, *, is_closed: bool, **defaults: object) -> OneForm:
    """Return the form with the fields and labels this definition needs; a closed period asks for a reason."""
    form = OneForm(**defaults)
    say_ = reader().say
    form.state.choices = [SelectChoice(code, say_(words)) for code, words in STATE_CHOICES if _fits(code, definition)]
    form.numerator.label.text = _label(definition)
    form.numerator.description = say_(first_hint(definition)) or definition.numerator
    if second_of(definition):
        form.denominator.label.text = say_(second_label(definition))
    else:
        del form.denominator
    if not is_closed:
        del form.reason
    return form
