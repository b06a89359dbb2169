"""What the command line says of an import: what came of it, counts, sums, why rows are left out, where they are."""

from collections.abc import Iterator
from pathlib import Path

from qitracker.exchange.queries.batches import Batch, refused_rows
from qitracker.exchange.refused import refused_rows_csv
from qitracker.exchange.summary import Summary
from qitracker.foundation.words import Sentence, say

SHOWN_REASONS, SHOWN_UNITS = 10, 20
COUNTS = ("rows", "new", "corrected", "same", "refused", "skipped", "unusual")


def lines_about(batch: Batch, summary: Summary) -> Iterator[Sentence | str]:
    """Give the lines that tell what a check or an import came to."""
    counts = {name: getattr(summary, name) for name in COUNTS}
    yield say("{state}: {file}, import {number}", state=batch.state_words, file=batch.filename, number=str(batch.id))
    yield say("{rows} rows: {new} new, {corrected} corrected, {same} recorded already", **counts)
    yield say("{refused} refused, {skipped} left out on purpose, {unusual} unusual", **counts)
    yield from _sums(batch, summary)
    yield from (say("Look again: {words}", words=words) for words in summary.doubts)
    if summary.refused:
        kinds = "; ".join(f"{rows:,} × {words}" for rows, words in summary.told_kinds())
        yield say("{refused} of {rows} rows are in none of the last sums: {kinds}", **counts, kinds=kinds)
    for one in summary.reasons[:SHOWN_REASONS]:
        yield f"  {one.rows:,} × {one.column}: {one.words}" if one.column else f"  {one.rows:,} × {one.words}"
    if summary.new_units:
        names = "; ".join(summary.new_units[:SHOWN_UNITS]) + ("; …" if len(summary.new_units) > SHOWN_UNITS else "")
        yield say("New units: {count}: {names}", count=len(summary.new_units), names=names)


def _sums(batch: Batch, summary: Summary) -> Iterator[str]:
    given = "readable   " if summary.refused else "in the file"
    after = "recorded   " if batch.state == "done" else "would stand"
    for one in summary.measures:
        yield one.title
        for name, sums in ((given, one.read), (after, one.taken)):
            yield f"  {name}  {sums.rows:>9,} rows  {sums.numerator:,} / {sums.denominator:,}"


def write_refused(batch: Batch, path: Path) -> Sentence:
    """Write the refused rows and say where they are; what was imported stands, so a full disk is told, not raised."""
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            out.writelines(refused_rows_csv(batch.header, refused_rows(batch, limit=None)))
    except OSError as fault:
        return say(
            "Refused rows cannot be written to {path}: {fault}. The page of import {number} has them.",
            path=str(path),
            fault=fault.strerror or str(fault),
            number=str(batch.id),
        )
    return say("Refused rows: {path}", path=str(path.absolute()))
