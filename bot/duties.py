"""The commands by which a municipality does its duties: people's rights over their data, and how long they are kept."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal import database_errors, settings_of_environment, told

if TYPE_CHECKING:
    from bot.access_export import Export

NOBODY = "Nobody with that e-mail is on the list."


@click.command("access-export")
@click.argument("email")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write mine-data.html and mine-data.json to.",
)
def access_export(email: str, out: Path) -> None:
    """Write everything about and by the person with EMAIL to a folder, to answer a request for access."""
    from bot.access_export import export_of
    from bot.opening import municipality_of, opened

    async def run() -> "Export | None":
        settings = settings_of_environment()
        async with opened(settings, lock=False) as database:
            now, municipality = datetime.now(UTC), municipality_of(settings)
            return await database.read(lambda uow: export_of(uow, email, now=now, municipality=municipality))

    with told(OSError, *database_errors()):
        found = asyncio.run(run())
        if found is None:
            click.echo(NOBODY, err=True)
            sys.exit(1)
        found.write(out)
    click.echo(f"{found.entries} records and {found.reads} reads are in {out}.")
    for kind, count in found.withheld.items():
        click.echo(f"Not in it, since it is for its author alone: {count} of the kind “{kind.value}”.")
    if found.withheld:
        click.echo("The municipality decides case by case whether the person can have those.")


COMMANDS: tuple[click.Command, ...] = (access_export,)
