"""Take the invented measures into use: units, owners, responsible people, targets and peers."""

from dataclasses import replace
from datetime import date

from qitracker.demonstration.course import Aim, Peer, Plan, Reworded
from qitracker.demonstration.draw import starts_of
from qitracker.demonstration.scene import ANSWERS_FOR, OFFICER, Scene
from qitracker.foundation.periods import period_end, period_of, shift_period
from qitracker.measures.benchmark_rules import Benchmark, BenchmarkKind, Statistic
from qitracker.measures.commands import add_benchmark, adopt_measure, change_definition, set_responsible
from qitracker.measures.queries import measure_by_id, who_collects

TARGET_SOURCE = "Thistledown Health Board, example target"
PEER_SOURCE = "Invented figures, made for this demonstration"
PEER_POPULATION = "Five invented hospitals"
MONTHS = 36


def months_back(today: date, back: int) -> date:
    """Return the first day of the month so many complete months ago; 0 is the running one."""
    return shift_period(period_of(today, "month"), "month", -back)


def take_into_use(scene: Scene, plan: Plan) -> int:
    """Adopt the measure with everything that belongs to it and return its number."""
    officer = scene.actor(OFFICER)
    measure_id = adopt_measure(
        by=officer,
        code=plan.code,
        unit_id=scene.places[scene.top].id,
        collecting_unit_ids=[scene.places[course.unit].id for course in plan.courses],
        begins=months_back(scene.today, MONTHS),
        owner_id=scene.ids.get(plan.owner),
    )
    scene.measures[plan.code] = measure_id
    codes = {scene.places[course.unit].id: course.unit for course in plan.courses}
    for one in who_collects(measure_id):
        name = ANSWERS_FOR[codes[one.unit_id]]
        set_responsible(
            by=officer,
            measure_id=measure_id,
            unit_id=one.unit_id,
            responsible_id=scene.ids[name],
            version=one.version,
        )
    for benchmark in (*(_target(scene, aim) for aim in plan.aims), *(_peers(scene, peer) for peer in plan.peers)):
        add_benchmark(by=officer, measure_id=measure_id, benchmark=benchmark)
    return measure_id


def reword(scene: Scene, measure_id: int, reworded: Reworded) -> None:
    """Begin a new version of the definition, after the results of the old one are stored."""
    measured = measure_by_id(measure_id)
    definition = measured.newest.definition
    change_definition(
        by=scene.actor(OFFICER),
        measure_id=measure_id,
        definition=replace(definition, numerator=reworded.numerator),
        row_version=measured.row_version,
        today=scene.today,
        reason=reworded.reason,
        effective_from=starts_of(definition.frequency, scene.today)[-reworded.back],
    )


def _target(scene: Scene, aim: Aim) -> Benchmark:
    return Benchmark(
        kind=BenchmarkKind.TARGET,
        statistic=Statistic.TARGET,
        source=TARGET_SOURCE,
        effective_from=months_back(scene.today, MONTHS),
        value=aim.value,
        trajectory=tuple((months_back(scene.today, back), value) for back, value in aim.steps),
        unit_id=scene.places[aim.unit].id if aim.unit else None,
    )


def _peers(scene: Scene, peer: Peer) -> Benchmark:
    return Benchmark(
        kind=BenchmarkKind.PEER,
        statistic=Statistic.MEDIAN,
        source=PEER_SOURCE,
        population=PEER_POPULATION,
        effective_from=months_back(scene.today, MONTHS),
        effective_to=period_end(months_back(scene.today, peer.ended), "month") if peer.ended else None,
        value=peer.value,
    )
