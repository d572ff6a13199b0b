"""Anybody presses anything: nobody sees or changes what the policy keeps from them, and nothing is kept twice.

A history is a few presses by one person: a leader, an observer, a chief, a facilitator, an outsider, or somebody whose
role ended yesterday. Each is a press of their own card or of one that was forwarded, with every field filled in, or any
verb, view, file or word with any id there is, now or weeks later. What they may see is asked of the policy, row by row.
Buttons, views, files and tables are enumerated, so that a new one is covered by itself. `HISTORIES=3000` makes it long.
"""

import os
import random
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from cards.kit import Card
from dialogs import BUTTONS, CLOCKS, FILES, QUESTIONS, VIEWS
from dialogs.conversation import Activity, Kind, Reply, answer, show
from dialogs.flow import Asked, Planning
from dialogs.turn import Turn
from domain.access import Sight, Viewer
from domain.errors import Refusal
from domain.message import Address
from domain.municipality import Municipality
from domain.organisation import Person
from storage.database import Database
from storage.message import tidy
from storage.types import metadata
from storage.unit_of_work import UnitOfWork
from tests.crowd import Crowd, unsettle
from tests.kept_rows import LOOKED_UP, PUBLIC, READINGS, Changes, Rows, by_mark, marking, marks_in, written_in
from tests.test_gathered import buttons_in
from tests.town import MUNICIPALITY, NOW, parts, values

HISTORIES = int(os.environ.get("HISTORIES", "12"))
PRESSES = 6
PLANNED = timedelta(days=30)
# Whose cards are recorded, the first six where time is short; everybody presses them.
RECORDED = (
    "Mette Elkjær",
    "Sara Møllehave",
    "Rune Solgård",
    "Birgit Dalum",
    "Ole Strandby",
    "Ulla Fredskov",
    "Anders Lyngby",
    "Dorte Engvang",
    "Kirsten Overgård",
)
# Tables of the machinery, whose words are nobody's own.
MACHINERY = frozenset(
    {
        "answer",
        "asked_before",
        "asked_bounds",
        "asked_summary",
        "audit_event",
        "chat",
        "delivery",
        "evidence_figures",
        "evidence_kept",
        "journal_entry",
        "prompt",
        "reach",
        "rest",
        "schema_support",
        "secret",
        "send_slot",
        "sent_card",
        "worker",
    }
)
WORDS = (
    "",
    "true",
    "Ord fra en fremmed",
    "2026-05-12",
    "10:00",
    "går godt",
    "går videre",
    "1",
    "børn,unge",
    "x" * 5_000,
)


@dataclass(frozen=True)
class Press:
    """A button as it stood on somebody's card.

    `choices` are the fields beside it, each with what can be chosen, and `standing` is what stood in them.
    """

    owner_id: UUID
    verb: str
    data: dict[str, Any] = field(repr=False)
    choices: dict[str, tuple[str, ...]] = field(repr=False)
    standing: dict[str, str] = field(repr=False)


@dataclass
class Stage:
    """What can be pressed, and by whom."""

    people: list[UUID]
    ids: list[UUID]
    presses: list[Press]

    @cached_property
    def fields(self) -> list[str]:
        return sorted(set(chain.from_iterable(each.choices for each in self.presses)))

    def of(self, person_id: UUID, *, own: bool) -> Sequence[Press]:
        return [each for each in self.presses if (each.owner_id == person_id) is own]


def test_every_table_with_words_in_it_is_known_to_the_policy_or_public() -> None:
    with_words = {table.name for table in metadata.sorted_tables if written_in(table)}
    known = set(READINGS) | PUBLIC | MACHINERY | set(LOOKED_UP)
    assert with_words <= known, f"who may see {sorted(with_words - known)}?"
    assert not set(READINGS) & PUBLIC


async def test_i32_i35_no_breach_in_any_history_of_hostile_presses(database: Database) -> None:
    stage = await staged(database)
    assert {each.verb for each in stage.presses} >= {
        "note.share",
        "feedback.send",
        "acknowledgement.save",
    }
    breaches: dict[int, list[str]] = {}
    for number in range(HISTORIES):
        if found := await database.rehearse(lambda uow, number=number: History(uow, number, stage).wrong()):
            breaches[number] = found
    assert breaches == {}


