"""Anybody presses anything: nobody sees or changes what the policy keeps from them, and nothing is kept twice.

A history is a few presses by one person: a leader, an observer, a chief, a facilitator, an outsider, or somebody whose
role ended yesterday. Each is a press of their own card or of one that was forwarded, with every field filled in, or any
verb, view, file or word with any id there is, now or weeks later. Besides, every button is pressed in each run
by one who may press it, and by others (`tests/every_button.py`). What they may see is asked of the policy, row by row.
Buttons, views, files and tables are enumerated, so that a new one is covered by itself. `HISTORIES=3000` makes it long.
"""

import os
import random
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import chain, islice
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select

from cards.kit import Card
from dialogs import BUTTONS, CLOCKS, FILES, QUESTIONS, VIEWS
from dialogs.conversation import Kind, show
from dialogs.flow import Asked, Planning
from dialogs.turn import Turn
from domain.errors import Refusal
from domain.municipality import Municipality
from domain.organisation import Person, Role, RoleAssignment
from storage.database import Database
from storage.message import tidy
from storage.types import metadata
from storage.unit_of_work import UnitOfWork
from tests.crowd import Crowd, unsettle
from tests.every_button import DEALS, FEW_TRIED, MOST_TRIED, deal
from tests.judged import Judged, Press, Stage, does, presses_on
from tests.kept_rows import LOOKED_UP, PUBLIC, READINGS, Rows, by_mark, marking, written_in
from tests.town import MUNICIPALITY, NOW

HISTORIES = int(os.environ.get("HISTORIES", "12"))
PRESSES = 6
FEWEST_LET_IN, FEWEST_LET_IN_OF_FEW = 318, 290
FEWEST_ASKED = 42
PLANNED = timedelta(days=30)
# So many of each table are tried for a button that stands on nobody's card, by whoever has to do with them, or by a
# chief, the administration and a facilitator.
MOST_ROWS = 6
PRESSING_FOR_ALL = ("Birgit Dalum", "Kirsten Overgård", "Ulla Fredskov")
# Whose cards are recorded, the first four where time is short; everybody presses them.
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
    "Villads i 5b er glad",
    "2026-05-12",
    "10:00",
    "går godt",
    "går videre",
    "1",
    "børn,unge",
    "x" * 5_000,
)


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
    # On PostgreSQL, too, each button is pressed; who may press the rare ones is found out on SQLite.
    is_thorough = database.dialect == "sqlite" or HISTORIES > 100
    most, fewest = (MOST_TRIED, FEWEST_LET_IN) if is_thorough else (FEW_TRIED, FEWEST_LET_IN_OF_FEW)
    told = [
        await database.rehearse(lambda uow, number=number: deal(uow, number, stage, most=most))
        for number in range(DEALS)
    ]
    assert [each.wrong for each in told if each.wrong] == []
    assert set().union(*(each.pressed for each in told)) == set(BUTTONS)
    # For the others nobody was found, in as many presses as are tried, who may press them in this municipality today.
    assert len(set().union(*(each.let_in for each in told))) >= fewest
    assert len(set().union(*(each.asked for each in told))) >= FEWEST_ASKED


async def staged(database: Database) -> Stage:
    """A municipality with something in every table, and all that its people can press today."""

    has_to_do: dict[str, dict[UUID, list[UUID]]] = {}

    def prepare(uow: UnitOfWork) -> tuple[dict[str, UUID], dict[str, list[UUID]]]:
        with marking():
            crowd = Crowd.gather(uow)
        assert len(by_mark(Rows(uow, NOW).kept())) > 100
        for name in READINGS:
            assert number_of(uow, name), f"no {name} to be kept from anybody"
        some, found = random.Random(1), {}
        for table in metadata.sorted_tables:
            if "id" in table.c and table.name not in MACHINERY:
                ids = sorted(uow.session.scalars(select(table.c.id)), key=str)
                found[table.name] = some.sample(ids, min(len(ids), 12))
                has_to_do[table.name] = concerned(uow, table, crowd)
        return {name: each.id for name, each in crowd.people.items()}, found

    people, found = await database.write(prepare)
    presses = []
    for name in RECORDED if HISTORIES > 100 else RECORDED[:4]:
        presses += await database.rehearse(lambda uow, name=name: recorded(uow, people[name]))
    return Stage(people, found, has_to_do, presses)


def concerned(uow: UnitOfWork, table: Table, crowd: Crowd) -> dict[UUID, list[UUID]]:
    """Who has to do with the newest and oldest rows: who stands in them, who leads there, and who is there for all."""
    people = {each.id for each in crowd.people.values()}
    leaders = defaultdict(list)
    for role in uow.session.scalars(select(RoleAssignment).filter_by(role=Role.LEADER)):
        leaders[role.institution_id].append(role.person_id)
    for_all = [crowd.people[name].id for name in PRESSING_FOR_ALL]
    found = {}
    rows = {row.id: row for row in uow.session.execute(select(table).order_by(table.c.id))}
    in_turn = dict.fromkeys(chain.from_iterable(zip(reversed(rows), rows, strict=True)))
    for row_id in islice(in_turn, MOST_ROWS):
        told = rows[row_id]._mapping
        where = row_id if table.name == "institution" else told.get("institution_id")
        named = [each for each in told.values() if isinstance(each, UUID) and each in people]
        found[row_id] = list(dict.fromkeys([*named, *leaders[where], *for_all]))
    return found


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


class History(Judged):
    """What one person does, one thing after the other, and what went wrong; a fault of ours is raised."""

    def __init__(self, uow: UnitOfWork, number: int, stage: Stage) -> None:
        self.number, self.stage = number, stage
        self.by_chance = random.Random(number)
        who = uow.session.get_one(Person, self.by_chance.choice(list(stage.people.values())))
        unsettle(uow, who, self.by_chance)
        super().__init__(uow, who)
        self.own, self.others = stage.of(self.who.id, own=True), stage.of(self.who.id, own=False)

    def wrong(self) -> list[str]:
        for step in range(PRESSES):
            if self.by_chance.random() < 0.25:
                self._later()
            self._one(step)
        return self.found

    def _later(self) -> None:
        self.now += timedelta(days=self.by_chance.randint(1, 20))
        tidy(self.uow, self.now)
        self.look()

    def _one(self, step: int) -> None:
        chance, subject = self.by_chance.random(), self.by_chance.choice(self.stage.ids)
        if chance < 0.08:
            view = self.by_chance.choice(sorted(VIEWS))
            self.judge(view, show(self.turn(), view, subject))
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
            self.judge(text, does(self.uow, self.who, Kind.SAID, self.now, text=text, key=f"{step}").card)
            return
        with suppress(Refusal):
            self.judge(intent, question.handle(self.turn(), Asked("")))

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
        self.does(kind, f"{self.number}-{step}", verb, told)

    def _typed(self, choices: dict[str, tuple[str, ...]]) -> dict[str, str]:
        return {
            name: self.by_chance.choice(values if values and self.by_chance.random() < 0.8 else WORDS)
            for name, values in choices.items()
        }

    def _download(self, file: str, subject: UUID) -> None:
        try:
            made = FILES[file](self.turn(), subject)
        except Refusal:
            return
        self.judge(file, {"text": f"{made.name} {made.content().decode('utf-8', 'ignore')}"})

    def _count(self) -> dict[str, int]:
        return {
            table.name: number_of(self.uow, table.name)
            for table in metadata.sorted_tables
            if table.name not in MACHINERY
        }
