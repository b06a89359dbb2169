"""The refusals the product knows. Raised where known, turned into a page or JSON once, in `web`."""

from collections.abc import Mapping

from qitracker.foundation.words import Sentence

Words = Sentence | str


class Refusal(Exception):
    """A deed or a reading that did not happen, with a sentence that says why and what to do next."""

    def __init__(self, words: Words = "") -> None:
        super().__init__(str(words))
        self.words = words


class Invalid(Refusal):
    """What was entered cannot be stored. `fields` names the input each sentence belongs to."""

    def __init__(self, words: Words = "", *, field: str | None = None, fields: Mapping[str, Words] | None = None):
        self.fields: dict[str, Words] = dict(fields or {})
        if field is not None:
            self.fields[field] = words
        super().__init__(words or next(iter(self.fields.values()), ""))


class NotFound(Refusal):
    """No such thing, or none that this person may know of: the answer is the same."""


class NotAllowed(Refusal):
    """The person is known and the thing is visible to them, but not this deed."""


class Conflict(Refusal):
    """Somebody else changed it meanwhile. `theirs` is what stands there now."""

    def __init__(self, words: Words = "", *, theirs: object = None, mine: object = None):
        super().__init__(words)
        self.theirs = theirs
        self.mine = mine


class NotEnoughData(Refusal):
    """The numbers are too few for the question asked of them."""
