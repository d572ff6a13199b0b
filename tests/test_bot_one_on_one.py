"""A 1:1 over HTTP with real tokens, two people and both databases: from the agenda to confirmed agreements."""

import asyncio
from datetime import timedelta

from domain.agreement import Agreement
from domain.one_on_one import OneOnOne, OneOnOneState
from storage.database import Database
from tests.channel import Channel, Persona
from tests.pair import AFTER, AGREED, LEADING, MEETS
from tests.test_bot import Clock, bot, clock, inhabited_url, leader, town  # noqa: F401
from tests.town import NOW, Town, buttons, words


async def kept(url: str) -> tuple[list[OneOnOne], list[Agreement]]:
    database = Database(url)
    await database.start()
    try:
        return await database.read(lambda uow: (list(uow.session.query(OneOnOne)), list(uow.session.query(Agreement))))
    finally:
        await database.close()


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
    await leader.writes("hjælp")
    before = len(leader.chat)
    await chief.writes("1:1 med Mette den 23. april kl. 10")
    assert "En 1:1 er planlagt" in words(await chief.presses("Planlæg 1:1"))
    await channel.connector.until(
        lambda: any("En 1:1 er planlagt" in words(each.card) for each in leader.chat[before:])
    )

    # Both add at the same moment, and both lines stand.
    await leader.writes("dagsorden")
    await chief.writes("dagsorden")
    presses = (leader.press("Tilføj", text="Vores nye bygning"), chief.press("Tilføj", text="Budgettet"))
    answers = await asyncio.gather(*(channel.posts(each) for each in presses))
    assert [status for status, _body in answers] == [200, 200]
    seen = words(await leader.writes("dagsorden"))
    assert "Vores nye bygning" in seen
    assert "Budgettet" in seen

    # What is forwarded to a colleague says nothing, and a group is sent to the personal chat.
    stranger = channel.persona(town.deputy)
    await stranger.writes("hjælp")
    forwarded = {**leader.press("Det ser fint ud"), "from": stranger.activity()["from"]}
    status, body = await channel.posts(
        {**forwarded, "conversation": stranger.activity()["conversation"], "replyToId": stranger.chat[-1].id}
    )
    assert status == 200
    assert "Det har du ikke adgang til" in words(body["value"])
    assert "Budgettet" not in words(body["value"])

    clock.now = AFTER
    await chief.writes("notat")
    card = await chief.presses("Gem og del", leading=LEADING)
    assert "Hvad er I blevet enige om?" in words(card)
    await chief.presses("Gem aftalen", **AGREED)
    asked = words(await leader.writes("notat"))
    assert LEADING in asked
    assert AGREED["text"] in asked
    assert "Passer det?" in asked

    # The same press three times confirms once.
    press = leader.press("Bekræft")
    answers = await asyncio.gather(*(channel.posts(press) for _ in range(3)))
    assert answers[0][0] == 200
    assert answers[0] == answers[1] == answers[2]
    assert "Bekræftet" in words(answers[0][1]["value"])

    # An agreement that comes later is asked about by itself.
    clock.now = AFTER + timedelta(hours=1)
    await chief.writes("notat")
    await chief.presses("Tilføj en aftale")
    await chief.presses("Gem aftalen", **{**AGREED, "text": "Birgit finder et lokale", "owner": "chef"})
    assert "Bekræft aftalerne" in words(await leader.writes("notat"))
    assert "Bekræft" not in buttons(await leader.presses("Bekræft"))

    [meeting], agreements = await kept(inhabited_url)
    assert (meeting.state, meeting.starts_at) == (OneOnOneState.CONFIRMED, MEETS)
    assert len(agreements) == 2
    assert all(each.confirmed_at is not None for each in agreements)
