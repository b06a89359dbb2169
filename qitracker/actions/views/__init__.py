"""Pages of actions: `register` (the list, and its table to take away), `one`, `writing` (new and changed)."""

from qitracker.actions.views import one, register, writing
from qitracker.actions.views.blueprint import bp

__all__ = ["bp", "one", "register", "writing"]
