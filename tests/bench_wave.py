"""A wave of prompts, and what it does to those who press meanwhile: python -m tests.bench_wave [PROMPTS] [--replicas N]

1,000 reminders, each to another leader, are due at once and go out at 50 a second, the channel answering whatever is
over it with 429. The channel is a process of its own, which answers after 100 and after 250 ms; the bot runs as in
production, on SQLite. Each wave is sent twice: by itself, and with 20 leaders a second who save a perspective, whose
answers are compared with those of the seconds before it; and once by two replicas on one PostgreSQL. What a message
costs is measured in three rounds of its own, each of 300 reminders and of as many posts by a program that does nothing
but post cards over aiohttp at the same pace, in an order that is new in each.
"""

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

import aiohttp

from bot.demo import free_port
from dialogs.perspective import MISSING
from domain.message import Address
from domain.prompt import Occasion, PromptKind
from scheduler.delivery import Delivery
from storage.message import remember_chat
from storage.prompt import plan
from storage.unit_of_work import UnitOfWork
from tests.bench_submit import started
from tests.channel.apart import Apart, Counted, apart
from tests.peers import ENVIRONMENT, ROOT
from tests.peers.pressing import Leaders, Measured, Presses, Server, pressing, pressing_at
from tests.soak.stage import databases

RATE, PRESSES_A_SECOND, IDLE_SECONDS = 50, 20, 10
LATENCIES = (0.1, 0.25)
ROUNDS, OF_A_ROUND = 3, 300
# From the making of the database until the wave is due: the bot has to start, and to be looked at while it is idle.
STARTS_WITHIN = timedelta(seconds=20)
LAG = re.compile(r'^laeringsbot_loop_lag_seconds_bucket\{le="([^"]+)"\} (\S+)$', re.MULTILINE)


@dataclass
class Wave:
    """What was seen of one wave."""

    latency: float
    prompts: int
    counted: Counted
    cpu: float
    lag: Counter[float]
    idle: Measured | None = None
    beside: Measured | None = None
    replicas: int = 1

    @property
    def floor(self) -> float:
        """The fewest seconds from the first message to the last that the rate allows."""
        return (self.prompts - 1) / RATE

    @property
    def took(self) -> float:
        return self.counted.last - self.counted.first

    @property
    def refused(self) -> float:
        return self.counted.statuses[429] / max(1, self.counted.statuses.total())

    @property
    def each(self) -> float:
        """Milliseconds of CPU of a message."""
        return 1000 * self.cpu / self.prompts

    @property
    def each_once(self) -> int:
        return sum(count == 1 for count in self.counted.sent.values())

    @property
    def stillest(self) -> str:
        """The slot that the loop's longest stillness falls into."""
        most = max((upto for upto, count in self.lag.items() if count), default=0.0)
        return f"up to {1000 * most:.0f} ms" if most != float("inf") else "over 5 s"


