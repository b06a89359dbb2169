"""The blueprint of imports, and what its pages share."""

from flask import Blueprint, url_for

from qitracker.exchange.commands.decide import CHECK, IMPORT
from qitracker.exchange.commands.opening import Day
from qitracker.jobs.registry import result_page
from qitracker.web.installation import settings, today

bp = Blueprint("exchange", __name__, url_prefix="/import")

result_page(CHECK, lambda job: url_for("exchange.preview", batch_id=job.payload["batch_id"]))
result_page(IMPORT, lambda job: url_for("exchange.result", batch_id=job.payload["batch_id"]))


def day() -> Day:
    """Return what day it is in the installation, and when its years begin."""
    return Day(today(), settings().fiscal_year_starts)
