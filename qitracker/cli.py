"""The `qitracker` command: set up, run and look after an installation."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask
from flask_migrate import downgrade, upgrade

from qitracker.app import create_app
from qitracker.audit.commands import check_trail
from qitracker.exchange.command_line import import_command
from qitracker.foundation.config import Settings, WrongSetting, load_settings
from qitracker.foundation.errors import Refusal
from qitracker.jobs.queue import serve
from qitracker.people.setup import make_first_administrator
from qitracker.results.commands.rebuild import rebuild_status


def installation() -> Settings:
    """Return the settings of the installation that QI_INSTANCE names (default: ./instance)."""
    return load_settings(Path(os.environ.get("QI_INSTANCE", "instance")), os.environ)


def application() -> Flask:
    """Return the application of this installation."""
    return create_app(installation())


@click.group()
def cli() -> None:
    """qitracker: measures, worksheets and reports for people who improve care."""


@cli.command()
@click.option("--email", prompt="Your e-mail address", help="Address of the first administrator.")
@click.option("--name", prompt="Your name", help="Name of the first administrator.")
@click.option("--organisation", prompt="Name of the organisation", help="What stands at the top of all units.")
def init(email: str, name: str, organisation: str) -> None:
    """Set a new installation up, and print the one-time link with which its first administrator chooses a password."""
    settings = installation()
    with create_app(replace(settings, log_level="warning")).app_context():
        upgrade()
        made = make_first_administrator(
            email=email,
            name=name,
            organisation=organisation,
            timezone=settings.timezone,
            days=settings.invitation_days,
        )
    click.echo(f"{made.email} administers {made.organisation.name}. Start qitracker, then choose a password here")
    click.echo(f"(once, within {settings.invitation_days} days): {settings.address}/invitation/{made.token}")


@cli.command()
@click.option("--down-to", help="Go back to this migration instead (data of newer ones is lost).")
def migrate(down_to: str | None) -> None:
    """Bring the database to the newest migration."""
    with application().app_context():
        if down_to:
            downgrade(revision=down_to)
        else:
            upgrade()
    click.echo("The database is ready.")


@cli.command()
def worker() -> None:
    """Do jobs (imports, PDFs) until told to stop. `python -m qitracker` starts one by itself."""
    serve(application())


cli.add_command(import_command(application))


@cli.group()
def jobs() -> None:
    """Look after what jobs keep."""


@jobs.command("rebuild-status")
def jobs_rebuild_status() -> None:
    """Make every status row anew from the recorded results."""
    with application().app_context():
        click.echo(f"{rebuild_status()} status rows are made anew.")


@cli.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command("check")
def audit_check() -> None:
    """Compare every seal with its entry."""
    with application().app_context():
        found = check_trail()
    if found.broken_entry is not None:
        raise Refusal(f"The trail is broken at entry {found.broken_entry}; {found.sealed} entries before it are whole.")
    click.echo(f"{found.sealed} entries are sealed and whole; {found.unsealed} wait for their seal.")


def main() -> None:
    """Run the command; a refusal is one sentence, never a stack trace."""
    os.umask(0o077)  # what an installation keeps is its own business
    try:
        cli.main(standalone_mode=False)
    except (WrongSetting, Refusal) as refusal:
        sys.exit(f"qitracker: {refusal}")
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.Abort:
        sys.exit("Stopped.")


if __name__ == "__main__":
    main()
