"""What an operator alarms on: `/metrics` and `/readyz` say what is so, also when something breaks, and hold no name."""

import asyncio
import json
import logging
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.doctor import examine
from bot.health import Health, failing_warning
from bot.logs import AsJson, WithoutContent
from bot.messenger import TeamsMessenger
from bot.settings import Settings
from bot.unreached import told
from domain.prompt import PromptKind
from scheduler.scheduler import Scheduler
from storage import hold
from storage.database import Database
from storage.migrating import migrate
from storage.prompt_standing import standing
from tests.bot import running_bot
from tests.channel import Channel
from tests.postgres import Postgres
from tests.proxy import ASKED_EVERY, Proxy
from tests.soak.stage import crowd, opened
from tests.town import MUNICIPALITY, NOW, Town, person

pytestmark = pytest.mark.about_the_database

FULL = 10_000_000_000
# What lets no round of the planner be committed.
SPOILT = {
    "sqlite": (
        "CREATE TRIGGER spoilt BEFORE UPDATE OF planned_at ON delivery BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION spoilt() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''spoilt''; END'",
        "CREATE TRIGGER spoilt BEFORE UPDATE OF planned_at ON delivery FOR EACH ROW EXECUTE FUNCTION spoilt()",
    ),
}


@asynccontextmanager
async def looked_at(url: str, channel: Channel, **settings: Any) -> AsyncIterator["Operator"]:
    async with running_bot(url, channel, **settings) as address, aiohttp.ClientSession() as session:
        operator = Operator(address, session)
        while (await operator.ready())[0] != 200:
            pass
        yield operator


