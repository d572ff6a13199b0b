"""What a new leader meets: where the institution is, what goes on, and never what stood between two others."""

from datetime import date, timedelta
from uuid import uuid4

from dialogs import new_leader as flow
from dialogs.conversation import Kind
from domain.agreement import Agreement
from domain.organisation import Person
from domain.preparation import Preparation
from domain.prompt import Prompt, PromptKind, PromptState
from scheduler.planner import plan
from storage.database import Database
from tests.pair import LEADING
from tests.record import all_of, chooses, decides, reflects
from tests.succession import (  # noqa: F401
    HALL,
    INVITES,
    MONDAY,
    SINCE,
    agreed,
    begins,
    birgit,
    chief,
    emil,
    ends,
    mette,
    role_of,
    successor,
    told_by,
    town,
)
from tests.succession import decides as hands_over
from tests.town import MUNICIPALITY, STARTS, Someone, Town, button, buttons, person, words

GOES_ON = "Går videre til Emil Ry"
DAY = timedelta(days=1)


async def test_the_card_says_where_the_institution_is_and_what_goes_on(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    mette.now = STARTS + timedelta(hours=1)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    more = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    await decides(mette, "indsats", "Makkerpar i dansk", more)
    told = {"group": "unge", "via": "elevrådet", "count": "5-9", "said": "De vil høres", "recommend": "Flere pauser"}
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **told)
    await ends(database, town.leader, town.school, SINCE - DAY)
    await begins(database, successor, town.school, SINCE)
    someone = Someone(database, successor, now=MONDAY)
    card = await someone.says("overdragelse")
    seen = words(card)
    for expected in (
        "Velkommen som leder",
        "Elmeskolen",
        "Overgange og deltagelse",
        "Flere stemmer i timerne",
        "Makkerpar i dansk",
        "Beslutninger fra sidste samtale",
        "Flere pauser",
        "Notater fra 1:1 og personlige kladder bliver hos Mette Holm",
        "Din Børn og Unge-chef afgør for hver aftale",
    ):
        assert expected in seen
    assert "Min oversigt" in buttons(card)


