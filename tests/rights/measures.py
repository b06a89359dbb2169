"""Pages and deeds of measures: read where a role is held, defined and compared by quality officers."""

from datetime import date

from qitracker.foundation.permissions import Permission
from qitracker.measures import commands
from tests.builders.measures import (
    JANUARY,
    a_benchmark,
    a_definition,
    a_measure,
    a_retired_measure,
    a_target,
    the_strata,
)
from tests.builders.people import Build
from tests.rights import Page, Scene, deed, every, for_all_who_sign_in, page

DEFINE, COMPARE = Permission.MEASURE_DEFINE, Permission.BENCHMARK_SET
TODAY = date(2026, 6, 15)

PAGES = {
    "measures.index": for_all_who_sign_in("/measures"),
    "measures.library": for_all_who_sign_in("/measures/library"),
    "measures.ready_made": for_all_who_sign_in("/measures/library/hand-hygiene"),
    "measures.new": for_all_who_sign_in("/measures/new"),
    "measures.show": Page("/measures/{measure.slug}", own=every(303), other=every(404), whole=every(303)),
    "measures.definition": page("/measures/{measure.slug}/definition"),
    "measures.edit": page("/measures/{measure.slug}/edit", needs=DEFINE),
    "measures.stratum": page("/measures/{measure.slug}/strata/{stratum.id}", needs=DEFINE),
    "measures.retire": page("/measures/{measure.slug}/retire", needs=DEFINE),
    "measures.restore": page("/measures/{measure.slug}/restore", needs=DEFINE),
    "measures.units": page("/measures/{measure.slug}/units"),
    "measures.owner": page("/measures/{measure.slug}/owner", needs=DEFINE),
    "measures.responsible": page("/measures/{measure.slug}/units/ward/responsible", needs=DEFINE),
    "measures.benchmarks": page("/measures/{measure.slug}/benchmarks"),
    "measures.new_benchmark": page("/measures/{measure.slug}/benchmarks/new", needs=COMPARE),
    "measures.benchmark": page("/measures/{measure.slug}/benchmarks/{benchmark_id}", needs=COMPARE),
}


def about(scene: Scene, name: str = "measure") -> dict[str, int]:
    return {"measure_id": scene[name].id, "row_version": scene[name].row_version}


def which(scene: Scene) -> dict[str, int]:
    return {"measure_id": scene["measure"].id, "benchmark_id": scene["benchmark_id"], "version": 1}


def in_the_ward(scene: Scene) -> dict[str, object]:
    return {"unit_id": scene["north"].id, "collecting_unit_ids": [scene["ward"].id], "begins": JANUARY}


DEEDS = {
    "measures.adopt_measure": deed(
        lambda by, s: commands.adopt_measure(by=by, code="falls-injury", **in_the_ward(s)), needs=DEFINE
    ),
    "measures.define_measure": deed(
        lambda by, s: commands.define_measure(
            by=by, domain="Safety", definition=a_definition(title="Another"), **in_the_ward(s)
        ),
        needs=DEFINE,
    ),
    "measures.change_definition": deed(
        lambda by, s: commands.change_definition(
            by=by, **about(s), definition=a_definition(title="Renamed", strata=("Day", "Night")), today=TODAY
        ),
        needs=DEFINE,
    ),
    "measures.add_stratum": deed(
        lambda by, s: commands.add_stratum(
            by=by, **about(s), title="Evening", today=TODAY, reason="More detail", effective_from=date(2026, 7, 1)
        ),
        needs=DEFINE,
    ),
    "measures.add_strata_beside": deed(
        lambda by, s: commands.add_strata_beside(by=by, measure_id=s["measure"].id, titles=("Evening",)),
        needs=DEFINE,
    ),
    "measures.rename_stratum": deed(
        lambda by, s: commands.rename_stratum(by=by, **about(s), stratum_id=s["stratum"].id, title="By day"),
        needs=DEFINE,
    ),
    "measures.set_collecting_units": deed(
        lambda by, s: commands.set_collecting_units(
            by=by, **about(s), unit_ids=[s["ward"].id, s["beside"].id], day=TODAY
        ),
        needs=DEFINE,
    ),
    "measures.set_owner": deed(
        lambda by, s: commands.set_owner(by=by, **about(s), owner_id=s["officer"].user_id), needs=DEFINE
    ),
    "measures.set_responsible": deed(
        lambda by, s: commands.set_responsible(
            by=by,
            measure_id=s["measure"].id,
            unit_id=s["ward"].id,
            responsible_id=s["officer"].user_id,
            version=1,
        ),
        needs=DEFINE,
    ),
    "measures.retire_measure": deed(
        lambda by, s: commands.retire_measure(by=by, **about(s), reason="No longer needed", today=TODAY), needs=DEFINE
    ),
    "measures.restore_measure": deed(
        lambda by, s: commands.restore_measure(by=by, **about(s, "retired_measure")), needs=DEFINE
    ),
    "measures.add_benchmark": deed(
        lambda by, s: commands.add_benchmark(by=by, measure_id=s["measure"].id, benchmark=a_target(95.0)),
        needs=COMPARE,
    ),
    "measures.change_benchmark": deed(
        lambda by, s: commands.change_benchmark(by=by, **which(s), benchmark=a_target(96.0)), needs=COMPARE
    ),
    "measures.retire_benchmark": deed(lambda by, s: commands.retire_benchmark(by=by, **which(s)), needs=COMPARE),
}


def arrange(build: Build, scene: Scene) -> None:
    """Add to the North: a measure its ward collects, with strata and a target, and a retired one."""
    scene["measure"] = a_measure(build, scene["north"], [scene["ward"]], strata=("Day", "Night"))
    scene["retired_measure"] = a_retired_measure(build, scene["north"], [scene["ward"]])
    scene["stratum"] = the_strata(build, scene["measure"])[0]
    scene["benchmark_id"] = a_benchmark(build, scene["measure"], a_target())
