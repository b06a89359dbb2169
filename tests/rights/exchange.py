"""Pages and deeds of imports: for those who may import where the file belongs."""

from datetime import date
from io import BytesIO

from qitracker.exchange import commands
from qitracker.exchange.choices import Choices
from qitracker.exchange.formats.table import ReadAs
from qitracker.foundation.permissions import Permission
from qitracker.measures.commands import begin_collecting
from qitracker.people.queries import unit_facts
from tests.builders.imports import DAY, MOST, WARDS, a_file, checked, imported, instance, sent
from tests.builders.measures import a_measure
from tests.builders.people import SYSTEM, Build
from tests.rights import Deed, Page, Scene, deed, every, for_holders, holders

RUN = Permission.IMPORT_RUN
ROWS = ("{code},2026-01,41,50,", "{code},2026-02,45,50,")


def of_an_import(path: str, status: int = 200) -> Page:
    """A page of an import into the ward: there for those who may import there, for nobody else."""
    seen = holders(RUN, status, 404)
    return Page(path, own=seen, other=every(404), whole=seen)


PAGES = {
    "exchange.new": for_holders("/import", RUN),
    "exchange.show": of_an_import("/import/{import_id}"),
    "exchange.preview": of_an_import("/import/{import_id}/preview"),
    "exchange.result": of_an_import("/import/{imported_id}/result"),
    "exchange.refused": of_an_import("/import/{import_id}/refused.csv"),
    "exchange.undo": of_an_import("/import/{imported_id}/undo"),
}


def of_the_ward(do) -> Deed:
    """A deed on an import into the ward: unknown to all who may not import there."""
    done = holders(RUN, "ok", "NotFound")
    return Deed(do, own=done, other=every("NotFound"), whole=done)


DEEDS = {
    "exchange.send_file": deed(
        lambda by, s: commands.send_file(
            by=by,
            instance=instance(),
            stream=BytesIO(a_file("001,2026-01,41,50,")),
            filename="a.csv",
            unit_id=s["ward"].id,
            measure_id=s["import_measure"].id,
            most=MOST,
        ),
        needs=RUN,
    ),
    "exchange.read_again": of_the_ward(
        lambda by, s: commands.read_again(
            by=by, batch_id=s["import_id"], instance=instance(), read_as=ReadAs(delimiter=",")
        )
    ),
    "exchange.set_mapping": of_the_ward(
        lambda by, s: commands.set_mapping(
            by=by, batch_id=s["import_id"], instance=instance(), mapping=s["import_mapping"], choices=Choices()
        )
    ),
    "exchange.set_choices": of_the_ward(
        lambda by, s: commands.set_choices(by=by, batch_id=s["import_id"], choices=Choices(whole=True))
    ),
    "exchange.ask_check": of_the_ward(lambda by, s: commands.ask_check(by=by, batch_id=s["import_id"])),
    "exchange.ask_import": of_the_ward(lambda by, s: commands.ask_import(by=by, batch_id=s["import_id"])),
    "exchange.check_import": of_the_ward(
        lambda by, s: commands.check_import(by=by, batch_id=s["import_id"], instance=instance(), day=DAY)
    ),
    "exchange.run_import": of_the_ward(
        lambda by, s: commands.run_import(by=by, batch_id=s["import_id"], instance=instance(), day=DAY)
    ),
    "exchange.undo_import": of_the_ward(lambda by, s: commands.undo_import(by=by, batch_id=s["imported_id"])),
    "measures.begin_collecting": deed(
        lambda by, s: begin_collecting(
            by=by, measure_id=s["import_measure"].id, first_days={s["beside"].id: date(2026, 3, 1)}
        ),
        needs=Permission.MEASURE_DEFINE,
    ),
}


def arrange(build: Build, scene: Scene) -> None:
    """Add to the ward: a measure, an import that is checked with a refused row, and one that is done."""
    measured = a_measure(build, scene["north"], [scene["ward"]], title="Brought in")
    scene["import_measure"] = measured
    scene["import_mapping"] = WARDS.__class__(**{**WARDS.__dict__, "fixed_measure": measured.slug})
    with build._inside():
        code = unit_facts(scene["ward"].id).code
        rows = [row.format(code=code) for row in ROWS]
        scene["imported_id"] = sent(build, SYSTEM, a_file(rows[0]), unit=scene["ward"], measured=measured)
        imported(build, SYSTEM, scene["imported_id"])
        scene["import_id"] = sent(
            build, SYSTEM, a_file(rows[1], "?,2026-01,1,1,"), unit=scene["ward"], measured=measured
        )
        checked(build, SYSTEM, scene["import_id"])
