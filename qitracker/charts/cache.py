"""Finished charts, kept by what is drawn: in memory for this process, in the instance folder for all."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from typing import Final, Protocol

from qitracker import __version__
from qitracker.charts import phrases
from qitracker.charts.control import control_chart
from qitracker.charts.request import ChartRequest
from qitracker.foundation.recent import Recent
from qitracker.spc.analysis import Analysis

DRAWING_VERSION: Final = 7
"""Raised with every change of how charts are drawn, so that none of the old pictures is shown."""

KEPT_IN_MEMORY: Final = 500
MOST_BYTES: Final = 200_000_000
SWEEP_EVERY: Final = 200  # new charts of this process


def chart_key(analysis: Analysis, request: ChartRequest) -> str:
    """Return the fingerprint of everything that is drawn: the same picture has the same key, in every process."""
    points = [
        (
            *(point.start.toordinal(), point.state, point.value, point.numerator, point.denominator, point.phase),
            *(point.included, point.is_over, point.centre, point.lower, point.upper, point.reading),
        )
        for point in analysis.points
    ]
    phases = [(phase.first, phase.last, phase.reason) for phase in analysis.phases]
    asked = (
        *(request.ident, request.title, request.description, request.unit, request.axis_words, request.decimals),
        *(request.behind, request.size, str(request.reader.locale), repr(request.lines), repr(request.notes)),
    )
    words = [request.reader.translate(phrase.text) for phrase in phrases.ALL]
    drawn = (DRAWING_VERSION, __version__, analysis.chart, analysis.frequency, points, phases, asked, words)
    return sha256(json.dumps(drawn, separators=(",", ":")).encode()).hexdigest()


class Picture(Protocol):
    """A picture made from small values of its own, such as a fishbone; its repr tells all that is drawn."""

    def svg(self) -> str:
        """Return it drawn."""
        ...  # pragma: no cover


def picture_key(picture: Picture) -> str:
    """Return the fingerprint of a picture."""
    return sha256(json.dumps((DRAWING_VERSION, __version__, repr(picture))).encode()).hexdigest()


@dataclass
class ChartCache:
    """Charts of one installation. `folder` is swept, oldest first, when it grows past `most_bytes`."""

    folder: Path
    most_bytes: int = MOST_BYTES
    kept_in_memory: int = KEPT_IN_MEMORY
    _new: int = 0

    def __post_init__(self) -> None:
        """Begin with an empty memory."""
        self._memory: Recent[str, str] = Recent(self.kept_in_memory)

    def chart(self, analysis: Analysis, request: ChartRequest) -> str:
        """Return the chart as SVG, drawn only if nobody drew it before."""
        return self._kept(chart_key(analysis, request), lambda: control_chart(analysis, request))

    def picture(self, picture: Picture) -> str:
        """Return any other picture as SVG, drawn only if nobody drew it before."""
        return self._kept(picture_key(picture), picture.svg)

    def _kept(self, key: str, draw: Callable[[], str]) -> str:
        found = self._memory.get(key)
        if found is None:
            found = self._read(key)
        if found is None:
            found = draw()
            self._store(key, found)
        self._memory.keep(key, found)
        return found

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.svg"

    def _read(self, key: str) -> str | None:
        try:
            drawn = self._path(key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        return drawn if drawn == "" or drawn.endswith("</svg>") else None

    def _store(self, key: str, drawn: str) -> None:
        """Write the file whole or not at all; a full disk costs speed, never a page."""
        part = self.folder / f"{key}.{os.getpid()}-{get_ident()}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(drawn, encoding="utf-8")
            os.replace(part, self._path(key))
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return
        self._new += 1
        if self._new % SWEEP_EVERY == 0:
            self.sweep()

    def sweep(self) -> int:
        """Remove the oldest files until the folder is at most four fifths full; return how many went."""
        files = []
        for path in self.folder.glob("*.*"):
            try:
                files.append((path.stat().st_mtime, path.stat().st_size, path))
            except FileNotFoundError:
                continue  # another process swept it
        size, gone = sum(size for _, size, _ in files), 0
        if size <= self.most_bytes:
            return 0
        for _, bytes_, path in sorted(files):
            if size <= self.most_bytes * 0.8:
                break
            path.unlink(missing_ok=True)
            size, gone = size - bytes_, gone + 1
        return gone
