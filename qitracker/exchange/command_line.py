"""`qitracker import FILE`: the same deeds as the pages, from a terminal or a timer that reads how it ended."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app

from qitracker.exchange.choices import Choices
from qitracker.exchange.commands import check_import, run_import, send_file, set_mapping
from qitracker.exchange.commands.opening import opened
from qitracker.exchange.formula import column_formula
from qitracker.exchange.jobs import installation
from qitracker.exchange.mapping import AMOUNTS, Mapping, PeriodColumns, mapping_from_json
from qitracker.exchange.printed import lines_about, write_refused
from qitracker.exchange.queries.batches import Batch, visible_batch
from qitracker.exchange.queries.suggested import suggested_mapping
from qitracker.exchange.summary import Summary
from qitracker.foundation.actor import Actor, system
from qitracker.foundation.config import Settings
from qitracker.foundation.errors import Invalid, NotFound
from qitracker.foundation.periods import FREQUENCIES
from qitracker.foundation.words import say
from qitracker.measures.queries import visible_measure
from qitracker.people.queries import unit_facts, units_by_code
from qitracker.people.queries.rights import actor_by_email

ALL_GOOD, SOME_REFUSED, NOTHING_IMPORTED = 0, 3, 4  # 1 and 2 are left to faults and to wrong options
ENDINGS = """
    \b
    It ends with
      0  every row is recorded, now or before, or was left out on purpose
      1  a fault: nothing is stored
      2  an option that is not known or not complete
      3  some rows are refused, the others are imported
      4  nothing is imported
    With --dry-run: what an import would end with.
    """

OPTIONS = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option("--unit", "unit_code", required=True, help="Code of the unit; nothing outside it is recorded."),
    click.option("--measure", help="Address (slug) of the measure of the whole file."),
    click.option("--mapping", "mapping_file", type=click.Path(exists=True, path_type=Path), help="A mapping as JSON."),
    click.option("--unit-column", help="Column with the codes of units."),
    click.option("--unit-name-column", help="Column with the names of units that --create-units makes."),
    click.option("--measure-column", help="Column with the names of measures."),
    click.option("--stratum", "strata", multiple=True, help="Column with the stratum; may be given twice."),
    click.option("--period", help="Column with the period or its first day."),
    click.option("--frequency", type=click.Choice(FREQUENCIES), help="How often the file reports."),
    click.option("--numerator", help="Column or formula, such as '[attendances] - [breaches]'."),
    click.option("--denominator", help="Column or formula."),
    click.option("--value", help="Column or formula of a mean, median, count or time."),
    click.option("--n", help="Column with the number of cases behind a value."),
    click.option("--dry-run", is_flag=True, help="Check only; store nothing."),
    click.option("--all-or-nothing", is_flag=True, help="Store nothing when a row is refused."),
    click.option("--correct", metavar="REASON", help="Correct what is recorded with other numbers, for this reason."),
    click.option("--create-units", is_flag=True, help="Make unknown units below --unit."),
    click.option("--create-strata", is_flag=True, help="Add unknown strata beside others or to empty measures."),
    click.option("--begin-collecting", is_flag=True, help="Let units begin to collect with their first period."),
    click.option(
        "--refused",
        "refused_file",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Where to write refused rows; otherwise beside FILE, as wards.refused.csv for wards.csv.",
    ),
    click.option("--by", "email", help="Do it as the person with this address, with their rights."),
)


def import_command(application: Callable[[], Flask]) -> click.Command:
    """Return the command; `application` gives the application of the installation when it is run."""

    def run(**given: Any) -> None:
        """Import results from a CSV or Excel FILE, or check what an import would do."""
        with application().app_context():
            code = _import(given)
        if code:
            sys.exit(code)

    for option in reversed(OPTIONS):
        run = option(run)
    return click.command("import", help=f"{run.__doc__}\n{ENDINGS}")(run)


def _import(given: dict[str, Any]) -> int:
    """Do what was asked, tell what came of it, and return the code to end with."""
    refused_file = _refused_file(given)
    by: Actor = actor_by_email(given["email"]) if given["email"] else system("the command line")
    batch = _sent(by, given)
    instance, day = installation()
    mapping = _mapping(by, batch, given, day.fiscal_start)
    set_mapping(by=by, batch_id=batch.id, instance=instance, mapping=mapping, choices=_choices(batch, given))
    do = check_import if given["dry_run"] else run_import
    summary = do(by=by, batch_id=batch.id, instance=instance, day=day, tell=_progress)
    batch = visible_batch(batch.id, by=by)
    lines = [*lines_about(batch, summary), *([write_refused(batch, refused_file)] if summary.refused else [])]
    click.echo("\n".join(map(str, lines)))
    return ending(summary, whole=batch.choices.whole)


def ending(summary: Summary, *, whole: bool) -> int:
    """Return the code that an import with this outcome ends with; `whole`: one refused row keeps all from it."""
    if summary.refused:
        return SOME_REFUSED if summary.good and not whole else NOTHING_IMPORTED
    return ALL_GOOD if summary.good or summary.same else NOTHING_IMPORTED


def _refused_file(given: dict[str, Any]) -> Path:
    """Return where refused rows will be written: as the option says, else beside the file they come from."""
    file: Path = given["file"]
    path: Path = given["refused_file"] or file.with_name(f"{file.stem}.refused.csv")
    if path.resolve() == file.resolve():
        raise Invalid(say("Refused rows cannot be written over {file} itself. Name another file.", file=file.name))
    if not path.parent.is_dir():
        raise Invalid(say("There is no folder {folder} for refused rows. Make it first.", folder=str(path.parent)))
    return path


def _sent(by: Actor, given: dict[str, Any]) -> Batch:
    units = units_by_code([given["unit_code"]])
    if given["unit_code"] not in units:
        raise NotFound(say("There is no unit with the code {code}.", code=given["unit_code"]))
    measure_id = visible_measure(given["measure"], by=by).id if given["measure"] else None
    settings: Settings = current_app.extensions["settings"]
    with given["file"].open("rb") as stream:
        batch_id = send_file(
            by=by,
            instance=settings.instance,
            stream=stream,
            filename=given["file"].name,
            unit_id=units[given["unit_code"]].id,
            measure_id=measure_id,
            most=settings.upload_megabytes * 1024 * 1024,
        )
    return visible_batch(batch_id, by=by)


def _mapping(by: Actor, batch: Batch, given: dict[str, Any], fiscal_start: int) -> Mapping:
    """Return the mapping of the JSON file, else the suggested one; options come before both."""
    table = opened(batch, installation()[0])
    if given["mapping_file"]:
        mapping = _mapping_in(given["mapping_file"])
    else:
        mapping, _ = suggested_mapping(batch, table, by=by, fiscal_start=fiscal_start)
    mapping = replace(mapping, **_changes(given, table.header), period=_period(mapping.period, given))
    return replace(mapping, fixed_unit="" if mapping.unit else unit_facts(batch.place.id).code)


def _changes(given: dict[str, Any], header: tuple[str, ...]) -> dict[str, Any]:
    """Return the parts of the mapping that options name."""
    changes: dict[str, Any] = {name: _formula(given[name], header) for name in AMOUNTS if given[name]}
    if {"numerator", "denominator"} & changes.keys():
        changes = {"value": "", "n": "", **changes}
    if given["unit_column"]:
        changes["unit"] = given["unit_column"]
    if given["unit_name_column"]:
        changes["unit_name"] = given["unit_name_column"]
    if given["measure_column"]:
        changes |= {"measure": given["measure_column"], "fixed_measure": ""}
    if given["measure"]:
        changes |= {"measure": "", "fixed_measure": given["measure"]}
    if given["strata"]:
        changes["strata"] = given["strata"]
    return changes


def _period(period: PeriodColumns, given: dict[str, Any]) -> PeriodColumns:
    if given["period"]:
        period = replace(period, start=given["period"], end="", year="", part="", fixed="")
    return replace(period, frequency=given["frequency"]) if given["frequency"] else period


def _mapping_in(path: Path) -> Mapping:
    try:
        return mapping_from_json(dict(json.loads(path.read_text(encoding="utf-8")).items()))
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Invalid(say("{file} is no mapping: {fault}.", file=path.name, fault=fault)) from None


def _formula(text: str, header: tuple[str, ...]) -> str:
    return column_formula(text) if text in header else text


def _choices(batch: Batch, given: dict[str, Any]) -> Choices:
    return Choices(
        whole=given["all_or_nothing"],
        correct=bool(given["correct"]),
        reason=given["correct"] or "",
        units_below=batch.place.id if given["create_units"] else None,
        strata=given["create_strata"],
        collections=given["begin_collecting"] or given["create_units"],
    )


def _progress(done: int, total: int, words: str = "") -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{words}: {done:,}", err=True, nl=False)
