"""How well the collected messages are understood: intents, complete slots, names wrongly guessed, and how quickly.

Each message is answered as `laeringsbot ask` would answer it: by the person who asks, in a database that the town's
lists were imported into. A message that is not understood gets the help card as well, and is told from one that asks
for help: `not_understood` is what such a message must be collected as.

A message is always a private one here. So `private_chat_only` is what a message gets that itself asks for the answer to
be shown in a group chat or a channel; that a group chat shows no answers is told by the stories of conversations.
"""

import csv
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as hour
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from dialogs import asking
from dialogs.turn import Turn
from dialogs.understanding import understand
from domain.errors import NotAllowed
from storage.asking import forget_question
from storage.database import Database
from storage.importing import import_folder
from storage.migrating import migrate
from storage.organisation import person_with_email
from storage.roster import roster_on
from storage.unit_of_work import UnitOfWork
from tests.town import MUNICIPALITY
from tests.understanding.language import is_english

HERE = Path(__file__).parent
NOT_UNDERSTOOD = "not_understood"
# What a question is about, of those that ask back or refuse: only whether it is the right answer and the right choice.
ASKED_BACK = ("clarify", "unknown_institution")
_NAMED = ("institution", "area", "leader")
# What must hold: the shares in each language, of the messages that are only measured on, and the time, of all.
LEAST_INTENTS, LEAST_SLOTS, MOST_MILLISECONDS = 95.0, 90.0, 20.0
_DENMARK = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class Message:
    text: str
    email: str
    today: date
    intent: str
    slots: dict[str, Any]
    is_english: bool

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, hour(10), _DENMARK)


@dataclass
class Result:
    """One message, and what was made of it."""

    message: Message
    intent: str
    slots: dict[str, Any]
    seconds: float

    @property
    def is_intent_right(self) -> bool:
        return self.intent == self.message.intent

    @property
    def is_help_by_chance(self) -> bool:
        """Whether help was meant and given, though nothing was understood."""
        return self.intent == NOT_UNDERSTOOD and self.message.intent == "help"

    @property
    def are_slots_right(self) -> bool:
        if not self.is_intent_right:
            return False
        expected, found = _sorted(self.message.slots), _sorted(self.slots)
        if self.intent in ("refuse", *ASKED_BACK):
            names = set(expected) if self.intent != "clarify" else {"candidates"}
            return all(found.get(name) == expected[name] for name in names)
        return found == expected

    def is_wrong(self, name: str) -> bool:
        """Whether it would be answered for an institution, an area or a leader that is not meant."""
        if self.intent in ("refuse", *ASKED_BACK):
            return False
        meant = set(_listed(self.message.slots.get(name, [])))
        return bool(set(_listed(self.slots.get(name, []))) - meant)


@dataclass
class Report:
    results: list[Result] = field(default_factory=list)

    def of(self, english: bool) -> "Report":
        return Report([each for each in self.results if each.message.is_english is english])

    @property
    def errors(self) -> list[Result]:
        return [each for each in self.results if not each.are_slots_right]

    @property
    def intents(self) -> float:
        return _share(each.is_intent_right for each in self.results)

    @property
    def slots(self) -> float:
        return _share(each.are_slots_right for each in self.results)

    @property
    def help_by_chance(self) -> int:
        return sum(each.is_help_by_chance for each in self.results)

    @property
    def wrong_institutions(self) -> int:
        return self.wrong("institution")

    def wrong(self, *names: str) -> int:
        """How many would be answered for somebody or some place that was not meant."""
        return sum(any(each.is_wrong(name) for name in names or _NAMED) for each in self.results)

    def quantile(self, share: float) -> float:
        """How many milliseconds that share of the messages took at most."""
        times = sorted(each.seconds for each in self.results)
        return 1000 * times[min(len(times) - 1, int(len(times) * share))]


def shortfalls(report: Report, *, is_measured_only: bool) -> list[str]:
    """What does not hold, in words."""
    found = []
    for language, part in (("Danish", report.of(False)), ("English", report.of(True))):
        if is_measured_only and part.intents < LEAST_INTENTS:
            found.append(f"{language:8} intents {part.intents:.1f} %, at least {LEAST_INTENTS:.0f} %")
        if is_measured_only and part.slots < LEAST_SLOTS:
            found.append(f"{language:8} slots {part.slots:.1f} %, at least {LEAST_SLOTS:.0f} %")
        if part.wrong():
            found.append(f"{language:8} answered for another institution, area or leader: {part.wrong()}")
    if report.quantile(0.99) > MOST_MILLISECONDS:
        found.append(f"99 % within {report.quantile(0.99):.1f} ms, at most {MOST_MILLISECONDS:.0f} ms")
    return found


async def measure(messages: Iterable[Message], database: Database, *, is_timed: bool = True) -> Report:
    """Each message is answered for its asker, and nothing of it is kept."""
    return Report([await database.rehearse(_asking(message, is_timed)) for message in messages])


@asynccontextmanager
async def town_of(folder: str) -> AsyncIterator[Database]:
    """A database that holds the town's lists for as long as it is measured."""
    with TemporaryDirectory() as place:
        url = f"sqlite:///{place}/town.db"
        migrate(url)
        database = Database(url)
        await database.start()
        try:
            await database.write(lambda uow: take_town(uow, folder))
            yield database
        finally:
            await database.close()


def take_town(uow: UnitOfWork, folder: str) -> None:
    """Imports the town's lists, as of a day before anybody asks."""
    import_folder(uow, HERE / folder, now=datetime(2026, 1, 5, tzinfo=UTC), progress=lambda *_: None)


def messages_in(name: str) -> list[Message]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [
            Message(
                row["message"],
                row["as_email"],
                date.fromisoformat(row["today"][:10]),
                row["intent"],
                json.loads(row["slots"] or "{}"),
                row["language"] == "en" if row.get("language") else is_english(row["message"]),
            )
            for row in csv.DictReader(file)
        ]


def _asking(message: Message, is_timed: bool) -> Callable[[UnitOfWork], Result]:
    def ask(uow: UnitOfWork) -> Result:
        person = person_with_email(uow, message.email)
        assert person is not None, message.email
        turn = Turn.of(person, uow, message.now, MUNICIPALITY)
        forget_question(uow, person.id)
        seconds = _seconds_to_understand(uow, message) if is_timed else 0.0
        try:
            answered = asking.answer(turn, message.text)
        except NotAllowed:
            return Result(message, "refuse", {"reason": "outside_responsibility"}, seconds)
        intent = answered.intent if answered.is_understood else NOT_UNDERSTOOD
        return Result(message, intent, answered.slots, seconds)

    return ask


def _seconds_to_understand(uow: UnitOfWork, message: Message) -> float:
    """Without the database; the second time, so that the first message does not pay for the index."""
    roster = roster_on(uow, message.today)
    understand(message.text, roster, message.today)
    began = time.thread_time()
    understand(message.text, roster, message.today)
    return time.thread_time() - began


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _sorted(slots: dict[str, Any]) -> dict[str, Any]:
    """Slots whose lists are compared whatever their order."""
    return {name: sorted(value) if isinstance(value, list) else value for name, value in slots.items()}


def _share(right: Iterable[bool]) -> float:
    each = list(right)
    return 100 * sum(each) / len(each) if each else 100.0
