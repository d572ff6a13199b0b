"""What two days differ by is told of enough institutions or of none: the evidence base, and drafts of a report."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from dialogs.turn import Turn
from domain.data_package import DataPackage, KeyFigure, PackageState
from domain.dialogue import DialogueState
from domain.difference import Told, Words, may_follow
from domain.evidence import hidden
from domain.focus_area import FocusArea
from domain.focus_status import FocusStatus
from domain.organisation import Institution, Person
from domain.perspective import Group, Response
from domain.status import Status
from storage.data_package import data_package, key_figure
from storage.database import Database
from storage.evidence_figures import evidence_figures
from storage.evidence_kept import evidence_kept
from storage.focus_area import focus_area
from storage.political_content import content_for
from storage.political_kept import dump
from storage.unit_of_work import UnitOfWork
from tests.across import HELD_ON, Across, across, nis  # noqa: F401
from tests.every_answer import recorded
from tests.town import MUNICIPALITY, NOW, Someone, words

WORDS = "abc"
DAY = st.lists(st.sampled_from([*WORDS, ""]), min_size=7, max_size=7)


def table(day: list[str], fewest: int) -> Words:
    """Seven institutions by a word, as they would be shown beside their total; those without a word are not there."""
    of = {str(number): word for number, word in enumerate(day) if word}
    counts = {word: list(of.values()).count(word) for word in WORDS}
    return Words(of=of, shown=frozenset(WORDS) - hidden(counts, fewest) if len(of) >= fewest else None)


def days_shown(days: list[list[str]], fewest: int) -> list[list[str]]:
    """What stands there day by day: the newest that may follow all that were shown, and the last one until then."""
    states = [days[0]]
    for day in days[1:]:
        new = Told(tables={"": table(day, fewest)})
        if all(may_follow(Told(tables={"": table(each, fewest)}), new, fewest) for each in states):
            states.append(day)
    return states


def sums(day: list[str], fewest: int) -> dict[frozenset[str], set[int]]:
    """Every number that can be added up from what is shown, with the institutions behind it."""
    found, seen = {}, table(day, fewest)
    if seen.shown is None:
        return {}
    for size in range(1, len(seen.shown) + 1):
        for some in combinations(sorted(seen.shown), size):
            found[frozenset(some)] = {number for number, word in enumerate(day) if word in some}
    found[frozenset("all")] = {number for number, word in enumerate(day) if word}
    rest = [frozenset(WORDS) - each for each in found if each <= frozenset(WORDS)]
    found |= {each | {"rest"}: {n for n, word in enumerate(day) if word in each} for each in rest}
    return found


@given(st.lists(DAY, min_size=2, max_size=6), st.integers(3, 4))
@settings(max_examples=300, deadline=None)
def test_i29_no_two_days_differ_by_fewer_whatever_is_added_up(days: list[list[str]], fewest: int) -> None:
    for one, other in combinations(days_shown(days, fewest), 2):
        before, after = sums(one, fewest), sums(other, fewest)
        for what in before.keys() & after.keys():
            differ = before[what] ^ after[what]
            assert not differ or len(differ) >= fewest, (what, one, other)


@given(DAY, DAY, st.integers(3, 4))
@settings(max_examples=100, deadline=None)
def test_i29_whoever_knows_the_rule_finds_no_institution_that_has_changed(
    one: list[str], other: list[str], fewest: int
) -> None:
    """Somebody who sees two days that differ, and knows of one institution whether it changed: others have, too."""
    shown = days_shown([one, other], fewest)
    if len(shown) < 2 or sums(one, fewest) == sums(other, fewest):
        return
    for what in sums(one, fewest).keys() & sums(other, fewest).keys():
        changed = sums(one, fewest)[what] ^ sums(other, fewest)[what]
        for known in range(7):
            assert not changed or len(changed - {known}) >= fewest - 1


def test_what_everybody_has_changed_is_renewed() -> None:
    assert len(days_shown([list("aaaaaaa"), list("bbbbbbb")], 3)) == 2
    assert len(days_shown([list("aaaaaaa"), list("bbaaaaa")], 3)) == 1
    assert len(days_shown([list("aaaaaaa"), list("bbbaaaa")], 3)) == 2


def test_back_again_is_held_against_the_day_before_too() -> None:
    """Two of three go back while a third comes: by that day it is four, and by the first day it is two."""
    days = [list("aaaaaaa"), list("bbbaaaa"), list("baabbaa")]
    assert len(days_shown(days, 3)) == 3
    back = [list("aaaaaaa"), list("bbbaaaa"), list("baabaaa")]
    assert len(days_shown(back, 3)) == 2, "by the first day two"


def test_a_sum_is_renewed_when_enough_add_something_else_to_it() -> None:
    def of(**added: int) -> Told:
        return Told(added={"all": added})

    before = of(a=1, b=2, c=3, d=4)
    assert may_follow(before, of(a=1, b=2, c=3, d=4), 3)
    assert not may_follow(before, of(a=1, b=2, c=3, d=5), 3)
    assert not may_follow(before, of(a=1, b=2, d=4, e=3), 3)
    assert may_follow(before, of(a=1, b=3, c=4, d=5), 3)
    hidden_before = Told(hidden={"all": {"a": 1, "b": 2}})
    assert not may_follow(hidden_before, of(a=1, b=2, c=3), 3), "the third alone would be told"
    assert may_follow(hidden_before, Told(hidden={"all": {"a": 9}}), 3), "of what is never shown nothing can be read"


def numbers_in(content: Any, path: str = "") -> dict[str, Any]:
    """Every number of a report by where it stands, but for how many institutions there are, which everybody knows."""
    if isinstance(content, dict):
        content = {each: one for each, one in content.items() if each not in ("drawn_at", "taken_at")}
        if "fewest" in content:
            del content["institutions"]
        if "kind" in content:
            path += f"/{content['kind']} {content['theme_id']} {content['word']}"
        return {name: each for key, one in content.items() for name, each in numbers_in(one, f"{path}/{key}").items()}
    if isinstance(content, list):
        # What rests on what has a name of its own; the rest stands at the same place every day.
        named = [path if isinstance(each, dict) and "kind" in each else f"{path}/{n}" for n, each in enumerate(content)]
        pairs = zip(named, content, strict=True)
        return {name: each for where, one in pairs for name, each in numbers_in(one, where).items()}
    return {path: content}


async def drawn(database: Database, across: Across, now: datetime) -> dict[str, Any]:  # noqa: F811
    return numbers_in(await database.write(lambda uow: report(uow, across, now)))


def report(uow: UnitOfWork, across: Across, now: datetime) -> dict[str, Any]:  # noqa: F811
    who = uow.session.get_one(Person, across.administrator.id)
    turn = Turn.of(who, uow, now, MUNICIPALITY)
    return dump(content_for(uow, turn.viewer, across.younger, fewest=3, now=now, zone=MUNICIPALITY.zone))


def begun(uow: UnitOfWork, across: Across, chance: random.Random) -> None:  # noqa: F811
    for number in range(8):
        area = across.works(uow, number, across.leg, chance.choice(list(Status)))
        across.tells(uow, number, Group.CHILDREN, response=Response.FOLLOWED, about=area)
        across.holds(uow, number)
    across.measures(uow, "Trivsel", [chance.randint(1, 99) for _each in range(8)], theme=across.leg)


def says(uow: UnitOfWork, across: Across, number: int, day: int) -> None:  # noqa: F811
    area = uow.session.scalars(
        select(FocusArea).where(focus_area.c.institution_id == across.places[number].id).limit(1)
    ).one()
    at = datetime(2026, 3, day, 8, 0, tzinfo=UTC)
    uow.add(FocusStatus(focus_area_id=area.id, author_id=across.leader.id, written_at=at, status=Status.ROOTED))


def hears(uow: UnitOfWork, across: Across, number: int, _day: int) -> None:  # noqa: F811
    across.tells(uow, number, Group.CHILDREN, response=Response.PARTLY)


def meets(uow: UnitOfWork, across: Across, number: int, _day: int) -> None:  # noqa: F811
    across.holds(uow, number, DialogueState.CLOSED, of=4)


def closes(uow: UnitOfWork, across: Across, number: int, _day: int) -> None:  # noqa: F811
    uow.session.get_one(Institution, across.places[number].id).ended_on = HELD_ON.date()


def corrects(uow: UnitOfWork, across: Across, number: int, day: int) -> None:  # noqa: F811
    """I5: "released figures are never changed, only superseded"."""
    where = across.places[number].id
    before = uow.session.scalars(
        select(DataPackage).where(
            data_package.c.institution_id == where, data_package.c.state == PackageState.RELEASED
        )
    ).one()  # fmt: skip
    before.supersede()
    uow.session.flush()
    made = DataPackage.of(across.places[number], before.half_year, before.edition + 1)
    made.release(NOW + timedelta(days=day))
    uow.add(made)
    uow.session.flush()
    for each in uow.session.scalars(select(KeyFigure).where(key_figure.c.package_id == before.id)).all():
        corrected = {"package_id": made.id, "value": each.value + 1, "theme_id": each.theme_id, "n": each.n}
        uow.add(KeyFigure(indicator=each.indicator, unit="%", source="LIS", as_of=each.as_of, **corrected))


@pytest.mark.parametrize("what", [says, hears, meets, closes, corrects])
@pytest.mark.parametrize("seed", range(2))
async def test_i29_a_draft_of_another_day_differs_by_enough_institutions_or_by_none(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
    what: Callable[[UnitOfWork, Across, int, int], None],
    seed: int,
) -> None:
    """One institution a day does something; whatever differs between two days was done by at least three."""
    chance = random.Random(seed)
    await database.write(lambda uow: begun(uow, across, chance))
    told, by = [await drawn(database, across, NOW)], [-1]
    for day, number in enumerate(chance.sample(range(8), 8), start=1):
        await database.write(lambda uow, number=number, day=day: what(uow, across, number, day))  # type: ignore[misc]
        told.append(await drawn(database, across, NOW + timedelta(days=day)))
        by.append(number)
    for place in set().union(*told):
        stood = [day.get(place) for day in told]
        for one, other in combinations(range(len(told)), 2):
            if stood[one] != stood[other]:
                # What stood there on the earlier day may have stood there for some days.
                since = next(day for day in range(one, -1, -1) if day == 0 or stood[day - 1] != stood[one])
                assert len(by[since + 1 : other + 1]) >= 3, (place, one, other, stood)
    assert told[0] != told[-1], "what enough have done is told at last"


async def test_the_evidence_base_keeps_the_same_rule_and_says_since_when_it_is(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await database.write(lambda uow: begun(uow, across, random.Random(7)))
    first = words(await nis.says("videnbase 0-6"))
    assert "Det fornys, når mindst 3 tilbud har noget nyt." in first
    assert "Det ældste tal er fra 14. april 2026." in first
    later = replace(nis, now=NOW + timedelta(days=3))
    await database.write(lambda uow: across.tells(uow, 0, Group.PARENTS))
    await database.write(lambda uow: across.tells(uow, 1, Group.CHILDREN))
    assert words(await later.says("videnbase 0-6")) == first
    await database.write(lambda uow: [across.tells(uow, number, Group.CHILDREN) for number in (2, 3)])
    assert "12 perspektiver i 8 tilbud" not in words(await later.says("videnbase 0-6"))
    assert "11 perspektiver i 8 tilbud" in words(await later.says("videnbase 0-6"))


async def test_what_is_looked_at_often_is_kept_once(nis: Someone, database: Database, across: Across) -> None:  # noqa: F811
    await database.write(lambda uow: begun(uow, across, random.Random(7)))

    def kept(uow: UnitOfWork) -> int:
        return uow.session.scalar(select(func.count()).select_from(evidence_kept)) or 0

    await nis.says("videnbase 0-6")
    before = await database.read(kept)
    assert before
    for _again in range(3):
        await nis.says("videnbase 0-6")
    assert await database.read(kept) == before


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.each_on_both
async def test_what_is_remembered_of_what_was_shown_is_what_is_found_without_it(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
    seed: int,
) -> None:
    """Digests and the figures beside their packages save work alone, whatever happens, and in whatever order."""
    chance = random.Random(seed)
    await database.write(lambda uow: begun(uow, across, chance))

    def without(uow: UnitOfWork, now: datetime) -> dict[str, Any]:
        uow.session.execute(delete(evidence_figures))
        uow.session.execute(update(evidence_kept).values(digest=None))
        return report(uow, across, now)

    left = list(range(8))
    for day in range(1, 13):
        what = chance.choice([says, hears, meets, corrects, corrects, closes])
        number = chance.choice(left)
        if what is closes and len(left) > 4:
            left.remove(number)
        await database.write(lambda uow, day=day: what(uow, across, number, day))  # type: ignore[misc]  # noqa: B023
        now = NOW + timedelta(days=day)
        if chance.random() < 0.7:
            plain = await database.rehearse(lambda uow, now=now: without(uow, now))  # type: ignore[misc]
            assert await database.write(lambda uow, now=now: report(uow, across, now)) == plain  # type: ignore[misc]


async def test_figures_are_not_read_again_while_their_packages_are_the_same(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await database.write(lambda uow: begun(uow, across, random.Random(7)))

    async def sent() -> str:
        with recorded() as statements:
            await nis.says("videnbase 0-6")
        return " ".join(each.text for each in statements)

    assert "key_figure" in await sent()
    again = await sent()
    assert "evidence_kept" in again
    assert "key_figure" not in again
    assert "evidence_kept.content" not in again
    await database.write(lambda uow: corrects(uow, across, 0, 1))
    assert "key_figure" in await sent()
    assert "key_figure" not in await sent()


async def test_a_figure_of_a_closed_institution_cannot_be_subtracted(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    """The mean of eight less the mean of seven would be the figure of the one that has closed."""
    await database.write(lambda uow: begun(uow, across, random.Random(7)))
    before = await drawn(database, across, NOW)

    def averages(content: dict[str, Any]) -> dict[str, Any]:
        return {place: each for place, each in content.items() if "/averages/" in place}

    await database.write(lambda uow: closes(uow, across, 0, 1))
    assert averages(await drawn(database, across, NOW + timedelta(days=1))) == averages(before)
    await database.write(lambda uow: [closes(uow, across, number, 2) for number in (1, 2)])
    assert averages(await drawn(database, across, NOW + timedelta(days=2))) != averages(before)
