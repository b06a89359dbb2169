"""Pages that are kept: rendered once for what was read, and sent again as long as exactly the same is read.

Nothing has to be told that something changed. The key of a kept page is everything it is made from, so a changed
number, name, right or day gives another key, and the page is rendered anew.
"""

import pickle
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from flask import current_app, g, request, session
from flask_wtf.csrf import generate_csrf

from qitracker.foundation.recent import Recent
from qitracker.web.actors import current_actor
from qitracker.web.filters import reader
from qitracker.web.shell import current_shell

MOST: Final = 200  # pages of this process, some 100 kB each


@dataclass
class KeptPages:
    """The pages last asked for. Where a form's token stood stands a mark that no visitor can know."""

    recent: Recent[bytes, str] = field(default_factory=lambda: Recent(MOST))
    mark: str = field(default_factory=lambda: secrets.token_hex(16))

    def page(self, key: bytes) -> str | None:
        """Return the page kept under `key`, with the token of whoever asks now in its forms."""
        found = self.recent.get(key)
        return found.replace(self.mark, generate_csrf()) if found and self.mark in found else found

    def keep(self, key: bytes, page: str) -> None:
        """Keep the page without the token of whoever asked."""
        token = g.get("csrf_token")
        self.recent.keep(key, page.replace(token, self.mark) if token else page)


def kept(facts: object, make: Callable[[], str]) -> str:
    """Return the page that `make` renders from nothing but `facts`, the address and the reader.

    A page with a message to this reader, and every page of somebody who edits templates, is rendered anew.
    """
    if "_flashes" in session or current_app.config["TEMPLATES_AUTO_RELOAD"]:
        return make()
    pages = current_app.extensions.setdefault("kept_pages", KeptPages())
    key = _key(facts)
    page: str | None = pages.page(key)
    if page is None:
        page = make()
        pages.keep(key, page)
    return page


def _key(facts: object) -> bytes:
    asking = (request.full_path, current_actor().user_id, str(reader().locale), str(reader().timezone))
    return blake2b(pickle.dumps((asking, current_shell(), facts)), digest_size=20).digest()
