"""The demo from nothing: a folder with a database of its own, an invented municipality, the bot, and three people."""

import asyncio
import shlex
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo import BOT_PORT, Persona, claimed_port, run
from scheduler.calendar import DaysOff
from storage.database import Database
from storage.demo import seed
from storage.demo_town import PERSONAS, email_of
from storage.migrating import migrate

ZONE = ZoneInfo("Europe/Copenhagen")
FACTS = {
    "LAERINGSBOT_CONTROLLER": "Skovkøbing Kommune (opdigtet)",
    "LAERINGSBOT_PURPOSE": "Kvalitetsopfølgning og tilsyn i Børn og Unges tilbud",
    "LAERINGSBOT_BASIS": "Databeskyttelsesforordningen art. 6, stk. 1, litra e",
    "LAERINGSBOT_RECIPIENTS": "Ingen uden for kommunen; den leverandør, der driver serveren, er databehandler",
    "LAERINGSBOT_STORAGE": "I kommunens egen database, i fem år",
    "LAERINGSBOT_CONTACT": "kvalitet@skovkoebing.example",
    "LAERINGSBOT_DPO": "dpo@skovkoebing.example",
    "LAERINGSBOT_LIS_URL": "https://lis.skovkoebing.example",
}
DATABASE, ENVIRONMENT = "laeringsbot.db", "environment"


async def demonstrate(folder: Path) -> int:
    """Runs until Ctrl-C; the exit code. Data that are there already are gone on with."""
    url = await asyncio.to_thread(_database_in, folder)
    await asyncio.to_thread(migrate, url)
    await fill(url, datetime.now(UTC))
    people = [Persona(each.key, each.name, each.aad_object_id, each.role) for each in PERSONAS]
    command = [sys.executable, "-m", "bot", "serve", "--local"]
    settings = {**FACTS, "LAERINGSBOT_DATABASE_URL": url, "LAERINGSBOT_QUIET": "false"}
    hint = to_run_commands(folder, settings)
    with claimed_port(BOT_PORT) as port:
        environment = {**settings, "LAERINGSBOT_PORT": str(port)}
        return await run(folder, people, bot_command=command, environment=environment, bot_port=port, hint=hint)


async def fill(url: str, now: datetime) -> None:
    """Puts the invented municipality into a database that has none."""
    database = Database(url)
    await database.start()
    try:
        await database.write(lambda uow: seed(uow, now, ZONE, DaysOff()))
    finally:
        await database.close()


def _database_in(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(folder / DATABASE).resolve()}"


def to_run_commands(folder: Path, settings: Mapping[str, str]) -> str:
    """Puts the demo's settings into a file for a shell, and says how the commands meet its people by it."""
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in settings.items()]
    (folder / ENVIRONMENT).write_text("".join(lines), encoding="utf-8")
    program = Path(sys.executable).with_name("laeringsbot")
    return (
        "Other commands work on the same data, in another terminal:\n"
        f"  . {_from_here(folder / ENVIRONMENT)}\n"
        f'  {_from_here(program)} ask --as {email_of(PERSONAS[0].name)} "min oversigt"'
    )


def _from_here(path: Path) -> str:
    """The path as it is typed in this folder."""
    here, whole = Path.cwd(), path.absolute()
    return shlex.quote(f"./{whole.relative_to(here)}" if whole.is_relative_to(here) else str(whole))


def forget(folder: Path) -> None:
    """Removes the demo's data, and keeps what it installed."""
    for file in folder.glob(f"{DATABASE}*"):
        file.unlink()
    (folder / ENVIRONMENT).unlink(missing_ok=True)
    shutil.rmtree(folder / "logs", ignore_errors=True)