async def staged(database: Database) -> Stage:
    """A municipality with something in every table, and all that its people can press today."""

    def prepare(uow: UnitOfWork) -> tuple[dict[str, UUID], list[UUID]]:
        with marking():
            crowd = Crowd.gather(uow)
        assert len(by_mark(Rows(uow, NOW).kept())) > 100
        for name in READINGS:
            assert number_of(uow, name), f"no {name} to be kept from anybody"
        some, ids = random.Random(1), []
        for table in metadata.sorted_tables:
            if "id" in table.c and table.name not in MACHINERY:
                found = sorted(uow.session.scalars(select(table.c.id)), key=str)
                ids += some.sample(found, min(len(found), 12))
        return {name: each.id for name, each in crowd.people.items()}, ids

    people, ids = await database.write(prepare)
    presses = []
    for name in RECORDED if HISTORIES > 100 else RECORDED[:6]:
        presses += await database.rehearse(lambda uow, name=name: recorded(uow, people[name]))
    return Stage(list(people.values()), ids, presses)


def number_of(uow: UnitOfWork, table: str) -> int:
    return uow.session.scalar(select(func.count()).select_from(metadata.tables[table])) or 0


def recorded(
    uow: UnitOfWork,
    person_id: UUID,
    *,
    look: Callable[[str, Card], object] = lambda what, card: None,
    municipality: Municipality = MUNICIPALITY,
) -> list[Press]:
    """The buttons of the cards that a person is sent or asks for, and of all those that these lead to.

    Each card is shown to `look`, with what led to it.
    """
    who = uow.session.get_one(Person, person_id)
    found: list[Press] = []

    def record(what: str, card: Card | None) -> None:
        if card is not None:
            look(what, card)
            found.extend(presses_on(card, person_id))

    for _, clock in CLOCKS:
        for planned in clock(Planning(uow=uow, now=NOW, until=NOW + PLANNED, municipality=municipality)):
            if planned.person_id == person_id:
                at = max(planned.due_at, NOW)
                record(planned.view, show(Turn.of(who, uow, at, municipality), planned.view, planned.subject_id))
    for intent, question in QUESTIONS.items():
        if question.words:
            said = question.words[0]
            record(intent, does(uow, who, Kind.SAID, NOW, municipality=municipality, text=said, key=said).card)
            continue
        # Found by a whole sentence alone: what it is answered with does not depend on which.
        with suppress(Refusal):
            record(intent, question.handle(Turn.of(who, uow, NOW, municipality), Asked("")))
    seen: set[str] = set()
    for each in found:
        if each.verb not in seen:
            seen.add(each.verb)
            pressed = {"verb": each.verb, "data": each.standing | each.data, "key": each.verb}
            record(each.verb, does(uow, who, Kind.PRESSED, NOW, municipality=municipality, **pressed).card)
    return found


def presses_on(card: Card | None, owner_id: UUID) -> list[Press]:
    choices = {
        str(each["id"]): tuple(str(choice["value"]) for choice in each.get("choices", ()))
        for each in parts(card or {})
        if str(each.get("type", "")).startswith("Input.")
    }
    standing = values(card or {})
    return [Press(owner_id, each["verb"], each["data"], choices, standing) for each in buttons_in(card or {})]


def does(
    uow: UnitOfWork, who: Person, kind: Kind, now: datetime, *, municipality: Municipality = MUNICIPALITY, **more: Any
) -> Reply:
    address = Address(
        service_url="https://smba.trafficmanager.net/emea/",
        conversation_id=f"a:{who.id}",
        user_id=f"29:{who.id}",
        bot_id="28:bot",
        tenant_id=str(UUID(int=99)),
    )
    activity = Activity(kind=kind, identity=who.aad_object_id, address=address, **more)
    return answer(uow, activity, now=now, municipality=municipality)


