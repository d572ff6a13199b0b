"""A round that goes by what the one before saw plans exactly what a look at everything would plan.

What is missed by it would be a leader who is not reminded. So after each round everything is looked at in the same
transaction, which must find nothing to do; and whatever is changed in a table that a clock reads is seen by the next.
"""

import os
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Date, DateTime, Table, select, text, update

from dialogs.flow import Looks
from domain.dialogue import Dialogue, DialogueState
from domain.organisation import Institution, Person, Role, RoleAssignment
from domain.period import HalfYear
from domain.perspective import Answered, Count, Group, Perspective, Recommendation, Response
from domain.prompt import PromptState
from scheduler.planner import Rounds, plan, plan_in
from storage import prompt
from storage.database import Database
from storage.types import Utc, metadata
from storage.unit_of_work import UnitOfWork
from tests.crowd import Crowd
from tests.every_answer import recorded
from tests.town import COPENHAGEN, MUNICIPALITY, NOW

MACHINERY = frozenset({"prompt"})
# What a clock that remembers goes by: here each column is changed by itself.
REMEMBERED_BY = frozenset({"recommendation", "dialogue", "role_assignment", "person", "institution"})
# Each is so many changes, and rounds at moments between an instant and a month apart; `HISTORIES=20` makes it long.
HISTORIES = range(int(os.environ.get("HISTORIES", "2")))
STEPS = 12

State = Mapping[str, tuple[PromptState, datetime]]


def planned(uow: UnitOfWork) -> State:
    rows = uow.session.execute(select(prompt.prompt.c.occasion, prompt.prompt.c.state, prompt.prompt.c.due_at))
    return {occasion: (state, due_at) for occasion, state, due_at in rows}


async def looked_at(database: Database, now: datetime, rounds: Rounds) -> None:
    """A round as `serve` makes it; then everything is looked at, and there is nothing to do."""
    await plan(database, now, MUNICIPALITY, rounds)

    def again(uow: UnitOfWork) -> tuple[State, State]:
        found = planned(uow)
        plan_in(uow, now, MUNICIPALITY)
        return found, planned(uow)

    round_, whole = await database.rehearse(again)
    assert round_ == whole


class Place:
    """An institution with leaders of its own, of which anything may change."""

    def __init__(self, uow: UnitOfWork, number: int, crowd: Crowd) -> None:
        some = next(iter(crowd.places.values()))
        self.where = Institution(
            name=f"Tilbud {number}", type=some.type, age_range=some.age_range, area_id=some.area_id
        )
        self.leaders = [
            Person(name=f"Leder {number}.{each}", email=f"leder{number}.{each}@example.dk") for each in range(2)
        ]
        uow.add(self.where, *self.leaders)
        uow.session.flush()
        self.roles = [
            RoleAssignment(person_id=each.id, role=Role.LEADER, institution_id=self.where.id, from_on=date(2020, 1, 1))
            for each in self.leaders
        ]
        self.cycle_id = uow.session.scalars(select(Dialogue)).all()[0].cycle_id
        uow.add(*self.roles)


def is_recommended(uow: UnitOfWork, place: Place, now: datetime, some: random.Random) -> None:
    heard = Perspective(
        institution_id=place.where.id,
        author_id=place.leaders[0].id,
        group=Group.PARENTS,
        count=Count.SOME,
        said="Vi vil gerne høre mere.",
        half_year=HalfYear.of(now.date()),
        written_at=now,
    )
    uow.add(heard)
    uow.session.flush()
    uow.add(Recommendation(perspective_id=heard.id, institution_id=place.where.id, text="Flere breve", written_at=now))


def recommendations(uow: UnitOfWork, place: Place) -> list[Recommendation]:
    found = uow.session.scalars(select(Recommendation).order_by(Recommendation.id))  # type: ignore[arg-type]
    return [each for each in found if each.institution_id == place.where.id]


def is_answered(uow: UnitOfWork, place: Place, now: datetime, some: random.Random) -> None:
    waiting = recommendations(uow, place)
    if waiting:
        about = some.choice(waiting)
        today = now.astimezone(COPENHAGEN).date()
        told = some.choice([None, None, today])
        answer = Answered(response=Response.PARTLY, reason="Vi prøver.", reported_on=told)
        written_on = about.written_at.astimezone(COPENHAGEN).date()
        about.answer(answer, by=place.leaders[0].id, now=now, today=today, written_on=written_on)
        if some.random() < 0.5:
            # As `save` does; where it is not, the planner has to find it.
            prompt.drop_reminders(uow, "recommendation", about.id)


