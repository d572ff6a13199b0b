"""Says what is wrong and what to do about it, as far as can be seen from here."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot import unreached
from bot.certificate import Unusable
from bot.health import PLANNED_WITHIN, disk_warning, failing_warning, hold_warnings, journal_warning
from bot.keys import SigningKeys
from bot.opening import ADVICE as TO_OPEN
from bot.opening import NoDatabase, NotMigrated, TooNew, Unreachable, is_migrated, municipality_of
from bot.serve import directory_for, messenger_for, token_source
from bot.settings import Settings, SettingsError
from bot.tokens import CHANNEL, GRAPH, UNREACHED, NoToken
from storage import hold, journal
from storage.database import Database
from storage.errors import DatabaseError
from storage.locks import locked, locked_warning
from storage.obstacle import UNWRITTEN, WORDS, Obstacle
from storage.prompt_standing import Standing, settled_badly, standing
from storage.rotation import standing as texts_by_key
from storage.sealed import name_of
from storage.trial import obstacle_of, tried
from storage.unit_of_work import UnitOfWork

ADVICE = {
    **TO_OPEN,
    Obstacle.FULL: "its disk is full: make room; what was kept is there, and people are asked to press again",
    Obstacle.BROKEN: "its files cannot be written or read though there is room: look in the system's log for what its "
    "disk says, and at how much the bot's user may write (a quota, ulimit -f)",
    Obstacle.READ_ONLY: "it may only be read: let the bot's user write to it, or bring back the server that may be "
    "written",
    Obstacle.BUSY: "it was waited for in vain: an import, an anonymisation, a migration, a VACUUM FULL ends by itself; "
    "end anything else. Who has only rows locked on PostgreSQL stands in pg_stat_activity as idle in transaction",
    Obstacle.AWAY: "it went away while it was looked at: see whether it is there, and run this again",
}
WITHOUT_ANSWER = (
    "Entra cannot be reached: see whether this machine gets to login.microsoftonline.com, through the firewall and any "
    "proxy; with a managed identity, whether the machine has one"
)
SESSION = (
    "a VACUUM FULL or a migration ends by itself; see what else it is: SELECT * FROM pg_stat_activity WHERE pid = {0}"
    "; and end it, as postgres where it is another user's: SELECT pg_terminate_backend({0})"
)
REFUSED = "check MicrosoftAppId, its secret, certificate or identity, and the tenant"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well or not, and what to do if it is not."""

    what: str
    is_well: bool
    advice: str = ""


