"""Pages of help among what a search finds: everybody may read them."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from qitracker.foundation.actor import Actor
from qitracker.foundation.sought import Sought
from qitracker.foundation.words import say
from qitracker.help.pages import KINDS, help_pages
from qitracker.links.found import Find, Spot, findable


@findable("help", say("Help"), icon="info", place=7)
def find_help(words: Sought, by: Actor, today: date) -> Iterator[Find]:
    """Return the pages of help that fit. No statement."""
    for page in help_pages():
        rank = words.rank(page.title, *page.texts)
        if rank is not None:
            holding = (text for text in page.texts if words.rank("", text, about=page.title) is not None)
            yield Find(rank, page.title, page.url, KINDS[page.kind], tuple(Spot(text) for text in islice(holding, 1)))
