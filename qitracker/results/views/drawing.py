"""The two drawings of a measure page and their caption, from the one analysis the page shows."""

from dataclasses import dataclass

from markupsafe import Markup

from qitracker.foundation.words import Sentence
from qitracker.results.queries.measure_page import Reported
from qitracker.spc.wording import Headline


@dataclass(frozen=True)
class Pictures:
    """A wide and a narrow drawing of the same chart."""

    wide: Markup
    narrow: Markup
    caption: Sentence


def drawn(reported: Reported, named: Headline) -> Pictures | None:
    """Return the drawings, None where there is nothing to draw."""
    return None
