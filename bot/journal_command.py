"""The command for what is handed over to the journal: what waits, what is in the way, and trying it again."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal import database_errors, settings_of_environment, told

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.journal import Standing, Undelivered
    from storage.unit_of_work import UnitOfWork

OFF = "Nothing is handed over: set LAERINGSBOT_JOURNAL_FOLDER or LAERINGSBOT_JOURNAL_URL."


@click.command()
@click.option("--retry", is_flag=True, help="Have all that has not arrived tried again at once.")
@click.option("--dry-run", is_flag=True, help="Say what would be handed over now, and do nothing.")
def journal(retry: bool, dry_run: bool) -> None:
    """Say which records wait for the journal or have failed, and why; 1 where somebody has to look.

    The bot hands them over itself, within a minute, and tries again for as long as it takes.
    """
    from storage import journal as kept
    from storage.journal_new import enter_new

    if retry and dry_run:
        raise click.UsageError("either --retry or --dry-run")

    async def run(settings: "Settings") -> "tuple[int, Sequence[Undelivered], Standing]":
        from bot.opening import opened

        now = datetime.now(UTC)

        def look(uow: "UnitOfWork") -> "tuple[int, Sequence[Undelivered], Standing]":
            done = 0
            if dry_run and (settings.journal_folder or settings.journal_url):
                while entered := enter_new(uow, now, settings.timezone):
                    done += entered
            if retry:
                done = kept.try_again(uow, now)
            return done, kept.undelivered(uow), kept.standing(uow, now)

        async with opened(settings, lock=retry) as database:
            if retry:
                return await database.write(look)
            return await database.rehearse(look) if dry_run else await database.read(look)

    with told(*database_errors()):
        settings = settings_of_environment()
        done, waiting, stands = asyncio.run(run(settings))
    for line in _places(settings):
        click.echo(line)
    if dry_run:
        click.echo(f"{len(waiting)} would be handed over, {done} of them new; nothing was.")
    if retry:
        click.echo(f"{done} are tried again within a minute of laeringsbot serve, or by laeringsbot tick.")
    for each in waiting:
        click.echo(_line(each))
    counted = ", ".join(f"{count} {state.value}" for state, count in sorted(stands.by_state.items()))
    click.echo(f"{counted or 'nothing yet'}.")
    if not retry and not dry_run and (stands.failed or stands.overdue):
        sys.exit(1)


def _places(settings: "Settings") -> list[str]:
    """Where records go. An address may hold a key, so that only its host is said."""
    from urllib.parse import urlsplit

    found = []
    if settings.journal_folder:
        there = Path(settings.journal_folder).is_dir()
        found.append(f"folder: {settings.journal_folder}{'' if there else ' (it is not there)'}")
    if settings.journal_url:
        found.append(f"webhook: {urlsplit(settings.journal_url).hostname}")
    return found or [OFF]


def _line(each: "Undelivered") -> str:
    since = f"{each.planned_at:%Y-%m-%d %H:%M} UTC"
    again = f"; again at {each.next_at:%Y-%m-%d %H:%M} UTC" if each.next_at else ""
    why = f", {each.reason}{again}" if each.reason else ""
    return f"{each.state.value:<8}  {each.name}  since {since}, {each.attempts} attempts{why}"
