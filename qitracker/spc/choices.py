"""Which chart types fit a measure, best first, and which are still to come."""

from dataclasses import dataclass

from qitracker.foundation.words import Sentence, say
from qitracker.spc.analysis import Series
from qitracker.spc.dispersion import TOO_NARROW, series_dispersion
from qitracker.spc.registry import CHART_TYPES

LATER = {
    "t": "time-between (T) chart",
    "g": "cases-between (G) chart",
    "xbar": "X-bar chart",
    "s": "S chart",
    "pp": "P′ chart",
    "up": "U′ chart",
    "ip": "I′ chart",
}
"""Chart types that measures may ask for before they can be drawn: title by code."""

CHOICES: dict[str, tuple[str, ...]] = {
    "proportion": ("p", "i", "run"),
    "rate": ("u", "i", "run"),
    "count": ("c", "i", "run"),
    "observed_expected": ("u", "i", "run"),
    "ratio": ("i", "run"),
    "mean": ("i", "run"),
    "median": ("i", "run"),
    "time": ("run", "t"),
    "time_between": ("run", "t"),
    "cases_between": ("run", "g"),
}
"""Chart codes by scoring, best first."""


def chart_choices(scoring: str) -> tuple[str, ...]:
    """Return the codes of charts that fit a scoring ("proportion"), best first; unknown ones get the XmR chart."""
    return CHOICES.get(scoring, ("i", "run"))


@dataclass(frozen=True)
class Suggestion:
    """One chart type for a series, and why it does or does not suit it."""

    code: str
    title: str
    why: Sentence


def suggest_charts(scoring: str, series: Series) -> tuple[Suggestion, ...]:
    """Return the charts that fit a scoring and these numbers, best first.

    A chart whose limits know chance only moves behind the XmR chart where the numbers vary far
    more than chance: with very large denominators its limits would call every month a signal.
    """
    fitting = [_suggestion(code, series) for code in chart_choices(scoring) if code not in LATER]
    ordered = sorted(fitting, key=lambda pair: pair[0])  # stable: keeps best first among equals
    return tuple(suggestion for _, suggestion in ordered)


def _suggestion(code: str, series: Series) -> tuple[int, Suggestion]:
    """Return where a chart belongs (0 before 1 before 2), and the chart with its reason."""
    kind = CHART_TYPES.get(code)
    if code == "run":
        return 2, Suggestion(code, kind.title, say("Shows the results around their median. It needs no assumption."))
    if not kind.limits_by_chance:
        return 0, Suggestion(code, kind.title, say("Takes its limits from how results vary from one to the next."))
    spread = series_dispersion(series, kind)
    if spread is not None and spread > TOO_NARROW:
        why = say(
            "Its limits are too narrow here: results vary {times} times as much as chance alone gives.",
            times=round(spread, 1),
        )
        return 1, Suggestion(code, kind.title, why)
    return 0, Suggestion(code, kind.title, say("Takes its limits from chance and the size of each period."))
