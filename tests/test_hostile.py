"""Outsiders press every button there is, with ids and answers that are not theirs: nothing is seen and nothing changes.

A history is a few presses by one outsider, each a recorded press of somebody else's card or a verb with any id there
is. Verbs, views and tables are enumerated, so that a new one is covered by itself. `HISTORIES=3000` makes it long.
"""

import os
import random
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, select

from dialogs import BUTTONS, VIEWS
from dialogs.conversation import Activity, Kind, answer, show
from dialogs.turn import Turn
from domain.message import Address
from domain.organisation import AgeRange, Area, Institution, InstitutionType, Language, Person, Role, RoleAssignment
from storage.database import Database, UnitOfWork
from storage.demo import PERSONAS, seed
from storage.types import metadata
from tests.test_gathered import buttons_in, everything
from tests.town import COPENHAGEN, MUNICIPALITY, NOW

HISTORIES = int(os.environ.get("HISTORIES", "120"))
PRESSES = 6
# What 4.4 shows to nobody from elsewhere, as text and as rows.
CONFIDENTIAL = (
    "agenda_item",
    "agreement",
    "board_note",
    "decision",
    "feedback",
    "focus_status",
    "note_version",
    "personal_note",
    "perspective",
    "preparation",
    "recommendation",
    "reflection",
    "visit_note",
)
SHORTEST = 16
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


class Outsiders:
    """A leader, an observer, a chief and a facilitator from another part of the municipality, and one with no role."""

    def __init__(self, uow: UnitOfWork) -> None:
        area = Area(name="Langtvæk")
        uow.add(area)
        uow.session.flush()
        place = Institution(
            name="Fjernskolen", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=area.id
        )  # fmt: skip
        uow.add(place)
        uow.session.flush()
        reach: dict[Role | None, dict[str, Any]] = {
            Role.LEADER: {"institution_id": place.id},
            Role.OBSERVER: {"institution_id": place.id},
            Role.CHIEF: {"area_id": area.id},
            Role.FACILITATOR: {"network": InstitutionType.SCHOOL},
            None: {},
        }
        self.people: list[str] = []
        for role, where in reach.items():
            someone = Person(
                name=f"Fremmed {role}", email=f"{role}@example.dk", aad_object_id=str(uuid4()), language=Language.DANISH
            )
            uow.add(someone)
            uow.session.flush()
            if role is not None:
                uow.add(RoleAssignment(person_id=someone.id, role=role, from_on=date(2020, 1, 1), **where))
            self.people.append(someone.aad_object_id)
        uow.session.flush()


def confidential() -> list[Table]:
    found = [metadata.tables[name] for name in CONFIDENTIAL if name in metadata.tables]
    assert len(found) >= len(CONFIDENTIAL) - 1
    return found


def rows_of(uow: UnitOfWork) -> dict[tuple[str, UUID], str]:
    return {
        (table.name, row._mapping[table.c.id]): repr(row)
        for table in confidential()
        for row in uow.session.execute(select(table))
    }


def secrets_of(uow: UnitOfWork) -> set[str]:
    """Everything that somebody wrote in the confidential tables, and nobody has shared."""

    def told_in(tables: list[Table]) -> set[str]:
        rows = [row for table in tables for row in uow.session.execute(select(table))]
        return {text for row in rows for value in row for text in leaves(value)}

    shared = "\n".join(told_in([metadata.tables["practice"]]))
    return {text for text in told_in(confidential()) if len(text) >= SHORTEST and " " in text and text not in shared}


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
    elif hasattr(value, "__dataclass_fields__"):
        yield from leaves(vars(value))


def recorded(uow: UnitOfWork, ids: list[UUID]) -> list[tuple[str, dict[str, Any]]]:
    """Every press that the cards of a leader, an observer and their chief offer now."""
    found = []
    known = {each.aad_object_id for each in PERSONAS}
    for who in uow.session.scalars(select(Person)).all():
        if who.aad_object_id not in known:
            continue
        turn = Turn.of(who, uow, NOW, MUNICIPALITY)
        for view in VIEWS:
            for subject_id in ids:
                card = show(turn.glance(), view, subject_id)
                found += [(each["verb"], each["data"]) for each in buttons_in(card or {})]
    return found


async def test_no_breach_in_any_history_of_hostile_presses(database: Database) -> None:
    def prepare(uow: UnitOfWork) -> tuple[list[str], list[UUID], list[tuple[str, dict[str, Any]]], set[str]]:
        seed(uow, NOW, COPENHAGEN)
        uow.session.flush()
        ids = everything(uow)
        sample = random.Random(1).sample(ids, min(len(ids), 200))
        secrets = secrets_of(uow)
        return Outsiders(uow).people, ids, recorded(uow, sample), secrets

    people, ids, presses, secrets = await database.write(prepare)
    assert len(secrets) > 30
    assert {verb for verb, _ in presses} & {"preparation.ready", "note.write", "feedback.open", "agreement.open"}
    for number in range(HISTORIES):
        found = await database.rehearse(lambda uow, number=number: history(uow, number, people, ids, presses, secrets))
        assert found == [], f"history {number}"


def history(
    uow: UnitOfWork,
    number: int,
    people: list[str],
    ids: list[UUID],
    presses: list[tuple[str, dict[str, Any]]],
    secrets: set[str],
) -> list[str]:
    """What went wrong: a secret on a card, or a row that was changed or removed; a fault is raised."""
    by_chance = random.Random(number)
    identity = by_chance.choice(people)
    before, wrong = rows_of(uow), []
    for press in range(PRESSES):
        verb, data = by_chance.choice(presses) if by_chance.random() < 0.7 else (by_chance.choice(sorted(BUTTONS)), {})
        told = {**data, "id": str(by_chance.choice(ids))} if not data or by_chance.random() < 0.5 else dict(data)
        for name in ("text", "said", "remark", "day", "clock", "step", "v", "choice", "reason", "talked", "status"):
            if by_chance.random() < 0.4:
                told.setdefault(name, by_chance.choice(WORDS))
        activity = Activity(
            kind=by_chance.choice((Kind.PRESSED, Kind.PRESSED, Kind.REFRESHED)),
            identity=identity,
            address=Address(
                service_url="https://smba.trafficmanager.net/emea/",
                conversation_id=f"a:{identity}",
                user_id=f"29:{identity}",
                bot_id="28:bot",
                tenant_id=str(UUID(int=99)),
            ),
            key=f"{number}-{press}",
            verb=verb,
            data=told,
        )
        reply = answer(uow, activity, now=NOW, municipality=MUNICIPALITY)
        drawn = "\n".join(leaves(reply.card or {}))
        wrong += [f"{verb} shows what is not theirs" for secret in secrets if secret in drawn]
    uow.session.flush()
    after = rows_of(uow)
    return wrong + [f"{name} was changed" for (name, key), row in before.items() if after.get((name, key)) != row]
