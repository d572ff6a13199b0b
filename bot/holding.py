"""The commands around a backup and a restore: nothing is sent until somebody has looked."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal import BAD_USE, database_errors, settings_of_environment, told

if TYPE_CHECKING:
    from bot.settings import Settings


@click.command("withhold")
def withhold_command() -> None:
    """Send nothing until release, as before a database is restored; people are answered as ever."""
    from bot.opening import opened
    from storage import hold

    async def run(settings: "Settings") -> None:
        async with opened(settings) as database:
            await database.write(lambda uow: hold.hold(uow, hold.HeldBecause.ASKED))

    with told(*database_errors()):
        asyncio.run(run(settings_of_environment()))
        click.echo("Nothing is sent from now on. To go on: laeringsbot release")


@click.command("release")
@click.option("--send", is_flag=True, help="Send what waited as well: the database only stood still.")
def release_command(send: bool) -> None:
    """Send again after a hold; what fell due before a restore is ended, since it may have been sent."""
    from bot.opening import municipality_of, opened
    from scheduler.planner import plan
    from storage import hold

    async def run(settings: "Settings", now: datetime) -> int:
        async with opened(settings) as database:
            # What fell due since the backup was taken is not in it, and is derived first, so that it is ended too.
            await plan(database, now, municipality_of(settings))
            return await database.write(lambda uow: hold.let_go(uow, now, send_what_waited=send))

    with told(*database_errors()):
        ended = asyncio.run(run(settings_of_environment(), datetime.now(UTC)))
        click.echo(f"Messages are sent again. {ended} that fell due before are ended and not sent.")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Copy a SQLite database to FILE while it is served, and check the copy; PostgreSQL has pg_dump."""
    from bot.opening import asked
    from storage import sqlite
    from storage.database import parse_url

    with told(*database_errors()):
        settings = settings_of_environment()
        url = parse_url(settings.database_url)
        if url.get_backend_name() != "sqlite":
            click.echo(
                "PostgreSQL is backed up by its own means: pg_dump --format=custom --file=FILE DATABASE", err=True
            )
            sys.exit(BAD_USE)
        asked(settings)  # says so if it cannot be reached
        sqlite.back_up(sqlite.file_of(url), file)
        click.echo(f"{file} holds everything that was kept until now; keep it as safe as the database.")


HOLD_COMMANDS = (backup_command, withhold_command, release_command)