class Operator:
    """Whoever looks at a running bot from the same machine."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address, self.session = address, session

    async def ready(self) -> tuple[int, dict[str, Any]]:
        async with self.session.get(f"{self.address}/readyz") as answer:
            return answer.status, await answer.json()

    async def opens(self) -> bool:
        """Whether a proxy would let people in here."""
        async with self.session.get(f"{self.address}/openz") as answer:
            return answer.status == 200

    async def status_of_metrics(self, **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.get(f"{self.address}/metrics", headers=named) as answer:
            return answer.status

    async def metrics(self) -> dict[str, float]:
        async with self.session.get(f"{self.address}/metrics") as answer:
            shown = await answer.text()
        assert all(line.startswith(("#", "laeringsbot_")) for line in shown.splitlines())
        return {name: float(value) for name, value in re.findall(r"^(laeringsbot\S+) (\S+)$", shown, re.MULTILINE)}


async def test_everything_that_is_alarmed_on_is_there_and_no_name_is(database_url: str, channel: Channel) -> None:
    town = Town()
    async with opened(database_url) as database:
        await database.write(town.build)
    async with looked_at(database_url, channel, now=lambda: NOW) as operator:
        leader = channel.persona(town.leader)
        await leader.writes("forbered")
        await leader.presses("Gem kladde", interpretation="Kanariefuglen synger")
        found = await operator.metrics()
        async with operator.session.get(f"{operator.address}/metrics") as answer:
            shown = await answer.text()
    for name in (
        "ready", "delivery_alive", "delivery_held", "database_up", "prompts_late", "oldest_late_seconds",
        "people_unreached", "planned_timestamp_seconds", "served_timestamp_seconds", "clock_offset_seconds",
        'prompts{state="pending"}', 'prompts{state="uncertain"}', 'prompts{state="failed"}', "loop_lag_seconds_count",
        'turn_seconds_count{kind="invoke"}', "process_resident_memory_bytes",
    ):  # fmt: skip
        assert f"laeringsbot_{name}" in found, name
    assert (found["laeringsbot_ready"], found["laeringsbot_delivery_held"]) == (1.0, 0.0)
    for canary in (town.leader.name, town.leader.email, town.leader.aad_object_id, "Elmeskolen", "Kanarie"):
        assert canary not in shown


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_time_that_the_loop_stands_still_is_counted(database_url: str, channel: Channel) -> None:
    """*The loop never blocked over 100 ms* (figure 11): what the alarm, the wave and the soak rest on."""

    async def stood_still() -> float:
        found = await operator.metrics()
        late = "laeringsbot_loop_lag_seconds"
        return found[f"{late}_count"] - found[f'{late}_bucket{{le="0.1"}}']

    async with looked_at(database_url, channel) as operator:
        before = await stood_still()
        for times in (1, 2, 3, 4):
            time.sleep(0.15)
            assert await stood_still() >= before + times


async def test_those_who_cannot_be_written_to_are_counted_as_doctor_names_them(
    database_url: str, channel: Channel
) -> None:
    """Everybody with a role whom no message would get through to, whether or not one waits: before it is due."""
    town = Town()
    gone, newcomer = person("Ikke Mere Her"), person("Ny Leder")
    async with opened(database_url) as database:
        await database.write(town.build)
        await database.write(lambda uow: uow.add(gone, newcomer))

    async def counted_and_named() -> tuple[float, set[str]]:
        found = await operator.metrics()
        lines = await beside.read(lambda uow: told(uow, Settings.load(None), NOW))
        # One by name; of several for whom it is the same, the names stand below the advice.
        said = [line for who, advice in lines for line in (who, *advice.splitlines()) if " <" in line]
        return found["laeringsbot_people_unreached"], {line.partition(" <")[0] for line in said}

    beside = Database(database_url, lock=False)
    async with looked_at(database_url, channel, now=lambda: NOW) as operator:
        await beside.start()
        number, named = await counted_and_named()
        assert number == len(named) == len(town.people())
        leader = channel.persona(town.leader)
        await leader.writes("forbered")
        number, named = await counted_and_named()
        assert number == len(named) == len(town.people()) - 1
        await leader.removes()
        number, named = await counted_and_named()
        assert number == len(named) == len(town.people())
        await beside.close()
    assert town.leader.name in named
    assert not {gone.name, newcomer.name} & named, "who has no role, and nothing waiting"


async def test_what_is_sent_and_what_waits_is_counted(database_url: str, channel: Channel) -> None:
    async with opened(database_url) as database:
        await crowd(database, channel, 3)
        await database.write(lambda uow: hold.hold(uow, hold.HeldBecause.ASKED))
    async with looked_at(database_url, channel, quiet=False) as operator:
        found = await operator.metrics()
        assert found['laeringsbot_prompts{state="pending"}'] == 3
        assert found["laeringsbot_delivery_held"] == 1
        status, told = await operator.ready()
        assert (status, len(told["warnings"])) == (200, 1)
        assert "laeringsbot release" in told["warnings"][0]
        assert await operator.opens()
    async with opened(database_url) as database:
        await database.write(lambda uow: hold.let_go(uow, hold.clock(uow), send_what_waited=True))
    async with looked_at(database_url, channel, quiet=False) as operator:
        await channel.connector.until(lambda: len(channel.connector.messages) == 3, within=60)
        while (await operator.metrics()).get('laeringsbot_messages_total{outcome="sent"}') != 3:
            pass
        assert (await operator.metrics())['laeringsbot_prompts{state="pending"}'] == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_metrics_are_for_this_machine_or_for_whoever_has_the_token(database_url: str, channel: Channel) -> None:
    async with looked_at(database_url, channel) as operator:
        assert await operator.status_of_metrics() == 200
        assert await operator.status_of_metrics(X_Forwarded_For="203.0.113.7") == 403
    async with looked_at(database_url, channel, metrics_token="a word of the story") as operator:
        assert await operator.status_of_metrics() == 401
        assert await operator.status_of_metrics(Authorization="Bearer another") == 401
        assert await operator.status_of_metrics(Authorization="Bearer a word of the story") == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_token_of_bytes_that_are_no_text_is_a_wrong_one_like_any_other(
    database_url: str, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    async with looked_at(database_url, channel, metrics_token="a word of the story") as operator:
        host, port = operator.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: \xff\r\nConnection: close\r\n\r\n")
        assert b" 401 " in await reader.readline()
        writer.close()
        await writer.wait_closed()
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


async def test_a_database_that_goes_away_is_told_at_once_and_its_return_as_well(
    postgres: Postgres, postgres_template: str, channel: Channel
) -> None:
    """To the operator, and to whoever presses: the proxy asks whether the door is open, and it is."""
    url, town = postgres.create("seen_going", postgres_template), Town()
    async with opened(url) as database:
        await database.write(town.build)
    async with looked_at(url, channel) as operator, Proxy([operator.address]).serving() as proxy:
        assert (await operator.ready())[0] == 200
        channel.bot_url = proxy.url
        leader = channel.persona(town.leader)
        await leader.writes("perspektiv")
        postgres.kill9()
        try:
            status, told = await operator.ready()
            assert (status, told["problems"][0]) == (503, "the database cannot be reached")
            found = await operator.metrics()
            assert (found["laeringsbot_database_up"], found["laeringsbot_ready"]) == (0, 0)
            await asyncio.sleep(2 * ASKED_EVERY)
            status, body = await channel.posts(leader.press("Gem perspektivet", group="unge", said="Vi vil høres"))
            assert status == 200
            assert body
            assert "Din tekst står stadig i kortet" in body["value"]["message"]
            assert "laeringsbot_prompts_late" not in found
            assert found['laeringsbot_database_failures_total{kind="Unavailable"}'] >= 1
        finally:
            postgres.start()
        while (await operator.ready())[0] != 200:
            pass
        assert (await operator.metrics())["laeringsbot_database_up"] == 1


async def test_after_hours_without_a_database_a_replica_is_ready_within_seconds_of_its_return(
    postgres: Postgres, postgres_template: str, channel: Channel
) -> None:
    """What has not been planned for minutes is a reason to leave a replica out, and the minute is not waited for."""
    url = postgres.create("gone_for_hours", postgres_template)
    async with opened(url) as database:
        scheduler = Scheduler(database, TeamsMessenger(channel.tokens(), hosts=()), MUNICIPALITY, lambda: NOW)
        health = Health(database, None, scheduler, channel.tokens())
        postgres.kill9()
        try:
            # As the minutes go by: each tries to plan, and none can.
            await scheduler.start()
            scheduler.ticked_at = datetime.now(UTC) - timedelta(hours=3)
        finally:
            postgres.start()
        back = time.monotonic()
        while await health.problems():
            assert time.monotonic() < back + 10
            await asyncio.sleep(0.1)
        await scheduler.stop()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_of_an_older_version_is_not_served_and_a_newer_one_is(
    database_url: str, channel: Channel
) -> None:
    """Newer is what another replica has migrated meanwhile; older is what a restore of an old backup leaves."""
    async with looked_at(database_url, channel) as operator:
        await _beside(database_url, "0001_foundation")
        status, told = await operator.ready()
        assert (status, told["problems"]) == (503, ["the database is not of this version: laeringsbot migrate"])
        assert await operator.opens()
        await _beside(database_url, "9999_of_tomorrow")
        assert (await operator.ready())[0] == 200


async def _beside(url: str, version: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as other:
        other.execute("UPDATE alembic_version SET version_num = ?", [version])
    other.close()


async def test_a_clock_that_fails_is_told_wherever_an_operator_looks(empty_url: str, channel: Channel) -> None:
    """From the first round on: nobody is reminded of what it is about, and everybody of all else."""
    migrate(empty_url)
    async with opened(empty_url) as database:
        await database.write(Town().build)
        await database.write(lambda uow: uow.session.execute(text("ALTER TABLE rhythm RENAME TO elsewhere")))
    async with looked_at(empty_url, channel) as operator:
        status, told = await operator.ready()
        assert status == 200
        assert told["warnings"][0].startswith("the clock of rhythm fails (")
        assert await operator.opens()
        found = await operator.metrics()
        assert found['laeringsbot_clock_failures_total{flow="rhythm"}'] >= 1
        assert time.time() - found["laeringsbot_served_timestamp_seconds"] < 60
        findings = await examine(Settings.load(None, database_url=empty_url), datetime.now(UTC))
        assert failing_warning("rhythm") in {each.what for each in findings if not each.is_well}


async def test_a_delivery_that_stands_still_is_told_and_people_are_answered(
    database_url: str, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with looked_at(database_url, channel) as operator:
        monkeypatch.setattr("scheduler.heartbeat.DEAD_AFTER", 0.0)
        status, told = await operator.ready()
        assert (status, told["problems"]) == (503, ["the delivery of messages stands still"])
        assert (await operator.metrics())["laeringsbot_delivery_alive"] == 0
        assert await operator.opens()


async def test_a_replica_that_can_let_nobody_in_is_closed_until_it_can(database_url: str, channel: Channel) -> None:
    """Another one may have the channel's keys."""
    channel.openid.status = 503
    lacking = "the channel's signing keys could not be fetched yet; nobody can be let in"
    async with running_bot(database_url, channel) as address, aiohttp.ClientSession() as session:
        operator = Operator(address, session)
        status, told = await operator.ready()
        assert status == 503
        assert lacking in told["problems"]
        async with session.get(f"{address}/openz") as answer:
            assert (answer.status, (await answer.json())["reasons"]) == (503, [lacking])


