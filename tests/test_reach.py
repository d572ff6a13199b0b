"""The way to people: who they are in the directory, the app for them, and their chats; over a Graph of our own.

It pages, throttles, refuses and breaks as Graph does, and the clock of a story is the real one, moved by what it says.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import delete, select

from bot.graph import Graph
from bot.messenger import TeamsMessenger
from bot.settings import Settings
from bot.unreached import graph_problem, told
from domain.identity import new_id
from domain.kept import Kind
from domain.message import Address, Chat
from domain.organisation import Person, Role, RoleAssignment
from domain.prompt import Occasion, Prompt, PromptState
from domain.reach import Account, App, Hindrance, Reach
from scheduler.delivery import Delivery
from scheduler.directory import Busy, Refused
from scheduler.reaching import BUSY_FOR, LOOK_AFTER, REFUSED_FOR, Reaching
from storage import hold, message, pace, prompt, reach
from storage.breach import kept_of
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot import running_bot
from tests.channel import Channel
from tests.channel.activities import APP, NOT_GIVEN, TENANT
from tests.channel.connector import BLOCKED, GONE, Fault
from tests.soak.stage import opened
from tests.terminal import Terminal
from tests.test_hold import IN_EARNEST
from tests.test_perspective import GOOD
from tests.town import MUNICIPALITY, NOW, Someone, Town, words

TEAMS_APP = "5f2c8e0a-4d5b-4a43-8f0e-2b3c4d5e6f70"
GROUP = "9a1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d"
BUSY = Fault(429, "TooManyRequests", retry_after=0.4)
DOWN = Fault(503, "ServiceUnavailable")

# What their chief is told of a leader by what the directory says.
OF_ACCOUNT = {
    Account.NONE: "Har ingen konto i kommunens Teams",
    Account.OUTSIDE: "Har ingen konto i den gruppe, jeg skriver til",
    Account.SEVERAL: "Flere konti har den e-mail, der står på listen",
    Account.OTHER: "Kontoen er en anden end den, der står på listen",
    Account.GUEST: "Kontoen er en gæstekonto",
    Account.DISABLED: "Kontoen er lukket",
}


@dataclass
class Way:
    """One database, one channel with its Graph, and any number of replicas; `ahead` moves the clock."""

    database: Database
    channel: Channel
    messenger: TeamsMessenger
    town: Town
    directory: str = "email"
    ahead: timedelta = timedelta()
    began: float = field(default_factory=time.monotonic)
    graphs: list[Graph] = field(default_factory=list)

    def now(self) -> datetime:
        return NOW + self.ahead + timedelta(seconds=time.monotonic() - self.began)

    async def replica(self, *, rate: float = 50, teams_app_id: str = TEAMS_APP) -> Reaching:
        graph = Graph(
            self.channel.tokens(),
            self.messenger,
            app_id=APP,
            tenant_id=TENANT,
            directory=self.directory,
            teams_app_id=teams_app_id,
            url=self.channel.graph_url,
        )
        await graph.start()
        self.graphs.append(graph)
        return Reaching(self.database, graph, MUNICIPALITY, self.now, rate)

    def has_account(self, *people: Person) -> None:
        for each in people:
            assert each.aad_object_id
            self.channel.graph.add(each.aad_object_id, each.email)

    def has_chat(self, someone: Person) -> None:
        """The person's chat as Graph and the channel know it, once the app is installed."""
        identity = str(someone.aad_object_id)
        self.channel.graph.chats[identity] = f"19:{identity}@unq.gbl.spaces"
        self.channel.connector.members[f"19:{identity}@unq.gbl.spaces"] = [
            {"id": f"29:{identity}", "aadObjectId": identity, "name": someone.name}
        ]

    async def meet(self, *people: Person, chat: str = "a") -> None:
        def work(uow: UnitOfWork) -> None:
            for each in people:
                address = Address(
                    service_url=self.channel.service_url,
                    conversation_id=f"{chat}:{each.id}",
                    user_id=f"29:{each.id}",
                    bot_id=f"28:{APP}",
                    tenant_id=TENANT,
                )
                message.remember_chat(uow, uow.session.get_one(Person, each.id), address, self.now())

        await self.database.write(work)

    async def everybody_but(self, *people: Person) -> None:
        """All others have met the bot already."""
        await self.meet(*(each for each in self.town.people() if each not in people))

    async def chat(self, someone: Person) -> Chat | None:
        return await self.database.read(
            lambda uow: uow.session.scalar(select(Chat).where(message.chat.c.person_id == someone.id))
        )

    async def reach(self, someone: Person) -> Reach:
        return await self.database.write(lambda uow: reach.reach_of(uow, someone.id))

    async def person(self, someone: Person) -> Person:
        return await self.database.read(lambda uow: uow.session.get_one(Person, someone.id))

    async def forget_identity(self, *people: Person) -> None:
        """The list has no id of these people."""

        def work(uow: UnitOfWork) -> None:
            for each in people:
                uow.session.get_one(Person, each.id).aad_object_id = None

        await self.database.write(work)

    async def why(self) -> dict[UUID, Hindrance]:
        found = await self.database.read(lambda uow: reach.unreached(uow, self.now(), self.now().date()))
        return {each.person.id: each.hindrance for each in found}

    async def writes_to(self, someone: Person) -> str:
        key = str(new_id())
        occasion = Occasion(
            key=key,
            person_id=someone.id,
            view="overview",
            subject_id=someone.id,
            due_at=self.now(),
            expires_at=self.now() + timedelta(days=2),
        )
        await self.database.write(lambda uow: prompt.plan(uow, occasion))
        return key

    async def deliver(self) -> None:
        delivery = Delivery(self.database, self.messenger, MUNICIPALITY, self.now, rate=50)
        while await delivery.deliver_due():
            pass

    async def state(self, key: str) -> PromptState:
        return await self.database.read(
            lambda uow: uow.session.scalars(select(Prompt).where(prompt.prompt.c.occasion == key)).one().state
        )


