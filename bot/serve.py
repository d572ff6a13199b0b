"""The running bot: everything made of the settings, started in order and stopped in the reverse."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import web

from bot.adapter import Adapter
from bot.answers import Answers
from bot.drain import serve_until
from bot.files import Files
from bot.graph import GRAPH_URL, Graph
from bot.guard import Guard
from bot.health import Health
from bot.journal import places_for
from bot.keys import SigningKeys
from bot.messenger import TeamsMessenger
from bot.metrics import Metrics
from bot.opening import municipality_of, opened
from bot.settings import AppType, Settings
from bot.teams import TeamsBot
from bot.tokens import NoAuthentication, Tokens, TokenSource, with_managed_identity, with_secret
from bot.turns import Turns
from bot.web import make_app
from scheduler.scheduler import Scheduler

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


def token_source(settings: Settings, *, local: bool) -> TokenSource:
    """Who the bot is to Microsoft, as it is set; nobody in the local mode."""
    if local:
        return NoAuthentication()
    if settings.app_type is AppType.USER_ASSIGNED_MSI:
        return Tokens(with_managed_identity(settings.app_id))
    if settings.certificate_file:
        certificate = settings.certificate(utc_now())
        return Tokens(with_secret(settings.app_id, certificate.credential, settings.tenant_id))
    return Tokens(with_secret(settings.app_id, settings.app_password.get_secret_value(), settings.tenant_id))


@asynccontextmanager
async def messenger_for(settings: Settings, tokens: TokenSource, *, local: bool) -> AsyncIterator[TeamsMessenger]:
    messenger = TeamsMessenger(tokens, hosts=settings.allowed_service_hosts, local=local)
    await messenger.start()
    try:
        yield messenger
    finally:
        await messenger.close()


@asynccontextmanager
async def directory_for(
    settings: Settings, tokens: TokenSource, messenger: TeamsMessenger, *, url: str = GRAPH_URL
) -> AsyncIterator[Graph | None]:
    """Graph, as far as it is set to be used; None without."""
    if not settings.directory and not settings.teams_app_id:
        yield None
        return
    graph = Graph(
        tokens,
        messenger,
        app_id=settings.app_id,
        tenant_id=settings.tenant_id,
        directory=settings.directory,
        teams_app_id=settings.teams_app_id,
        url=url,
    )
    await graph.start()
    try:
        yield graph
    finally:
        await graph.close()


@asynccontextmanager
async def service(
    settings: Settings,
    *,
    local: bool = False,
    tokens: TokenSource | None = None,
    now: Callable[[], datetime] = utc_now,
    graph_url: str = GRAPH_URL,
) -> AsyncIterator[web.Application]:
    """The whole bot, started, and stopped in order; SettingsError, or what `opened` raises, if it cannot be."""
    settings.for_serve(local=local)
    municipality = municipality_of(settings, local=local)
    tokens = tokens or token_source(settings, local=local)
    keys = None if local else SigningKeys(settings.openid_metadata_url)
    async with (
        opened(settings) as database,
        _running(keys),
        messenger_for(settings, tokens, local=local) as messenger,
        directory_for(settings, tokens, messenger, url=graph_url) as directory,
        places_for(settings) as places,
    ):
        scheduler = Scheduler(
            database,
            messenger,
            municipality,
            now,
            settings.send_rate,
            directory,
            watches=not local,
            places=places,
        )
        health = Health(database, keys, scheduler, tokens)
        answers = Answers(database, messenger, now)
        turns = Turns(database, answers, municipality, now, scheduler.delivery.wake)
        metrics = Metrics(health, municipality.quiet, now, answers.counted)
        await scheduler.start()
        try:
            async with _alongside(metrics.watch_the_loop()):
                yield make_app(
                    guard=_guard(settings, keys),
                    adapter=Adapter(),
                    handler=TeamsBot(turns).on_turn,
                    files=Files(database, municipality, now),
                    health=health.problems,
                    warnings=health.warnings,
                    closed=health.closed,
                    registry=metrics.registry,
                    refresh=metrics.refresh,
                    metrics_token=settings.metrics_token.get_secret_value(),
                )
        finally:
            await turns.settle()
            await scheduler.stop()


@asynccontextmanager
async def _running(keys: SigningKeys | None) -> AsyncIterator[None]:
    try:
        if keys:
            await keys.start()
        yield
    finally:
        if keys:
            await keys.close()


@asynccontextmanager
async def _alongside(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _guard(settings: Settings, keys: SigningKeys | None) -> Guard:
    if keys is None:
        return Guard.local()
    return Guard(
        app_id=settings.app_id,
        tenant_id=settings.tenant_id,
        service_hosts=settings.allowed_service_hosts,
        keys=keys,
    )


def on_a_loop(serving: Coroutine[None, None, None]) -> None:
    """Runs it to its end on uvloop, which reads and writes a connection in C: a fifth of what a request costs."""
    import uvloop

    uvloop.run(serving)


async def serve(settings: Settings, *, local: bool) -> None:
    """Serves until it is stopped by SIGTERM or Ctrl-C, and finishes what is under way."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in _signals():
        loop.add_signal_handler(signal_number, stopped.set)
    async with service(settings, local=local) as app:
        keep_what_is_loaded()
        await serve_until(app, stopped, host=settings.host, port=settings.port, drain=settings.drain_seconds)


def keep_what_is_loaded() -> None:
    """What is loaded by now stays as long as the process: it is not looked through for rubbish any more.

    The rest is so once for 20,000 things that were made, and not for 700: of a round of the planner that was a fifth,
    and all that is under way stands still for as long as many survive it.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


def _signals() -> tuple[int, ...]:
    import signal

    return signal.SIGTERM, signal.SIGINT
