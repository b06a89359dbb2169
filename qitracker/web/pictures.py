"""Pictures of the running installation, each drawn once and kept."""

from pathlib import Path

from flask import current_app
from markupsafe import Markup

from qitracker.charts.cache import ChartCache, Picture


def kept_charts() -> ChartCache:
    """Return the charts that this installation keeps, made when first asked for."""
    found: ChartCache = current_app.extensions.setdefault(
        "charts", ChartCache(Path(current_app.instance_path) / "cache" / "charts")
    )
    return found


def drawn_picture(picture: Picture) -> Markup:
    """Return a picture to stand in a page."""
    return Markup(kept_charts().picture(picture))