@pytest_asyncio.fixture
async def way(database: Database, channel: Channel, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Way]:
    monkeypatch.setattr("bot.graph._wait", lambda *_: 0.0)
    monkeypatch.setattr("bot.messenger._wait", lambda *_: 0.0)
    monkeypatch.setattr("bot.graph.SERVICE_URL", channel.service_url)
    monkeypatch.setattr("scheduler.reaching.BUSY_FOR", 0.05)
    town = Town()
    await database.write(town.build)
    messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
    await messenger.start()
    made = Way(database, channel, messenger, town)
    yield made
    for graph in made.graphs:
        await graph.close()
    await messenger.close()


class TestDirectory:
    async def test_an_account_is_found_by_e_mail_and_its_id_filled_in_and_nobody_gets_a_role(self, way: Way) -> None:
        leader, chief = way.town.leader, way.town.chief
        way.has_account(*way.town.people())
        way.channel.graph.users[str(leader.aad_object_id)]["mail"] = leader.email.upper()
        await way.forget_identity(leader, chief)
        roles = await way.database.read(lambda uow: len(uow.session.scalars(select(RoleAssignment)).all()))
        report = await (await way.replica()).look_up()
        assert report.by_account == {Account.FOUND: len(way.town.people())}
        assert report.filled_in == 2
        assert (await way.person(leader)).aad_object_id == leader.aad_object_id
        assert await way.database.read(lambda uow: len(uow.session.scalars(select(RoleAssignment)).all())) == roles

    async def test_who_has_no_account_a_guest_s_or_a_disabled_one_is_marked(self, way: Way) -> None:
        town, graph = way.town, way.channel.graph
        way.has_account(*town.people())
        graph.users.pop(str(town.leader.aad_object_id))
        graph.add(str(town.deputy.aad_object_id), town.deputy.email, enabled=False)
        graph.add(str(town.teacher.aad_object_id), town.teacher.email, guest=True)
        graph.users.pop(str(town.chief.aad_object_id))
        graph.add(str(UUID(int=900)), town.chief.email)
        await (await way.replica()).look_up()
        assert {each: (await way.reach(each)).account for each in town.people()} == {
            **dict.fromkeys(town.people(), Account.FOUND),
            town.leader: Account.NONE,
            town.deputy: Account.DISABLED,
            town.teacher: Account.GUEST,
            town.chief: Account.OTHER,
        }
        assert (await way.person(town.chief)).aad_object_id == town.chief.aad_object_id
        why = await way.why()
        assert why[town.leader.id] is Hindrance.NO_ACCOUNT
        assert why[town.deputy.id] is Hindrance.DISABLED
        assert why[town.teacher.id] is Hindrance.GUEST
        assert why[town.chief.id] is Hindrance.OTHER_ACCOUNT
        assert why[town.other_leader.id] is Hindrance.NOT_INSTALLED

    async def test_no_id_is_taken_from_a_guest_from_one_of_several_or_twice(self, way: Way) -> None:
        town, graph = way.town, way.channel.graph
        guest, several, twice, again, closed = town.leader, town.deputy, town.teacher, town.chief, town.other_chief
        await way.forget_identity(guest, several, twice, again, closed)
        graph.add(str(UUID(int=901)), guest.email, guest=True)
        graph.add(str(UUID(int=902)), several.email)
        graph.add(str(UUID(int=903)), "x@skovkoebing.example", upn=several.email)
        graph.add(str(UUID(int=904)), twice.email, upn=again.email)
        graph.add(str(UUID(int=905)), closed.email, enabled=False)
        graph.add(str(UUID(int=906)), closed.email)
        await (await way.replica()).look_up()
        assert (await way.reach(guest)).account is Account.GUEST
        assert (await way.reach(several)).account is Account.SEVERAL
        ids = [(await way.person(each)).aad_object_id for each in (guest, several, twice, again)]
        assert ids[:2] == [None, None]
        assert sorted(ids[2:], key=str) == [str(UUID(int=904)), None]
        assert {(await way.reach(each)).account for each in (twice, again)} == {Account.FOUND, Account.OTHER}
        # Of two accounts of one e-mail the one that is in use is meant.
        assert (await way.person(closed)).aad_object_id == str(UUID(int=906))

    async def test_a_group_is_read_page_by_page_and_tells_who_is_not_in_it(self, way: Way) -> None:
        town, graph = way.town, way.channel.graph
        way.directory = GROUP
        way.has_account(*town.people())
        graph.add(str(UUID(int=907)), "nobody@skovkoebing.example")
        graph.groups[GROUP] = [str(each.aad_object_id) for each in town.people() if each is not town.leader]
        graph.groups[GROUP].append(str(UUID(int=907)))
        report = await (await way.replica()).look_up()
        assert report.by_account == {Account.FOUND: len(town.people()) - 1, Account.OUTSIDE: 1}
        assert report.not_on_the_list == 1
        assert len(graph.calls("GET", "/groups/")) == (len(graph.groups[GROUP]) + 1) // 2
        assert (await way.why())[town.leader.id] is Hindrance.NOT_IN_GROUP

    async def test_a_next_page_elsewhere_is_not_followed(self, way: Way) -> None:
        way.directory = GROUP
        way.has_account(*way.town.people())
        way.channel.graph.groups[GROUP] = [str(each.aad_object_id) for each in way.town.people()]
        for elsewhere in (
            f"http://localhost:{way.channel.url.rsplit(':', 1)[1]}/graph/v1.0/x",
            "https://evil.example/",
        ):
            way.channel.graph.next_link = elsewhere
            with pytest.raises(Refused, match="NextLinkElsewhere"):
                await (await way.replica()).look_up()
        assert len(way.channel.graph.log) == 2

    async def test_an_apostrophe_in_an_e_mail_is_no_end_of_the_question(self, way: Way) -> None:
        def rename(uow: UnitOfWork) -> None:
            someone = uow.session.get_one(Person, way.town.leader.id)
            someone.email, someone.aad_object_id = "o'neill@skovkoebing.example", None

        await way.database.write(rename)
        way.channel.graph.add(str(UUID(int=908)), "o'neill@skovkoebing.example")
        await (await way.replica()).look_up()
        assert (await way.person(way.town.leader)).aad_object_id == str(UUID(int=908))

    async def test_a_graph_that_has_had_enough_is_not_asked_before_its_time_is_up(self, way: Way) -> None:
        way.has_account(*way.town.people())
        way.channel.graph.next_faults.extend([None, BUSY, None, DOWN, Fault(), Fault(504, ""), None, BUSY])
        report = await (await way.replica()).look_up()
        assert report.by_account == {Account.FOUND: len(way.town.people())}
        assert way.channel.graph.too_early == 0
        assert [each[3] for each in way.channel.graph.log].count(429) == 2

    @pytest.mark.parametrize("directory", ["email", GROUP])
    @pytest.mark.each_on_both
    async def test_whichever_replica_graph_told_to_wait_none_looks_anybody_up_meanwhile(
        self, way: Way, directory: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        way.directory = directory
        way.has_account(*way.town.people())
        way.channel.graph.groups[GROUP] = [str(each.aad_object_id) for each in way.town.people()]
        replica = await way.replica()
        until = way.now() + timedelta(seconds=0.5)
        await way.database.write(lambda uow: pace.let_rest(uow, "graph", until))
        looking = asyncio.create_task(replica.look_up())
        await asyncio.sleep(0.2)
        assert not way.channel.graph.log
        assert (await looking).by_account == {Account.FOUND: len(way.town.people())}
        assert way.now() >= until
        calls = len(way.channel.graph.log)
        monkeypatch.setattr("scheduler.reaching.LONGEST_WAIT", 1.0)
        await way.database.write(lambda uow: pace.let_rest(uow, "graph", way.now() + timedelta(minutes=1)))
        with pytest.raises(Busy, match="Resting"):
            await replica.look_up()
        monkeypatch.undo()
        replica.is_waiting = True
        with pytest.raises(Busy, match="Resting"):
            await replica.look_up()
        assert len(way.channel.graph.log) == calls

    async def test_a_token_that_has_run_out_is_renewed(self, way: Way) -> None:
        way.has_account(*way.town.people())
        replica = await way.replica()
        await replica.look_up()
        way.channel.entra.token = way.channel.graph.token = "another"
        before = way.channel.entra.asked
        await replica.look_up()
        assert way.channel.entra.asked == before + 1
        way.channel.graph.token = "yet another, that Entra does not give"
        graph = way.graphs[0]
        with pytest.raises(Busy, match="InvalidAuthenticationToken"):
            await graph.accounts(["x"], [])

    async def test_a_graph_that_stays_down_or_refuses_ends_it_and_keeps_what_was_found(
        self, way: Way, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("scheduler.reaching.MOST_WAITS", 1)
        monkeypatch.setattr("scheduler.reaching.AT_ONCE", 4)
        way.has_account(*way.town.people())
        replica = await way.replica()
        way.channel.graph.next_faults.extend([None, None, None] + [DOWN] * 6)
        with pytest.raises(Busy, match="ServiceUnavailable"):
            await replica.look_up()
        looked_up = [each for each in way.town.people() if (await way.reach(each)).looked_up_at]
        assert len(looked_up) == 2
        way.channel.graph.next_faults.append(Fault(403, "Authorization_RequestDenied"))
        with pytest.raises(Refused, match="Authorization_RequestDenied"):
            await replica.look_up()
        way.channel.graph.next_faults.append(Fault(403, "Authorization_RequestDenied"))
        assert "User.Read.All" in await graph_problem(way.graphs[0])
        assert await graph_problem(way.graphs[0]) == ""

    async def test_one_replica_looks_everybody_up_in_a_night(self, way: Way) -> None:
        way.has_account(*way.town.people())
        replicas = [await way.replica() for _ in range(3)]
        await asyncio.gather(*(each.nightly() for each in replicas))
        calls = len(way.channel.graph.log)
        await replicas[0].nightly()
        assert len(way.channel.graph.log) == calls
        way.ahead = timedelta(days=1)
        await asyncio.gather(*(each.nightly() for each in replicas))
        assert len(way.channel.graph.log) == 2 * calls


class TestInstallation:
    async def test_who_has_no_chat_gets_the_app_and_what_waits(self, way: Way) -> None:
        leader = way.town.leader
        way.has_account(*way.town.people())
        await way.everybody_but(leader)
        way.has_chat(leader)
        key = await way.writes_to(leader)
        replica = await way.replica()
        await replica.once()
        assert way.channel.graph.installed == {leader.aad_object_id}
        assert await way.chat(leader) is None, "the channel tells of it by itself, and is waited for"
        way.ahead = LOOK_AFTER
        await replica.once()
        chat = await way.chat(leader)
        assert chat is not None
        assert chat.conversation_id == way.channel.graph.chats[str(leader.aad_object_id)]
        assert chat.user_id == f"29:{leader.aad_object_id}"
        assert chat.service_url == way.channel.service_url
        await way.deliver()
        assert await way.state(key) is PromptState.SENT
        assert len(way.channel.connector.in_chat(chat.conversation_id)) == 1
        calls = len(way.channel.graph.log)
        await replica.once()
        assert len(way.channel.graph.log) == calls

    async def test_nobody_gets_the_app_while_messages_are_held_back(self, way: Way) -> None:
        leader = way.town.leader
        await way.everybody_but(leader)
        way.has_account(*way.town.people())
        replica = await way.replica()
        await way.database.write(lambda uow: hold.hold(uow, hold.HeldBecause.SILENCE))
        assert await replica.once() == 0
        assert not way.channel.graph.installed
        await way.database.write(lambda uow: hold.let_go(uow, way.now(), send_what_waited=False))
        await replica.once()
        assert way.channel.graph.installed == {leader.aad_object_id}

    async def test_whoever_has_the_app_already_is_found_at_once(self, way: Way) -> None:
        leader = way.town.leader
        way.has_account(leader)
        way.has_chat(leader)
        way.channel.graph.installed.add(str(leader.aad_object_id))
        await way.everybody_but(leader)
        await (await way.replica()).once()
        assert await way.chat(leader) is not None
        assert [each[3] for each in way.channel.graph.calls("POST")] == [409]

    async def test_the_channel_s_own_word_of_a_chat_is_kept(self, way: Way) -> None:
        leader = way.town.leader
        way.has_account(leader)
        way.has_chat(leader)
        await way.everybody_but(leader)
        replica = await way.replica()
        await replica.once()
        await way.meet(leader)
        way.ahead = LOOK_AFTER
        await replica.once()
        chat = await way.chat(leader)
        assert chat is not None
        assert chat.conversation_id == f"a:{leader.id}"
        assert not way.channel.graph.calls("GET", "/chat")

    async def test_a_chat_that_somebody_else_is_in_is_nobody_s_address(self, way: Way) -> None:
        leader = way.town.leader
        way.has_account(leader)
        way.has_chat(leader)
        way.channel.graph.installed.add(str(leader.aad_object_id))
        members = way.channel.connector.members[way.channel.graph.chats[str(leader.aad_object_id)]]
        members += [{"id": "29:x", "aadObjectId": str(UUID(int=n))} for n in (910, 911)]
        await way.everybody_but(leader)
        await (await way.replica()).once()
        assert await way.chat(leader) is None
        assert (await way.reach(leader)).reason == "NotTheirChat"

    async def test_who_removed_the_app_is_left_alone_and_their_records_stay(self, way: Way) -> None:
        leader = way.town.leader
        way.has_account(*way.town.people())
        await way.meet(*way.town.people())
        mette = Someone(way.database, leader, now=NOW)
        await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
        kept = await way.database.read(lambda uow: kept_of(uow, (), leader.id))
        assert dict(kept)[Kind.PERSPECTIVE.value] == 1
        await way.database.write(
            lambda uow: message.forget_chat(uow, uow.session.get_one(Person, leader.id), way.now())
        )
        chat = await way.chat(leader)
        assert chat is not None
        assert {*vars(chat.address).values()} == {""}
        assert await way.database.read(lambda uow: kept_of(uow, (), leader.id)) == kept
        await (await way.replica()).once()
        assert not way.channel.graph.calls("POST")
        assert await way.why() == {leader.id: Hindrance.REMOVED}

    async def test_a_chat_that_is_lost_is_found_without_the_person_and_what_failed_arrives(self, way: Way) -> None:
        leader = way.town.leader
        way.has_account(*way.town.people())
        way.has_chat(leader)
        way.channel.graph.installed.add(str(leader.aad_object_id))
        await way.meet(*way.town.people())
        way.channel.connector.next_faults.append(GONE)
        key = await way.writes_to(leader)
        await way.deliver()
        assert await way.state(key) is PromptState.FAILED
        assert await way.chat(leader) is None
        await (await way.replica()).once()
        assert not way.channel.graph.calls("POST"), "nothing is installed anew"
        await way.deliver()
        assert await way.state(key) is PromptState.SENT
        assert sum(way.channel.connector.posts().values()) == 1

    async def test_a_chat_that_is_lost_because_the_app_was_removed_stays_so(self, way: Way) -> None:
        leader = way.town.leader
        way.has_account(*way.town.people())
        await way.meet(*way.town.people())
        way.channel.connector.next_faults.append(GONE)
        await way.writes_to(leader)
        await way.deliver()
        await (await way.replica()).once()
        assert await way.why() == {leader.id: Hindrance.REMOVED}
        assert not way.channel.graph.calls("POST")

    @pytest.mark.parametrize("fault", [BLOCKED, Fault(403, "BotDisabledByAdmin")], ids=lambda each: each.code)
    async def test_who_blocks_the_bot_is_told_of_until_they_write_and_gets_what_failed(
        self, way: Way, fault: Fault
    ) -> None:
        leader = way.town.leader
        await way.meet(*way.town.people())
        way.channel.connector.next_faults.append(fault)
        key = await way.writes_to(leader)
        await way.deliver()
        assert await way.why() == {leader.id: Hindrance.BLOCKED}
        await way.meet(leader)
        assert await way.why() == {}
        await way.deliver()
        assert await way.state(key) is PromptState.SENT

    async def test_a_message_that_arrives_shows_that_nobody_blocks_it_any_more(self, way: Way) -> None:
        leader = way.town.leader
        await way.meet(*way.town.people())
        await way.database.write(lambda uow: message.mark_blocked(uow, leader.id, way.now()))
        await way.writes_to(leader)
        await way.deliver()
        assert await way.why() == {}

    async def test_the_roster_s_word_that_the_bot_is_out_forgets_the_address(self, way: Way) -> None:
        leader = way.town.leader
        await way.meet(*way.town.people())
        way.channel.connector.next_faults.append(Fault(403, "BotNotInConversationRoster"))
        await way.writes_to(leader)
        await way.deliver()
        assert await way.why() == {leader.id: Hindrance.REMOVED}

    @pytest.mark.parametrize("met", [False, True], ids=["the channel's word", "the directory's word"])
    async def test_a_late_word_of_the_old_chat_leaves_the_new_one_alone(self, way: Way, met: bool) -> None:
        """The person installs the app again while the word that it was removed is still under way."""
        leader = way.town.leader
        way.has_account(leader)
        if met:
            await way.everybody_but(leader)
            replica = await way.replica()
            await way.database.write(lambda uow: reach.record_step(uow, leader.id, next_at=NOW, app=App.INSTALLED))
            (task,) = await way.database.write(lambda uow: reach.claim_reach(uow, way.now(), way.now().date(), 5))
            await way.meet(leader)
            await replica._do(task)
        else:
            await way.meet(*way.town.people())
            way.channel.connector.latency = 0.3
            way.channel.connector.next_faults.append(Fault(403, "BotNotInConversationRoster"))
            await way.writes_to(leader)
            delivering = asyncio.create_task(way.deliver())
            while way.channel.connector.next_faults:
                await asyncio.sleep(0.01)
            await way.meet(leader, chat="b")
            await delivering
        chat = await way.chat(leader)
        assert chat is not None
        assert chat.conversation_id == f"{'a' if met else 'b'}:{leader.id}"
        assert await way.why() == {}

    async def test_an_installation_that_is_refused_is_tried_again_the_next_day(self, way: Way) -> None:
        leader = way.town.leader
        way.has_account(leader)
        way.channel.graph.blocked.add(str(leader.aad_object_id))
        await way.everybody_but(leader)
        replica = await way.replica()
        await replica.once()
        await replica.once()
        assert len(way.channel.graph.calls("POST")) == 1
        assert await way.why() == {leader.id: Hindrance.REFUSED}
        way.channel.graph.blocked.clear()
        way.ahead = REFUSED_FOR
        await replica.once()
        assert way.channel.graph.installed == {leader.aad_object_id}
        assert (await way.reach(leader)).app is App.INSTALLED

    async def test_who_has_no_account_after_all_is_told_of(self, way: Way) -> None:
        leader = way.town.leader
        await way.everybody_but(leader)
        way.directory = ""
        await (await way.replica()).once()
        assert await way.why() == {leader.id: Hindrance.NO_ACCOUNT}

    async def test_nothing_is_installed_for_a_guest_or_a_disabled_account_or_without_a_role(self, way: Way) -> None:
        town, graph = way.town, way.channel.graph
        way.has_account(*town.people())
        graph.add(str(town.leader.aad_object_id), town.leader.email, guest=True)
        graph.add(str(town.chief.aad_object_id), town.chief.email, enabled=False)

        def work(uow: UnitOfWork) -> None:
            uow.add(Person(name="Uden Rolle", email="x@example.dk", aad_object_id=str(UUID(int=912))))
            for each in uow.session.scalars(
                select(RoleAssignment).where(RoleAssignment.person_id == town.deputy.id)  # type: ignore[arg-type]
            ):
                each.to_on = (NOW - timedelta(days=1)).date()

        await way.database.write(work)
        await (await way.replica()).once()
        left_out = {town.leader, town.chief, town.deputy}
        assert graph.installed == {each.aad_object_id for each in town.people() if each not in left_out}

    async def test_nothing_is_installed_for_who_left_or_lost_their_account_after_it_was_planned(self, way: Way) -> None:
        town, graph = way.town, way.channel.graph
        gone, guest, disabled, other, stays = town.leader, town.chief, town.teacher, town.other_leader, town.deputy
        planned = (gone, guest, disabled, other, stays)
        way.has_account(*planned)
        await way.everybody_but(*planned)

        def work(uow: UnitOfWork) -> None:
            reach.plan_reach(uow, way.now(), way.now().date())
            uow.session.get_one(Person, gone.id).ended_on = (NOW - timedelta(days=1)).date()
            for each, account in ((guest, Account.GUEST), (disabled, Account.DISABLED), (other, Account.OTHER)):
                reach.reach_of(uow, each.id).account = account

        await way.database.write(work)
        way.directory = ""
        await (await way.replica()).once()
        assert graph.installed == {stays.aad_object_id}
        assert [(await way.reach(each)).next_at for each in planned[:-1]] == [None] * 4

    async def test_replicas_share_the_work_the_rate_and_the_rest_that_graph_asks_for(self, way: Way) -> None:
        people = [
            Person(name=f"Leder {n}", email=f"leder{n}@skovkoebing.example", aad_object_id=str(UUID(int=2000 + n)))
            for n in range(40)
        ]

        def work(uow: UnitOfWork) -> None:
            uow.add(*people)
            uow.session.flush()
            role = next(each for each in way.town.roles() if each.person_id == way.town.leader.id)
            for each in people:
                uow.add(
                    RoleAssignment(
                        person_id=each.id, role=role.role, from_on=role.from_on, institution_id=role.institution_id
                    )
                )

        await way.database.write(work)
        await way.meet(*way.town.people())
        way.has_account(*people)
        way.directory, rate = "", 20
        replicas = [await way.replica(rate=rate) for _ in range(3)]
        graph = way.channel.graph
        graph.next_faults.extend([None] * 10 + [Fault(429, "TooManyRequests", retry_after=0.6)])
        for _ in range(60):
            await asyncio.gather(*(each.once() for each in replicas))
            if len(graph.installed) == len(people):
                break
            await asyncio.sleep(0.2)
        assert graph.installed == {each.aad_object_id for each in people}
        done = [at for at, _method, _path, status in graph.calls("POST") if status == 201]
        assert len(done) == len(people), "each once"
        busiest = max(sum(at <= each < at + 1 for each in done) for at in done)
        # A call that was under way when Graph had enough comes a moment early; a second's worth is the rate itself.
        assert busiest <= rate + len(replicas)
        assert graph.too_early <= len(replicas) - 1


async def test_the_whole_bot_reaches_a_leader_who_has_never_written(database_url: str, channel: Channel) -> None:
    """Import without an id, the directory, the installation, and what Teams then tells; the welcome comes once."""
    town = Town()
    database = Database(database_url)
    await database.start()
    await database.write(town.build)
    identity = str(town.leader.aad_object_id)

    def forget(uow: UnitOfWork) -> None:
        uow.session.get_one(Person, town.leader.id).aad_object_id = None

    await database.write(forget)
    await database.close()
    persona = channel.persona(town.leader)
    began = time.monotonic()

    def now() -> datetime:
        return NOW + timedelta(seconds=time.monotonic() - began)

    async with running_bot(database_url, channel, now=now, directory="email", teams_app_id=TEAMS_APP):
        async with asyncio.timeout(30):
            while identity not in channel.graph.installed:
                await asyncio.sleep(0.1)
        bot = {"id": f"28:{APP}"}
        place = {"id": persona.conversation_id, "conversationType": "personal", "tenantId": TENANT}
        await asyncio.gather(
            channel.posts(persona.activity(type="conversationUpdate", membersAdded=[bot], text=NOT_GIVEN)),
            channel.posts(persona.activity(type="installationUpdate", action="add", text=NOT_GIVEN)),
        )
        assert [words(each.card or {}).splitlines()[0] for each in persona.chat] == ["Velkommen til Læringsbot"]
        status, _ = await channel.posts(
            persona.activity(type="conversationUpdate", membersRemoved=[bot], text=NOT_GIVEN, conversation=place)
        )
        assert status == 200
    database = Database(database_url)
    await database.start()
    chat = await database.read(
        lambda uow: uow.session.scalars(select(Chat).where(message.chat.c.person_id == town.leader.id)).one()
    )
    assert chat.removed_at is not None
    assert chat.conversation_id == ""
    await database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_at_a_terminal_a_directory_that_cannot_be_reached_is_told_of_and_not_waited_for(
    tmp_path: Path, database_url: str
) -> None:
    """Nobody listens where the way to Entra is said to lead; a night would be waited through."""
    async with opened(database_url) as database:
        await database.write(Town().build)
    terminal, began = Terminal(tmp_path, database_url), time.monotonic()
    terminal.environment |= {**IN_EARNEST, "LAERINGSBOT_DIRECTORY": "email"}
    terminal.environment |= {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
    ticked = terminal.run("tick")
    assert (ticked.returncode, "the directory could not be read" in ticked.stderr) == (0, True)
    told = terminal.run("directory")
    assert time.monotonic() - began < BUSY_FOR, "not even once"
    assert (told.returncode, "Graph does not answer (token: ProxyError)" in told.stderr) == (1, True)


async def test_the_doctor_names_who_cannot_be_reached_and_why(way: Way) -> None:
    town, graph = way.town, way.channel.graph
    way.has_account(*town.people())
    graph.add(str(town.leader.aad_object_id), town.leader.email, enabled=False)
    await way.meet(*(each for each in town.people() if each not in (town.chief, town.leader)))
    await way.database.write(
        lambda uow: message.forget_chat(uow, uow.session.get_one(Person, town.deputy.id), way.now())
    )
    await way.database.write(lambda uow: message.mark_blocked(uow, town.teacher.id, way.now()))
    await (await way.replica(teams_app_id="")).look_up()
    settings = Settings.load(None)
    lines = await way.database.read(lambda uow: told(uow, settings, way.now()))
    assert [who for who, _advice in lines] == [
        f"{town.chief.name} <{town.chief.email}> cannot be reached: not installed",
        f"{town.teacher.name} <{town.teacher.email}> cannot be reached: blocked",
        f"{town.leader.name} <{town.leader.email}> cannot be reached: disabled",
        f"{town.deputy.name} <{town.deputy.email}> cannot be reached: removed",
    ]
    assert all(advice for _who, advice in lines)


async def test_the_doctor_says_once_what_is_the_same_for_many(way: Way) -> None:
    people = [Person(name=f"Navn {letter}", email=f"{letter}@skovkoebing.example".lower()) for letter in "ABCDEFGHIJKL"]

    def join(uow: UnitOfWork) -> None:
        uow.add(*people)
        uow.session.flush()
        school = way.town.school.id
        uow.add(
            *(
                RoleAssignment(person_id=each.id, role=Role.LEADER, from_on=date(2026, 1, 1), institution_id=school)
                for each in people
            )
        )

    await way.meet(*way.town.people())
    await way.database.write(join)
    [(who, advice)] = await way.database.read(lambda uow: told(uow, Settings.load(None), way.now()))
    assert who == "12 people cannot be reached: not installed"
    what, *names, more = advice.splitlines()
    assert what.startswith("nobody knows which account is theirs: set LAERINGSBOT_DIRECTORY")
    assert names == [f"Navn {letter} <{letter.lower()}@skovkoebing.example>" for letter in "ABCDEFGHIJ"]
    assert more == "and 2 more"


async def test_the_chief_s_overview_names_the_leaders_who_cannot_be_reached(way: Way) -> None:
    town = way.town
    chief = Someone(way.database, town.chief, now=NOW)
    await way.meet(*town.people())
    assert "Får ikke besked" not in words(await chief.says("min oversigt"))
    await way.database.write(
        lambda uow: message.forget_chat(uow, uow.session.get_one(Person, town.leader.id), way.now())
    )
    seen = words(await chief.says("min oversigt"))
    assert "Får ikke besked fra mig" in seen
    assert f"{town.leader.name}, Elmeskolen\nJeg er ikke installeret i Teams længere" in seen
    other = Someone(way.database, town.other_chief, now=NOW)
    assert town.leader.name not in words(await other.says("min oversigt"))
    hers: Any = Someone(way.database, town.deputy, now=NOW)
    assert "Får ikke besked" not in words(await hers.says("min oversigt"))

    async def is_told(why: str, change: Callable[[UnitOfWork], object]) -> None:
        await way.database.write(change)
        assert f"{town.leader.name}, Elmeskolen\n{why}" in words(await chief.says("min oversigt"))

    def has(**what: object) -> Callable[[UnitOfWork], None]:
        return lambda uow: _set(reach.reach_of(uow, town.leader.id), what)

    for account, why in OF_ACCOUNT.items():
        await is_told(why, has(account=account))
    lost = delete(Chat).where(message.chat.c.person_id == town.leader.id)
    await way.database.write(lambda uow: uow.session.execute(lost))
    await is_told("Har ikke Læringsbot i Teams endnu", has(account=Account.FOUND))
    await is_told("Jeg må ikke installeres i Teams", has(app=App.REFUSED))
    await way.meet(town.leader)
    await is_told("Teams tager ikke imod beskeder fra mig", lambda uow: message.mark_blocked(uow, town.leader.id, NOW))


def _set(about: Reach, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(about, name, value)
