"""The command line: `laeringsbot`, or `python -m bot`."""

import asyncio
import gc
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.anonymise import anonymise
from bot.directory import directory
from bot.duties import DUTY_COMMANDS
from bot.holding import HOLD_COMMANDS
from bot.journal_command import journal
from bot.keeping import KEEPING_COMMANDS
from bot.terminal import Moment, database_errors, moment_of, progress, settings_of_environment, told

if TYPE_CHECKING:
    from bot.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="laeringsbot")
def main() -> None:
    """A Teams bot for learning dialogues in a municipality's Children and Youth department.

    New here: "laeringsbot demo" shows everything on this machine, with invented people and nothing of Azure.

    In earnest: set the environment as the README says, then migrate, import, serve; and doctor when in doubt.
    """


@main.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path(".demo"),
    show_default=True,
    help="Where it keeps its data.",
)
@click.option("--reset", is_flag=True, help="Start over with fresh data, and end.")
def demo(folder: Path, reset: bool) -> None:
    """Run a local demonstration with an invented municipality and Teams' test client for three people."""
    from bot.demonstration import demonstrate, forget

    if reset:
        forget(folder)
        click.echo("The demo starts over next time.")
        return
    sys.exit(asyncio.run(demonstrate(folder)))


@main.command()
@click.option("--local", is_flag=True, help="Development only: this machine alone, and no authentication.")
def serve(local: bool) -> None:
    """Run the bot until it is stopped."""
    # All that is imported stays; to look through it for rubbish meanwhile would take a sixth of the start.
    gc.disable()
    from bot.logs import log_to_stderr
    from bot.serve import on_a_loop
    from bot.serve import serve as run

    with told(*database_errors()):
        settings = settings_of_environment()
        log_to_stderr(settings.log_level.value, as_json=settings.log_format.value == "json")
        on_a_loop(run(settings, local=local))


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from contextlib import suppress

    from bot.opening import NoDatabase, is_migrated
    from storage.filling import fill
    from storage.migrating import migrate as run
    from storage.sealed import Keyring

    with told(*database_errors()):
        settings = settings_of_environment()
        with suppress(NoDatabase):
            is_migrated(settings)  # says so if it cannot be reached
        before, after = run(settings.database_url)
        click.echo(f"The database is at {after} already." if before == after else f"The database is now at {after}.")
        if unopened := fill(settings.database_url, Keyring.of(settings.keys_of_texts)):
            click.echo(
                f"Answers to feedback that could not be opened: {unopened}. They are encrypted with a key that is not "
                "among LAERINGSBOT_TEXT_KEYS: put it back and run laeringsbot migrate again."
            )


@main.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--ending",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="Let as many as N of a kind end that the lists lack.",
)
@click.option("--dry-run", is_flag=True, help="Say what would become of them, and import nothing.")
def import_(folder: Path, ending: int | None, dry_run: bool) -> None:
    """Import institutions, people, themes, dialogues and key figures from the CSV files in FOLDER: all or nothing.

    What institutions.csv and people.csv lack is ended, and nothing of it deleted. A list without more than a tenth of
    those there are, and more than five, is refused unless --ending says how many.
    """
    from bot.opening import opened
    from storage.importing import ImportProblems, ImportReport, import_folder

    async def run(settings: "Settings", progress: Callable[[str, int, int], None]) -> ImportReport:
        async with opened(settings, lock=not dry_run) as database:
            run_it = database.rehearse if dry_run else database.write
            return await run_it(
                lambda uow: import_folder(
                    uow,
                    folder,
                    now=datetime.now(UTC),
                    progress=progress,
                    zone=settings.timezone,
                    ending=None if dry_run else ending or 0,
                )
            )

    with told(*database_errors()):
        settings = settings_of_environment()
        try:
            with progress() as show:
                report = asyncio.run(run(settings, show))
        except ImportProblems as problems:
            for problem in problems.problems:
                click.echo(str(problem), err=True)
            click.echo(f"Nothing was imported: {len(problems.problems)} to correct.", err=True)
            sys.exit(1)
    for name, counts in report.counts.items():
        if any(vars(counts).values()):
            click.echo(f"{name}: " + ", ".join(f"{count} {word}" for word, count in vars(counts).items() if count))
    if dry_run:
        for each in report.endings:
            if not each.is_meant(ending or 0):
                click.echo(f"{each.file}: {each}", err=True)
        click.echo("Nothing was imported: this was a dry run.", err=True)


