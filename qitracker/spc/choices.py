"""Which chart types fit a measure, best first, and which are still to come."""

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