class History:
    """What one person does, one thing after the other, and what went wrong; a fault of ours is raised."""

    def __init__(self, uow: UnitOfWork, number: int, stage: Stage) -> None:
        self.uow, self.number, self.stage = uow, number, stage
        self.by_chance = random.Random(number)
        self.who = uow.session.get_one(Person, self.by_chance.choice(stage.people))
        self.now = NOW
        self.changes = Changes(uow)
        unsettle(uow, self.who, self.by_chance)
        self.own, self.others = stage.of(self.who.id, own=True), stage.of(self.who.id, own=False)
        self.kept = Rows(uow, self.now).kept()
        self.marks = by_mark(self.kept)
        self.changes.taken()
        self.found: list[str] = []

    def wrong(self) -> list[str]:
        for step in range(PRESSES):
            if self.by_chance.random() < 0.25:
                self._later()
            self._one(step)
        return self.found

    def _later(self) -> None:
        self.now += timedelta(days=self.by_chance.randint(1, 20))
        tidy(self.uow, self.now)
        self._look()

    def _one(self, step: int) -> None:
        chance, subject = self.by_chance.random(), self.by_chance.choice(self.stage.ids)
        if chance < 0.08:
            view = self.by_chance.choice(sorted(VIEWS))
            self._judge(view, show(self._turn(), view, subject))
        elif chance < 0.12:
            self._download(self.by_chance.choice(sorted(FILES)), subject)
        elif chance < 0.2:
            self._ask(self.by_chance.choice(sorted(QUESTIONS)), step)
        else:
            self._press(step, subject)

    def _ask(self, intent: str, step: int) -> None:
        question = QUESTIONS[intent]
        if question.words:
            text = self.by_chance.choice(question.words)
            self._judge(text, does(self.uow, self.who, Kind.SAID, self.now, text=text, key=f"{step}").card)
            return
        with suppress(Refusal):
            self._judge(intent, question.handle(self._turn(), Asked("")))

    def _press(self, step: int, subject: UUID) -> None:
        chance = self.by_chance.random()
        pool = self.own if chance < 0.45 else self.others if chance < 0.85 else ()
        if pool:
            press = self.by_chance.choice(pool)
            verb, told = press.verb, {**self._typed(press.choices), **press.data}
            if self.by_chance.random() < 0.15:
                told["id"] = str(subject)
        else:
            verb = self.by_chance.choice(sorted(BUTTONS))
            fields = self.by_chance.sample(self.stage.fields, 6)
            told = {**self._typed(dict.fromkeys(fields, ())), "id": str(subject)}
        kind = self.by_chance.choice((Kind.PRESSED, Kind.PRESSED, Kind.PRESSED, Kind.REFRESHED))
        self._does(kind, step, verb, told)
        if self.by_chance.random() < 0.3:
            count = self._count()
            self._does(kind, step, verb, told)
            if self._count() != count:
                self.found.append(f"{verb} twice keeps it twice")
            if self.by_chance.random() < 0.5:
                self._later()
                self._does(kind, step, verb, told)
                if self._count() != count:
                    self.found.append(f"{verb} days later keeps it twice")

    def _does(self, kind: Kind, step: int, verb: str, told: dict[str, Any]) -> None:
        reply = does(self.uow, self.who, kind, self.now, verb=verb, data=told, key=f"{self.number}-{step}")
        self._judge(verb, reply.card, told)

    def _typed(self, choices: dict[str, tuple[str, ...]]) -> dict[str, str]:
        return {
            name: self.by_chance.choice(values if values and self.by_chance.random() < 0.8 else WORDS)
            for name, values in choices.items()
        }

    def _download(self, file: str, subject: UUID) -> None:
        try:
            made = FILES[file](self._turn(), subject)
        except Refusal:
            return
        self._judge(file, {"text": f"{made.name} {made.content().decode('utf-8', 'ignore')}"})

    def _turn(self) -> Turn:
        return Turn.of(self.who, self.uow, self.now, MUNICIPALITY)

    def _count(self) -> dict[str, int]:
        return {
            table.name: number_of(self.uow, table.name)
            for table in metadata.sorted_tables
            if table.name not in MACHINERY
        }

    def _judge(self, what: str, card: Card | None, typed: Any = ()) -> None:
        """Nothing on the card and nothing that was changed is kept from the person by the policy."""
        self.uow.session.flush()
        viewer, before = self._turn().viewer, self.marks
        if self.changes.taken():
            self._judge_changes(what, viewer)
        for number in marks_in(card or {}) - marks_in(typed):
            meant = [*before.get(number, ()), *self.marks.get(number, ())]
            if most(viewer, meant) < Sight.FULL:
                names = sorted({each.record.value for each in meant})
                self.found.append(f"{what} shows {names} to {self.who.name}")

    def _judge_changes(self, what: str, viewer: Viewer) -> None:
        before = self.kept
        self._look()
        for key in before.keys() | self.kept.keys():
            (was, meant), (now, means) = before.get(key, (None, [])), self.kept.get(key, (None, []))
            if was != now and most(viewer, [*meant, *means]) < Sight.FULL:
                done = "adds" if was is None else "removes" if now is None else "changes"
                self.found.append(f"{what} {done} {key[0]} as {self.who.name}")

    def _look(self) -> None:
        self.uow.session.flush()
        self.kept = Rows(self.uow, self.now).kept()
        self.marks = self.marks | by_mark(self.kept)
        self.changes.taken()


def most(viewer: Viewer, meant: Iterable[Any]) -> Sight:
    return max((each.sight(viewer) for each in meant), default=Sight.NOTHING)