@main.command()
@click.option("--at", type=Moment(), help="Act as if it were this time; now by default.")
@click.option("--local", is_flag=True, help="Development only: no authentication.")
def tick(at: datetime | None, local: bool) -> None:
    """Plan and deliver once what is due, then end."""
    from bot.journal import places_for
    from bot.opening import municipality_of, opened
    from bot.serve import directory_for, messenger_for, token_source
    from scheduler.scheduler import Scheduler

    async def run(settings: "Settings", now: datetime) -> int:
        tokens = token_source(settings, local=local)
        async with (
            opened(settings) as database,
            messenger_for(settings, tokens, local=local) as messenger,
            directory_for(settings, tokens, messenger) as directory,
            places_for(settings) as places,
        ):
            municipality = municipality_of(settings, local=local)
            scheduler = Scheduler(
                database,
                messenger,
                municipality,
                lambda: now,
                settings.send_rate,
                directory,
                # A time that is made up says nothing of how long nobody has served the database.
                watches=at is None and not local,
                places=places,
            )
            return await scheduler.tick()

    with told(*database_errors()):
        settings = settings_of_environment()
        settings.for_serve(local=local)
        handled = asyncio.run(run(settings, moment_of(at, settings)))
        click.echo(f"{handled} messages handled.")


@main.command()
@click.option("--as", "email", required=True, metavar="EMAIL", help="Who asks.")
@click.option("--at", type=Moment(), help="Act as if it were this time; now by default.")
@click.option("--after", multiple=True, metavar="TEXT", help="Asked before it, so that TEXT may go on from there.")
@click.argument("text")
def ask(email: str, at: datetime | None, after: tuple[str, ...], text: str) -> None:
    """Answer TEXT as the bot would answer that person, as JSON; nothing is kept, and no file is made."""
    from bot.opening import municipality_of, opened
    from cards import refusal
    from dialogs.conversation import hear
    from dialogs.turn import Turn
    from dialogs.understanding import REFUSE
    from domain.errors import NotAllowed, Refusal
    from domain.slots import Reason
    from storage.asking import forget_question
    from storage.organisation import person_with_email
    from storage.unit_of_work import UnitOfWork

    async def run(settings: "Settings", now: datetime) -> dict[str, Any] | None:
        def work(uow: UnitOfWork) -> dict[str, Any] | None:
            person = person_with_email(uow, email)
            if person is None or not person.is_active(now.astimezone(settings.timezone).date()):
                return None
            turn = Turn.of(person, uow, now, municipality_of(settings))
            # What is understood here follows from what is typed here, and not from what was asked in the chat.
            forget_question(uow, person.id)
            answered: dict[str, Any] = {}
            for said in (*after, text):
                try:
                    found = hear(turn, said)
                    answered = {"intent": found.intent, "slots": found.slots, "card": found.card}
                except NotAllowed as refused:
                    answered = {
                        "intent": REFUSE,
                        "slots": {"reason": Reason.OUTSIDE_RESPONSIBILITY.value},
                        "card": refusal.show(turn._, refused),
                    }
                except Refusal as refused:
                    answered = {"intent": REFUSE, "slots": {}, "card": refusal.show(turn._, refused)}
            return answered

        async with opened(settings, lock=False) as database:
            return await database.rehearse(work)

    with told(*database_errors()):
        settings = settings_of_environment()
        answer = asyncio.run(run(settings, moment_of(at, settings)))
    if answer is None:
        click.echo("Nobody with that e-mail is on the list.", err=True)
        sys.exit(1)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


@main.command()
def doctor() -> None:
    """Say what is wrong, and what to do about it."""
    from bot.doctor import examine

    with told():
        settings = settings_of_environment()
        findings = asyncio.run(examine(settings, datetime.now(UTC)))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_well else 'LOOK'}  {finding.what}")
        if finding.advice:
            click.echo("      " + finding.advice.replace("\n", "\n      "))
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)


@main.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("laeringsbot.zip"),
    show_default=True,
    help="The file to write.",
)
def manifest(out: Path) -> None:
    """Build and check the Teams app package."""
    from bot.manifest import build, developer_of
    from bot.manifest_rules import ManifestError

    with told(ManifestError, OSError):
        settings = settings_of_environment()
        build(settings.app_id, settings.public_url, out, developer=developer_of(settings))
        click.echo(f"{out} is ready to be uploaded in the Teams admin centre.")


for _command in (*HOLD_COMMANDS, *DUTY_COMMANDS, *KEEPING_COMMANDS, anonymise, directory, journal):
    if _command.name in main.commands:
        raise ValueError(f"two commands are called {_command.name}")
    main.add_command(_command)


if __name__ == "__main__":
    main()
