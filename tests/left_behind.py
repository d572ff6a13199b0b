"""A leader who has left, and what they left behind: words of theirs, words about them, and cards in chats."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest_asyncio
from sqlalchemy import select

from bot.messenger import TeamsMessenger
from cards.kit import Card
from domain.anonymisation import Anonymisation
from domain.decision import Decision, What
from domain.focus_area import FocusArea
from domain.focus_status import FocusStatus
from domain.message import Address, Answer, SentCard
from domain.organisation import Person, Role, RoleAssignment
from domain.period import HalfYear
from domain.personal_note import PersonalNote
from domain.perspective import Count, FormalBody, Group, Perspective
from domain.status import Status
from scheduler.anonymising import carry_out
from scheduler.delivery import Delivery
from storage.database import Database
from storage.message import keep_answer, place_card, remember_chat
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel
from tests.channel.activities import TENANT
from tests.channel.connector import Message
from tests.pair import AFTER, agrees, plans, shares
from tests.record import all_of
from tests.town import MUNICIPALITY, Someone, Town, person, words

LATER = AFTER + timedelta(days=60)
CASE = "Sag 2026-4711"
SAID = "Mette Holm sagde, at Mettes team ser mere. Spørg mette holm igen."
ABOUT_A_CHILD = "Liva Sørensen fra 3.b er med igen, siger Livas mor."


@dataclass
class LeftBehind:
    """The town after Mette Holm has left it; two administrators of the whole municipality are there."""

    database: Database
    channel: Channel
    messenger: TeamsMessenger
    town: Town
    second: Person = field(default_factory=lambda: person("Lis Ravn"))
    now: datetime = LATER

    def __post_init__(self) -> None:
        self.nis = Someone(self.database, self.town.administrator, now=self.now)
        self.lis = Someone(self.database, self.second, now=self.now)
        self.birgit = Someone(self.database, self.town.chief, now=self.now)
        self.mette_id, self.email = self.town.leader.id, self.town.leader.email

    async def build(self) -> None:
        await self.database.write(self.town.build)
        await self.database.write(self._second)
        chief = Someone(self.database, self.town.chief)
        leader = Someone(self.database, self.town.leader)
        await plans(chief)
        await agrees(chief, await shares(chief, leading="Mette er tryg i rollen, og teamet følger med."))
        leader.now = chief.now
        await leader.says("notat")
        await self.database.write(self._writes)
        for someone in self.town.people():
            await self.database.write(lambda uow, who=someone: self._meets(uow, who))

    def _second(self, uow: UnitOfWork) -> None:
        uow.add(self.second)
        uow.session.flush()
        uow.add(RoleAssignment(person_id=self.second.id, role=Role.ADMINISTRATION, from_on=date(2024, 8, 1)))

    def _writes(self, uow: UnitOfWork) -> None:
        town, mette = self.town, self.town.leader.id
        decided = Decision(
            dialogue_id=town.dialogue.id,
            author_id=mette,
            written_by=mette,
            written_at=AFTER,
            what=What(text="Vi prøver makkerpar i et halvt år"),
        )
        uow.add(decided)
        uow.session.flush()
        area = FocusArea(
            institution_id=town.school.id,
            theme_id=town.theme.id,
            decision_id=decided.id,
            title="Flere siger noget",
            why="De stille elever",
            signs="Holms hold rækker hånden op",
            owner="Mette Holm",
            written_by=mette,
            chosen_at=AFTER,
            written_at=AFTER,
        )
        uow.add(area)
        uow.session.flush()
        self.area_id = area.id
        uow.add(
            FocusStatus(
                focus_area_id=area.id,
                author_id=mette,
                status=Status.UNDER_WAY,
                seen=SAID,
                written_at=AFTER,
            )
        )
        self.perspective = Perspective(
            institution_id=town.school.id,
            author_id=town.teacher.id,
            group=Group.PARENTS,
            count=Count.MANY,
            said=ABOUT_A_CHILD,
            body=FormalBody.OTHER,
            half_year=HalfYear(2026, 1),
            written_at=AFTER,
        )
        elsewhere = Perspective(
            institution_id=town.day_care.id,
            author_id=town.other_leader.id,
            group=Group.PARENTS,
            count=Count.MANY,
            said="Mette på fire år er glad, siger hendes far.",
            body=FormalBody.OTHER,
            half_year=HalfYear(2026, 1),
            written_at=AFTER,
        )
        uow.add(self.perspective, elsewhere)
        uow.session.flush()
        self.decision_id, self.elsewhere_id = decided.id, elsewhere.id
        about = uow.session.scalars(select(metadata.tables["one_on_one"].c.id)).one()
        uow.add(PersonalNote(one_on_one_id=about, author_id=mette, text="Husk mit eget", written_at=AFTER))
        keep_answer(uow, Answer(key="1", person_id=town.chief.id, answered_at=LATER, card={"words": "Mette Holm"}))
        keep_answer(uow, Answer(key="2", person_id=mette, answered_at=LATER, card={"words": "Mit eget"}))
        keep_answer(uow, Answer(key="3", person_id=town.chief.id, answered_at=LATER, card={"words": "Alt vel"}))

    def _meets(self, uow: UnitOfWork, who: Person) -> None:
        kept = uow.session.get_one(Person, who.id)
        remember_chat(uow, kept, self.address(who), LATER)

    def address(self, who: Person) -> Address:
        return Address(
            service_url=self.channel.service_url,
            conversation_id=f"a:{who.id}",
            user_id=f"29:{who.id}",
            bot_id="28:bot",
            tenant_id=TENANT,
        )

    async def has_a_card(self, who: Person, view: str, subject_id: Any) -> str:
        """A card stands in somebody's chat, and is known."""
        card = {"type": "AdaptiveCard", "version": "1.5", "body": [], "fallbackText": "Mette Holm"}
        number = await self.messenger.send(self.address(who), card, "Mette Holm")
        placed = SentCard(
            person_id=who.id,
            view=view,
            subject_id=subject_id,
            conversation_id=f"a:{who.id}",
            message_id=number,
            sent_at=LATER,
        )
        await self.database.write(lambda uow: place_card(uow, placed))
        return number

    async def leaves(self) -> None:
        """Mette's role has ended, and she with it."""

        def work(uow: UnitOfWork) -> None:
            yesterday = LATER.date() - timedelta(days=1)
            for role in uow.session.scalars(select(RoleAssignment).filter_by(person_id=self.mette_id)):
                role.to_on = yesterday
            uow.session.get_one(Person, self.mette_id).ended_on = yesterday

        await self.database.write(work)

    async def proposes(self, name: str = "Mette Holm", case: str = CASE, **typed: str) -> Card:
        asked = await self.nis.says(f"anonymiser {name}")
        return await self.nis.presses(asked, "Send til godkendelse", case=case, **typed)

    async def approves(self) -> Card:
        """Lis opens what was sent to her and approves it."""
        (about,) = [each for each in await self.proposals() if each.is_open]
        return await self.lis.presses(await self.lis.sees("anonymisation.asked", about.id), "Godkend")

    async def proposals(self) -> list[Any]:
        return await all_of(self.database, Anonymisation)

    async def carries_out(self, at: datetime | None = None) -> None:
        await carry_out(self.database, at or self.now, MUNICIPALITY)

    async def delivers(self) -> None:
        worker = Delivery(self.database, self.messenger, MUNICIPALITY, lambda: self.now, rate=50, owner="story")
        while await worker.deliver_due():
            pass

    def message(self, number: str) -> Message:
        return self.channel.connector.messages[number]

    def reads(self, number: str) -> str:
        return words(self.message(number).card or {})


@asynccontextmanager
async def settled(database: Database) -> AsyncIterator[LeftBehind]:
    """In this database, with a channel of its own."""
    async with Channel().serving() as channel:
        messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
        await messenger.start()
        made = LeftBehind(database, channel, messenger, Town())
        await made.build()
        await made.leaves()
        yield made
        await messenger.close()


@pytest_asyncio.fixture
async def left(database: Database) -> AsyncIterator[LeftBehind]:
    async with settled(database) as made:
        yield made
