"""What a reader sees: our sentences in their language, what people typed as they typed it."""

import pytest
from babel import Locale

from qitracker.foundation.locale import Reader
from qitracker.foundation.words import Quantity, say

CATALOGUE = {"Falls": "Stürze", "falls": "Stürze", "{title} is overdue.": "{title} ist überfällig.", "open": "offen"}
GERMAN = Reader(Locale("de"), "Europe/Berlin", lambda text: CATALOGUE.get(text, text))


def test_a_sentence_is_written_in_the_readers_language():
    assert GERMAN.say(say("Falls")) == "Stürze"


@pytest.mark.parametrize("typed", ["Falls", "open", "{title} is overdue.", "100 % {of} it", ""])
def test_what_somebody_typed_stays_as_it_is_though_the_catalogue_knows_such_a_text(typed):
    assert GERMAN.say(typed) == typed


def test_a_title_within_a_sentence_stays_as_it_is_and_a_sentence_within_one_does_not():
    assert GERMAN.say(say("{title} is overdue.", title="Falls")) == "Falls ist überfällig."
    assert GERMAN.say(say("{title} is overdue.", title=say("Falls"))) == "Stürze ist überfällig."


def test_the_unit_of_a_measure_stays_as_its_definition_says_it():
    assert GERMAN.say(say("{value}", value=Quantity(3.25, "falls", 1))) == "3,3\u00a0falls"
