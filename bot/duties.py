"""The commands by which a municipality does its duties to the people whose data it keeps."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from uuid import UUID

import click

from bot.terminal import REFERENCE, database_errors, settings_of_environment, told

if TYPE_CHECKING:
    from bot.access_export import Export

DAY = click.DateTime(["%Y-%m-%d"])
UNKEPT = {
    "empty": "it is empty",
    "cpr": "that looks like a civil registration number, which is not kept",
    "too_long": "at most %(limit)s characters, and there are %(length)s",
}
NOBODY = "Nobody with that e-mail is on the list."


@click.command("access-export")
@click.argument("email")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write mine-data.html and mine-data.json to; an earlier export in it is left, and refused.",
)
@click.option("--by", metavar="EMAIL", help="Who answers the request, if on the list; the person gets to see it.")
@click.option("--case", type=REFERENCE, help="The municipality's own number of the case.")
def access_export(email: str, out: Path, by: str | None, case: str | None) -> None:
    """Write everything about and by the person with EMAIL to a folder, to answer a request for access.

    It is kept that it was done, when, and by whom where that is said: the person sees it under who has read what.
    """
    from bot.access_export import export_of, note
    from bot.named import person_named
    from bot.opening import municipality_of, opened

    async def run() -> "Export":
        async with opened(settings, lock=False) as database:
            now, municipality = datetime.now(UTC), municipality_of(settings)
            by_id = (await database.read(lambda uow: person_named(uow, by, option="--by"))).id if by else None
            found = await database.read(lambda uow: export_of(uow, email, now=now, municipality=municipality))
            # A folder that cannot be written is told before anything counts as read.
            found.prepare(out)
            await database.note(lambda uow: note(uow, found, by_id=by_id, case=case or "", now=now))
            return found

    with told(*database_errors()):
        settings = settings_of_environment()
        found = asyncio.run(run())
        found.write(out)
    click.echo(f"{found.entries} records and {found.reads} reads are in {out}.")
    if missing := settings.missing_facts():
        click.echo(
            f"The page does not say all that it owes, since these are not set here: {', '.join(missing)}. Set them as "
            "the bot has them, and write it once more, to another folder.",
            err=True,
        )
    for kind, count in found.withheld.items():
        click.echo(f"Not in it, since it is for its author alone: {count} of the kind “{kind.value}”.")
    if found.withheld:
        click.echo("The municipality decides case by case whether the person can have those.")


@click.command()
@click.argument("email")
@click.argument("record", type=click.UUID)
@click.option("--wanted", type=click.File(encoding="utf-8"), required=True, help="A file: what is wrong and right.")
@click.option("--case", type=REFERENCE, required=True, help="The municipality's own number of the case.")
@click.option("--reason", default="", help="Why, in a line.")
def rectify(email: str, record: UUID, wanted: TextIO, case: str, reason: str) -> None:
    """Ask the author of RECORD for a correction, for the person with EMAIL; nothing is overwritten.

    RECORD is the id of a 1:1 or of a feedback, as access-export tells it. The author answers in Teams.
    """
    from bot.opening import municipality_of, opened
    from dialogs.rectification_ask import ask_for
    from domain.errors import NotAllowed, Problems

    async def run() -> bool:
        settings = settings_of_environment()
        async with opened(settings) as database:
            now, municipality, words = datetime.now(UTC), municipality_of(settings), wanted.read()
            return await database.write(
                lambda uow: ask_for(
                    uow, email, record, wanted=words, reason=reason, case=case, now=now, municipality=municipality
                )
            )

    with told(UnicodeDecodeError, *database_errors()):
        try:
            is_known = asyncio.run(run())
        except NotAllowed:
            click.echo("There is no note or feedback of that id that others have written to the person.", err=True)
            sys.exit(1)
        except Problems as problems:
            for name, problem in problems.fields.items():
                click.echo(f"--{name} cannot be kept: {UNKEPT[problem.code] % problem.values}", err=True)
            sys.exit(1)
    if not is_known:
        click.echo(NOBODY, err=True)
        sys.exit(1)
    click.echo("The author has been asked, and answers in Teams within a month.")


@click.command()
def roles() -> None:
    """Print who may see what, as the policy has it, as a Markdown table."""
    from bot.roles import matrix

    click.echo(matrix(), nl=False)


@click.command()
@click.option("--person", metavar="EMAIL", help="Whose data it is about.")
@click.option("--institution", metavar="NAME", help="Or which institution's.")
@click.option("--from", "first", type=DAY, metavar="YYYY-MM-DD", required=True, help="The first day.")
@click.option("--to", "last", type=DAY, metavar="YYYY-MM-DD", required=True, help="The last day.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write to; an earlier kit in it is left, and refused.",
)
def breach(person: str | None, institution: str | None, first: datetime, last: datetime, out: Path) -> None:
    """Write who could have seen and who did read what in a span, for the notification of a data breach."""
    from bot.breach import Kit, kit_of
    from bot.opening import opened

    if bool(person) == bool(institution) or last < first:
        raise click.UsageError("either --person or --institution, and --from no later than --to")

    async def run() -> Kit:
        settings = settings_of_environment()
        async with opened(settings, lock=False) as database:
            return await database.read(
                lambda uow: kit_of(
                    uow,
                    email=person,
                    institution=institution,
                    first=first.date(),
                    last=last.date(),
                    now=datetime.now(UTC),
                    zone=settings.timezone,
                )
            )

    with told(*database_errors()):
        kit = asyncio.run(run())
        kit.write(out)
    for name, count in kit.counts.items():
        click.echo(f"{name}.csv: {count}")
    if institution:
        click.echo("Not in it: the 1:1 notes of those who work there. Write the kit of each of them, too: --person.")


DUTY_COMMANDS: tuple[click.Command, ...] = (access_export, rectify, roles, breach)
