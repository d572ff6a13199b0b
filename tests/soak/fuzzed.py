"""Figure 8: recorded activities, mutated by chance, over real HTTP.

"100,000 fuzzed activities: no 500, no row, no outgoing call, memory flat."

One third bears a forged token, and one a good token of somebody who is not on the list: whatever they hold, no row may
come of them, and no call but the refusal where they wrote or pressed. Their seeds are every kind of activity there is,
with every button and every action on a message, so that a new one is here by itself. One third comes from a leader, a
chief and a teacher on the list. Their seeds are what these three sent when they wrote each word and pressed each button
they were shown, recorded as the channel posted it: changed in fewer places, so that it reaches what answers it.
"""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any
from unittest import mock

import aiohttp
from sqlalchemy import func, select

from dialogs import ACTIONS, BUTTONS, QUESTIONS
from storage.types import metadata
from storage.unit_of_work import UnitOfWork
from tests.bot import running_bot
from tests.channel import Channel
from tests.channel.activities import APP, NOT_GIVEN
from tests.channel.channel import Persona, stranger
from tests.channel.connector import Connector
from tests.channel.openid import Signer
from tests.postgres import Postgres
from tests.soak.stage import BOTH, databases, opened
from tests.soak.tally import Tally, compared
from tests.test_gathered import buttons_in
from tests.town import NOW, Town, values

IN_FLIGHT = 16
# How many different buttons are answered with a card, of those that the people on the list are shown.
FEWEST_REACHED = 30
# Where it is measured first: what is imported and kept once is no growth.
WARM = 0.2
MOST_GROWTH = 12 * 1024 * 1024
# Of the short form, beside which other tests leave what they leave in the same process.
MOST_BESIDE_TESTS = 20 * 1024 * 1024
# What the machinery writes by itself while a bot runs; the clock plans what is due to the town's people.
OWN = frozenset({"worker", "send_slot", "secret", "rest", "schema_support", "prompt", "delivery", "theme_receipt"})
# An activity, in how many places it is changed at most, and how seldom its bytes are damaged as well.
Seed = tuple[str, int, float]
REFUSALS = ("Jeg kender dig ikke endnu", "I do not know you yet")
# With what else a press is answered that reached nothing.
NOES = ("Det kan ikke lade sig gøre", "That is not possible")
# A body that is none is refused before a signature is verified, which costs more.
REFUSED = frozenset({400, 401, 403, 413})
JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**40,
    "",
    " ",
    "x" * 3_000,
    "\u202eævl\u0000",
    "\ud800",
    "'; DROP TABLE person; --",
    "{{DATE(2026-01-01)}}",
    "00000000-0000-0000-0000-000000000000",
    [],
    {},
    [[[[]]]],
    {"id": {"id": {"id": None}}},
    ["a"] * 200,
)


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    count, most, both = (50_000, MOST_GROWTH, BOTH) if long else (3_000, MOST_BESIDE_TESTS, BOTH[:1])
    return [await _fuzzed(dialect, count, most, postgres) for dialect in both]


