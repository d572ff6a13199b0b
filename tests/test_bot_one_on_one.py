"""A 1:1 over HTTP with real tokens, two people and both databases: from the agenda to confirmed agreements."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import create_engine, select

from domain.one_on_one import OneOnOneState
from storage.agreement import agreement
from storage.one_on_one import one_on_one
from tests.channel import Channel, Persona
from tests.channel.connector import Message
from tests.pair import AFTER, AGREED, LEADING, MEETS
from tests.test_bot import Clock, bot, clock, inhabited_url, leader, town  # noqa: F401
from tests.town import NOW, Town, buttons, words


def kept(url: str) -> tuple[list[Any], list[Any]]:
    """The 1:1s and the agreements as they stand, read beside the bot that serves the database."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            meetings = connection.execute(select(one_on_one.c.state, one_on_one.c.starts_at)).all()
            agreements = connection.execute(select(agreement.c.confirmed_at)).all()
    finally:
        engine.dispose()
    return [tuple(each) for each in meetings], [tuple(each) for each in agreements]


def standing(someone: Persona, title: str) -> Message:
    """The newest message with this button: reminders come between, as they do."""
    return next(each for each in reversed(someone.chat) if each.card and title in buttons(each.card))


async def test_a_chief_and_a_leader_meet_from_the_agenda_to_confirmed_agreements(
    bot: str,  # noqa: F811
    channel: Channel,
    clock: Clock,  # noqa: F811
    inhabited_url: str,  # noqa: F811
    leader: Persona,  # noqa: F811
    town: Town,  # noqa: F811
) -> None:
    chief = channel.persona(town.chief)
    clock.now = NOW

    async def presses(someone: Persona, title: str, **typed: str) -> str:
        return words(await someone.presses(title, standing(someone, title), **typed))

    await leader.writes("hjælp")
    await chief.writes("1:1 med Mette den 23. april kl. 10")
    assert "En 1:1 er planlagt" in await presses(chief, "Planlæg 1:1")
    await channel.connector.until(lambda: any("En 1:1 er planlagt" in words(each.card or {}) for each in leader.chat))

    # Both add at the same moment, and both lines stand.
    await leader.writes("dagsorden")
    await chief.writes("dagsorden")
    both = (
        leader.press("Tilføj", standing(leader, "Tilføj"), text="Vores nye bygning"),
        chief.press("Tilføj", standing(chief, "Tilføj"), text="Budgettet"),
    )
    answers = await asyncio.gather(*(channel.posts(each) for each in both))
    assert [status for status, _body in answers] == [200, 200]
    await leader.writes("dagsorden")
    seen = words(standing(leader, "Tilføj").card or {})
    assert "Vores nye bygning" in seen
    assert "Budgettet" in seen

    # A card that is forwarded to a colleague says nothing.
    deputy = channel.persona(town.deputy)
    await deputy.writes("hjælp")
    theirs = deputy.activity()
    forwarded = leader.press("Det ser fint ud", standing(leader, "Det ser fint ud"))
    status, answer = await channel.posts(
        {**forwarded, "from": theirs["from"], "conversation": theirs["conversation"], "replyToId": deputy.chat[-1].id}
    )
    assert status == 200
    assert "Det har du ikke adgang til" in words(answer["value"])
    assert "Budgettet" not in words(answer["value"])

    clock.now = AFTER
    await chief.writes("notat")
    assert "Hvad er I blevet enige om?" in await presses(chief, "Gem og del", leading=LEADING)
    await presses(chief, "Gem aftalen", **AGREED)
    await leader.writes("notat")
    asked = words(standing(leader, "Bekræft").card or {})
    assert LEADING in asked
    assert AGREED["text"] in asked
    assert "Passer det?" in asked

    # The same press three times confirms once.
    press = leader.press("Bekræft", standing(leader, "Bekræft"))
    answers = await asyncio.gather(*(channel.posts(press) for _ in range(3)))
    assert answers[0][0] == 200
    assert answers[0] == answers[1] == answers[2]
    assert "Bekræftet" in words(answers[0][1]["value"])

    # An agreement that comes later is asked about by itself.
    clock.now = AFTER + timedelta(hours=1)
    await chief.writes("notat")
    await presses(chief, "Tilføj en aftale")
    await presses(chief, "Gem aftalen", **{**AGREED, "text": "Birgit finder et lokale", "owner": "chef"})
    await leader.writes("notat")
    assert "Bekræft aftalerne" in words(standing(leader, "Bekræft").card or {})
    await presses(leader, "Bekræft")

    meetings, agreements = kept(inhabited_url)
    assert meetings == [(OneOnOneState.CONFIRMED, MEETS)]
    assert len(agreements) == 2
    assert all(confirmed_at is not None for (confirmed_at,) in agreements)
