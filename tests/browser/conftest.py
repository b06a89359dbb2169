"""A real installation, served to a real browser; whatever the browser complains of fails the test."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState

from qitracker.foundation.permissions import Role
from tests.browser.looking import sign_in
from tests.served import Installation, served

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
OUR_OWN_ANSWER = re.compile(r"the server responded with a status of (409|422)")


@pytest.fixture(scope="session")
def installation(tmp_path_factory) -> Iterator[Installation]:
    """Serve one installation with demonstration data to all browser tests of this process."""
    with served(tmp_path_factory.mktemp("installation")) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    """Drive the system's own browser; root has no sandbox to give."""
    program = os.environ.get("QI_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.fail("No Chromium is on the path. Install it, or name it in QI_CHROMIUM.")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": program, "args": [*QUIET, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, installation) -> dict:
    """Let tests name pages by their path."""
    return {**browser_context_args, "base_url": installation.address, "locale": "en-GB", "timezone_id": "Europe/London"}


class Complaints:
    """What the console said; `allow` names what a test provokes on purpose."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._allowed = [OUR_OWN_ANSWER]

    def allow(self, pattern: str) -> None:
        """Pass over messages in which `pattern` is found."""
        self._allowed.append(re.compile(pattern))

    def listen(self, context: BrowserContext) -> None:
        """Hear the errors and warnings of every page of this context."""
        context.on("console", lambda said: self._hear(said.text) if said.type in {"error", "warning"} else None)
        context.on("weberror", lambda fault: self._hear(str(fault.error)))

    def _hear(self, words: str) -> None:
        self._heard.append(words)

    def left(self) -> list[str]:
        """Return what nobody allowed."""
        return [words for words in self._heard if not any(p.search(words) for p in self._allowed)]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fail the test when the browser complained of anything that the test did not allow."""
    heard = Complaints()
    yield heard
    assert not heard.left()


@pytest.fixture
def new_context(new_context, complaints) -> Callable[..., BrowserContext]:
    """Open a browser window of its own (another person, a phone) that is listened to as well."""

    def make(**arguments) -> BrowserContext:
        context = new_context(**arguments)
        complaints.listen(context)
        return context

    return make


@pytest.fixture(scope="session")
def _kept_sign_ins() -> dict[Role, StorageState]:
    return {}


@pytest.fixture
def signed_in(new_context, installation, _kept_sign_ins) -> Callable[..., Page]:
    """Open a window of a person in a role: `signed_in(Role.LEADER, viewport=PHONE)`. Each role signs in once."""

    def open_window(role: Role, **arguments) -> Page:
        page = new_context(storage_state=_kept_sign_ins.get(role), **arguments).new_page()
        if role not in _kept_sign_ins:
            sign_in(page, *installation.account(role))
            _kept_sign_ins[role] = page.context.storage_state()
        return page

    return open_window


@pytest.fixture
def pictures(request) -> Path:
    """Return the folder for pictures of this test; it is made new each time and never committed."""
    folder = Path(request.config.rootpath, "test-results", "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
