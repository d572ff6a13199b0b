"""Somebody who has left is anonymised by two people: what tells who it was goes, what was decided stays."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.retention import held
from domain.anonymisation import Anonymisation, AnonymisationState, Counts, is_same_person
from domain.decision import Decision
from domain.focus_area import FocusArea
from domain.focus_status import FocusStatus
from domain.message import Answer, Chat, SentCard
from domain.note import NoteVersion
from domain.organisation import Language, Person, Role, RoleAssignment
from domain.personal_note import PersonalNote
from domain.perspective import Perspective
from domain.prompt import Prompt, PromptState
from domain.retention import LegalHold
from storage.anonymisation import under_way
from storage.carrying_out import survey
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.channel.connector import GONE
from tests.left_behind import ABOUT_A_CHILD, CASE, LATER, LeftBehind, left  # noqa: F401
from tests.postgres import Postgres
from tests.record import all_of, change
from tests.town import Someone, button, buttons, options, person, words


async def of(database: Database, entity: type, entity_id: UUID) -> object:
    return await database.read(lambda uow: uow.session.get_one(entity, entity_id))


async def seen(left: LeftBehind) -> Counts:  # noqa: F811
    """What a preview counts now."""
    about = (await left.proposals())[0]
    return (await left.database.read(lambda uow: survey(uow, about.whom))).counts


async def done(left: LeftBehind) -> Anonymisation:  # noqa: F811
    await left.proposes()
    await left.approves()
    await left.carries_out()
    await left.delivers()
    await left.carries_out()
    (about,) = await left.proposals()
    return about


async def test_two_people_anonymise_a_leader_who_has_left(left: LeftBehind) -> None:  # noqa: F811
    asked = await left.nis.says("anonymiser mette holm")
    assert "Ses af: dig og dem, der kan godkende det" in words(asked)
    assert "Navnet udelades" in words(asked)
    sent = await left.nis.presses(asked, "Send til godkendelse", case=CASE)
    assert "Afventer godkendelse" in words(sent)
    assert "Godkend" not in buttons(sent)
    approved = await left.approves()
    assert "Godkendt" in words(approved)
    (status,) = await all_of(left.database, FocusStatus)
    assert "Mette Holm" in status.seen, "nothing is changed by the press itself"

    asked_before = await left.birgit.presses(await left.birgit.says("tilsynsresumé for Elmeskolen"), "Vis kilder")
    source = next(value for value in options(asked_before, "source").values() if str(left.area_id) in value)
    assert "Mette Holm" in words(await left.birgit.presses(asked_before, "Åbn kilden", source=source))

    await left.carries_out()
    opened = words(await left.birgit.presses(asked_before, "Åbn kilden", source=source))
    assert "[navn fjernet] sagde" in opened, "what a summary was made of is opened as it is now"
    assert "Mette" not in opened
    (status,) = await all_of(left.database, FocusStatus)
    assert status.seen == "[navn fjernet] sagde, at [navn fjernet] team ser mere. Spørg [navn fjernet] igen."
    (area,) = await all_of(left.database, FocusArea)
    assert (area.owner, area.signs) == ("[navn fjernet]", "[navn fjernet] hold rækker hånden op")
    assert area.version == 2, "who has the card open is told that it was changed"
    (decision,) = await all_of(left.database, Decision)
    assert decision.what.text == "Vi prøver makkerpar i et halvt år"
    assert decision.author_id == left.mette_id
    elsewhere = await of(left.database, Perspective, left.elsewhere_id)
    assert elsewhere.said.startswith("Mette på fire år"), "another Mette in another institution is not her"
    (note,) = await all_of(left.database, NoteVersion)
    assert note.content.leading == "[slettet]"
    (own,) = await all_of(left.database, PersonalNote)
    assert own.text == "[slettet]"
    assert [each.key for each in await all_of(left.database, Answer) if each.key in "123"] == ["3"]
    someone = await of(left.database, Person, left.mette_id)
    assert someone.name == someone.first_name == "En tidligere leder"
    assert "mette" not in someone.email
    assert someone.aad_object_id is None
    (about,) = await left.proposals()
    assert about.name == ""


async def test_a_preview_writes_nothing_and_counts_what_is_done_then(left: LeftBehind) -> None:  # noqa: F811
    await left.has_a_card(left.town.chief, "focus_area", left.area_id)
    before = await left.database.read(everything)
    await left.nis.says("anonymiser Mette Holm")
    kept = {"answer", "chat", "sent_card", "prompt"}
    after = await left.database.read(everything)
    assert {name: rows for name, rows in before.items() if name not in kept} == {
        name: rows for name, rows in after.items() if name not in kept
    }
    await left.proposes()
    foretold = await seen(left)
    await left.approves()
    expected = await seen(left)
    await left.carries_out()
    (about,) = await left.proposals()
    assert about.counts == expected
    assert (foretold.renamed, foretold.emptied, foretold.names) == (expected.renamed, expected.emptied, expected.names)
    assert about.counts.cards >= 1
    assert about.counts.renamed >= 2


def everything(uow: UnitOfWork) -> dict[str, list[str]]:
    from storage.tables import metadata

    return {
        table.name: sorted(str(tuple(row)) for row in uow.session.execute(select(table)))
        for table in metadata.sorted_tables
    }


async def test_cards_that_name_them_are_replaced_in_everybodys_chat_and_in_their_own(left: LeftBehind) -> None:  # noqa: F811
    chiefs = await left.has_a_card(left.town.chief, "focus_area", left.area_id)
    own = await left.has_a_card(left.town.leader, "overview", left.mette_id)
    overview = await left.has_a_card(left.town.chief, "overview", left.town.chief.id)
    others = await left.has_a_card(left.town.other_leader, "overview", left.town.other_leader.id)
    about = await done(left)
    for number in (chiefs, own, overview):
        assert "Kortets indhold er fjernet" in left.reads(number)
    assert "Kortets indhold er fjernet" not in left.reads(others)
    assert about.state is AnonymisationState.DONE
    assert (about.counts.cards, about.counts.unreached) == (3, 0)
    assert left.mette_id not in [each.person_id for each in await all_of(left.database, Chat)]
    assert left.mette_id not in [each.person_id for each in await all_of(left.database, SentCard)]
    for someone in (left.nis, left.lis):
        told = words(await someone.sees("anonymisation", about.id))
        assert "Kort, der erstattes\n3 kort i chats" in told
        assert "Mette" not in told


async def test_cards_that_cannot_be_reached_are_counted_and_told_by_their_number(left: LeftBehind) -> None:  # noqa: F811
    number = await left.has_a_card(left.town.chief, "focus_area", left.area_id)
    left.channel.connector.next_faults.append(GONE)
    await left.proposes()
    await left.approves()
    await left.carries_out()
    await left.delivers()
    await left.carries_out()
    (about,) = await left.proposals()
    assert about.state is AnonymisationState.DONE
    assert (about.counts.cards, about.counts.unreached) == (0, 1)
    assert number in words(await left.nis.sees("anonymisation", about.id))


async def test_i34_a_hold_refuses_it_before_it_is_proposed_approved_or_carried_out(left: LeftBehind) -> None:  # noqa: F811
    async def holds(lift: bool = False, **of: str | None) -> None:
        given = {"person": None, "institution": None, **of}
        await left.database.write(lambda uow: held(uow, "Sag 9", now=LATER, lift=lift, **given))

    for of_whom in ({"person": left.email}, {"institution": "Elmeskolen"}, {}, {"person": left.town.teacher.email}):
        await holds(**of_whom)
        refused = await left.nis.says("anonymiser Mette Holm")
        is_in_the_way = of_whom.get("person") != left.town.teacher.email
        assert ("Sag 9" in words(refused)) is is_in_the_way, of_whom
        assert ("Send til godkendelse" in buttons(refused)) is not is_in_the_way
        await holds(lift=True)
    await left.proposes()
    await holds(person=left.email)
    refused = await left.approves()
    assert "så længe intet må slettes i denne sag: Sag 9" in words(refused)
    (about,) = await left.proposals()
    assert about.is_open
    await holds(lift=True)
    await left.approves()
    await holds()
    await left.carries_out()
    (about,) = await left.proposals()
    assert about.state is AnonymisationState.STOPPED
    (status,) = await all_of(left.database, FocusStatus)
    assert "Mette Holm" in status.seen
    assert "Intet er ændret" in words(await left.nis.sees("anonymisation", about.id))


async def test_i34_a_hold_that_comes_between_the_search_and_the_change_refuses_it(left: LeftBehind) -> None:  # noqa: F811
    from storage.carrying_out import begin

    await left.proposes()
    await left.approves()
    (about,) = await left.proposals()
    seen = await left.database.read(lambda uow: survey(uow, about.whom))
    await left.database.write(
        lambda uow: held(uow, "Sag 9", person=left.email, institution=None, lift=False, now=LATER)
    )
    await left.database.write(lambda uow: begin(uow, about.id, seen, LATER, LATER.date()) and None)
    (status,) = await all_of(left.database, FocusStatus)
    assert "Mette Holm" in status.seen
    await left.carries_out()
    (about,) = await left.proposals()
    assert about.state is AnonymisationState.STOPPED


async def test_a_hold_of_somebody_else_whose_record_names_them_refuses_it_too(left: LeftBehind) -> None:  # noqa: F811
    await change(left.database, Perspective, said="Mette Holm var med, og det hjalp.")
    await left.database.write(
        lambda uow: held(uow, "Sag 9", person=left.town.teacher.email, institution=None, lift=False, now=LATER)
    )
    assert "Sag 9" in words(await left.nis.says("anonymiser Mette Holm"))


async def test_whoever_still_has_a_role_is_refused_with_what_to_do_first(left: LeftBehind) -> None:  # noqa: F811
    for name in ("Birgit Dam", "Nis Bo"):
        refused = await left.nis.says(f"anonymiser {name}")
        assert f"{name} har stadig en rolle. Afslut den først" in words(refused)
        assert "Send til godkendelse" not in buttons(refused)
    await left.proposes()

    def comes_back(uow: UnitOfWork) -> None:
        since = LATER.date() + timedelta(days=40)
        uow.add(RoleAssignment(person_id=left.mette_id, role=Role.OBSERVER, from_on=since))

    await left.database.write(comes_back)
    assert "har stadig en rolle" in words(await left.approves())


async def test_one_person_is_not_two(left: LeftBehind) -> None:  # noqa: F811
    sent = await left.proposes()
    (about,) = await left.proposals()
    assert "Godkend" not in buttons(sent)
    press = {"verb": "anonymisation.approve", "data": {"id": str(about.id), "k": "1"}}
    from dialogs.conversation import Kind

    own = await left.nis.does(Kind.PRESSED, **press)
    assert "Den, der har foreslået det, kan ikke godkende det" in words(own.card or {})

    def twin(uow: UnitOfWork) -> Person:
        again = person("Nis Bo")
        name, _at, host = left.town.administrator.email.partition("@")
        again.email = f"{name.upper()}+to@{host}"
        uow.add(again)
        uow.session.flush()
        uow.add(RoleAssignment(person_id=again.id, role=Role.ADMINISTRATION, from_on=date(2024, 8, 1)))
        return again

    other = Someone(left.database, await left.database.write(twin), now=left.now)
    again = await other.does(Kind.PRESSED, **press)
    assert "heller ikke med en anden konto" in words(again.card or {})
    assert (await left.proposals())[0].is_open


def test_two_accounts_with_one_mailbox_or_one_account_are_one_person() -> None:
    one, other = person("Nis Bo"), person("Nis B")
    assert not is_same_person(one, other)
    other.email = one.email.upper()
    assert is_same_person(one, other)
    other.email, other.aad_object_id = "andet@skovkoebing.example", (one.aad_object_id or "").upper()
    assert is_same_person(one, other)


async def test_whom_it_is_about_approves_nothing(left: LeftBehind) -> None:  # noqa: F811
    """Somebody who was a leader with one account, and is of the administration with another."""
    await left.proposes()
    email = left.email.upper()

    def again(uow: UnitOfWork) -> None:
        uow.session.get_one(Person, left.second.id).email = email

    await left.database.write(again)
    refused = await left.approves()
    assert "Det handler om dig selv" in words(refused)
    assert (await left.proposals())[0].is_open


async def test_it_takes_somebody_else_of_the_administration_of_the_whole_municipality(left: LeftBehind) -> None:  # noqa: F811
    for who in (left.town.consultant, left.town.chief, left.town.leader, left.town.teacher):
        someone = Someone(left.database, who, now=left.now)
        assert "Send til godkendelse" not in buttons(await someone.says("anonymiser Mette Holm"))

    def leaves(uow: UnitOfWork) -> None:
        for role in uow.session.scalars(select(RoleAssignment).filter_by(person_id=left.second.id)):
            role.to_on = LATER.date() - timedelta(days=1)

    await left.database.write(leaves)
    refused = await left.proposes()
    assert "Ingen andre er forvaltning for hele kommunen" in words(refused)
    assert await left.proposals() == []


@pytest.mark.parametrize(
    ("case", "told"), [("", "Skriv den sag"), ("x" * 121, "Der er plads til 120"), ("010203-1234", "cpr-nummer")]
)
async def test_a_case_that_cannot_be_kept_is_told_at_its_field(left: LeftBehind, case: str, told: str) -> None:  # noqa: F811
    refused = await left.proposes(case=case)
    assert told in words(refused)
    assert await left.proposals() == []


async def test_somebody_unknown_is_told_and_of_several_one_is_asked(left: LeftBehind) -> None:  # noqa: F811
    assert "Ingen på listen hedder ”Karoline Mathilde”." in words(await left.nis.says("anonymiser Karoline Mathilde"))
    await change(left.database, Person)
    found = await left.nis.says(f"anonymiser {left.email}")
    assert "Mette Holm" in words(found)
    done_already = await done(left)
    assert done_already.state is AnonymisationState.DONE
    assert "Ingen på listen hedder" in words(await left.nis.says("anonymiser Mette Holm"))


async def test_refused_withdrawn_and_not_answered_in_time(left: LeftBehind) -> None:  # noqa: F811
    sent = await left.proposes()
    (about,) = await left.proposals()
    refused = await left.lis.presses(await left.lis.sees("anonymisation.asked", about.id), "Godkend ikke")
    assert "Ikke godkendt" in words(refused)
    assert "allerede besvaret" in words(await left.nis.presses(sent, "Træk tilbage"))
    sent = await left.proposes()
    assert "Trukket tilbage" in words(await left.nis.presses(sent, "Træk tilbage"))
    await left.proposes()
    (waiting,) = [each for each in await left.proposals() if each.is_open]
    card = await left.lis.sees("anonymisation.asked", waiting.id)
    left.lis.now = left.nis.now = LATER + timedelta(days=14)
    assert "inden for 14 dage, så det er udløbet" in words(await left.lis.presses(card, "Godkend"))
    assert not await left.lis.is_reminded("anonymisation.asked", waiting.id)
    await left.carries_out(LATER + timedelta(days=14))
    states = sorted(each.state.value for each in await left.proposals())
    assert states == ["expired", "refused", "withdrawn"]
    assert [each.name for each in await left.proposals()] == ["", "", ""], "a name is kept no longer than it is needed"
    (status,) = await all_of(left.database, FocusStatus)
    assert "Mette Holm" in status.seen
    await left.proposes()
    assert len(await left.proposals()) == 4


async def test_what_the_person_is_called_is_read_in_each_readers_language_and_kept_in_one(left: LeftBehind) -> None:  # noqa: F811
    await done(left)
    assert "En tidligere leder" in words(await left.birgit.sees("focus_area", left.area_id))

    def speaks_english(uow: UnitOfWork) -> None:
        uow.session.get_one(Person, left.town.chief.id).language = Language.ENGLISH

    await left.database.write(speaks_english)
    told = words(await left.birgit.sees("focus_area", left.area_id))
    assert "A former leader" in told
    assert "En tidligere" not in told
    someone = await of(left.database, Person, left.mette_id)
    assert someone.name == "En tidligere leder", "nobody's reading has changed it"


async def test_two_who_propose_or_approve_at_once_do_it_once(left: LeftBehind) -> None:  # noqa: F811
    one, other = [await each.says("anonymiser Mette Holm") for each in (left.nis, left.lis)]
    await asyncio.gather(
        left.nis.presses(one, "Send til godkendelse", case=CASE),
        left.lis.presses(other, "Send til godkendelse", case=CASE),
    )
    (about,) = await left.proposals()
    answerer = left.lis if about.proposed_by == left.nis.who.id else left.nis
    card = await answerer.sees("anonymisation.asked", about.id)
    await asyncio.gather(answerer.presses(card, "Godkend"), answerer.presses(card, "Godkend"))
    await asyncio.gather(left.carries_out(), left.carries_out())
    (about,) = await left.proposals()
    assert about.state in (AnonymisationState.CARRIED_OUT, AnonymisationState.DONE)
    assert about.counts.emptied == 3


async def test_a_name_in_one_record_is_left_out_there_and_nowhere_else(left: LeftBehind) -> None:  # noqa: F811
    form = await left.nis.presses(await left.nis.says("anonymiser"), "Et navn i en post")
    wrong = await left.nis.presses(form, "Se, hvad der sker", sought="Liva Sørensen", record="ikke et id")
    assert "Der er ingen post med tekst, som har dette id." in words(wrong)
    assert "Liva Sørensen" in words(wrong)
    nobody = await left.nis.presses(form, "Se, hvad der sker", sought="Liva Sørensen", record=str(left.elsewhere_id))
    assert "Navnet står ikke i denne post." in words(nobody)
    short = await left.nis.presses(form, "Se, hvad der sker", sought="Li", record=str(left.perspective.id))
    assert "Skriv hele navnet" in words(short)
    found = await left.nis.presses(form, "Se, hvad der sker", sought="Liva Sørensen", record=str(left.perspective.id))
    assert "Liva Sørensen fra 3.b" in words(found), "administration reads a perspective anyway"
    await left.nis.presses(found, "Send til godkendelse", case=CASE)
    number = await left.has_a_card(left.town.chief, "perspective", left.perspective.id)
    await left.approves()
    await left.carries_out()
    await left.delivers()
    await left.carries_out()
    kept = await of(left.database, Perspective, left.perspective.id)
    assert kept.said == "[navn fjernet] fra 3.b er med igen, siger [navn fjernet] mor."
    assert ABOUT_A_CHILD not in kept.said
    assert "Kortets indhold er fjernet" in left.reads(number)
    (about,) = await left.proposals()
    assert (about.state, about.name) == (AnonymisationState.DONE, "")


async def test_the_words_are_shown_only_where_administration_may_read_them(left: LeftBehind) -> None:  # noqa: F811
    asked = words(await left.nis.says("anonymiser Mette Holm"))
    assert "Spørg mette holm igen" in asked
    assert "tryg i rollen" not in asked
    assert "Husk mit eget" not in asked


async def test_a_part_of_the_name_that_others_there_have_too_is_left_and_told(left: LeftBehind) -> None:  # noqa: F811
    def joins(uow: UnitOfWork) -> None:
        other = person("Mette Krag")
        uow.add(other)
        uow.session.flush()
        uow.add(
            RoleAssignment(
                person_id=other.id, role=Role.OBSERVER, institution_id=left.town.school.id, from_on=date(2024, 8, 1)
            )
        )

    await left.database.write(joins)
    await change(left.database, FocusArea, why="Mette spurgte de stille elever", owner="Team 5")
    await left.proposes()
    assert "Måske en anden" in words(await left.nis.sees("anonymisation", (await left.proposals())[0].id))
    await left.approves()
    await left.carries_out()
    (area,) = await all_of(left.database, FocusArea)
    assert area.why == "Mette spurgte de stille elever"
    (status,) = await all_of(left.database, FocusStatus)
    assert status.seen == "[navn fjernet] sagde, at Mettes team ser mere. Spørg [navn fjernet] igen."


async def test_what_is_final_is_never_changed_and_named_for_the_records_office(left: LeftBehind) -> None:  # noqa: F811
    from domain.organisation import Language
    from domain.period import HalfYear
    from domain.saved_summary import About, Printed, SavedSummary, SummaryRemark, SummaryState

    def makes_final(uow: UnitOfWork) -> None:
        span = About(institution_id=left.town.school.id, first=HalfYear(2026, 1), last=HalfYear(2026, 1))
        printed = Printed(scope="Elmeskolen", lines=(), language=Language.DANISH)
        summary = SavedSummary.of(span, printed, by=left.town.chief.id, now=LATER, replaces=None)
        uow.add(summary)
        uow.session.flush()
        told = "Mette Holm og jeg er enige"
        uow.add(SummaryRemark(summary_id=summary.id, author_id=left.town.teacher.id, remark=told, written_at=LATER))
        uow.session.flush()
        summary.state, summary.final_at, summary.year, summary.number = SummaryState.FINAL, LATER, 2026, 14

    await left.database.write(makes_final)
    about = await done(left)
    assert about.fixed == ("2026-14",)
    assert about.counts.fixed == 1
    assert "2026-14. Arkivet skal" in words(await left.nis.sees("anonymisation", about.id))
    (remark,) = await all_of(left.database, SummaryRemark)
    assert "Mette Holm" in remark.remark


async def test_whoever_dies_between_the_database_and_the_chats_leaves_it_to_the_next(left: LeftBehind) -> None:  # noqa: F811
    number = await left.has_a_card(left.town.chief, "focus_area", left.area_id)
    await left.proposes()
    await left.approves()
    await left.carries_out()
    assert await left.database.read(lambda uow: len(under_way(uow))) == 1
    assert "Kortets indhold er fjernet" not in left.reads(number)
    again = (
        Database(left.database.url.render_as_string(hide_password=False))
        if left.database.dialect != "sqlite"
        else left.database
    )
    if again is not left.database:
        await again.start()
    left.database = again
    await left.carries_out()
    planned = [each for each in await all_of(again, Prompt) if each.view == "anonymisation.gone"]
    assert [each.state for each in planned] == [PromptState.PENDING], "the same card is planned once"
    await left.delivers()
    await left.carries_out()
    await left.carries_out()
    assert "Kortets indhold er fjernet" in left.reads(number)
    (about,) = await left.proposals()
    assert about.state is AnonymisationState.DONE
    if again is not left.database:
        await again.close()


async def test_what_is_written_while_it_is_carried_out_goes_as_well(left: LeftBehind) -> None:  # noqa: F811
    from datetime import datetime  # noqa: F401

    from storage.carrying_out import begin

    await left.proposes()
    await left.approves()
    (about,) = await left.proposals()
    found = await left.database.read(lambda uow: survey(uow, about.whom))
    await change(left.database, Perspective, said="Mette Holm kom forbi")
    await left.database.write(lambda uow: begin(uow, about.id, found, LATER, LATER.date()) and None)
    (kept,) = [each for each in await all_of(left.database, Perspective) if each.id == left.perspective.id]
    assert kept.said == "Mette Holm kom forbi"
    await left.carries_out()
    (kept,) = [each for each in await all_of(left.database, Perspective) if each.id == left.perspective.id]
    assert kept.said == "[navn fjernet] kom forbi"


async def test_holds_are_lifted_and_known_to_nobody_else(left: LeftBehind) -> None:  # noqa: F811
    assert await all_of(left.database, LegalHold) == []
    assert button(await left.nis.says("anonymiser"), "Et navn i en post")


# On SQLite one thread writes, and nobody at the same time.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_i34_a_hold_that_is_being_committed_while_it_is_changed_refuses_it(
    left: LeftBehind,  # noqa: F811
    postgres: Postgres,
) -> None:
    """On PostgreSQL two write at once: the change waits for the hold and sees it, or the hold comes after it."""
    from storage.carrying_out import begin

    await left.proposes()
    await left.approves()
    (about,) = await left.proposals()
    seen = await left.database.read(lambda uow: survey(uow, about.whom))
    name = left.database.url.database or ""
    with postgres.connect(name) as holding, postgres.connect(name) as watching:
        holding.execute("BEGIN")
        holding.execute(
            'INSERT INTO legal_hold (id, "case", placed_at, person_id)'
            " VALUES (gen_random_uuid(), 'Sag 9', now(), %s)",
            [left.mette_id],
        )
        changing = asyncio.create_task(
            left.database.write(lambda uow: begin(uow, about.id, seen, LATER, LATER.date()).state)
        )
        waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        while not changing.done() and not watching.execute(waits).fetchone()[0]:
            await asyncio.sleep(0.02)
        holding.execute("COMMIT")
    assert await changing is AnonymisationState.APPROVED, "nothing is done yet: the holds are others"
    (status,) = await all_of(left.database, FocusStatus)
    assert "Mette Holm" in status.seen
    await left.carries_out()
    (about,) = await left.proposals()
    assert about.state is AnonymisationState.STOPPED


async def test_a_reference_that_names_them_is_told_and_stays_as_it_is_in_the_journal(left: LeftBehind) -> None:  # noqa: F811
    case = "Klagesag om Mette Holm, 2025-1188"

    def held_once(uow: UnitOfWork) -> None:
        held(uow, case, person=None, institution=None, lift=False, now=LATER)

    await left.database.write(held_once)
    await left.database.write(lambda uow: held(uow, case, person=None, institution=None, lift=True, now=LATER))
    asked = words(await left.nis.says("anonymiser Mette Holm"))
    assert "sagsnummeret i et slettestop fra" in asked
    assert case in asked, "the administration looks at it"
    foretold = await done(left)
    assert foretold.counts.fixed == 1
    (hold,) = await all_of(left.database, LegalHold)
    assert hold.case == case
    told = words(await left.nis.sees("anonymisation", foretold.id))
    assert "sagsnummeret i et slettestop fra" in told
    assert "Mette" not in told
    assert not any("Mette" in each for each in foretold.fixed)


async def test_a_case_with_the_name_in_it_is_told_at_its_field(left: LeftBehind) -> None:  # noqa: F811
    for case in ("Indsigt, Mette Holm", f"Sag {left.email.upper()}"):
        refused = await left.proposes(case=case)
        assert "Skriv sagsnummeret uden navnet" in words(refused)
        assert case in words(refused)
        assert await left.proposals() == []


async def test_a_case_that_is_forgotten_is_told_without_the_preview_which_is_behind_a_button(left: LeftBehind) -> None:  # noqa: F811
    refused = await left.proposes(case=" ")
    assert "Mette Holm" in words(refused)
    assert "Det sker der" not in words(refused)
    seen = await left.nis.presses(refused, "Se, hvad der sker", case="2026-4711", parts="false")
    assert "Navnet udelades" in words(seen)
    assert "2026-4711" in words(seen), "what was typed meanwhile is kept"
    sent = await left.nis.presses(seen, "Send til godkendelse", case="2026-4711")
    assert "Afventer godkendelse" in words(sent)