async def wave(channel: Apart, latency: float, prompts: int, *, pressed: bool, replicas: int = 1) -> Wave:
    """One wave of a bot that was just started; everything it sends goes to the channel. Several are on PostgreSQL."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="laeringsbot-wave-")))
        url, leaders = (
            stack.enter_context(databases("sqlite" if replicas == 1 else "postgresql")),
            Leaders(many=prompts),
        )
        due_at = datetime.now(UTC) + STARTS_WITHIN + timedelta(seconds=prompts / 20)
        await leaders.live_in(url, lambda uow: _plan_all(uow, leaders, channel, due_at))
        servers = [await _replica(stack, channel, url, folder) for _ in range(replicas)]
        server = servers[0]
        presses = Presses(channel.channel, leaders.each)
        await pressing(server, [presses.request(server) for _ in range(40)], 8)
        await channel.begins(latency=latency, cap=RATE)
        many = IDLE_SECONDS * PRESSES_A_SECOND
        idle = await _pressed(server, presses, many) if pressed else None
        left = (due_at - datetime.now(UTC)).total_seconds() - 0.5
        if left < 0:
            raise SystemExit(f"the wave was due {-left:.0f} s before the bot was ready for it: the machine is too busy")
        await asyncio.sleep(left)
        used, lag = _cpu(servers), await _lag(servers)
        beside = await _pressed(server, presses, int(PRESSES_A_SECOND * prompts / RATE)) if pressed else None
        counted = await _all_sent(channel, prompts)
        return Wave(latency, prompts, counted, _cpu(servers) - used, await _lag(servers) - lag, idle, beside, replicas)


async def _replica(stack: AsyncExitStack, channel: Apart, url: str, folder: Path) -> Server:
    port = free_port(25_000)
    command = [sys.executable, "-m", "tests.bot", channel.channel.url, str(port), url]
    return Server("Læringsbot", await started(stack, "Læringsbot", command, port, folder), port, url=url)


def _cpu(servers: list[Server]) -> float:
    return sum(each.cpu() for each in servers)


async def _pressed(server: Server, presses: Presses, many: int) -> Measured:
    return await pressing_at(server, [presses.request(server) for _ in range(many)], PRESSES_A_SECOND)


async def _all_sent(channel: Apart, prompts: int) -> Counted:
    """What was counted once all have got theirs, and a little later, when a second copy would have come too."""
    for _ in range(240):
        if len((await channel.counted()).sent) >= prompts:
            break
        await asyncio.sleep(0.5)
    await asyncio.sleep(1)
    return await channel.counted()


def _plan_all(uow: UnitOfWork, leaders: Leaders, channel: Apart, due_at: datetime) -> None:
    """Everybody is asked for the groups that have not been heard, at the same time."""
    now = datetime.now(UTC)
    for number, (who, where) in enumerate(leaders.each):
        persona = channel.channel.persona(who)
        address = Address(
            service_url=channel.channel.service_url,
            conversation_id=persona.conversation_id,
            user_id=f"29:{who.aad_object_id}",
            bot_id="28:bot",
            tenant_id=str(UUID(int=0)),
        )
        remember_chat(uow, who, address, now)
        reason = Occasion(
            key=f"wave:{number}",
            person_id=who.id,
            view=MISSING,
            subject_id=where.id,
            due_at=due_at,
            expires_at=due_at + timedelta(hours=1),
            kind=PromptKind.ASKED,
        )
        plan(uow, reason)


async def _lag(servers: list[Server]) -> Counter[float]:
    """How often a loop was late, by the upper end of each slot, as the bot's own metrics have it."""
    found: Counter[float] = Counter()
    async with aiohttp.ClientSession() as session:
        for each in servers:
            async with session.get(f"http://127.0.0.1:{each.port}/metrics") as answer:
                upto = [(float(slot), float(count)) for slot, count in LAG.findall(await answer.text())]
            before = [0.0, *(count for _, count in upto)]
            found.update({slot: int(count - less) for (slot, count), less in zip(upto, before, strict=False)})
    return found


@dataclass
class Costs:
    """Milliseconds of CPU of a message, and of a bare post in the same round."""

    message: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return [one / other for one, other in zip(self.message, self.bare, strict=True)]


async def costs(channel: Apart, latency: float, prompts: int) -> Costs:
    """Some rounds of both, whichever of them comes first."""
    found = Costs()

    async def message() -> None:
        found.message.append((await wave(channel, latency, prompts, pressed=False)).each)

    async def post() -> None:
        await channel.begins(latency=latency, cap=None)
        found.bare.append(await asyncio.to_thread(bare, channel, prompts))

    for _ in range(ROUNDS):
        for work in random.sample((message, post), 2):
            await work()
    return found


def bare(channel: Apart, count: int) -> float:
    """Milliseconds of CPU of a bare post."""
    command = [sys.executable, "-m", "tests.peers.bare_post", channel.channel.url, str(count), str(RATE)]
    told = subprocess.run(command, cwd=ROOT, env={**os.environ, **ENVIRONMENT}, check=True, capture_output=True)
    return float(told.stdout)


