"""Pages of measures. One blueprint; each file adds the pages of one subject."""

from qitracker.measures.views import adopting, benchmarks, changing, lists, people, units
from qitracker.measures.views.blueprint import bp

__all__ = ["adopting", "benchmarks", "bp", "changing", "lists", "people", "units"]