async def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Settings, tokens, keys, database and delivery, in the order in which one needs the other."""
    found = [_settings(settings), *_downloads(settings), *_journal_folder(settings)]
    found += [*await _token(settings, now), *await _graph(settings), *await _signing_keys(settings)]
    database = Database(settings.database_url, lock=False, text_keys=settings.keys_of_texts)
    try:
        found += _disk(database)
        problems = await _opened(database, settings)
        found += problems or await _looked_into(database, settings, now)
    finally:
        await database.close()
    return found


async def _looked_into(database: Database, settings: Settings, now: datetime) -> list[Finding]:
    found = await _written(database)
    try:
        found += _locked(await database.read(locked))
        found += await database.read(lambda uow: _keys(uow, settings))
        found += await database.read(lambda uow: _serving(uow) + _delivery(uow, now, settings))
        found += await database.read(lambda uow: _journal(uow, now))
        people = await database.read(lambda uow: unreached.told(uow, settings, now))
        found += [Finding(who, False, advice) for who, advice in people]
    except DatabaseError as fault:
        obstacle = obstacle_of(fault, database)
        if not any(each.what == WORDS[obstacle] for each in found):
            found.append(Finding(WORDS[obstacle], False, ADVICE[obstacle]))
    return found


def _settings(settings: Settings) -> Finding:
    try:
        settings.for_serve(local=False)
    except SettingsError as problem:
        return Finding("settings", False, str(problem))
    return Finding("settings", True)


def _keys(uow: UnitOfWork, settings: Settings) -> list[Finding]:
    """Whether notes and feedback are encrypted where they are kept, and whether every one of them can be opened."""
    set_now = [name_of(key) for key in settings.keys_of_texts]
    kept = texts_by_key(uow)
    found = []
    for name, count in sorted(kept.items()):
        if name and name not in set_now:
            advice = "put that key back among LAERINGSBOT_TEXT_KEYS; without it nobody can read them"
            found.append(Finding(f"{count} notes and feedback are encrypted with the key {name}", False, advice))
    waiting = sum(count for name, count in kept.items() if set_now and name in ("", *set_now[1:]))
    if waiting:
        advice = "stop the bot, run laeringsbot rotate-keys, and start it again"
        found.append(Finding(f"{waiting} notes and feedback are not encrypted with the newest key", False, advice))
    if not found:
        how = f"encrypted with the key {set_now[0]}" if set_now else "as plain text; a key would encrypt them"
        found.append(Finding(f"notes and feedback are kept {how}", True))
    return found


def _downloads(settings: Settings) -> list[Finding]:
    if settings.public_url:
        return []
    advice = "set LAERINGSBOT_PUBLIC_URL; until then nobody can fetch a document or a calendar entry"
    return [Finding("files to download", False, advice)]


def _journal_folder(settings: Settings) -> list[Finding]:
    """A folder that is wrong from the first day, before any record has waited in vain."""
    folder = settings.journal_folder
    if not folder or (Path(folder).is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return []
    advice = "nothing can be put in it: make it, or connect it, and let the bot's user write there"
    return [Finding(f"the journal's folder {folder}", False, advice)]


async def _signing_keys(settings: Settings) -> list[Finding]:
    """Whether the channel's keys can be had; without them nobody is let in."""
    if not settings.app_id or not settings.tenant_id:
        return []
    keys = SigningKeys(settings.openid_metadata_url)
    try:
        await keys.start()
        problem = keys.problem()
    finally:
        await keys.close()
    host = urlsplit(settings.openid_metadata_url).hostname
    return [
        Finding("the channel's signing keys", not problem, f"no way to {host}: open the firewall" if problem else "")
    ]


async def _token(settings: Settings, now: datetime) -> list[Finding]:
    if not settings.app_id or not settings.tenant_id:
        return []
    try:
        await token_source(settings, local=False).header(CHANNEL)
    except Unusable as why:
        return [Finding("token", False, f"LAERINGSBOT_CERTIFICATE_FILE {why}")]
    except NoToken as why:
        advice = WITHOUT_ANSWER if why.reason in UNREACHED else REFUSED
        advice = f"Microsoft gives no token ({why.reason}): {advice}"
        return [Finding("token", False, advice)]
    return [Finding("token", True), *_certificate(settings, now)]


def _certificate(settings: Settings, now: datetime) -> list[Finding]:
    if not settings.certificate_file:
        return []
    certificate = settings.certificate(now)
    if not certificate.expires_soon(now):
        return []
    advice = "add a new one to the registration in Entra, put it in the file, restart, and then remove the old one"
    return [Finding(f"the certificate expires on {certificate.expires_at:%Y-%m-%d}", False, advice)]


async def _graph(settings: Settings) -> list[Finding]:
    if not (settings.directory or settings.teams_app_id) or not settings.app_id or not settings.tenant_id:
        return []
    try:
        tokens = token_source(settings, local=False)
        await tokens.header(GRAPH)
    except Unusable:
        return []  # told above
    except NoToken as why:
        return [Finding("Graph", False, f"Microsoft gives no token for Graph ({why.reason})")]
    async with (
        messenger_for(settings, tokens, local=False) as messenger,
        directory_for(settings, tokens, messenger) as graph,
    ):
        problem = await unreached.graph_problem(graph) if graph else ""
    return [Finding("Graph", not problem, problem)]


async def _opened(database: Database, settings: Settings) -> list[Finding]:
    """What keeps the database from being looked into; nothing once it is started."""
    try:
        if not await asyncio.to_thread(is_migrated, settings):
            return [Finding("database", False, str(NotMigrated()))]
        await database.start()
    except (NoDatabase, TooNew, Unreachable, DatabaseError, OSError) as fault:
        obstacle = obstacle_of(fault, database)
        if obstacle is Obstacle.AWAY:
            return [Finding("database", False, str(fault))]
        # The files of SQLite cannot even be opened where they cannot be written.
        return [Finding(WORDS[obstacle], False, ADVICE[obstacle])]
    return []


