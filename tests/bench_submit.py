"""What one saved card costs, beside others that answer the same press: python -m tests.bench_submit [ROUNDS] [EACH]

A leader presses *Gem perspektivet*. The bot checks the token, finds the person, the roles and the institution, keeps
the perspective, its recommendation and the answer in one durable commit, and answers with the receipt. It runs as in
production, in a process of its own, on SQLite and on PostgreSQL; once with the message in the chat put anew behind the
answer, as Teams has it, and once without.

The peers get the same press and the same tokens, and answer with a card of one line; all but the 40-line server keep
nothing. Each round lets all of them answer `EACH` presses with 8 in flight and a quarter of that one by one, in an
order that is drawn anew. What CPU a server used is the kernel's own count of its process.
"""

import asyncio
import os
import random
import socket
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from sqlalchemy import func, select

from bot.demo import Child
from domain.perspective import Perspective
from storage.database import Database
from tests.channel import Channel
from tests.channel.connector import Message
from tests.peers import ENVIRONMENT, PEERS, ROOT, environment
from tests.peers.pressing import Leaders, Measured, Presses, Server, pressing
from tests.postgres import Postgres

IN_FLIGHT = 8
OURS = {"sqlite": "Læringsbot, SQLite", "postgresql": "Læringsbot, PostgreSQL"}
REPLACED = ", message replaced"
STOCK, AGENTS, TEAMS, PLAIN = PEERS["cloud_adapter"], PEERS["agents"], PEERS["teams"], PEERS["plain"]


async def started(stack: AsyncExitStack, name: str, command: Sequence[str], port: int, folder: Path) -> Child:
    """A program that has said that it is ready and takes connections; it ends with the stack."""
    log = folder / f"{port}.log"
    child = await Child.start(name, command, log=log, environment=ENVIRONMENT, folder=ROOT)
    stack.push_async_callback(child.stop)
    while not _listens(port):
        child.require_running()
        await asyncio.sleep(0.05)
    return child


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def ours(stack: AsyncExitStack, channel: Channel, url: str, name: str, port: int, folder: Path) -> Server:
    await Leaders().live_in(url)
    command = [sys.executable, "-m", "tests.bot", channel.url, str(port), url]
    return Server(name, await started(stack, name, command, port, folder), port, url=url)


async def peer(stack: AsyncExitStack, channel: Channel, module: str, port: int, folder: Path) -> Server:
    command = [str(environment()), "-m", f"tests.peers.{module}", str(port), channel.url]
    if module == "plain":
        command.append(str(folder / "plain.db"))
    return Server(PEERS[module], await started(stack, PEERS[module], command, port, folder), port)


async def kept_in(url: str) -> int:
    """How many perspectives are in the database."""
    database = Database(url, lock=False)
    await database.start()
    try:
        return await database.read(lambda uow: uow.session.scalar(select(func.count()).select_from(Perspective)) or 0)
    finally:
        await database.close()