def is_taken_back(uow: UnitOfWork, place: Place, now: datetime, some: random.Random) -> None:
    """As a leader does who empties the field: its reminders go with it, for no statement finds them by it any more."""
    waiting = [each for each in recommendations(uow, place) if each.responded_at is None]
    if waiting:
        about = some.choice(waiting)
        uow.session.delete(about)
        uow.session.flush()
        prompt.drop_reminders(uow, "recommendation", about.id)


def is_met(uow: UnitOfWork, place: Place, now: datetime, some: random.Random) -> None:
    """A dialogue is planned, in the past or to come."""
    starts_at = now + timedelta(hours=some.randrange(-72, 72))
    uow.add(
        Dialogue(
            institution_id=place.where.id,
            cycle_id=place.cycle_id,
            half_year=HalfYear.of(starts_at.date()),
            starts_at=starts_at,
        )
    )


def dialogue_changes(uow: UnitOfWork, place: Place, now: datetime, some: random.Random) -> None:
    found = uow.session.scalars(select(Dialogue).order_by(Dialogue.id)).all()  # type: ignore[arg-type]
    mine = [each for each in found if each.institution_id == place.where.id]
    if mine:
        about = some.choice(mine)
        if some.random() < 0.5:
            about.state = DialogueState.CANCELLED
        else:
            about.starts_at += timedelta(hours=some.randrange(-200, 200))


def leading_changes(uow: UnitOfWork, place: Place, now: datetime, some: random.Random) -> None:
    role = uow.session.get_one(RoleAssignment, some.choice(place.roles).id)
    role.to_on = None if role.to_on else now.date() + timedelta(days=some.choice([-1, 0, 3]))


def leaves(uow: UnitOfWork, place: Place, now: datetime, some: random.Random) -> None:
    someone = uow.session.get_one(Person, some.choice(place.leaders).id)
    someone.ended_on = None if someone.ended_on else now.date() - timedelta(days=1)


def closes(uow: UnitOfWork, place: Place, now: datetime, some: random.Random) -> None:
    where = uow.session.get_one(Institution, place.where.id)
    where.ended_on = None if where.ended_on else now.date() + timedelta(days=some.choice([-1, 0, 2]))


CHANGES: tuple[Callable[[UnitOfWork, Place, datetime, random.Random], None], ...] = (
    is_recommended,
    is_recommended,
    is_recommended,
    is_answered,
    is_answered,
    is_taken_back,
    is_met,
    dialogue_changes,
    leading_changes,
    leaves,
    closes,
)
WAITS = (
    timedelta(),
    timedelta(minutes=1),
    timedelta(minutes=17),
    timedelta(minutes=58),
    timedelta(hours=7),
    timedelta(days=1),
    timedelta(days=13, hours=23),
    timedelta(days=14),
)


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.each_on_both
async def test_after_each_round_a_look_at_everything_finds_nothing_to_do(database: Database, history: int) -> None:
    some, now, rounds = random.Random(history), NOW, Rounds()

    def build(uow: UnitOfWork) -> list[Place]:
        crowd = Crowd.gather(uow)
        return [Place(uow, number, crowd) for number in range(3)]

    places = await database.write(build)
    await looked_at(database, now, rounds)
    # As long as a round may go by what it remembers, however much time passes.
    seen = []
    for _ in range(STEPS):
        for change in some.sample(CHANGES, some.randrange(3)):
            place = some.choice(places)
            await database.write(lambda uow, c=change, p=place, at=now: c(uow, p, at, some))  # type: ignore[misc]
        now += some.choice(WAITS)
        rounds._whole_at = now
        seen.append(rounds.before(now, MUNICIPALITY))
        await looked_at(database, now, rounds)
    assert all(each is not None for each in seen), "nothing was remembered, and nothing tried"


async def test_what_is_changed_in_any_table_that_a_clock_reads_is_seen_by_the_next_round(database: Database) -> None:
    """Each table that the statements of a round name, in a few of its rows."""
    some = random.Random(7)

    def build(uow: UnitOfWork) -> None:
        crowd = Crowd.gather(uow)
        for number in range(2):
            place = Place(uow, number, crowd)
            for days in (40, 30, 29):
                is_recommended(uow, place, NOW - timedelta(days=days), some)
            uow.session.flush()
            is_met(uow, place, NOW - timedelta(days=10), random.Random(1))
            uow.session.flush()
            first, *_ = recommendations(uow, place)
            answer = Answered(response=Response.PARTLY, reason="Vi prøver.", reported_on=None)
            at = NOW - timedelta(days=20)
            first.answer(answer, by=place.leaders[0].id, now=at, today=at.date(), written_on=at.date())

    await database.write(build)

    def first(uow: UnitOfWork) -> Looks:
        with recorded() as sent:
            looks = plan_in(uow, NOW, MUNICIPALITY).looks
        for each in sent:
            names.update(re.findall(r"\b(?:FROM|JOIN) (\w+)", each.text))
        return looks

    names: set[str] = set()
    looks = await database.write(first)
    assert looks["recommendation"], "nothing is remembered, so that nothing could be missed"
    read = sorted(names & metadata.tables.keys() - MACHINERY)
    assert set(read) >= REMEMBERED_BY
    now, touched = NOW + timedelta(minutes=1), set()
    for name in read:
        for change in changes_of(metadata.tables[name], some):
            if await database.rehearse(lambda uow, c=change: seen_by_the_next(uow, c, looks, now)):  # type: ignore[misc]
                touched.add(name)
    assert touched >= REMEMBERED_BY


