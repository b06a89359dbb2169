"""A large FMEA, people who are signed in to a served installation, and what their browsers send and ask."""

import json
import random
import re
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Thread

from qitracker.foundation.actor import Place
from qitracker.worksheets.commands import paste_block
from qitracker.worksheets.kinds.fmea_block import read_block
from tests.builders.people import SYSTEM, Build
from tests.builders.worksheets import a_sheet, rows

POLL_SECONDS = 1.5
TOKEN = re.compile(r'data-csrf="([^"]+)"')
SEQUENCE = re.compile(r'data-sequence="(\d+)"')
HEAD = "step\tfailure mode\teffect\tcause\tcontrol\ts\to\td"


def a_large_sheet(build: Build, unit: Place, *, lines: int) -> tuple[int, list[int]]:
    """Make an FMEA with so many lines, each a cause with its control, two to a failure mode; return it and them."""
    sheet_id = a_sheet(build, unit, title=f"A sheet of {lines} lines")
    texts = [_line(at) for at in range(lines)]
    with build._inside():
        for first in range(0, lines, 200):
            block = read_block("\n".join([HEAD, *texts[first : first + 200]]))
            plan = paste_block(by=SYSTEM, sheet_id=sheet_id, block=block, below=None, token="")
            assert not plan.refused
    return sheet_id, [row.id for row in rows(build, sheet_id).values() if row.section == "cause"]


def _line(at: int) -> str:
    mode = at // 2
    return "\t".join(
        (
            f"Step {at // 20}: hand the list over from the ward to the theatre",
            f"Mode {mode}: a regular medicine is not on the list",
            f"Effect {mode}: the dose is missed for a day",
            f"Cause {at}: the pharmacist's cover ends at five",
            f"Control {at}: a second source within a day",
            str(3 + mode % 7),
            str(2 + at % 8),
            str(2 + at % 9),
        )
    )


@dataclass
class Visitor:
    """One signed-in person's connection to the served installation."""

    host: str
    cookie: str
    sheet_id: int

    def __post_init__(self) -> None:
        """Open the connection, which stays open as a browser's does."""
        self._line = HTTPConnection(self.host, timeout=60)

    def ask(self, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """Send one request and return status and text; where the server closed an idle line, on a new one."""
        sent = {"Cookie": self.cookie, "Accept": "application/json", **headers}
        if body is not None:
            sent["Content-Type"] = "application/json"
        text = None if body is None else json.dumps(body)
        for line in (self._line, HTTPConnection(self.host, timeout=60)):
            try:
                line.request("GET" if body is None else "POST", path, text, sent)
                answer = line.getresponse()
            except (ConnectionError, HTTPException):
                continue
            self._line = line
            given = answer.getheader("Set-Cookie", "")
            self.cookie = given.split(";")[0] if given.startswith("session=") else self.cookie
            return answer.status, answer.read().decode()
        raise ConnectionError(path)

    def opened(self) -> tuple[str, int]:
        """Open the sheet; return the token and the number of its last change."""
        status, page = self.ask(f"/worksheets/{self.sheet_id}")
        token, sequence = TOKEN.search(page), SEQUENCE.search(page)
        assert status == 200 and token and sequence
        return token[1], int(sequence[1])


def visitor(build: Build, host: str, person, sheet_id: int) -> Visitor:  # type: ignore[no-untyped-def]
    """Return a person's connection, signed in."""
    held = build.signed_in(person).get_cookie("session")
    assert held
    return Visitor(host, f"session={held.value}", sheet_id)


def follow(visitors: list[Visitor], sequence: int, seconds: float, told) -> None:  # type: ignore[no-untyped-def]
    """Poll as open pages do, each at its own moment; `told` gets how many answers and how many refusals there were."""
    end = time.monotonic() + seconds
    answers: list[int] = []

    def one(person: Visitor) -> None:
        after = sequence
        time.sleep(random.random() * POLL_SECONDS)
        while time.monotonic() < end:
            status, text = person.ask(f"/worksheets/{person.sheet_id}/changes?after={after}", None, **{"X-Poll": "1"})
            answers.append(status)
            after = json.loads(text)["sequence"] if status == 200 else after
            time.sleep(POLL_SECONDS)

    threads = [Thread(target=one, args=(person,)) for person in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put((len(answers), sum(status != 200 for status in answers)))
