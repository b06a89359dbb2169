"""Files that people send, kept under the fingerprint of their content. A name they give is shown, never a path."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.words import Sentence, say

FOLDER = "uploads"
LONGEST_NAME = 200
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Kept:
    """One kept file: the name its owner gave it, the fingerprint of its content, and its size in bytes."""

    filename: str
    fingerprint: str
    size: int


def keep_file(instance: Path, stream: BinaryIO, filename: str, *, most: int) -> Kept:
    """Write what the stream gives into the installation's folder, whole or not at all.

    Raises:
        Invalid: nothing in it, or more than `most` bytes.
    """
    folder = instance / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=folder, prefix="part-", delete=False) as part:
        try:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise Invalid(_too_large(most), field="file")
                digest.update(chunk)
                part.write(chunk)
            if not size:
                raise Invalid(say("The file is empty. Check that you chose the right one."), field="file")
            part.flush()
            os.fsync(part.fileno())
            os.replace(part.name, folder / digest.hexdigest())
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    return Kept(shown_name(filename), digest.hexdigest(), size)


def kept_path(instance: Path, fingerprint: str) -> Path:
    """Return where the file with this fingerprint lies.

    Raises:
        NotFound: it is gone.
    """
    path = instance / FOLDER / fingerprint
    if len(fingerprint) != 64 or not fingerprint.isalnum() or not path.is_file():
        raise NotFound(say("The file of this import is no longer kept. Send it again."))
    return path


def shown_name(filename: str) -> str:
    """Return the last part of a name as people may read it: no folders, no control characters, not too long."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    clean = " ".join("".join(character if character.isprintable() else " " for character in last).split())
    if len(clean) > LONGEST_NAME:
        stem, _, suffix = clean.rpartition(".")
        clean = (
            f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}" if stem and len(suffix) < 10 else clean[:LONGEST_NAME]
        )
    return clean or "file"


def _too_large(most: int) -> Sentence:
    return say(
        "The file is larger than {most} MB. Split it, or ask an administrator to raise the limit.",
        most=most // (1024 * 1024),
    )