async def test_a_preparation_that_was_begun_goes_on_with_the_institution(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    first = await mette.says("forbered")
    await mette.presses(first, "Gem kladde", interpretation="Vi er begyndt at se et mønster")
    await ends(database, town.leader, town.school, date(2026, 4, 14))
    await begins(database, successor, town.school, date(2026, 4, 15))
    someone = Someone(database, successor, now=mette.now + DAY)
    card = await someone.says("overdragelse")
    assert "Begyndt. Du kan skrive videre i den." in words(card)
    assert "hører til tilbuddet" in words(card)
    opened = await someone.presses(card, "Forbered")
    assert "Vi er begyndt at se et mønster" in words(opened)
    mette.now = someone.now
    refused = await mette.presses(first, "Gem kladde", interpretation="For sent")
    assert "Det har du ikke adgang til" in words(refused)
    assert "For sent" in words(refused)
    [kept] = await all_of(database, Preparation)
    assert kept.data.interpretation == "Vi er begyndt at se et mønster"


async def test_i20_a_decision_that_was_being_written_stays_its_authors(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    successor: Person,  # noqa: F811
) -> None:
    mette.now = STARTS + timedelta(hours=1)
    await reflects(mette)
    card = await mette.says("beslutning")
    await mette.presses(card, "Næste", kind="andet", text="Mettes halve beslutning", based="observation")
    await ends(database, town.leader, town.school, date(2026, 4, 21))
    await begins(database, successor, town.school, date(2026, 4, 22))
    someone = Someone(database, successor, now=mette.now + DAY)
    for typed in ("overdragelse", "beslutning"):
        assert "Mettes halve beslutning" not in words(await someone.says(typed))


async def test_i23_agreements_come_once_the_chief_has_passed_them_on_and_are_confirmed_anew(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    first = await emil.says("overdragelse")
    assert INVITES not in words(first)
    assert "Bekræft aftalerne" not in buttons(first)
    await hands_over(chief, await chief.says("overdragelse"), GOES_ON, GOES_ON)
    card = await emil.says("overdragelse")
    assert INVITES in words(card)
    assert "Lederen gør det · frist 21. maj 2026 · fra Birgit Dam · endnu ikke bekræftet" in words(card)
    card = await emil.presses(card, "Bekræft aftalerne")
    assert "Du har bekræftet." in words(card)
    assert "Velkommen som leder" in words(await emil.presses(card, "Se, hvad der fortsætter"))
    assert all(each.confirmed_at for each in await all_of(database, Agreement))
    assert "Bekræft aftalerne" not in buttons(await emil.says("overdragelse"))
    assert "Går videre til Emil Ry · bekræftet" in words(await chief.says("overdragelse"))


async def test_what_was_passed_on_after_the_card_was_drawn_is_not_confirmed_unread(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await hands_over(chief, await chief.says("overdragelse"), GOES_ON, "Ikke afgjort endnu")
    old = await emil.says("overdragelse")
    await hands_over(chief, await chief.presses(card, "Fortsæt"), GOES_ON)
    card = await emil.presses(old, "Bekræft aftalen")
    assert HALL in words(card)
    kept = {each.text: each for each in await all_of(database, Agreement)}
    assert (kept[INVITES].confirmed_at is not None, kept[HALL].confirmed_at) == (True, None)
    await emil.presses(card, "Bekræft aftalen")
    assert all(each.confirmed_at for each in await all_of(database, Agreement))


async def test_several_that_are_decided_one_after_the_other_are_told_of_once_and_cards_are_renewed(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    role = await role_of(database, emil.who)
    await emil.does(
        Kind.PRESSED, verb="new_leader.open", data={"id": str(role), "k": "x"}, reply_to="message-in-the-chat"
    )
    card = await hands_over(chief, await chief.says("overdragelse"), GOES_ON, "Ikke afgjort endnu")
    await hands_over(chief, await chief.presses(card, "Fortsæt"), GOES_ON)
    waiting = [each for each in await all_of(database, Prompt) if each.person_id == emil.who.id]
    told = [each for each in waiting if each.view == "new_leader.agreements"]
    assert [each.personal for each in told] == [True]
    renewed = [each for each in waiting if each.kind is PromptKind.UPDATE]
    assert {(each.view, each.replaces) for each in renewed} == {("new_leader", "message-in-the-chat")}
    card = await emil.sees("new_leader.agreements", town.school.id)
    assert INVITES in words(card)
    assert HALL in words(card)
    await emil.presses(card, "Bekræft aftalerne")
    told = [each for each in await all_of(database, Prompt) if each.view == "new_leader.agreements"]
    assert {each.state for each in told} == {PromptState.CANCELLED}


async def test_they_stand_on_the_agenda_of_the_new_pair(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
) -> None:
    card = await hands_over(chief, await chief.says("overdragelse"), GOES_ON, GOES_ON)
    card = await chief.presses(card, "Planlæg en 1:1")
    assert "Emil Ry" in words(card)
    await chief.presses(card, "Planlæg 1:1", day="2026-05-13", clock="10:00")
    for someone in (chief, emil):
        seen = words(await someone.says("dagsorden"))
        assert INVITES in seen
        assert HALL in seen
        assert LEADING not in seen


async def test_each_new_leader_is_welcomed_once_on_the_first_working_day(
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    keys = set()
    for day in range(100):
        told = await told_by(database, MONDAY + day * DAY)
        keys |= {each.key for each in told if each.person_id == emil.who.id}
    assert len(keys) == 1
    await plan(database, MONDAY, MUNICIPALITY)
    await plan(database, MONDAY + DAY, MUNICIPALITY)
    [waits] = [each for each in await all_of(database, Prompt) if each.view == "new_leader"]
    assert (waits.state, waits.personal) == (PromptState.PENDING, True)


async def test_one_who_comes_back_is_welcomed_back_and_asked_about_nothing_of_their_own(
    emil: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await ends(database, emil.who, town.school, date(2026, 6, 14))
    await begins(database, town.leader, town.school, date(2026, 6, 15))
    mette.now = emil.now = MONDAY + 35 * DAY
    assert "Velkommen tilbage som leder" in words(await mette.says("overdragelse"))
    assert INVITES in words(await mette.says("aftaler"))
    assert "Intet lederskifte" in words(await emil.says("overdragelse"))


async def test_the_card_is_there_for_ninety_days(
    emil: Someone,  # noqa: F811
    database: Database,
) -> None:
    role = await role_of(database, emil.who)
    emil.now = MONDAY + 90 * DAY
    assert "Velkommen som leder" in words(await emil.says("overdragelse"))
    emil.now = MONDAY + 91 * DAY
    assert "Intet lederskifte" in words(await emil.says("overdragelse"))
    assert await emil.gets("new_leader", role) is None


async def test_nobody_else_opens_it_and_an_unknown_id_is_answered_like_a_foreign_one(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await hands_over(chief, await chief.says("overdragelse"), GOES_ON, GOES_ON)
    role = await role_of(database, emil.who)
    data = button(await emil.says("overdragelse"), "Bekræft aftalerne")["data"]
    answers = set()
    for who in (town.leader, town.chief, town.deputy, town.other_leader, town.other_chief, town.consultant):
        someone = Someone(database, who, now=MONDAY)
        assert await someone.gets("new_leader", role) is None
        assert await someone.gets("new_leader.agreements", town.school.id) is None
        for verb, given in (("new_leader.open", {"id": str(role)}), ("new_leader.confirm", data)):
            reply = await someone.does(Kind.PRESSED, verb=verb, data=given)
            assert reply.card is not None
            answers.add(words(reply.card))
    for wrong in (str(uuid4()), str(town.school.id), "nonsense", ""):
        reply = await emil.does(Kind.PRESSED, verb="new_leader.open", data={"id": wrong})
        assert reply.card is not None
        answers.add(words(reply.card))
    assert len(answers) == 1
    assert not any(each.confirmed_at for each in await all_of(database, Agreement))


async def test_i32_one_who_leaves_again_sees_nothing_of_it(
    chief: Someone,  # noqa: F811
    emil: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await hands_over(chief, await chief.says("overdragelse"), GOES_ON, GOES_ON)
    card = await emil.says("overdragelse")
    role = await role_of(database, emil.who)
    await ends(database, emil.who, town.school, SINCE + 8 * DAY)
    emil.now = MONDAY + 9 * DAY
    assert "Det har du ikke adgang til" in words(await emil.presses(card, "Bekræft aftalerne"))
    assert await emil.gets("new_leader", role) is None
    assert await emil.gets("new_leader.agreements", town.school.id) is None


async def test_a_leader_who_was_there_all_along_gets_what_the_chief_passes_on(
    agreed: None,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    ida = person("Ida Bro")
    await begins(database, ida, town.school, date(2025, 1, 1))
    await ends(database, town.leader, town.school, SINCE - DAY)
    birgit.now = MONDAY
    await hands_over(birgit, await birgit.says("overdragelse"), "Går videre til Ida Bro", "")
    someone = Someone(database, ida, now=MONDAY)
    card = await someone.sees("new_leader.agreements", town.school.id)
    assert INVITES in words(card)
    await someone.presses(card, "Bekræft aftalen")
    assert "Intet lederskifte" in words(await someone.says("overdragelse"))


def test_what_holds_agreements_must_not_arrive_twice() -> None:
    assert {flow.VIEW, flow.AGREEMENTS} <= flow.FLOW.personal
