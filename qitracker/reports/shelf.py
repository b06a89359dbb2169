"""Where finished PDFs lie: a folder of the instance, each file written whole and never changed."""

import os
from pathlib import Path

from qitracker.foundation.config import Settings


def folder(settings: Settings) -> Path:
    """Return the folder of finished PDFs."""
    return settings.instance.resolve() / "reports"


def keep(path: Path, made: bytes) -> None:
    """Write the file whole, on the disk, before anything says that it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as out:
        out.write(made)
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, path)