def show(waves: list[Wave], cost: dict[float, Costs]) -> None:
    rows: list[tuple[str, str, list[tuple[str, bool]]]] = [
        ("G4 first message to last, s (floor)", "", [(f"{each.took:.1f} ({each.floor:.1f})", True) for each in waves]),
        ("G4 over the floor", "at most 3 %", [_share(each.took / each.floor - 1, 0.03) for each in waves]),
        (
            "G4 got it exactly once",
            f"all {waves[0].prompts}",
            [(str(each.each_once), each.each_once == each.prompts) for each in waves],
        ),
        ("G4 answered with 429", "at most 0.5 %", [_share(each.refused, 0.005) for each in waves]),
        ("G5 the loop's longest stillness", "100 ms", [(each.stillest, _is_still(each) == 0) for each in waves]),
        ("G5 looks at it that were later than 100 ms", "0", [_looks(each) for each in waves]),
        ("G5 presses: median ms, idle", "", [_ms(each.idle, 0.5) for each in waves]),
        ("G5 presses: median ms, in the wave", "at most 1.5 times", [_pressed_well(each, 0.5) for each in waves]),
        ("G5 presses: p99 ms, idle", "", [_ms(each.idle, 0.99) for each in waves]),
        ("G5 presses: p99 ms, in the wave", "50 ms or 3 times", [_pressed_well(each, 0.99) for each in waves]),
        ("G6 CPU ms a message", "", [_each(each, cost) for each in waves]),
        ("G6 of a bare aiohttp post's (least to most)", "at most 2.5", [_of_bare(each, cost) for each in waves]),
        ("G6 token requests, a replica", "at most 1", [_a_replica(each, each.counted.tokens, 1) for each in waves]),
        (
            "G6 connections at once, a replica",
            f"at most {Delivery.in_flight}",
            [_a_replica(each, each.counted.connections, Delivery.in_flight) for each in waves],
        ),
    ]
    names = [_named(each) for each in waves]
    print(f"| | to hold | {' | '.join(names)} |")
    print(f"|---|--:|{'--:|' * len(names)}")
    for what, bound, cells in rows:
        print(f"| {what} | {bound} | {' | '.join(text if holds else f'**{text}**' for text, holds in cells)} |")


def _named(each: Wave) -> str:
    beside = f", {each.replicas} replicas, PostgreSQL" if each.replicas > 1 else ", pressed" if each.beside else ""
    return f"{1000 * each.latency:.0f} ms{beside}"


def _a_replica(each: Wave, found: int, most: int) -> tuple[str, bool]:
    return f"{found / each.replicas:g}", found <= most * each.replicas


def _share(found: float, most: float) -> tuple[str, bool]:
    return f"{100 * found:.1f} %", found <= most


def _is_still(each: Wave) -> int:
    return sum(count for slot, count in each.lag.items() if slot > 0.1)


def _looks(each: Wave) -> tuple[str, bool]:
    return f"{_is_still(each)} of {each.lag.total()}", _is_still(each) == 0


def _ms(seen: Measured | None, at: float) -> tuple[str, bool]:
    return (f"{seen.at(at):.1f}", True) if seen else ("", True)


def _pressed_well(each: Wave, at: float) -> tuple[str, bool]:
    if each.idle is None or each.beside is None:
        return "", True
    idle, found = each.idle.at(at), each.beside.at(at)
    most = 1.5 * idle if at == 0.5 else max(50.0, 3 * idle)
    return f"{found:.1f}", found <= most


def _is_costed(each: Wave) -> bool:
    return each.beside is None and each.replicas == 1


def _each(each: Wave, cost: dict[float, Costs]) -> tuple[str, bool]:
    return (f"{median(cost[each.latency].message):.2f}", True) if _is_costed(each) else ("", True)


def _of_bare(each: Wave, cost: dict[float, Costs]) -> tuple[str, bool]:
    if not _is_costed(each):
        return "", True
    ratios = cost[each.latency].ratios
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})", median(ratios) <= 2.5


async def main(prompts: int, replicas: int | None) -> None:
    """All of it, or the wave of so many replicas by itself."""
    async with apart() as channel:
        cost: dict[float, Costs] = {}
        waves: list[Wave] = []
        if replicas is None:
            cost = {latency: await costs(channel, latency, min(prompts, OF_A_ROUND)) for latency in LATENCIES}
            waves = [
                await wave(channel, latency, prompts, pressed=pressed)
                for latency in LATENCIES
                for pressed in (False, True)
            ]
        waves.append(await wave(channel, LATENCIES[0], prompts, pressed=False, replicas=replicas or 2))
        show(waves, cost)
        if cost:
            told = ", ".join(f"{median(cost[each].bare):.2f} at {1000 * each:.0f} ms" for each in LATENCIES)
            print(f"\nA bare post took {told}, in milliseconds of CPU.")
        print(f"Load {os.getloadavg()[0]:.1f}.")
        if any(each.each_once != each.prompts for each in waves):
            raise SystemExit("somebody got none, or two")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.bench_wave")
    asked.add_argument("prompts", type=int, nargs="?", default=1000)
    asked.add_argument("--replicas", type=int, choices=range(2, 6), help="the wave of so many alone, on PostgreSQL")
    given = asked.parse_args()
    asyncio.run(main(given.prompts, given.replicas))
