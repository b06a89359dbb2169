"""Make the whole demonstration in one transaction: places, people, measures, results, and what came of them."""

from datetime import date

from qitracker.audit.commands import record
from qitracker.demonstration import events
from qitracker.demonstration.draw import SEED
from qitracker.demonstration.improvement import improve
from qitracker.demonstration.measures import take_into_use
from qitracker.demonstration.plans import PLANS
from qitracker.demonstration.reports import ask_for_reports
from qitracker.demonstration.results import store_results
from qitracker.demonstration.scene import Scene
from qitracker.demonstration.sign_in import keep, lines_of
from qitracker.demonstration.work import work_on_periods
from qitracker.foundation import clock
from qitracker.foundation.actor import system
from qitracker.foundation.config import Settings
from qitracker.foundation.db import atomic
from qitracker.people.demonstration import make_demonstration_people
from qitracker.results.commands.ended import judge_ended


def make_demonstration(settings: Settings, *, today: date | None = None, seed: str = SEED) -> tuple[str, ...]:
    """Make the invented group with its results and return the lines to print: one sign-in for each role.

    The same seed and day give the same numbers; only the passwords differ. Everything or nothing is made.

    Raises:
        Invalid: the installation holds people already.
    """
    by = system("The demonstration")
    with atomic():
        made = make_demonstration_people()
        scene = Scene(made.places, today or clock.today())
        points = sum(store_results(scene, plan, take_into_use(scene, plan), seed) for plan in PLANS)
        work_on_periods(scene)
        improve(scene)
        judge_ended()  # what was written on days gone by was judged as of those days
        ask_for_reports(scene)
        top = made.places[scene.top]
        after = {"points": points, "measures": len(PLANS)}
        record(events.MADE, by=by, subject=("unit", top.id), unit=top, after=after)
        keep(made.people, settings.instance)
    return lines_of(made.people)
