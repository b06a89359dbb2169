"""Ask for the reports that lie ready in the demonstration; the worker makes them as soon as it runs."""

from typing import Final

from qitracker.demonstration.measures import MONTHS, months_back
from qitracker.demonstration.scene import OFFICER, Scene
from qitracker.foundation.periods import period_end
from qitracker.reports.commands import ask_for_report
from qitracker.reports.rules import IMPROVEMENT, MEASURES, Wanted, Wish

ASKED: Final = (
    (IMPROVEMENT, "020", "Saoirse Fennimore", ("med-rec-24", "antibiotic-review", "falls-all", "falls-injury"), "a4"),
    (IMPROVEMENT, "0104", OFFICER, ("med-rec-24", "vte-hospital", "recommend", "falls-all"), "a4"),
    (MEASURES, "0204", "Saoirse Fennimore", ("falls-all", "falls-injury", "pressure-injury", "los-mean"), "a4"),
    (MEASURES, "0102", OFFICER, ("clabsi-rate", "hand-hygiene", "nurse-hours"), "letter"),
)
"""Kind, unit, who asks, which measures, and the paper."""


def ask_for_reports(scene: Scene) -> None:
    """Queue every report for three years until the last full month."""
    first, last = months_back(scene.today, MONTHS), period_end(months_back(scene.today, 1), "month")
    for kind, unit, name, codes, paper in ASKED:
        wanted = tuple(Wanted(scene.measures[code]) for code in codes if code in scene.measures)
        if wanted:
            wish = Wish(wanted, first, last, paper, kind)
            ask_for_report(by=scene.actor(name), unit_id=scene.places[unit].id, wish=wish)
