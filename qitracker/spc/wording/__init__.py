"""Sentences from an analysis: one wording for page, board, mail, alt text and PDF."""

from qitracker.spc.wording.against import benchmark_sentence, target_sentence
from qitracker.spc.wording.alt_text import alt_text
from qitracker.spc.wording.glance import Glance, glance_line
from qitracker.spc.wording.headline import Headline, headline
from qitracker.spc.wording.reasons import reasons
from qitracker.spc.wording.short_reading import short_reading

__all__ = [
    "Glance",
    "Headline",
    "alt_text",
    "benchmark_sentence",
    "glance_line",
    "headline",
    "reasons",
    "short_reading",
    "target_sentence",
]
