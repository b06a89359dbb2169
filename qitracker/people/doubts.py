"""What can be done, but is more than one may expect: asked beside the field, done when the form comes back."""

from qitracker.foundation.errors import Invalid
from qitracker.foundation.words import Sentence


class Doubt(Invalid):
    """Nothing is done yet. `answer` names what was asked: sent back with the same entries it is a yes."""

    def __init__(self, words: Sentence, *, field: str, answer: str) -> None:
        super().__init__(words, field=field)
        self.answer = answer


def ask(words: Sentence, *, field: str, answer: str, sure: str) -> None:
    """Pass when just this was answered with yes.

    Raises:
        Doubt: it was not asked yet, or something else was.
    """
    if sure != answer:
        raise Doubt(words, field=field, answer=answer)
