"""Everything local and nothing of Azure: the bot, and a Playground in the browser for each persona."""

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from rich.console import Console, Group
from rich.panel import Panel
from rich.text import Text

from bot.demo.child import Child, ChildFailed, claimed_port, free_port, stop_all
from bot.demo.playground import Persona, Playground, find_node, install

__all__ = [
    "BOT_PORT",
    "Child",
    "ChildFailed",
    "Persona",
    "Playground",
    "claimed_port",
    "free_port",
    "run",
    "wait_until_ready",
]

BOT_PORT = 3978
PLAYGROUND_PORT = 28150
SECONDS_TO_START = 60.0
TO_TRY: Mapping[str, Sequence[tuple[str, str]]] = {
    "leader": (
        ("forbered", "prepare the coming dialogue in three steps; save a draft on the way"),
        ("refleksion", "the shared reflection of the dialogue that was held yesterday, and then its decisions"),
        ("status", "how a focus area is going"),
        ("perspektiv", "what children, young people or parents have told"),
        ("inviter observatør", "a colleague from another institution to see your learning environment"),
        ("praksis", "what others have shared"),
        ("dagsorden", "the agenda of your next 1:1"),
        ("min oversigt", "what is waiting for you, and when"),
    ),
    "observer": (
        ("feedback", "on the latest visit; the notes typed then stand in it"),
        ("praksis", "what other institutions have shared"),
        ("hvem kan se hvad", "who is shown what, and why"),
        ("language", "Danish or English"),
    ),
    "chief": (
        ("min oversigt", "the institutions of your area"),
        ("1:1 med Mette på torsdag kl. 10", "plans a 1:1 once you have seen what was understood"),
        ("notat", "the note of the last 1:1"),
        ("videnbase", "what is known across institutions, without names"),
    ),
}
ELSE_TO_TRY = TO_TRY["observer"]


@dataclass
class _Running:
    """What has been started, so that all of it can be stopped, and the ports that are kept for it."""

    children: list[Child] = field(default_factory=list)
    playgrounds: list[Playground] = field(default_factory=list)
    ports: ExitStack = field(default_factory=ExitStack)


async def run(
    folder: Path,
    personas: Sequence[Persona],
    *,
    bot_command: list[str],
    environment: dict[str, str],
    bot_port: int,
    hint: str = "",
) -> int:
    """Runs the demo until Ctrl-C, SIGTERM or the end of one of its programs; gives the exit code.

    `bot_command` must serve `bot_port` in `environment`, which is laid over our own; logs and the Playground go
    into `folder`. `hint` is told below the addresses. The code is 0 when it was asked to stop, 1 when something failed,
    which is then told.
    """
    console = Console(stderr=True)
    running = _Running()
    async with _asked_to_stop() as stopping:
        try:
            work = asyncio.create_task(
                _start_and_watch(_whole(folder), personas, running, bot_command, environment, bot_port, hint)
            )
            await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        except ChildFailed as failed:
            console.print(Text(str(failed), style="red"))
            return 1
        finally:
            await stop_all(running.children)
            running.ports.close()
    console.print("Stopped.")
    return 0


async def wait_until_ready(child: Child, port: int) -> None:
    """Until the bot answers `/readyz` with 200; ChildFailed when it ends or takes too long."""
    loop = asyncio.get_running_loop()
    until = loop.time() + SECONDS_TO_START
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        while True:
            child.require_running()
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except (aiohttp.ClientError, TimeoutError):
                pass
            if loop.time() > until:
                raise child.failed(f"was not ready within {SECONDS_TO_START:.0f} seconds")
            await asyncio.sleep(0.1)


async def _start_and_watch(
    folder: Path,
    personas: Sequence[Persona],
    running: _Running,
    bot_command: list[str],
    environment: dict[str, str],
    bot_port: int,
    hint: str,
) -> None:
    console = Console()
    with console.status("Looking for Node.js and the Playground …") as status:
        find_node()
        program = await asyncio.to_thread(install, folder / "playground")
        status.update("Starting the bot …")
        bot = await Child.start(
            "The bot", bot_command, log=folder / "bot.log", environment=environment, folder=Path.cwd()
        )
        running.children.append(bot)
        await wait_until_ready(bot, bot_port)
        for persona in personas:
            status.update(f"Opening the Playground of {persona.name} …")
            playground = await Playground.start(
                persona,
                program=program,
                folder=folder / persona.key,
                bot_port=bot_port,
                port=running.ports.enter_context(claimed_port(PLAYGROUND_PORT)),
            )
            running.children.append(playground.child)
            running.playgrounds.append(playground)
    console.print(_guide(running.playgrounds, bot.log))
    if hint:
        # As it stands: a command that were broken at the edge could not be copied.
        console.print(Text(hint), soft_wrap=True)
    console.print("Development only: the pages ask nobody who they are. Ctrl-C stops everything.")
    await _first_end(running.children)


def _whole(folder: Path) -> Path:
    return folder.resolve()


async def _first_end(children: Sequence[Child]) -> None:
    waiting = [asyncio.create_task(child.process.wait()) for child in children]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
    for child in children:
        child.require_running()


def _guide(playgrounds: Sequence[Playground], log: Path) -> Group:
    panels = []
    for playground in playgrounds:
        persona = playground.persona
        told = Text().append(playground.url, style="bold cyan")
        for words, what in TO_TRY.get(persona.key, ELSE_TO_TRY):
            told.append("\n  write ").append(words, style="bold").append(f"  {what}")
        panels.append(Panel(told, title=f"{persona.name}, {persona.role_words}", title_align="left"))
    return Group(*panels, Text(f"The bot's log: {log}"))


@asynccontextmanager
async def _asked_to_stop() -> AsyncIterator["asyncio.Future[None]"]:
    """A future that is done on Ctrl-C and SIGTERM."""
    loop = asyncio.get_running_loop()
    asked: asyncio.Future[None] = loop.create_future()

    def ask() -> None:
        if not asked.done():
            asked.set_result(None)

    signals = (signal.SIGINT, signal.SIGTERM)
    for each in signals:
        loop.add_signal_handler(each, ask)
    try:
        yield asked
    finally:
        for each in signals:
            loop.remove_signal_handler(each)