async def test_planning_that_fails_whole_is_told_from_the_start(
    empty_url: str, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restart makes nothing look well."""
    monkeypatch.setattr("bot.health.PLANNED_WITHIN", timedelta(0))
    migrate(empty_url)
    async with opened(empty_url) as database:
        await database.write(Town().build)
        for each in SPOILT[database.dialect]:
            await database.write(lambda uow, each=each: uow.session.execute(text(each)))  # type: ignore[misc]
    async with running_bot(empty_url, channel) as address, aiohttp.ClientSession() as session:
        operator = Operator(address, session)
        status, told = await operator.ready()
        assert status == 503
        assert any(each.startswith("nothing has been planned since ") for each in told["problems"])
        assert await operator.opens()
        found = await operator.metrics()
        assert (found["laeringsbot_ready"], found["laeringsbot_served_timestamp_seconds"]) == (0, 0)
        findings = await examine(Settings.load(None, database_url=empty_url), datetime.now(UTC))
        assert any(each.what.startswith("nothing has been planned yet") for each in findings)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_disk_that_is_nearly_full_is_a_warning(
    database_url: str, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.health.LEAST_FREE", FULL * FULL)
    async with looked_at(database_url, channel) as operator:
        status, told = await operator.ready()
        assert status == 200
        assert "make room" in told["warnings"][0]
        assert await operator.opens()


async def test_only_what_could_go_is_late(database: Database, channel: Channel) -> None:
    """A reminder that waits for the morning is no reason to wake anybody."""
    evening = datetime(2026, 4, 14, 20, 0, tzinfo=UTC)
    await crowd(database, channel, 2, kind=PromptKind.REMINDER, due_at=evening)

    async def late(now: datetime) -> int:
        return (await database.read(lambda uow: standing(uow, now, MUNICIPALITY.quiet))).late

    assert await late(evening + timedelta(hours=2)) == 0
    assert await late(evening.replace(hour=5, minute=34) + timedelta(days=1)) == 0
    assert await late(evening.replace(hour=5, minute=36) + timedelta(days=1)) == 2


def test_a_line_of_the_log_holds_no_words_of_an_exception() -> None:
    try:
        raise ValueError("Kanariefuglen synger")
    except ValueError as fault:
        told = (ValueError, fault, fault.__traceback__)
        record = logging.LogRecord("x", logging.ERROR, "y", 1, "a fault %s", ("AB12",), told)
    as_json = json.loads(AsJson().format(record))
    assert as_json["text"] == "a fault AB12"
    assert as_json["fault"].startswith("ValueError at test_metrics.py:")
    for formatter in (AsJson(), WithoutContent()):
        assert "Kanarie" not in formatter.format(record)
