"""Statements in many shapes that are sent past SQLAlchemy find what they find by its own way."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Select, func, or_, select, text
from sqlalchemy.exc import DBAPIError

from domain.agreement import AgreementState
from domain.organisation import AgeRange, Area, Institution, InstitutionType
from domain.period import HalfYear
from domain.scope import Scope
from storage.agreement import agreement
from storage.among import among
from storage.asked import each_by, found_by, rows_of
from storage.database import Database
from storage.dialogue import dialogue
from storage.organisation import area, institution
from storage.shaped import shaped
from storage.unit_of_work import UnitOfWork
from tests.town import NOW

NAMES = ("Birken", "Egen", "Elmen", "Linden")


def built(uow: UnitOfWork) -> list[Institution]:
    north = Area(name="Nord")
    uow.add(north)
    uow.session.flush()
    made = [
        Institution(name=each, type=InstitutionType.DAYCARE, age_range=AgeRange.YOUNGER, area_id=north.id)
        for each in NAMES
    ]
    uow.add(*made)
    uow.session.flush()
    return made


def shapes(uow: UnitOfWork, places: Sequence[Institution], number: int) -> list[Select[Any]]:
    """Statements that are the same but for their values, and for how many of them there are."""
    some = [each.id for each in places[:number]]
    named = select(institution.c.id, institution.c.type, institution.c.aliases, institution.c.ended_on)
    return [
        named.where(institution.c.id.in_(some)).order_by(institution.c.name),
        named.where(among(institution.c.id, some)).order_by(institution.c.name).limit(number + 1),
        named.where(or_(institution.c.name == NAMES[number - 1], institution.c.name.in_(NAMES[number:]))).order_by(
            institution.c.name
        ),
        select(func.count(), func.max(institution.c.name)).where(institution.c.name < NAMES[number - 1]),
        select(agreement.c.id).where(agreement.c.state == list(AgreementState)[number % 3], agreement.c.made_at < NOW),
    ]


async def test_whatever_their_values_and_however_many(database: Database) -> None:
    places = await database.write(built)

    def work(uow: UnitOfWork) -> None:
        for number in (1, 3, 2, 4, 1, 0, 2):
            for each in shapes(uow, places, number):
                assert [list(row) for row in rows_of(uow, each)] == [list(row) for row in uow.session.execute(each)]

    await database.read(work)


def called(place_ids: Collection[UUID], but: UUID | None, day: date, scope: Scope, *, of: AgeRange) -> Select[Any]:
    """Institutions by conditions of every kind of value."""
    conditions = [among(institution.c.id, place_ids), institution.c.age_range == of]
    if but is not None:
        conditions.append(institution.c.id != but)
    conditions.append(or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day))
    met = select(dialogue.c.id).where(dialogue.c.half_year.between(scope.first, scope.last))
    if scope.since is not None:
        met = met.where(dialogue.c.starts_at >= scope.since)
    return (
        select(institution.c.id, institution.c.aliases).where(*conditions, ~met.exists()).order_by(institution.c.name)
    )


async def test_put_together_once_for_each_shape_it_finds_the_same(database: Database) -> None:
    places = await database.write(built)
    made: list[object] = []

    @shaped
    def asked(ids: Collection[UUID], but: UUID | None, day: date, scope: Scope, *, of: AgeRange) -> Select[Any]:
        made.append(of)
        return called(ids, but, day, scope, of=of)

    scope = Scope(institutions=tuple(places), first=HalfYear(2026, 1), last=HalfYear(2026, 1), zone=ZoneInfo("UTC"))
    new = replace(scope, since=NOW, last=HalfYear(2026, 2))

    def work(uow: UnitOfWork) -> None:
        ids = [each.id for each in places]
        for some in ids[:1], ids[1:2], ids[:3], set(ids), []:
            for but in None, ids[0], ids[2]:
                for about in scope, new:
                    for of in AgeRange:
                        values = (some, but, NOW.date(), about)
                        found = rows_of(uow, asked(*values, of=of))
                        assert [list(row) for row in found] == [
                            list(row) for row in uow.session.execute(called(*values, of=of))
                        ]

    await database.read(work)
    # One id, several and none; but one and all; what is new or all of it; of either age range.
    assert len(made) == 3 * 2 * 2 * 2
    with pytest.raises(AttributeError, match="zone"):
        shaped(lambda about: select(institution.c.id).where(institution.c.name == about.zone))(scope)
    by_type = shaped(lambda of: select(institution.c.id).where(among(institution.c.type, of)))
    for several in ([each.id for each in places], AgeRange.OLDER, "ab"):
        if isinstance(several, str):
            with pytest.raises(TypeError, match="a word"):
                by_type(several)
        else:
            by_type(several)


async def test_their_entities_are_the_session_s_own(database: Database) -> None:
    places = await database.write(built)

    def work(uow: UnitOfWork) -> None:
        known = uow.session.get_one(Institution, places[1].id)
        known.name = "Ahorn"
        both = select(institution, area, institution.c.name).outerjoin(area, area.c.id == institution.c.area_id)
        found = found_by(uow, both.order_by(institution.c.name), Institution, Area)
        assert [name for _where, _near, name in found] == ["Ahorn", "Birken", "Elmen", "Linden"], "it is written first"
        assert found[0][0] is known
        assert {near for _where, near, _name in found} == {uow.session.get_one(Area, places[0].area_id)}
        nobody = select(institution, area).outerjoin(area, area.c.name == "Syd").where(institution.c.id == known.id)
        assert found_by(uow, nobody, Institution, Area) == [[known, None]]
        assert each_by(uow, select(institution).where(institution.c.id == known.id), Institution) == [known]
        found[1][0].name = "Bøgen"

    await database.write(work)
    assert await database.read(lambda uow: uow.session.get_one(Institution, places[0].id).name) == "Bøgen"


async def test_a_driver_s_error_is_raised_as_sqlalchemy_s(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.read(lambda uow: rows_of(uow, select(text("nothing")).select_from(area)))
    assert await database.read(lambda uow: rows_of(uow, select(area.c.id))) == []