async def measure(rounds: int, each: int, peers: Sequence[str] = tuple(PEERS)) -> None:
    """Runs all of it and prints the tables."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="laeringsbot-bench-")))
        channel = await stack.enter_async_context(Channel().serving())
        postgres = Postgres()
        stack.callback(postgres.remove)
        postgres.start()
        urls = {"sqlite": f"sqlite:///{folder}/laeringsbot.db", "postgresql": postgres.create("bench")}
        port = 15_000 + os.getpid() % 4_000
        servers = [
            await ours(stack, channel, url, OURS[kind], port + at, folder)
            for at, (kind, url) in enumerate(urls.items())
        ]
        for server in tuple(servers):
            servers.append(Server(server.name + REPLACED, server.child, server.port, replaces=True, url=server.url))
        for at, module in enumerate(peers):
            servers.append(await peer(stack, channel, module, port + 10 + at, folder))
        leaders = Leaders().each
        for who, _ in leaders:
            place = channel.persona(who).conversation_id
            channel.connector.messages[f"1-{who.aad_object_id}"] = Message(f"1-{who.aad_object_id}", place, {})
        presses = Presses(channel, leaders)
        for server in servers:
            await pressing(server, [presses.request(server) for _ in range(max(each // 4, 8))], IN_FLIGHT)
        for _ in range(rounds):
            random.shuffle(servers)
            for server in servers:
                many = [presses.request(server) for _ in range(each)]
                few = [presses.request(server) for _ in range(max(each // 4, 8))]
                server.rounds.append(await pressing(server, many, IN_FLIGHT))
                server.alone.append(await pressing(server, few, 1))
        for kind, url in urls.items():
            kept, given = await kept_in(url), sum(server.answered for server in servers if server.url == url)
            print(f"{kind}: {kept} perspectives kept of {given} answers given")
            if kept != given:
                raise SystemExit("what was answered was not kept")
        print()
        show(servers)


def show(servers: Sequence[Server]) -> None:
    by_name = {server.name: server for server in sorted(servers, key=lambda server: server.name)}
    print("| | requests/s | CPU ms each | median ms | p99 ms | alone: median ms | p99 ms |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, server in by_name.items():
        cells = [
            f"{_middle(server.rounds, lambda seen: seen.rate):.0f}",
            f"{_middle(server.rounds, lambda seen: seen.each):.2f}",
            *(f"{_middle(server.rounds, lambda seen, at=at: seen.at(at)):.1f}" for at in (0.5, 0.99)),
            *(f"{_middle(server.alone, lambda seen, at=at: seen.at(at)):.1f}" for at in (0.5, 0.99)),
        ]
        print(f"| {name} | {' | '.join(cells)} |")
    print()
    print("| | to hold | SQLite | PostgreSQL |")
    print("|---|--:|--:|--:|")
    for what, bound, holds, ratio in held(by_name):
        found = [ratio(by_name[name]) for name in OURS.values()]
        cells = [f"{each:.2f}" if holds(each) else f"**{each:.2f}**" for each in found]
        print(f"| {what} | {bound} | {' | '.join(cells)} |")


Ratio = Callable[[Server], float]


def held(by_name: Mapping[str, Server]) -> list[tuple[str, str, Callable[[float], bool], Ratio]]:
    """What is to hold, in words and as a ratio round by round, for those peers that were there."""

    def of(name: str, what: Callable[[Measured], float], *, alone: bool = False) -> Ratio:
        def ratio(mine: Server) -> float:
            theirs = by_name[name]
            pairs = (
                zip(mine.alone, theirs.alone, strict=True) if alone else zip(mine.rounds, theirs.rounds, strict=True)
            )
            return statistics.median(what(one) / what(other) for one, other in pairs)

        return ratio

    rows = [
        (STOCK, "G1 requests, of the CloudAdapter echo's", "at least 5", lambda seen: seen.rate, 5.0, False),
        (STOCK, "G1 CPU, of the CloudAdapter echo's", "at most 0.20", lambda seen: seen.each, -0.2, False),
        (PLAIN, "G2 requests, of the 40-line server's", "at least 0.5", lambda seen: seen.rate, 0.5, False),
        (PLAIN, "G2 CPU, of the 40-line server's", "", lambda seen: seen.each, None, False),
        (PLAIN, "G2 alone, median, of the 40-line server's", "at most 2", lambda seen: seen.at(0.5), -2.0, True),
        (AGENTS, "G3 requests, of the Agents SDK's echo", "more than 1", lambda seen: seen.rate, 1.0, False),
        (AGENTS, "G3 CPU, of the Agents SDK's echo", "", lambda seen: seen.each, None, False),
        (TEAMS, "G3 requests, of the Teams SDK's echo", "more than 1", lambda seen: seen.rate, 1.0, False),
        (TEAMS, "G3 CPU, of the Teams SDK's echo", "", lambda seen: seen.each, None, False),
    ]
    return [
        (words, bound, _within(limit), of(name, what, alone=alone))
        for name, words, bound, what, limit, alone in rows
        if name in by_name
    ]


def _within(limit: float | None) -> Callable[[float], bool]:
    """A negative limit is an upper one; without any, the figure is only told."""
    if limit is None:
        return lambda _: True
    return (lambda found: found <= -limit) if limit < 0 else (lambda found: found >= limit)


def _middle(seen: Sequence[Measured], what: Callable[[Measured], float]) -> float:
    return statistics.median(what(each) for each in seen)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    asyncio.run(measure(*(given + [7, 200][len(given) :])))
