"""One observation over HTTP, from invitation to acknowledgement: real tokens at the door, a real database behind."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from storage.database import Database
from tests.bot import running_bot
from tests.channel import Channel, Persona
from tests.channel.openid import Signer
from tests.town import NOW, buttons, options, values, words
from tests.visits import ENDS, FIRST, FOCUS, HOME, SAW, SUPPORTS, WONDER, Neighbours

NOTE = "Fire talte, og otte lyttede"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def town() -> Neighbours:
    return Neighbours()


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Restarted:
    """The bot, which is started anew at another time: it plans when it starts, so that nobody waits for the minute of
    the planner; and what was under way is settled at the time at which it was sent."""

    def __init__(self, url: str, channel: Channel, clock: Clock) -> None:
        self._url, self._channel, self._clock = url, channel, clock
        self._running = AsyncExitStack()

    async def starts(self, at: datetime) -> None:
        await self.stops()
        self._clock.now = at
        await self._running.enter_async_context(running_bot(self._url, self._channel, now=self._clock))

    async def stops(self) -> None:
        await self._running.aclose()


@pytest_asyncio.fixture
async def bot(database_url: str, channel: Channel, clock: Clock, town: Neighbours) -> AsyncIterator[Restarted]:
    database = Database(database_url)
    await database.start()
    await database.write(town.build)
    await database.close()
    bot = Restarted(database_url, channel, clock)
    await bot.starts(NOW)
    yield bot
    await bot.stops()


async def gets(someone: Persona, said: str) -> None:
    """Waits until the newest message says so, without having been asked."""
    await someone.channel.connector.until(lambda: bool(someone.chat) and said in words(someone.chat[-1].card or {}))


async def test_an_observation_from_the_invitation_to_the_acknowledgement(
    bot: Restarted, channel: Channel, clock: Clock, town: Neighbours
) -> None:
    mette, rune = channel.persona(town.leader), channel.persona(town.rune)
    birgit, anders = channel.persona(town.chief), channel.persona(town.neighbour)
    await rune.installs()
    await mette.writes("inviter observatør")
    await mette.presses("Næste", observer_id=str(town.rune.id))
    await mette.presses("Næste", where="2. årgang", focus=FOCUS)
    sent = await mette.presses("Send invitation", day1="2026-04-28", clock1="09:00")
    assert "Næste skridt for Rune Sol: Svar på de foreslåede tidspunkter." in words(sent)

    await gets(rune, "Elmeskolen inviterer dig")
    invitation = rune.chat[-1]
    # The card is forwarded to a colleague, and somebody without a key of Microsoft's posts it: neither gets anywhere.
    await anders.installs()
    own = {**anders.activity(), "replyToId": anders.chat[-1].id}
    there = {name: own[name] for name in ("id", "from", "conversation", "replyToId")}
    forwarded = {**rune.press("Ikke denne gang"), **there}
    status, body = await channel.posts(forwarded)
    assert "Det har du ikke adgang til" in words(body["value"])
    forged = Signer("a key of nobody").mint(serviceurl=channel.service_url)
    assert (await channel.posts(rune.press("Ja – tirsdag kl. 9.00"), forged))[0] == 401
    yes = rune.press("Ja – tirsdag kl. 9.00")
    answers = await asyncio.gather(*(channel.posts(yes) for _ in range(3)))
    assert answers[0][0] == 200
    assert answers[0] == answers[1] == answers[2]
    assert "tirsdag den 28. april kl. 9.00" in words(answers[0][1]["value"])
    await channel.connector.until(lambda: invitation.card == answers[0][1]["value"])

    await bot.starts(datetime(2026, 4, 27, 7, 0, tzinfo=UTC))
    await gets(rune, "Du er gæst.")
    assert FOCUS in words(rune.newest)
    clock.now = FIRST + timedelta(minutes=12)
    noted = await rune.writes(NOTE)
    assert "Skriv løs – kun du kan se dine noter." in words(noted)

    clock.now = ENDS + timedelta(minutes=1)
    assert "Hvordan gik det?" in words(await rune.writes("feedback"))
    card = await rune.presses("Gennemført")
    assert values(card)["saw"] == f"9.12  {NOTE}"
    await rune.presses("Næste", saw=f"{values(card)['saw']}\n{SAW}", supports=SUPPORTS)
    done = await rune.presses(
        "Send tilbagemelding", wonder=WONDER, home=HOME, oral_on="2026-04-28", unnamed="true", oral_later="false"
    )
    assert "Tilbagemeldingen er sendt" in words(done)
    assert SAW not in words(await birgit.writes("observationer"))

    await mette.writes("kvittér")
    assert NOTE in words(mette.newest)
    read = await mette.presses("Kvittér og sig tak", bring="Mindre kredse", comment="Tak for spørgsmålet.")
    assert "Kvitteret" in words(read)
    await bot.starts(datetime(2026, 4, 29, 7, 0, tzinfo=UTC))
    await gets(rune, "Elmeskolen har læst din tilbagemelding.")
    assert "Tak for spørgsmålet." in words(rune.newest)
    await birgit.writes("observationer")
    sources = await birgit.presses("Vis kilder")
    read_of = next(each for each in options(sources, "source").values() if each.startswith("feedback:"))
    assert SAW in words(await birgit.presses("Åbn kilden", source=read_of))
    assert "Birgit Dam" in words(await rune.writes("hvem har set det"))
    assert buttons(rune.newest)
