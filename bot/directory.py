"""The command that looks everybody up in Entra."""

import asyncio
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from bot.terminal import BAD_USE, database_errors, progress, settings_of_environment, told

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.reach import LookedUp


@click.command()
def directory() -> None:
    """Look everybody on the list up in Entra: fill in missing ids, and tell who has no account that can be used."""
    from bot.opening import municipality_of, opened
    from bot.serve import directory_for, messenger_for, token_source, utc_now
    from scheduler.directory import Busy, Missing, Refused
    from scheduler.reaching import Reaching

    async def run(settings: "Settings", show: Callable[[str, int, int], None]) -> "LookedUp | None":
        tokens = token_source(settings, local=False)
        async with (
            opened(settings) as database,
            messenger_for(settings, tokens, local=False) as messenger,
            directory_for(settings, tokens, messenger) as graph,
        ):
            if graph is None or not graph.looks_up:
                return None
            municipality, rate = municipality_of(settings), settings.send_rate
            reaching = Reaching(database, graph, municipality, utc_now, rate, is_waiting=True)
            return await reaching.look_up(progress=lambda done, total: show("people", done, total))

    with told(*database_errors()):
        settings = settings_of_environment()
        settings.for_directory()
        try:
            with progress() as show:
                report = asyncio.run(run(settings, show))
        except (Busy, Refused, Missing) as why:
            click.echo(f"Graph does not answer ({why.reason}): laeringsbot doctor says what it takes.", err=True)
            sys.exit(1)
    if report is None:
        click.echo("LAERINGSBOT_DIRECTORY is not set: write email, or the id of a group in Entra.", err=True)
        sys.exit(BAD_USE)
    for account, count in sorted(report.by_account.items()):
        click.echo(f"{account.value}: {count}")
    click.echo(f"{report.filled_in} ids filled in. Nobody has a role by it: roles come from people.csv.")
    if report.not_on_the_list:
        click.echo(f"{report.not_on_the_list} of the group are not on the list.")