async def _fuzzed(dialect: str, count: int, most_growth: int, postgres: Postgres | None) -> Tally:
    town, channel = Town(), Recording()
    with databases(dialect, postgres) as url:
        async with opened(url) as database:
            await database.write(town.build)
            before = await database.read(_rows)
        # Few people send all of it, and each is to get as far as it can.
        with mock.patch("bot.flood.AT_ONCE", 1_000_000_000):
            async with channel.serving():
                async with running_bot(url, channel, now=lambda: NOW) as address:
                    nobodys = [(json.dumps(each), 4, 0.33) for each in seeds(stranger(channel))]
                    found = await _bombarded(channel, address, nobodys, count * 2 // 3, most_growth)
                async with opened(url) as database:
                    after = await database.read(_rows)
                changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
                assert not changed, changed
                async with running_bot(url, channel, now=lambda: NOW) as address:
                    known = [channel.persona(each) for each in (town.leader, town.chief, town.teacher)]
                    recorded = [(json.dumps(each), 2, 0.1) for each in await lived(channel, known)]
                    found |= await _answered(channel, address, mutated(recorded, count // 3))
    told = compared(f"{count} fuzzed activities on {dialect}", [], Connector())
    told.more = found
    return told


class Recording(Channel):
    """A channel that keeps what its people posted."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.posted: list[dict[str, Any]] = []

    async def posts(self, raw: Mapping[str, Any], token: str | None = None) -> tuple[int, Any]:
        self.posted.append(dict(raw))
        return await super().posts(raw, token)


async def lived(channel: Recording, people: Iterable[Persona]) -> list[dict[str, Any]]:
    """What these people sent who wrote each word there is, and pressed each button that they were shown, once."""
    for someone in people:
        seen: set[str] = set()
        for question in QUESTIONS.values():
            if not question.words:
                continue
            cards = [await someone.writes(question.words[0])]
            while cards:
                card = cards.pop()
                for each in buttons_in(card):
                    if each["verb"] not in seen:
                        seen.add(each["verb"])
                        action = {"type": "Action.Execute", "verb": each["verb"], "data": values(card) | each["data"]}
                        status, body = await channel.posts(someone.pressing(action, someone.chat[-1]))
                        assert status == 200, status
                        cards.append(body["value"])
    return channel.posted


async def _answered(channel: Channel, address: str, bodies: Iterator[tuple[int, bytes]]) -> dict[str, object]:
    """Sends what people on the list may send: nothing is a fault of ours, and much is answered by a button."""
    token = channel.signer.mint(serviceurl=channel.service_url)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    statuses, reached = Counter[int](), Counter[str]()

    async def send(session: aiohttp.ClientSession) -> None:
        for number, body in bodies:
            async with session.post(f"{address}/api/messages", data=body, headers=headers) as answer:
                content = await answer.read()
            statuses[answer.status] += 1
            is_fault = b'"statusCode":500' in content or answer.status >= 500
            assert not is_fault, f"number {number} was answered {answer.status}: {body[:2_000]!r}"
            assert answer.status in {200, *REFUSED}, (number, answer.status)
            if b'"AdaptiveCard"' in content and not any(some.encode() in content for some in NOES):
                reached[json.loads(body)["value"]["action"]["verb"]] += 1

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(send(session) for _ in range(IN_FLIGHT)))
    assert len(reached) >= FEWEST_REACHED, reached
    return {
        "from people on the list": " ".join(f"{status}×{times}" for status, times in sorted(statuses.items())),
        "answered by a button": reached.total(),
        "buttons": len(reached),
    }


async def _bombarded(
    channel: Channel, address: str, everything: Sequence[Seed], count: int, most_growth: int
) -> dict[str, object]:
    good, forged = channel.signer.mint(serviceurl=channel.service_url), Signer("of nobody")
    bodies, statuses, resident = mutated(everything, count), Counter[int](), [0, 0]
    bad = forged.mint(kid=channel.signer.kid, serviceurl=channel.service_url)
    began, said = time.process_time(), 0

    async def send(session: aiohttp.ClientSession) -> None:
        nonlocal said
        for number, body in bodies:
            token = bad if number % 2 == 0 else good
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            async with session.post(f"{address}/api/messages", data=body, headers=headers) as answer:
                content = await answer.read()
            statuses[answer.status] += 1
            is_fault = b'"statusCode":500' in content or answer.status >= 500
            assert not is_fault, f"number {number} was answered {answer.status}: {body[:2_000]!r}"
            allowed = REFUSED if token is bad else {200, *REFUSED}
            assert answer.status in allowed, (number, answer.status)
            if number % 200 == 0:
                said += _taken(channel.connector)
            if number == int(count * WARM):
                resident[0] = _resident()

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(send(session) for _ in range(IN_FLIGHT)))
    resident[1] = _resident()
    cpu = (time.process_time() - began) / count
    said += _taken(channel.connector)
    assert said <= statuses[200]
    growth = resident[1] - resident[0]
    assert growth < most_growth, f"{growth >> 20} MB more than after the first fifth"
    answered = " ".join(f"{status}×{times}" for status, times in sorted(statuses.items()))
    return {
        "answered": answered,
        "rows": 0,
        "refusals said": said,
        "MB at a fifth and at the end": f"{resident[0] >> 20} and {resident[1] >> 20}",
        "ms of CPU each": f"{cpu * 1000:.1f}",
    }


def _taken(connector: Connector) -> int:
    """How many refusals were said, and nothing else. The stub forgets them, or its own memory would be measured."""
    calls, connector.calls = connector.calls, []
    connector.messages.clear()
    # The one who sends is on no list, and is told so where they wrote or pressed.
    others = [each for each in calls if not any(some in str(each.body) for some in REFUSALS)]
    assert not others, str([(each.method, each.body) for each in others[:2]])[:1_500]
    return len(calls)


def seeds(sender: Persona) -> list[dict[str, Any]]:
    """One activity of every kind that Teams sends, and of every button and action."""
    data = {"id": "0197f7a0-0000-7000-8000-000000000001", "v": "1", "text": "Vi øver tal", "page": "2", "note": "Ord"}
    bot = {"id": f"28:{APP}", "name": "Læringsbot"}
    mention = {"type": "mention", "text": "<at>Læringsbot</at>", "mentioned": bot}
    payload = {"id": "1", "body": {"contentType": "html", "content": "<p>Børnene <b>vil</b> ud</p>"}}

    def activity(**changes: Any) -> dict[str, Any]:
        return sender.activity(**changes)

    def invoke(name: str, value: Any) -> dict[str, Any]:
        return activity(type="invoke", name=name, text=NOT_GIVEN, value=value, replyToId="1776761000000")

    found = [
        activity(),
        activity(text="<at>Læringsbot</at> overblik", entities=[mention]),
        activity(type="installationUpdate", action="add", text=NOT_GIVEN),
        activity(type="installationUpdate", action="remove", text=NOT_GIVEN),
        activity(type="conversationUpdate", membersAdded=[bot], text=NOT_GIVEN),
        activity(type="conversationUpdate", membersRemoved=[bot], text=NOT_GIVEN),
        activity(type="messageReaction", reactionsAdded=[{"type": "like"}], text=NOT_GIVEN, replyToId="1"),
        activity(type="messageReaction", reactionsRemoved=[{"type": "like"}], text=NOT_GIVEN, replyToId="1"),
        activity(type="messageUpdate"),
        activity(type="messageDelete", text=NOT_GIVEN),
        activity(type="typing", text=NOT_GIVEN),
        activity(
            type="event",
            name="application/vnd.microsoft.meetingEnd",
            text=NOT_GIVEN,
            value={"JoinUrl": "https://teams.microsoft.com/l/meetup-join/19%3ax", "EndTime": "2026-04-21T08:00:00Z"},
        ),
        invoke("task/fetch", {"data": data}),
        invoke("signin/verifyState", {"state": "1"}),
        invoke("fileConsent/invoke", {"action": "accept"}),
    ]
    for verb in sorted(BUTTONS):
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        found.append(invoke("adaptiveCard/action", {"action": action, "trigger": "manual"}))
    for name, offered in ACTIONS.items():
        found.append(invoke("composeExtension/fetchTask", {"commandId": name, "messagePayload": payload}))
        for verb in sorted(offered.verbs):
            pressed = {"commandId": name, "data": {"verb": verb, **data}, "messagePayload": payload}
            found.append(invoke("composeExtension/submitAction", pressed))
    return found


def mutated(everything: Sequence[Seed], count: int) -> Iterator[tuple[int, bytes]]:
    """So many bodies, the same in each run."""
    chance = random.Random(8)  # noqa: S311
    for number in range(count):
        text, most, damaged = chance.choice(everything)
        raw = json.loads(text)
        raw["id"] = str(number)
        for _ in range(chance.randint(1, most)):
            _change(raw, chance, json.loads(chance.choice(everything)[0]))
        # The sender stays who it is: a change by chance makes no other person of them.
        body = json.dumps(raw, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
        yield number, _damaged(body, chance) if chance.random() < damaged else body


def _change(raw: dict[str, Any], chance: random.Random, other: dict[str, Any]) -> None:
    """Changes one place: something else stands there, nothing, or what stands in another activity."""
    # Half of the changes are in what was pressed, behind what the door looks at.
    value = raw.get("value")
    place: Any = value if isinstance(value, dict) and value and chance.random() < 0.5 else raw
    name = chance.choice(sorted(place))
    while isinstance(place[name], dict) and place[name] and chance.random() < 0.7:
        place = place[name]
        name = chance.choice(sorted(place))
    match chance.randrange(5):
        case 0:
            del place[name]
            if not place and place is raw:
                raw["type"] = "message"
        case 1:
            place[name] = [place[name]] * chance.randint(1, 50)
        case 2:
            place[name] = other.get(name, _junk(chance))
        case 3:
            place[str(chance.choice(JUNK))[:40]] = place[name]
        case _:
            place[name] = _junk(chance)


def _junk(chance: random.Random) -> Any:
    """Of its own, or it would be changed in one body and stand in the next, or in itself."""
    return deepcopy(chance.choice(JUNK))


def _damaged(body: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(body)), chance.randint(1, 40)
    match chance.randrange(5):
        case 0:
            return body[:at]
        case 1:
            return body[:at] + body[at + length :]
        case 2:
            return body[:at] + chance.randbytes(length) + body[at:]
        case 3:
            return body[:at] + body[at : at + length] * chance.randint(2, 400) + body[at + length :]
        case _:
            return body[:at] + bytes([body[at] ^ (1 << chance.randrange(8))]) + body[at + 1 :]


def _rows(uow: UnitOfWork) -> dict[str, int]:
    return {
        table.name: uow.session.scalar(select(func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
        if table.name not in OWN
    }


def _resident() -> int:
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * 4096
