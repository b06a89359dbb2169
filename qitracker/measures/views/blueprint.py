"""The blueprint of measures, and what an address asks its lists for."""

from flask import Blueprint, request

from qitracker.measures.queries.listing import Wanted
from qitracker.measures.rules import Area, Kind

bp = Blueprint("measures", __name__, url_prefix="/measures")

LONGEST_SEARCH = 200


def wanted() -> Wanted:
    """Return what this address asks a list for; what is not known is passed over."""
    kind, area = request.args.get("kind", ""), request.args.get("area", "")
    return Wanted(
        search=" ".join(request.args.get("search", "").replace("\0", "").split())[:LONGEST_SEARCH],
        domain=request.args.get("domain", ""),
        kind=Kind(kind) if kind in set(Kind) else None,
        area=Area(area) if area in set(Area) else None,
        retired="retired" in request.args,
    )
