"""Figure 10: "a canary name and note through everything: 0 hits in logs, metrics, tracebacks, toasts".

A municipality in which every text, every name and every secret is a canary is led through every word and button there
is, over real HTTP at the most talkative log level, while things go well, and while the connector, the database and the
program itself fail. Then it is looked for wherever it must not be.
"""

import io
import json
import logging
import os
import random
import re
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.request import Request, urlopen

import aiohttp
import psutil  # type: ignore[import-untyped]
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from bot.logs import log_to_stderr
from cards.kit import summary_of
from dialogs import QUESTIONS
from domain.organisation import Language, Person, Role
from storage.database import Database
from storage.roles import viewer_on
from storage.unit_of_work import UnitOfWork
from tests.bot import running_bot
from tests.cards import municipality as made
from tests.cards.examples import EXAMPLES, LANGUAGES, drawn, shows_words
from tests.channel import Channel, Persona
from tests.channel.activities import NOT_GIVEN, TENANT
from tests.channel.connector import BLOCKED, LOST, Fault
from tests.channel.entra import SECRET, TOKEN
from tests.crowd import Crowd
from tests.kept_rows import marking
from tests.receiver import Receiver
from tests.terminal import Terminal
from tests.town import NOW, parts, values

NOTE, NAME = "Kanarienote", "Kanarienavn"
KEY, HOOK, METRICS = b"Kanarienoegle".ljust(32, b"."), "Kanariehemmelighed til journalen", "kanarietal"
KINDS = (Role.LEADER, Role.CHIEF, Role.OBSERVER, Role.ADMINISTRATION, Role.FACILITATOR, Role.PROTECTION_OFFICER)
GROUP = {"id": "19:kanariegruppe", "conversationType": "groupChat", "tenantId": TENANT}
FAULTS = (Fault(500), Fault(429, "TooManyRequests", retry_after=0), LOST, BLOCKED, None)
# The people of the cards' examples, and the titles that their leaders have given to focus areas.
PEOPLE = re.compile(
    "|".join(
        [
            *(rf"\b{part}\b" for each in (made.leader(), made.colleague(), made.chief()) for part in each.name.split()),
            "Flere stemmer i timerne",
        ]
    )
)
CANARIES = [each.lower() for each in (NOTE, NAME, b64encode(KEY).decode(), HOOK, METRICS, SECRET, TOKEN)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What `serve` writes to stderr at its most talkative, and nothing else."""
    root, told = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    with mock.patch("sys.stderr", told):
        log_to_stderr("DEBUG", as_json=True)
    yield told
    root.handlers, root.level = handlers, level


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


async def gathered(database_url: str) -> list[Person]:
    """The crowd with canaries for all its words and names; one person of each kind."""
    database = Database(database_url, text_keys=[KEY])
    await database.start()

    def work(uow: UnitOfWork) -> list[Person]:
        with marking(f"{NOTE} "):
            crowd = Crowd.gather(uow)
            uow.session.flush()
        for number, each in enumerate(crowd.people.values()):
            each.name, each.email = f"{NAME} Nummer{number}", f"{NAME}{number}@skovkoebing.example".lower()
            each.language = Language.DANISH
        uow.session.flush()
        day = NOW.date()
        held = {who: viewer_on(uow, who, day) for who in crowd.people.values() if who.aad_object_id}
        found = {kind: [who for who, viewer in held.items() if viewer.has(kind)] for kind in KINDS}
        assert sum(bool(who) for who in found.values()) > 4
        return list({who[0].id: who[0] for who in found.values() if who}.values())

    try:
        return await database.write(work)
    finally:
        await database.close()


@asynccontextmanager
async def served(
    database_url: str, channel: Channel, folder: Path, hook: str
) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    settings = {
        "text_keys": b64encode(KEY).decode(),
        "journal_folder": str(folder),
        "journal_url": hook,
        "journal_secret": HOOK,
        "metrics_token": METRICS,
        "log_level": "DEBUG",
        "public_url": "https://kanarie.example",
    }
    async with (
        running_bot(database_url, channel, now=lambda: NOW, **settings) as address,
        aiohttp.ClientSession() as session,
    ):
        yield address, session


class Flight:
    """One canary after the other: people who write and press whatever there is, with canaries for words."""

    def __init__(self, channel: Channel, people: list[Persona]) -> None:
        self.channel, self.people = channel, people
        self.by_chance = random.Random(10)
        self.bodies: list[Any] = []
        self.sent = 0

    async def everywhere(self, *, words: int, presses: int) -> None:
        for each in self.people:
            await self._says(each, words)
            await self._presses(each, presses)

    async def _says(self, someone: Persona, most: int) -> None:
        commands = [word for question in QUESTIONS.values() for word in question.words[:1]]
        for word in self.by_chance.sample(commands, min(most, len(commands))):
            await self._sends(someone, text=f"{word} {NOTE} {NAME}" if self.by_chance.random() < 0.2 else word)
        await self._sends(someone, text=f"{NOTE} om {NAME}")
        await self._sends(someone, text=f"{NOTE} om {NAME}", conversation=GROUP)
        about = {"commandId": "perspective_message", "messagePayload": {"body": {"content": f"{NOTE} om {NAME}"}}}
        await self._sends(someone, type="invoke", name="composeExtension/fetchTask", text=NOT_GIVEN, value=about)

    async def _presses(self, someone: Persona, most: int) -> None:
        buttons = [
            (message, each)
            for message in someone.chat
            if message.card
            for each in parts(message.card)
            if each.get("type") == "Action.Execute"
        ]
        for message, each in self.by_chance.sample(buttons, min(most, len(buttons))):
            card = message.card or {}
            free = {part["id"] for part in parts(card) if part.get("type") == "Input.Text"}
            typed = {name: f"{NOTE} om {NAME}" if name in free else value for name, value in values(card).items()}
            action = {"type": "Action.Execute", "verb": each["verb"], "data": {**typed, **each.get("data", {})}}
            for trigger in ("manual", "automatic"):
                value = {"action": action, "trigger": trigger}
                pressed = {"type": "invoke", "name": "adaptiveCard/action", "text": NOT_GIVEN, "value": value}
                await self._sends(someone, replyToId=message.id, **pressed)

    async def _sends(self, someone: Persona, **changes: Any) -> None:
        status, body = await self.channel.posts(someone.activity(**changes))
        assert status == 200, (status, body)
        self.sent += 1
        if isinstance(body, dict) and body.get("statusCode") not in (None, 200):
            self.bodies.append(body)


@contextmanager
def the_program_fails() -> Iterator[None]:
    """Every handler raises, with all that was typed in the exception, as a fault of ours might."""

    def fail(turn: Any, activity: Any) -> None:
        raise RuntimeError(f"{NOTE} {NAME} {activity.text} {activity.data}")

    with mock.patch("dialogs.conversation._respond", fail):
        yield


@contextmanager
def the_database_fails() -> Iterator[None]:
    """Some statements fail as a driver fails, which tells the statement with everything in it."""
    by_chance = random.Random(11)

    def fail(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        if by_chance.random() < 0.05:
            why = Exception(f'server closed the connection: {statement} "{NOTE} {NAME}" {parameters}')
            raise OperationalError(statement, parameters, why, hide_parameters=False)

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


def hits(told: str) -> list[str]:
    """What stands around each canary in a text. Each is looked for by itself: one pattern for all takes ten times as
    long."""
    lowered = told.lower()
    return [told[max(0, at - 120) : at + len(word) + 40] for word in CANARIES for at in places(lowered, word)]


def places(told: str, word: str) -> Iterator[int]:
    at = told.find(word)
    while at >= 0:
        yield at
        at = told.find(word, at + len(word))


async def test_figure_10_a_canary_through_everything_is_found_nowhere_it_must_not_be(
    database_url: str,
    channel: Channel,
    tmp_path: Path,
    temporary: Path,
    log: io.StringIO,
    capfd: pytest.CaptureFixture[str],
) -> None:
    people = await gathered(database_url)
    flight = Flight(channel, [channel.persona(each) for each in people])
    folder, looked_at = tmp_path / "journal", []
    folder.mkdir()
    by_chance = random.Random(12)
    async with Receiver(status=500).serving() as receiver:
        with mock.patch("bot.flood.AT_ONCE", 1_000_000):
            async with served(database_url, channel, folder, receiver.url) as (address, session):

                async def look() -> None:
                    for path in ("/readyz", "/metrics", "/healthz"):
                        bearer = {"Authorization": f"Bearer {METRICS}"}
                        async with session.get(f"{address}{path}", headers=bearer) as answer:
                            looked_at.append(await answer.text())

                await flight.everywhere(words=25, presses=25)
                await look()
                channel.connector.fault = lambda method, place: by_chance.choice(FAULTS)
                await flight.everywhere(words=4, presses=4)
                channel.connector.fault = lambda method, place: None
                await look()
                for failing in (the_program_fails, the_database_fails):
                    with failing():
                        await flight.everywhere(words=4, presses=8)
                        await look()
    assert flight.sent > 200
    assert flight.bodies, "faults were switched on"
    logged, (out, errors) = log.getvalue(), capfd.readouterr()
    assert logging.getLogger("bot").isEnabledFor(logging.DEBUG)
    assert "fault" in logged
    assert all(json.loads(line) for line in logged.splitlines())
    toasts = [str(call.body.get("summary", "")) for call in channel.connector.calls]
    posted = [(call.conversation_id, json.dumps(call.body, ensure_ascii=False)) for call in channel.connector.calls]
    in_group = [body for place, body in posted if place == GROUP["id"]]
    assert any(toasts)
    assert in_group
    left = [each for each in temporary.rglob("*") if each.is_file()]
    found = {
        "log": hits(logged),
        "stdout and tracebacks": hits(out + errors),
        "/metrics and /readyz": hits("\n".join(looked_at)),
        "toasts": hits("\n".join(toasts)),
        "group chats": hits("\n".join(in_group).replace(GROUP["id"], "")),
        "errors shown at a card": hits("\n".join(str(each) for each in flight.bodies)),
        "files left behind": [str(each) for each in left if hits(each.read_text(encoding="utf-8", errors="replace"))],
        "names of files": hits("\n".join(str(each.relative_to(tmp_path)) for each in folder.rglob("*"))),
        "title and arguments of the process": hits(" ".join(psutil.Process().cmdline())),
    }
    assert {where: what[:5] for where, what in found.items() if what} == {}
    assert sum(len(hits(body)) for _, body in posted) > 100, "the canaries flew: people saw them in their own chats"


def test_figure_10_a_program_of_its_own_shows_no_canary_to_whoever_lists_processes(tmp_path: Path) -> None:
    """What other users of the machine can see: titles and arguments of processes, and files in the shared folder."""
    terminal = Terminal(tmp_path, f"sqlite:///{tmp_path}/laeringsbot.db")
    shared = tmp_path / "shared"
    shared.mkdir()
    terminal.environment |= {"TMPDIR": str(shared), "LAERINGSBOT_TEXT_KEYS": b64encode(KEY).decode()}
    terminal.run("migrate")
    secret = {"LAERINGSBOT_JOURNAL_URL": "http://127.0.0.1:9/", "LAERINGSBOT_JOURNAL_SECRET": HOOK}
    secret |= {"LAERINGSBOT_LOG_LEVEL": "DEBUG", "LAERINGSBOT_METRICS_TOKEN": METRICS}
    with terminal.serving(from_nothing=True, **secret) as port:
        body = {"type": "message", "id": "1", "text": f"{NOTE} {NAME}", "channelId": "msteams"}
        body |= {"serviceUrl": "http://127.0.0.1:9/", "from": {"id": "29:x", "name": NAME, "aadObjectId": TENANT}}
        body |= {"conversation": {"id": f"a:{TENANT}", "conversationType": "personal"}, "recipient": {"id": "28:x"}}
        request = Request(
            f"http://127.0.0.1:{port}/api/messages",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=60) as answer:
            assert answer.status == 200
        running = [each for each in psutil.Process(os.getpid()).children(recursive=True) if each.is_running()]
        told = [" ".join([each.name(), *each.cmdline()]) for each in running]
        assert any("serve" in each for each in told)
        assert hits("\n".join(told)) == []
    for each in shared.rglob("*"):
        assert not each.is_file() or hits(each.read_text(encoding="utf-8", errors="replace")) == [], each


def test_no_toast_of_any_card_holds_a_name_of_a_person_or_what_somebody_wrote() -> None:
    """A toast is seen by whoever stands near the screen."""
    telling = []
    for name in EXAMPLES:
        for language in LANGUAGES:
            card = drawn(name, language, words=f"{NOTE} om de kære små" if shows_words(name) else None)
            toast = summary_of(card) if "fallbackText" in card else ""
            if NOTE in toast or PEOPLE.search(toast):
                telling.append((name, language, toast))
    assert telling == []


@pytest.mark.parametrize("told", [f"x {NOTE.upper()}", NAME.lower(), SECRET, b64encode(KEY).decode()])
def test_a_canary_is_found_where_there_is_one(told: str) -> None:
    assert len(hits(f"et {told} her")) == 1
