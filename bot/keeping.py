"""The commands of how long people's data are kept, and under which key: retention, legal-hold, rotate-keys."""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import click

from bot.terminal import REFERENCE, database_errors, progress, settings_of_environment, told
from domain.retention import LONGEST_MONTHS, SUGGESTED

KIND = click.Choice([each.value for each in SUGGESTED])
SENTENCES = {
    "never_deleted": "this kind is never deleted by its age",
    "no_months": "give the months, from 1 to 1200",
    "no_authority": "say in at most 120 characters where the decision can be looked up",
}


@click.command()
@click.option("--on", "on", type=KIND, help="A kind to delete once over its time; with --months and --authority.")
@click.option("--months", type=click.IntRange(1, LONGEST_MONTHS), help="How long it is kept, in months.")
@click.option("--authority", help="Where the decision can be looked up: a case number, a minute.")
@click.option("--off", "off", type=KIND, help="A kind to delete no more.")
def retention(on: str | None, months: int | None, authority: str | None, off: str | None) -> None:
    """Say how long each kind is kept and what would be deleted tonight; deletion is off until a kind is set.

    Nothing is deleted by the command itself: the bot does it at night, and keeps a record of how much.
    """
    from bot.opening import opened
    from bot.retention import Table, changed, table
    from domain.errors import Problems

    given = [each is not None for each in (on, months, authority)]
    if any(given) and not all(given):
        raise click.UsageError("--on needs --months and --authority, and they need it")

    async def run() -> Table:
        now = datetime.now(UTC)
        async with opened(settings_of_environment(), lock=bool(on or off)) as database:
            if on or off:
                await database.write(
                    lambda uow: changed(uow, on=on, months=months or 0, authority=authority or "", off=off, now=now)
                )
            return await database.read(lambda uow: table(uow, now))

    with told(*database_errors()):
        try:
            found = asyncio.run(run())
        except Problems as problems:
            for name, problem in problems.fields.items():
                click.echo(f"{name}: {SENTENCES[problem.code]}", err=True)
            sys.exit(1)
    for line in found.lines():
        click.echo(line)


@click.command("legal-hold")
@click.option(
    "--case",
    type=REFERENCE,
    help="The case for which nothing may be deleted; without it the holds are listed.",
)
@click.option("--person", metavar="EMAIL", help="Only of this person.")
@click.option("--institution", metavar="NAME", help="Only of this institution.")
@click.option("--lift", is_flag=True, help="End the holds of the case.")
def hold(case: str | None, person: str | None, institution: str | None, lift: bool) -> None:
    """Stop what the bot deletes by itself, for a case: of a person, of an institution, or of everything.

    That is what is over its time or its promised days, and the notes of a visit that have served. What people write
    over or take back themselves while they still may is not stopped, nor that the bot forgets what it was asked last.
    """
    from bot.opening import opened
    from bot.retention import held, listed_holds

    if (person and institution) or ((person or institution or lift) and not case) or (lift and (person or institution)):
        raise click.UsageError("--case with at most one of --person, --institution and --lift")

    async def run() -> list[str]:
        now = datetime.now(UTC)
        async with opened(settings_of_environment(), lock=bool(case)) as database:
            if case:
                await database.write(
                    lambda uow: held(uow, case, person=person, institution=institution, lift=lift, now=now)
                )
            return await database.read(listed_holds)

    with told(*database_errors()):
        found = asyncio.run(run())
    for line in found or ["No hold is on."]:
        click.echo(line)


@click.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypt every note and feedback that is kept with the newest of LAERINGSBOT_TEXT_KEYS.

    It can be stopped and run again. An older key may be taken out of the setting once this has ended.
    """
    from bot.opening import opened
    from storage.filling import fill_portion
    from storage.rotation import seal_batch
    from storage.sealed import KeyMissing, Keyring

    async def run(show: Callable[[str, int, int], None]) -> int:
        settings = settings_of_environment()
        keyring = Keyring.of(settings.keys_of_texts)
        if keyring.newest is None:
            raise click.UsageError("LAERINGSBOT_TEXT_KEYS is empty; put the new key first in it")
        done = 0
        async with opened(settings) as database:
            while sealed := await database.write(lambda uow: seal_batch(uow, keyring)):
                done += sealed
                show("texts", done, 0)
            # Now that the keys open all of it, nothing has to be left out.
            after: UUID | None = None
            while after := await database.write(lambda uow: fill_portion(uow.session.connection(), after)[0]):
                pass
            # What stood there before must not be left in the file, nor in its next backup.
            await database.scrub()
        return done

    with told(KeyMissing, *database_errors()), progress() as show:
        done = asyncio.run(run(show))
    click.echo(f"{done} texts are encrypted with the newest key; all others were.")


KEEPING_COMMANDS: tuple[click.Command, ...] = (retention, hold, rotate_keys)
