"""What all forms share: CSRF, and a refusal shown beside the field it names."""

from flask_wtf import FlaskForm

from qitracker.foundation.errors import Invalid
from qitracker.web.filters import reader


class Form(FlaskForm):
    """A form that can show what a command refused."""

    def show(self, problem: Invalid) -> None:
        """Put each sentence beside its field; what names no field of this form goes above them all."""
        for name, words in problem.fields.items():
            errors = self[name].errors if name in self else self.form_errors
            if isinstance(errors, tuple):  # fields that were never validated hold a tuple
                self[name].errors = errors = list(errors)
            errors.append(reader().say(words))
        if not problem.fields:
            self.form_errors.append(reader().say(problem.words))