Change = Callable[[UnitOfWork], bool]


def changes_of(table: Table, some: random.Random) -> list[Change]:
    """Each column gets another value in a few rows; what cannot be is left out when it is tried."""
    columns = [each for each in table.c if not each.primary_key and each.name != "version"]
    if table.name not in REMEMBERED_BY:
        return [lambda uow: sum(altered(uow, table, each, some) for each in columns) > 0]
    return [lambda uow, c=each: altered(uow, table, c, some) for each in columns]  # type: ignore[misc]


def altered(uow: UnitOfWork, table: Table, column: "Column[Any]", some: random.Random) -> bool:
    """Whether something was changed: nothing is where the database's own rules do not let it."""
    rows = uow.session.execute(select(*table.primary_key, column).order_by(*table.primary_key)).all()
    values = sorted({repr(each[-1]): each[-1] for each in rows}.items())
    done = False
    for *key, was in some.sample(rows, min(15 if table.name in REMEMBERED_BY else 3, len(rows))):
        new: Any
        if isinstance(column.type, Utc | DateTime) and was is not None:
            new = was + timedelta(days=some.choice([-15, -1, 1, 15]))
        elif isinstance(column.type, Date) and was is not None:
            new = was + timedelta(days=some.choice([-400, -1, 1]))
        elif column.nullable and was is not None:
            new = None
        else:
            other = [value for _, value in values if value != was]
            if not other:
                continue
            new = some.choice(other)
        change: dict[str, Any] = {column.name: new}
        if "version" in table.c:
            # As every entity's change counts it up.
            change["version"] = table.c.version + 1
        which = [each == value for each, value in zip(table.primary_key, key, strict=True)]
        savepoint = uow.session.begin_nested()
        try:
            uow.session.execute(update(table).where(*which).values(**change))
            savepoint.commit()
            done = True
        except Exception:
            savepoint.rollback()
    return done


def seen_by_the_next(uow: UnitOfWork, change: Change, looks: Looks, now: datetime) -> bool:
    """Whether the change made any difference to what is planned; a look at everything makes none after the round."""
    if uow.dialect == "postgresql":
        uow.session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    before = planned(uow)
    if not change(uow):
        return False
    uow.session.expire_all()
    uow.session.expunge_all()
    try:
        plan_in(uow, now, MUNICIPALITY, looks)
    except Exception as fault:
        with pytest.raises(type(fault)):
            plan_in(uow, now, MUNICIPALITY)
        return False
    found = planned(uow)
    plan_in(uow, now, MUNICIPALITY)
    assert found == planned(uow)
    return found != before


async def test_a_setting_of_the_municipality_has_everything_looked_at(database: Database) -> None:
    rounds = Rounds()
    await database.write(Crowd.gather)
    await plan(database, NOW, MUNICIPALITY, rounds)
    assert rounds.before(NOW, MUNICIPALITY) is not None
    assert (
        rounds.before(NOW, replace(MUNICIPALITY, quiet=replace(MUNICIPALITY.quiet, school_weeks=frozenset({17}))))
        is None
    )


async def test_everything_is_looked_at_each_hour_and_when_the_clock_was_set_back(database: Database) -> None:
    rounds = Rounds()
    assert rounds.before(NOW, MUNICIPALITY) is None
    for minutes in (0, 1, 59):
        await plan(database, NOW + timedelta(minutes=minutes), MUNICIPALITY, rounds)
    assert rounds.before(NOW + timedelta(minutes=59), MUNICIPALITY) is not None
    assert rounds.before(NOW + timedelta(minutes=58), MUNICIPALITY) is None
    assert rounds.before(NOW + timedelta(minutes=60), MUNICIPALITY) is None
    rounds.forget()
    assert rounds.before(NOW + timedelta(minutes=59), MUNICIPALITY) is None


async def test_a_round_that_was_not_committed_is_not_remembered(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = Rounds()

    async def lost(work: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(database, "write", lost)
    with pytest.raises(ConnectionError):
        await plan(database, NOW, MUNICIPALITY, rounds)
    assert rounds.before(NOW, MUNICIPALITY) is None
