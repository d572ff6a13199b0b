"""A change of leader as the chief meets it: nothing goes on by itself, and each agreement is decided on."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from cards.kit import Card
from dialogs import handover as flow
from dialogs.conversation import Kind
from domain.agreement import Agreement, AgreementState
from domain.handover import handovers
from domain.note import NoteVersion
from domain.organisation import Person, Role, RoleAssignment
from domain.prompt import Prompt, PromptState
from domain.quiet import QuietTimes
from scheduler.planner import plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.pair import LEADING, confirms, plans, shares
from tests.record import all_of
from tests.succession import (  # noqa: F401
    HALL,
    INVITES,
    MONDAY,
    SINCE,
    agreed,
    begins,
    birgit,
    by_text,
    chief,
    decides,
    emil,
    ends,
    mette,
    successor,
    told_by,
    town,
)
from tests.test_my_data import exported
from tests.town import MUNICIPALITY, Someone, Town, button, options, person, values, words

GOES_ON = "Går videre til Emil Ry"
DAY = timedelta(days=1)


async def test_i23_an_agreement_goes_on_only_after_the_chief_confirms_it(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await chief.says("overdragelse")
    assert "Emil Ry har overtaget efter Mette Holm." in words(card)
    assert INVITES in words(card)
    assert HALL in words(card)
    assert values(card) == {"c0": "", "c1": ""}
    assert INVITES not in words(await emil.says("aftaler"))
    card = await decides(chief, card, GOES_ON, "Ikke afgjort endnu")
    assert "1 aftale er ikke afgjort." in words(card)
    assert INVITES in words(await emil.says("aftaler"))
    assert HALL not in words(await emil.says("aftaler"))
    kept = await by_text(database)
    assert (kept[INVITES].leader_id, kept[INVITES].chief_id) == (emil.who.id, chief.who.id)
    assert kept[INVITES].confirmed_at is None
    card = await chief.presses(card, "Fortsæt")
    assert values(card) == {"c0": ""}
    card = await decides(chief, card, GOES_ON)
    assert "intet venter" in words(card).lower()
    assert HALL in words(await emil.says("aftaler"))


async def test_i23_notes_do_not_move(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await chief.says("overdragelse")
    assert "Notater fra 1:1 bliver mellem dig og Mette Holm." in words(card)
    await decides(chief, card, GOES_ON, GOES_ON)
    [note] = await all_of(database, NoteVersion)
    assert await emil.gets("confirmation", note.one_on_one_id) is None
    assert await emil.gets("note", note.one_on_one_id) is None
    for typed in ("notat", "aftaler", "overdragelse", "min oversigt", "1:1"):
        assert LEADING not in words(await emil.says(typed))
    assert LEADING in words(await chief.sees("confirmation", note.one_on_one_id))


async def test_one_is_dropped_with_a_reason_that_is_asked_for(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    asking = await decides(chief, await chief.says("overdragelse"), GOES_ON, "Bortfalder")
    assert "Hvorfor bortfalder den?" in words(asking)
    kept = await by_text(database)
    assert kept[INVITES].leader_id == emil.who.id
    assert kept[HALL].is_open
    assert "Skriv kort hvorfor" in words(await chief.presses(asking, "Lad den bortfalde"))
    card = await chief.presses(asking, "Lad den bortfalde", r0="Hallen er lukket")
    assert "Bortfaldet · Hallen er lukket" in words(card)
    kept = await by_text(database)
    assert (kept[HALL].state, kept[HALL].result) == (AgreementState.DROPPED, "Hallen er lukket")
    assert kept[HALL].leader_id != emil.who.id
    assert HALL not in words(await emil.says("overdragelse"))


async def test_what_came_of_it_afterwards_is_not_told_to_the_leader_who_left(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await decides(chief, await chief.says("overdragelse"), GOES_ON, GOES_ON)

    def ends_it(uow: UnitOfWork) -> None:
        [each] = uow.session.query(Agreement).filter_by(text=INVITES)
        each.finish("Emil fandt en anden vej.", by=emil.who.id, now=MONDAY)

    await database.write(ends_it)
    mette.now = emil.now
    made = (await exported(database, mette)).data.decode()
    assert INVITES in made
    assert "Emil fandt en anden vej." not in made
    assert "Emil fandt en anden vej." in (await exported(database, emil)).data.decode()


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Skriv kort hvorfor"),
        (" \n\u200b", "Skriv kort hvorfor"),
        ("Aftalt med 010203-1234", "cpr-nummer"),
        ("x" * 301, "301 tegn"),
    ],
)
async def test_a_reason_that_cannot_be_kept_is_said_at_its_field_and_all_of_them_stay(
    chief: Someone,  # noqa: F811
    database: Database,
    reason: str,
    sentence: str,
) -> None:
    asking = await decides(chief, await chief.says("overdragelse"), "Bortfalder", "Bortfalder")
    card = await chief.presses(asking, "Lad dem bortfalde", r0="Den er nået", r1=reason)
    assert sentence in words(card)
    assert values(card)["r0"] == "Den er nået"
    assert values(card)["r1"] == reason.strip().strip("\u200b").strip()
    assert all(each.is_open for each in await all_of(database, Agreement))
    card = await chief.presses(card, "Lad dem bortfalde", r1="Heller ikke den")
    assert "Den er nået" in words(card)
    assert not any(each.is_open for each in await all_of(database, Agreement))


async def test_nothing_chosen_is_asked_about(chief: Someone, database: Database) -> None:  # noqa: F811
    card = await chief.presses(await chief.says("overdragelse"), "Gem")
    assert "Vælg, hvad der skal ske med mindst én af dem" in words(card)
    for wrong in ("sandhed", "42", str(uuid4())):
        answer = await chief.presses(card, "Gem", c0=wrong)
        assert "Går videre" in words(answer)
        assert await moved(database) == []


async def moved(database: Database) -> list[Agreement]:
    return [each for each in await all_of(database, Agreement) if each.moved_from]


async def test_five_at_a_time_and_each_is_saved_when_it_is_decided(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    [first, *_rest] = await all_of(database, Agreement)
    more = [
        Agreement(
            one_on_one_id=first.one_on_one_id,
            institution_id=town.school.id,
            chief_id=town.chief.id,
            leader_id=town.leader.id,
            text=f"Aftale nr. {number}",
            owner=first.owner,
            due=date(2026, 6, 10 + number),
            made_at=first.made_at,
        )
        for number in range(5)
    ]
    await database.write(lambda uow: uow.add(*more))
    card = await chief.says("overdragelse")
    assert len(values(card)) == 5
    assert "Der kommer 2 til, når du har gemt." in words(card)
    card = await decides(chief, card, GOES_ON, GOES_ON, "Ikke afgjort endnu", "", GOES_ON)
    assert len(values(card)) == 2
    assert len(await moved(database)) == 3
    card = await decides(chief, card, GOES_ON, GOES_ON)
    assert "2 aftaler er ikke afgjort." in words(card)
    assert len(await moved(database)) == 5


async def test_the_chief_is_told_on_the_first_working_day_and_reminded_twice_of_what_is_undecided(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    assert await told_by(database, MONDAY.replace(hour=5)) == []
    dues: dict[str, datetime] = {}
    for day in range(100):
        for each in await told_by(database, MONDAY + day * DAY):
            if each.person_id == chief.who.id:
                dues.setdefault(each.key, each.due_at)
    assert [f"{each:%d.%m %H:%M}" for each in dues.values()] == ["11.05 06:00", "18.05 06:00", "25.05 06:00"]
    await decides(chief, await chief.says("overdragelse"), GOES_ON, GOES_ON)
    later = [each for each in await told_by(database, MONDAY + 8 * DAY) if each.person_id == chief.who.id]
    assert later == []


async def test_a_change_on_a_saturday_is_told_on_monday(
    agreed: None,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    await ends(database, town.leader, town.school, date(2026, 5, 8))
    await begins(database, successor, town.school, date(2026, 5, 9))
    assert await told_by(database, datetime(2026, 5, 9, 12, tzinfo=UTC)) == []
    told = await told_by(database, MONDAY)
    assert {each.person_id for each in told} == {town.chief.id, successor.id}
    assert all(each.personal for each in told)


async def test_a_change_in_the_future_is_not_told_before_it_happens(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    await ends(database, town.leader, town.school, date(2026, 6, 30))
    await begins(database, successor, town.school, date(2026, 7, 1))
    birgit.now = MONDAY
    assert await told_by(database, MONDAY + 30 * DAY) == []
    assert "Intet lederskifte" in words(await birgit.says("overdragelse"))
    assert "Overdrag aftaler" not in words(await birgit.says("min oversigt"))
    nobody = await Someone(database, successor, now=MONDAY).says("overdragelse")
    assert "Intet lederskifte" in words(nobody)


async def test_a_change_that_is_imported_late_is_told_once(
    agreed: None,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    await ends(database, town.leader, town.school, SINCE - DAY)
    await begins(database, successor, town.school, SINCE)
    at = MONDAY + 40 * DAY
    told = await told_by(database, at)
    assert sorted(each.view for each in told) == ["handover", "new_leader"]
    assert await told_by(database, MONDAY + 91 * DAY) == []


async def test_an_institution_without_a_new_leader_waits_for_one(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    await ends(database, town.leader, town.school, date(2026, 5, 10))
    birgit.now = MONDAY
    assert await told_by(database, MONDAY) == []
    card = await birgit.says("overdragelse")
    assert "Elmeskolen har ingen leder endnu." in words(card)
    assert set(options(card, "c0")) == {"Bortfalder", "Ikke afgjort endnu"}
    assert "Overdrag aftaler" not in words(await birgit.says("min oversigt"))
    assert await birgit.gets("handover", town.school.id) is None
    await begins(database, successor, town.school, date(2026, 6, 8))
    birgit.now = MONDAY + 28 * DAY
    assert {each.person_id for each in await told_by(database, birgit.now)} == {town.chief.id, successor.id}
    card = await birgit.says("overdragelse")
    assert "Emil Ry har overtaget efter Mette Holm." in words(card)
    assert "Overdrag aftaler" in words(await birgit.says("min oversigt"))


async def test_the_overview_has_a_line_as_long_as_something_is_undecided(
    chief: Someone,  # noqa: F811
) -> None:
    card = await chief.says("min oversigt")
    assert "Overdrag aftaler" in words(card)
    assert INVITES not in words(card)
    opened = next(
        each for each in await presses_of(chief, card) if "Emil Ry har overtaget efter Mette Holm." in words(each)
    )
    await decides(chief, opened, GOES_ON, GOES_ON)
    assert "Overdrag aftaler" not in words(await chief.says("min oversigt"))


async def presses_of(someone: Someone, card: Card) -> list[Card]:
    """What each button of the card leads to."""
    found = []
    for each in [part for part in card["body"] if part.get("type") == "ColumnSet"]:
        for action in each["columns"][-1]["items"][0].get("actions", []):
            reply = await someone.does(Kind.PRESSED, verb=action["verb"], data=action["data"])
            assert reply.card is not None
            found.append(reply.card)
    return found


async def test_a_deputy_who_becomes_leader_takes_over_like_anybody(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await ends(database, town.leader, town.school, SINCE - DAY)
    await begins(database, town.deputy, town.school, SINCE)
    birgit.now = MONDAY
    card = await birgit.says("overdragelse")
    await decides(birgit, card, "Går videre til Sara Lind", "")
    assert INVITES in words(await Someone(database, town.deputy, now=MONDAY).says("aftaler"))


async def test_a_leader_of_two_institutions_who_leaves_one_keeps_what_was_agreed_about_the_other(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    def second(uow: UnitOfWork) -> None:
        town.day_care.area_id = town.north.id
        uow.session.merge(town.day_care)

    await database.write(second)
    await begins(database, town.leader, town.day_care, date(2025, 8, 1))
    await plans(birgit)
    card = await shares(birgit)
    places = options(card, "where")
    about = {"owner": "leder", "due": "2026-05-28"}
    card = await birgit.presses(card, "Tilføj en aftale mere", text="Om skolen", where=places["Elmeskolen"], **about)
    await birgit.presses(card, "Gem aftalen", text="Om børnehuset", where=places["Børnehuset Åen"], **about)
    await ends(database, town.leader, town.school, SINCE - DAY)
    await begins(database, successor, town.school, SINCE)
    birgit.now = mette.now = MONDAY
    card = await birgit.says("overdragelse")
    if "Hvilket tilbud" in words(card):
        card = await birgit.presses(card, "Elmeskolen")
    assert "Om skolen" in words(card)
    assert "Om børnehuset" not in words(card)
    await decides(birgit, card, GOES_ON)
    shown = words(await mette.says("aftaler"))
    assert "Om børnehuset" in shown
    assert "Om skolen" not in shown
    await confirms(mette, birgit)
    kept = await by_text(database)
    assert kept["Om børnehuset"].confirmed_at is not None
    assert kept["Om skolen"].confirmed_at is None


async def test_of_two_who_share_the_leading_one_remains_and_what_is_agreed_with_that_one_stays(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    ida = person("Ida Bro")
    await begins(database, ida, town.school, date(2025, 1, 1))
    await ends(database, town.leader, town.school, SINCE - DAY)
    await change_leader_of(database, HALL, ida)
    birgit.now = MONDAY
    assert await told_by(database, MONDAY) == []
    card = await birgit.says("overdragelse")
    assert "Aftaler med en tidligere leder" in words(card)
    assert HALL not in words(card)
    card = await decides(birgit, card, "Går videre til Ida Bro")
    assert INVITES in words(await Someone(database, ida, now=MONDAY).says("aftaler"))
    assert HALL in words(await Someone(database, ida, now=MONDAY).says("aftaler"))
    assert "Går videre til Ida Bro" in words(card)


async def change_leader_of(database: Database, text: str, leader: Person) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in uow.session.query(Agreement).filter_by(text=text):
            each.leader_id = leader.id

    await database.write(work)


async def test_one_who_joins_beside_a_leader_who_stays_leaves_nothing_to_decide(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    await begins(database, successor, town.school, SINCE)
    birgit.now = MONDAY
    assert {each.person_id for each in await told_by(database, MONDAY)} == {successor.id}
    card = await birgit.says("overdragelse")
    assert "Emil Ry er begyndt som leder." in words(card)
    assert INVITES not in words(card)
    assert len(await moved(database)) == 0
    # The one who stayed leaves after two weeks side by side: now there is something to decide.
    await ends(database, town.leader, town.school, date(2026, 5, 24))
    birgit.now = MONDAY + 14 * DAY
    assert {each.view for each in await told_by(database, birgit.now)} == {"handover", "new_leader"}
    assert "Emil Ry har overtaget efter Mette Holm." in words(await birgit.says("overdragelse"))


async def test_two_who_begin_together_are_told_of_once_and_each_agreement_goes_to_one_of_them(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    ida = person("Ida Bro")
    await ends(database, town.leader, town.school, SINCE - DAY)
    for each in (successor, ida):
        await begins(database, each, town.school, SINCE)
    birgit.now = MONDAY
    told = [each for each in await told_by(database, MONDAY) if each.person_id == town.chief.id]
    assert len(told) == 1
    card = await birgit.says("overdragelse")
    assert "Emil Ry og Ida Bro har overtaget efter Mette Holm." in words(card)
    await decides(birgit, card, GOES_ON, "Går videre til Ida Bro")
    kept = await by_text(database)
    assert (kept[INVITES].leader_id, kept[HALL].leader_id) == (successor.id, ida.id)


async def test_an_interim_leader_and_the_one_who_comes_back(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await decides(chief, await chief.says("overdragelse"), GOES_ON, "Ikke afgjort endnu")
    await ends(database, emil.who, town.school, date(2026, 6, 14))
    await begins(database, town.leader, town.school, date(2026, 6, 15))
    chief.now = mette.now = emil.now = MONDAY + 35 * DAY
    card = await chief.says("overdragelse")
    assert "Mette Holm har overtaget efter Emil Ry." in words(card)
    assert INVITES in words(card)
    # What was never passed on is hers again by itself.
    assert HALL not in words(card).split("Afgjort")[0]
    shown = words(await mette.says("aftaler"))
    assert HALL in shown
    assert INVITES not in shown
    assert {each.person_id for each in await told_by(database, chief.now)} == {town.chief.id, town.leader.id}
    await decides(chief, card, "Går videre til Mette Holm")
    assert INVITES in words(await mette.says("aftaler"))


async def test_a_day_missing_from_the_list_is_no_change_of_leader(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await ends(database, town.leader, town.school, SINCE - 2 * DAY)
    await begins(database, town.leader, town.school, SINCE)
    birgit.now = MONDAY
    assert await told_by(database, MONDAY) == []
    assert "Intet lederskifte" in words(await birgit.says("overdragelse"))


async def test_the_first_leader_of_an_institution_takes_over_from_nobody(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    assert await told_by(database, datetime(2024, 8, 1, 12, tzinfo=UTC)) == []


async def test_i23_a_new_chief_decides_what_the_former_chief_had_agreed_and_reads_no_note(
    emil: Someone,  # noqa: F811
    chief: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await replace_chief(database, town, new := person("Rita Skou"), keep=False)
    rita = Someone(database, new, now=MONDAY)
    card = await rita.says("overdragelse")
    assert INVITES in words(card)
    assert LEADING not in words(card)
    [note] = await all_of(database, NoteVersion)
    assert await rita.gets("confirmation", note.one_on_one_id) is None
    assert "Det har du ikke adgang til" in words(await chief.presses(card, "Gem"))
    await decides(rita, card, GOES_ON, GOES_ON)
    kept = await by_text(database)
    assert {each.chief_id for each in kept.values()} == {new.id}


async def test_i23_of_two_chiefs_each_decides_on_their_own_agreements(
    emil: Someone,  # noqa: F811
    chief: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await replace_chief(database, town, new := person("Rita Skou"), keep=True)
    rita = Someone(database, new, now=MONDAY)
    assert INVITES not in words(await rita.says("overdragelse"))
    own = await chief.says("overdragelse")
    forged = {**values(own), "c0": str(emil.who.id), **button(own, "Gem")["data"]}
    reply = await rita.does(Kind.PRESSED, verb="handover.save", data=forged)
    assert reply.card is not None
    assert await moved(database) == []
    assert "Overdrag aftaler" not in words(await rita.says("min oversigt"))


async def replace_chief(database: Database, town: Town, new: Person, *, keep: bool) -> None:  # noqa: F811
    def work(uow: UnitOfWork) -> None:
        uow.add(new)
        uow.session.flush()
        if not keep:
            for each in uow.session.query(RoleAssignment).filter_by(person_id=town.chief.id):
                each.to_on = SINCE - DAY
        uow.add(RoleAssignment(person_id=new.id, role=Role.CHIEF, from_on=SINCE, area_id=town.north.id))

    await database.write(work)


async def test_i35_an_old_card_changes_nothing_that_was_decided_meanwhile(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    old = await chief.says("overdragelse")
    asking = await decides(chief, await chief.says("overdragelse"), "Bortfalder", GOES_ON)
    await chief.presses(asking, "Lad den bortfalde", r0="Den er nået")
    card = await decides(chief, old, GOES_ON, "Bortfalder")
    assert "Noget af det er afgjort i mellemtiden." in words(card)
    kept = await by_text(database)
    assert kept[INVITES].state is AgreementState.DROPPED
    assert (kept[HALL].is_open, kept[HALL].leader_id) == (True, emil.who.id)
    late = await chief.presses(asking, "Lad den bortfalde", r0="En anden grund")
    assert "En anden grund" in words(late)
    assert (await by_text(database))[INVITES].result == "Den er nået"
    assert "En anden grund" in words(await chief.presses(asking, "Lad den bortfalde", r0="En anden grund"))


async def test_one_who_has_left_since_the_card_was_drawn_gets_nothing(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await chief.says("overdragelse")
    await ends(database, emil.who, town.school, date(2026, 5, 19))
    await begins(database, person("Ida Bro"), town.school, date(2026, 5, 20))
    chief.now = MONDAY + 9 * DAY
    answer = await decides(chief, card, GOES_ON, "Ikke afgjort endnu")
    assert "Den, du valgte, leder ikke længere tilbuddet." in words(answer)
    assert values(answer)["c1"] == "later"
    assert "Går videre til Ida Bro" in options(answer, "c0")
    assert await moved(database) == []


async def test_nobody_but_the_chief_opens_or_decides_it(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await chief.says("overdragelse")
    asking = await decides(chief, card, "Bortfalder", "")
    for who in (town.other_chief, town.leader, emil.who, town.deputy, town.consultant, town.administrator):
        someone = Someone(database, who, now=MONDAY)
        assert await someone.gets("handover", town.school.id) is None
        assert await someone.gets("handover", uuid4()) is None
        assert "Det har du ikke adgang til" in words(await decides(someone, card, GOES_ON, GOES_ON))
        refused = await someone.presses(asking, "Lad den bortfalde", r0="Mine egne ord")
        assert "Det har du ikke adgang til" in words(refused)
        assert "Mine egne ord" in words(refused)
        assert INVITES not in words(refused)
    assert all(each.is_open for each in await all_of(database, Agreement))
    assert await moved(database) == []


async def test_a_foreign_or_unknown_id_is_answered_alike_and_nothing_is_kept_of_the_press(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await chief.says("overdragelse")
    data = {**button(card, "Gem")["data"], "c0": str(emil.who.id), "c1": str(emil.who.id)}
    own = data["a"].split(",")[0]
    foreign = await foreign_agreement(database, town)
    answers = set()
    for ids in (f"{own},{uuid4()}", f"{own},{foreign}"):
        reply = await chief.does(Kind.PRESSED, verb="handover.save", data={**data, "a": ids})
        assert reply.card is not None
        answers.add(words(reply.card))
    for where in (str(town.day_care.id), str(uuid4()), "nonsense"):
        reply = await chief.does(Kind.PRESSED, verb="handover.save", data={**data, "id": where})
        assert reply.card is not None
        answers.add(words(reply.card))
    assert len(answers) == 1
    assert "Det har du ikke adgang til" in answers.pop()
    assert await moved(database) == []


async def foreign_agreement(database: Database, town: Town) -> str:  # noqa: F811
    """An agreement at an institution of another chief."""
    [first, *_rest] = await all_of(database, Agreement)
    made = Agreement(
        one_on_one_id=first.one_on_one_id,
        institution_id=town.day_care.id,
        chief_id=town.other_chief.id,
        leader_id=town.other_leader.id,
        text="En andens",
        owner=first.owner,
        due=first.due,
        made_at=first.made_at,
    )
    await database.write(lambda uow: uow.add(made))
    return str(made.id)


async def test_not_now_brings_it_again_unless_all_is_decided(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await chief.says("overdragelse")
    await chief.presses(await chief.presses(card, "Ikke nu"), "I morgen")
    [waits] = [each for each in await all_of(database, Prompt) if each.occasion.startswith("later:")]
    assert (waits.view, waits.subject_id, waits.personal) == ("handover", town.school.id, True)
    await decides(chief, card, GOES_ON, GOES_ON)
    [waits] = [each for each in await all_of(database, Prompt) if each.occasion.startswith("later:")]
    assert waits.state is PromptState.CANCELLED


async def test_i32_the_former_leader_loses_access_the_same_day_and_nothing_waits_for_them(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    await plans(birgit, "1:1 med Mette den 12. maj kl. 10")
    await plan(database, datetime(2026, 5, 10, 8, tzinfo=UTC), MUNICIPALITY)
    before = {each.view for each in await waiting_for(database, town.leader)}
    assert "agenda" in before
    await ends(database, town.leader, town.school, SINCE - DAY)
    await begins(database, successor, town.school, SINCE)
    await plan(database, MONDAY, MUNICIPALITY)
    mette.now = MONDAY
    for each in await waiting_for(database, town.leader):
        # What was caused by a press is drawn when it is sent, and there is nothing to send to one who may not see it.
        assert not each.is_planned or each.view not in ("agreement", "preparation", "handover", "new_leader")
        assert await mette.gets(each.view, each.subject_id) is None
    for typed in ("aftaler", "min oversigt", "notat", "overdragelse", "1:1"):
        seen = words(await mette.says(typed))
        assert INVITES not in seen
        assert LEADING not in seen


async def waiting_for(database: Database, who: Person) -> list[Prompt]:
    found = await all_of(database, Prompt)
    return [each for each in found if each.person_id == who.id and each.state is PromptState.PENDING]


async def test_what_is_planned_for_the_chief_is_cancelled_once_it_is_decided(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    at = MONDAY + 7 * DAY
    await plan(database, at, MUNICIPALITY)
    [waits] = [each for each in await all_of(database, Prompt) if each.view == "handover"]
    assert waits.state is PromptState.PENDING
    chief.now = at
    await decides(chief, await chief.says("overdragelse"), GOES_ON, GOES_ON)
    await plan(database, at, MUNICIPALITY)
    [waits] = [each for each in await all_of(database, Prompt) if each.view == "handover"]
    assert waits.state is PromptState.CANCELLED


async def test_i37_nothing_of_it_is_said_in_a_group(chief: Someone) -> None:  # noqa: F811
    reply = await chief.does(Kind.SAID, text="overdragelse", is_personal=False)
    assert reply.card is not None
    assert INVITES not in words(reply.card)
    assert "Emil" not in words(reply.card)


@pytest.mark.parametrize("typed", ["overdragelse", "Overdragelsen", "lederskifte", "handover", "new leader"])
async def test_it_is_typed_in_both_languages(chief: Someone, typed: str) -> None:  # noqa: F811
    assert INVITES in words(await chief.says(typed))


async def test_after_ninety_days_only_what_is_undecided_is_left(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
) -> None:
    chief.now = MONDAY + 91 * DAY
    card = await chief.says("overdragelse")
    assert INVITES in words(card)
    await decides(chief, card, GOES_ON, GOES_ON)
    assert "Intet lederskifte" in words(await chief.says("overdragelse"))


def test_a_stint_may_be_made_of_several_roles() -> None:
    town = Town()  # noqa: F811
    new, old = person("Emil Ry"), person("Mette Holm")

    def role(who: Person, start: date, end: date | None) -> tuple[RoleAssignment, Person]:
        held = RoleAssignment(
            person_id=who.id, role=Role.LEADER, from_on=start, to_on=end, institution_id=town.school.id
        )
        return held, who

    held = [
        role(new, date(2026, 6, 1), None),
        role(old, date(2024, 8, 1), date(2026, 5, 10)),
        role(new, date(2026, 5, 11), date(2026, 5, 31)),
        role(new, date(2026, 5, 20), date(2026, 5, 25)),
    ]
    [found] = handovers(town.school, held, date(2026, 6, 2))
    assert (found.began_on, found.changed_on, found.former) == (SINCE, SINCE, (old,))
    assert found.assignment_id == held[2][0].id
    assert handovers(town.school, held, date(2026, 5, 10)) == []
    assert handovers(town.day_care, held, date(2026, 6, 2)) == []


def test_working_days_are_counted_from_the_change() -> None:
    quiet = QuietTimes()
    local = [quiet.working_days_after(date(2026, 5, 9), days).astimezone(quiet.zone) for days in (0, 1, 5)]
    assert [each.date() for each in local] == [date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 18)]
    assert {each.time() for each in local} == {time(8)}
    summer = quiet.working_days_after(date(2026, 7, 1), 0).astimezone(quiet.zone)
    assert summer.date() == date(2026, 8, 10)


def test_the_flow_holds_what_must_not_arrive_twice() -> None:
    assert flow.VIEW in flow.FLOW.personal
