"""Figure 3: PostgreSQL killed, and a replica with it, in the middle of a wave.

"0 lost, serving again within 5 s of its return." Meanwhile people are told kindly, and /readyz says what is wrong.
"""

import asyncio
import signal
import time

from tests.channel import Channel, Persona
from tests.channel.connector import Message
from tests.postgres import Postgres
from tests.soak.stage import Replica, crowd, databases, drafting, opened, replicas, town_of_today, until, until_settled
from tests.soak.tally import Tally, tally

TYPED = "Flere børn finder ind i legen, når vi går med."


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    server = postgres or Postgres()
    try:
        if postgres is None:
            server.start()
        return [await _gone(server, 2000 if long else 60, 60.0 if long else 3.0)]
    finally:
        if postgres is None:
            server.remove()


async def _gone(server: Postgres, prompts: int, seconds: float) -> Tally:
    town = town_of_today()
    with databases("postgresql", server) as url:
        async with Channel().serving() as channel:
            async with opened(url) as database:
                await database.write(town.build)
                among = await crowd(database, channel, prompts)
            channel.connector.latency = 0.05
            leader = channel.persona(town.leader)
            async with replicas(channel, url, 2) as (stays, dies):
                channel.bot_url = stays.address
                draft = await drafting(leader)
                await channel.connector.until(lambda: len(channel.connector.messages) > prompts // 4, within=600)
                server.kill9()
                dies.signal(signal.SIGKILL)
                await dies.ends()
                await _is_told(leader, draft, stays)
                await asyncio.sleep(seconds)
                server.start()
                back = time.monotonic()
                dies.start()
                again = await until(lambda: _saves(leader, draft))
                went_on = await _goes_on(channel, back)
                await until(lambda: _is_ready(stays))
                ready = time.monotonic() - back
                async with opened(url) as database:
                    await until_settled(database)
                    told = await tally(f"PostgreSQL away for {seconds:.0f} s", database, channel.connector, among)
    told.more = {"s until a press was saved": round(again, 1), "s until ready": round(ready, 1)}
    if went_on is not None:
        told.more["s until the wave went on"] = round(went_on, 1)
    told.settled()
    assert told.parked == 0, told
    assert told.twice <= 24, told
    assert again < 5, told
    assert went_on is None or went_on < 5, told
    return told


async def _is_told(leader: Persona, draft: Message, stays: Replica) -> None:
    """The press is answered with words, the card is left as it is, and the replica says that it is of no use."""
    status, body = await leader.channel.posts(leader.press("Gem kladde", draft, interpretation=TYPED))
    assert (status, body["statusCode"]) == (200, 500), body
    assert "Din tekst står stadig i kortet" in body["value"]["message"], body
    status, told = await stays.ready()
    assert status == 503, told
    assert "the database cannot be reached" in told["problems"], told


async def _saves(leader: Persona, draft: Message) -> bool:
    status, body = await leader.channel.posts(leader.press("Gem kladde", draft, interpretation=TYPED))
    return status == 200 and body["statusCode"] == 200


async def _goes_on(channel: Channel, since: float) -> float | None:
    """How long after its return the next prompt went out; None if there was none left."""
    for _ in range(200):
        posted = [each.at for each in channel.connector.calls if each.method == "POST" and each.at > since]
        if posted:
            return posted[0] - since
        await asyncio.sleep(0.05)
    return None


async def _is_ready(replica: Replica) -> bool:
    return (await replica.ready())[0] == 200
