"""A breach tells of those, too, who could read something by what they were asked or shown, and by no role alone."""

from datetime import date, timedelta

from domain.access import POLICY, Relation, Sight
from domain.organisation import InstitutionType, Role, RoleAssignment
from storage.breach import PARTS
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER
from tests.test_duties import kit, rows
from tests.town import Someone
from tests.visits import Neighbours, given
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)


async def parts(database: Database, first: date = FIRST, last: date = LAST) -> dict[tuple[str, str], set[str]]:
    found = rows(await kit(database, first, last, place="Elmeskolen"), "could-see")
    return {(row[0], row[2]): set(row[6].split(", ")) for row in found}


async def test_a_breach_names_the_observer_the_colleagues_who_were_asked_and_the_network_s_own(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    asked, visitor = (town.teacher.name, "colleague who was asked"), (town.rune.name, "observer of the visit")
    assert not {asked, visitor} & (await parts(database)).keys()
    await given(mette, rune)
    sharing = await mette.presses(await mette.says("kvittér"), "Del med mit team")
    await mette.presses(sharing, "Del", colleagues=str(town.teacher.id))
    found = await parts(database)
    assert found[visitor] == {"observation"}
    assert found[asked] == {"feedback unread", "observation feedback", "taken home"}
    day = mette.now.date()
    assert asked not in await parts(database, last=day - timedelta(days=1))
    assert visitor not in await parts(database, last=FIRST)


async def test_who_prepares_or_takes_notes_is_named_while_they_work_there(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    asked = (town.teacher.name, "colleague who was asked")
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde")
    await mette.presses(asking, "Bed kollegaen", colleague=str(town.teacher.id))
    shown = {"preparation draft", "preparation", "focus area", "perspective", "local priority"}
    assert (await parts(database))[asked] == shown
    later = Someone(database, town.leader, now=AFTER)
    choosing = await later.presses(await later.says("refleksion"), "Vælg en referent")
    await later.presses(choosing, "Vælg referenten", colleague=str(town.teacher.id))
    assert {"reflection", "reflection draft", "decision", "preparation"} <= (await parts(database))[asked]

    def moves(uow: UnitOfWork) -> None:
        for each in uow.session.query(RoleAssignment).filter_by(person_id=town.teacher.id):
            each.to_on = FIRST - timedelta(days=1)

    await database.write(moves)
    assert asked not in await parts(database)


def test_everything_that_a_colleague_may_read_goes_with_something_that_they_were_asked() -> None:
    told = {
        record for relation, *_rest, records, _asked in PARTS if relation is Relation.COLLEAGUE for record in records
    }
    assert {record for record, sights in POLICY.items() if sights[Relation.COLLEAGUE] is Sight.FULL} <= told


async def test_a_network_s_facilitators_could_see_its_draft(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    def facilitate(uow: UnitOfWork) -> None:
        for who, network in ((town.rune, InstitutionType.SCHOOL), (town.neighbour, InstitutionType.DAYCARE)):
            uow.add(RoleAssignment(person_id=who.id, role=Role.FACILITATOR, from_on=FIRST, network=network))

    await database.write(facilitate)
    found = await parts(database)
    assert "network draft" in found[town.rune.name, Role.FACILITATOR.value]
    assert (town.neighbour.name, Role.FACILITATOR.value) not in found
