"""What was told in a scope is counted as if somebody had gone through it one by one."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain.organisation import Institution
from domain.perspective import Group, Perspective
from domain.scope import Scope
from storage.database import Database
from storage.focus_area import focus_area
from storage.perspective import perspective
from storage.told import heard_at, heard_by_theme
from storage.unit_of_work import UnitOfWork
from tests.ten_years import LAST, NOW, Municipality
from tests.town import MUNICIPALITY


@pytest.fixture
def town(database_url: str) -> Municipality:
    """Twelve institutions and three years of them, of which many have written something at the same moment."""
    town = Municipality(database_url, institutions=12, half_years=6)
    town.fill()
    return town


def scopes(uow: UnitOfWork, town: Municipality) -> list[Scope]:
    """Of all, of some and of one; of all half-years, of two, and of what is new."""
    everybody = tuple(uow.session.scalars(select(Institution)))
    found = []
    for places in everybody, everybody[3:8], everybody[:1]:
        for first in town.half_years[0], LAST.previous:
            scope = Scope(institutions=places, first=first, last=LAST, zone=MUNICIPALITY.zone)
            found += [scope, replace(scope, since=NOW.replace(month=3))]
    return found


def one_by_one(uow: UnitOfWork, scope: Scope) -> Sequence[tuple[Perspective, UUID | None]]:
    """The perspectives of a scope with their themes, newest first."""
    ids = {each.id for each in scope.institutions}
    themes = dict(uow.session.execute(select(focus_area.c.id, focus_area.c.theme_id)).all())
    told = [
        each
        for each in uow.session.scalars(select(Perspective))
        if each.institution_id in ids
        and scope.first <= each.half_year <= scope.last
        and (scope.since is None or each.written_at >= scope.since)
    ]
    told.sort(key=lambda each: each.id)
    told.sort(key=lambda each: each.written_at, reverse=True)
    return [(each, themes[each.focus_area_id] if each.focus_area_id else None) for each in told]


@pytest.mark.parametrize("newest", [1, 3, 1000])
@pytest.mark.each_on_both
async def test_of_each_theme_and_group_the_newest_are_found_wherever_they_are(town: Municipality, newest: int) -> None:
    def look(uow: UnitOfWork) -> None:
        # One that writes much at once is not one that writes last.
        first = uow.session.scalars(select(perspective.c.id).limit(40)).all()
        uow.session.execute(update(perspective).where(perspective.c.id.in_(first)).values(written_at=NOW))
        for scope in scopes(uow, town):
            numbers: Counter[tuple[UUID | None, Group]] = Counter()
            expected: dict[tuple[UUID | None, Group], list[UUID]] = defaultdict(list)
            for told, theme_id in one_by_one(uow, scope):
                numbers[theme_id, told.group] += 1
                expected[theme_id, told.group].append(told.id)
            counted, ids = heard_by_theme(uow, scope, {each.id: each for each in scope.institutions}, newest)
            assert counted == numbers
            assert sorted(ids) == sorted(id for found in expected.values() for id in found[:newest])

    await _rehearsed(town, look)


async def test_r43_a_group_was_heard_where_it_has_told_anything(town: Municipality) -> None:
    def look(uow: UnitOfWork) -> None:
        for scope in scopes(uow, town):
            expected: dict[Group, set[UUID]] = {group: set() for group in Group}
            for told, _theme_id in one_by_one(uow, scope):
                expected[told.group].add(told.institution_id)
            assert heard_at(uow, scope, [each.id for each in scope.institutions]) == expected
            assert heard_at(uow, scope, [], [Group.STAFF]) == {Group.STAFF: set()}

    await _rehearsed(town, look)


async def _rehearsed(town: Municipality, look) -> None:  # type: ignore[no-untyped-def]
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()
    await database.rehearse(look)
    await database.close()