async def _written(database: Database) -> list[Finding]:
    """Whether it can be written to, which /readyz knows by the heartbeat of whoever serves it."""
    obstacle = await tried(database)
    if obstacle is None:
        return [Finding("database", True)]
    return [Finding(UNWRITTEN if obstacle is Obstacle.AWAY else WORDS[obstacle], False, ADVICE[obstacle])]


def _locked(tables: Sequence[tuple[str, int]]) -> list[Finding]:
    """One for each session: each is looked at, and ended, by itself."""
    by_session: dict[int, list[tuple[str, int]]] = {}
    for table, session in tables:
        by_session.setdefault(session, []).append((table, session))
    warnings = [(locked_warning(each), session) for session, each in by_session.items()]
    return [Finding(warning, False, SESSION.format(session)) for warning, session in warnings if warning]


def _disk(database: Database) -> list[Finding]:
    found = []
    try:
        if warning := disk_warning(database):
            found.append(Finding(warning, False, "a full disk stops everything that people write from being kept"))
        if database.is_read_by_others():
            advice = f"chmod o= {database.url.database}* as the bot's user"
            found.append(Finding("everybody on this machine may read the database", False, advice))
    except FileNotFoundError:
        pass  # told below: there is no database
    return found


def _serving(uow: UnitOfWork) -> list[Finding]:
    """Whether anybody serves the database, and whether what is to be sent is held back."""
    stands = hold.standing(uow)
    found = []
    if stands.alive_at is None:
        found.append(Finding("nobody has served this database yet", False, "start it: laeringsbot serve"))
    elif stands.silent_for > PLANNED_WITHIN:
        what = f"nobody has served this database since {stands.alive_at:%Y-%m-%d %H:%M} UTC"
        found.append(Finding(what, False, "start laeringsbot serve, or look at its log and its /readyz"))
    elif stands.silent_for < -PLANNED_WITHIN:
        what = f"this database was served at {stands.alive_at:%Y-%m-%d %H:%M} UTC, which is still to come by its clock"
        found.append(Finding(what, False, "a clock was set back, or had been set forward: mend the time service"))
    elif stands.unplanned_for is None or stands.unplanned_for > PLANNED_WITHIN:
        since = f"since {stands.planned_at:%Y-%m-%d %H:%M} UTC" if stands.planned_at else "yet"
        advice = "nobody is reminded: the log of laeringsbot serve says why"
        found.append(Finding(f"nothing has been planned {since}, though somebody serves this database", False, advice))
    found += [
        Finding(failing_warning(flow), False, "the log of laeringsbot serve says of which kind the error is")
        for flow in stands.failing
    ]
    why = "nobody had served it for hours, as after a restore from a backup"
    for warning in hold_warnings(stands):
        advice = why if stands.because is hold.HeldBecause.SILENCE else "an operator asked for it"
        found.append(Finding(warning, False, advice if "held back" in warning else ""))
    return found


def _delivery(uow: UnitOfWork, now: datetime, settings: Settings) -> list[Finding]:
    stands = standing(uow, now, municipality_of(settings).quiet)
    found = [Finding(f"delivery: {_counted(stands)}", True)]
    if stands.late:
        advice = "check that laeringsbot serve runs, and its /readyz"
        found.append(Finding(f"{stands.late} messages are more than five minutes late", False, advice))
    for each in settled_badly(uow):
        advice = (
            "it may have arrived: ask the person, then leave it or let them type what it was about"
            if each.state == "uncertain"
            else "the channel refuses it: has the person removed or blocked the app?"
        )
        found.append(Finding(f"a message is {each.state.value} ({each.reason or 'no reason given'})", False, advice))
    return found


def _journal(uow: UnitOfWork, now: datetime) -> list[Finding]:
    """Whether what is final or closed has arrived in the journal, where there is any such record."""
    stands = journal.standing(uow, now)
    counted = ", ".join(f"{count} {state.value}" for state, count in sorted(stands.by_state.items()))
    if warning := journal_warning(stands):
        return [Finding(warning, False, "mend what its reasons say, then run laeringsbot journal --retry")]
    return [Finding(f"journal: {counted}", True)] if counted else []


def _counted(stands: Standing) -> str:
    counted = ", ".join(f"{count} {state}" for state, count in sorted(stands.by_state.items()))
    return counted or "nothing planned yet"
