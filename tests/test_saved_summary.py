"""A supervision summary from the question to the final one: the chief saves it, the leader remarks, and it stays."""

import asyncio
import re
import threading
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
import pytest_asyncio
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bot.files import Found
from cards.kit import Card
from dialogs import saved_summary as flow
from dialogs.conversation import Kind
from dialogs.download import Refused
from dialogs.flow import Planning
from dialogs.saved_summary_clock import FINAL
from dialogs.turn import Turn
from domain.errors import Expired
from domain.organisation import Institution, Language, Person, Role, RoleAssignment
from domain.prompt import Occasion, Prompt, PromptKind
from domain.saved_summary import Comment, SavedSummary, SummaryRemark
from domain.slots import Slots
from storage.database import Database
from storage.errors import DatabaseError
from storage.unit_of_work import UnitOfWork
from tests.pair import AGREED, agrees, plans, shares
from tests.record import all_of
from tests.test_board import REACHABLE, fetched, links, tells
from tests.test_document import lines_of_pages, text_of_pdf, text_of_word
from tests.test_one_on_one_recap import reads
from tests.test_summary import ask
from tests.town import MUNICIPALITY, NOW, Someone, Town, buttons, options, parts, person, values, words

REMARK = "Vi har også afprøvet makkerlæsning i 3. årgang."
CPR = "Det handler om 010203-1234"
WEEK = timedelta(days=7)
ONLY_THEIRS = "En aftale fra en 1:1 er kun for den leder, den er indgået med, og Børn og Unge-chefen."


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def birgit(database: Database, town: Town) -> Someone:
    """The chief of the school, who has a perspective to ask about."""
    await database.write(town.build)
    await tells(Someone(database, town.leader), "Vi vil gerne bestemme mere i timerne.")
    return Someone(database, town.chief)


@pytest.fixture
def mette(birgit: Someone, database: Database, town: Town) -> Someone:
    return Someone(database, town.leader)


async def saves(chief: Someone, town: Town) -> Card:
    """Asks about the school and saves the answer."""
    return await chief.presses(await chief.says(f"tilsynsresumé for {town.school.name}"), "Gem som tilsynsresumé")


async def sends(chief: Someone, town: Town) -> Card:
    return await chief.presses(await saves(chief, town), "Send til bemærkning")


async def opens(someone: Someone, title: str = "") -> Card:
    """The newest of the list, or the one with these words in its line."""
    found = await someone.says("mine tilsynsresuméer")
    chosen = next(value for line, value in options(found, "listed").items() if title in line)
    return await someone.presses(found, "Åbn", listed=chosen)


async def finishes(chief: Someone) -> Card:
    return await chief.presses(await asks_final(chief, await opens(chief)), "Ja, gør det endeligt")


async def asks_final(chief: Someone, card: Card) -> Card:
    return await chief.presses(card, "Gør resuméet endeligt")


async def kept(database: Database) -> list[SavedSummary]:
    return sorted(await all_of(database, SavedSummary), key=lambda each: each.made_at)


async def planned(database: Database, now: object = NOW) -> list[Occasion]:
    def work(uow: UnitOfWork) -> list[Occasion]:
        return list(flow.clock(Planning(uow, now, now + timedelta(days=14), MUNICIPALITY)))  # type: ignore[arg-type, operator]

    return await database.read(work)


async def test_from_the_question_to_the_final_one_with_the_remark_printed(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    draft = await saves(birgit, town)
    assert "Kladde" in words(draft)
    assert "Det er ikke sendt til nogen" in words(draft)
    assert "Der er ikke nogen endnu" in words(await mette.says("mine tilsynsresuméer"))
    assert "Kladde, læst af chefen" not in words(draft), "it has only just been made"
    assert "Børns, unges og forældres perspektiver" in words(draft)
    assert "Kladde, læst af chefen" in words(await opens(birgit))
    sent = await birgit.presses(draft, "Send til bemærkning")
    assert "Mette Holm kan knytte en bemærkning til det indtil den 21. april 2026" in words(sent)
    assert "Gør resuméet endeligt" not in buttons(sent)

    hers = await opens(mette)
    assert "Hos dig til bemærkning" in words(hers)
    assert "hos dig til bemærkning" in words(await mette.says("mine tilsynsresuméer"))
    assert "Passer det? Tilføj gerne en bemærkning." in words(hers)
    form = await mette.presses(hers, "Tilføj en bemærkning")
    done = await mette.presses(form, "Gem bemærkningen", remark=REMARK)
    assert REMARK in words(done)
    assert "Din bemærkning er gemt. Birgit Dam får besked." in words(done)
    assert "gemt" not in words(await opens(mette))
    for someone in (birgit, mette):
        assert "Besvaret" in words(await opens(someone))
        assert "· besvaret" in words(await someone.says("mine tilsynsresuméer"))
    final = await finishes(birgit)
    assert "Tilsynsresumé 2026-1" in words(final)
    assert REMARK in words(final)
    for someone in (birgit, mette):
        someone.municipality = REACHABLE
        card = await opens(someone, "2026-1")
        for title, of in (("Hent som Word", text_of_word), ("Hent som PDF", text_of_pdf)):
            file = await fetched(someone, links(card)[title])
            assert isinstance(file, Found)
            told = " ".join(of(file.body).split())
            assert "Tilsynsresumé 2026-1" in told
            assert f"{REMARK} Mette Holm · 14. april 2026" in told
            assert "Lavet den 14. april 2026 af Birgit Dam" in told
            assert re.search(r"endeligt\W+Endeligt den\W+14\. april 2026", told), told


async def test_the_question_before_it_is_final_is_no_reading_and_comes_again_after_an_answer(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    await sends(birgit, town)
    await mette.presses(await opens(mette), "Det passer")
    card = await opens(birgit)
    form = await mette.presses(await opens(mette), "Tilføj en bemærkning")
    birgit.now = mette.now = NOW + timedelta(hours=3)
    before = await reads(database)
    asked = await asks_final(birgit, card)
    assert await reads(database) == before
    await mette.presses(form, "Gem bemærkningen", remark=REMARK)
    again = await birgit.presses(asked, "Ja, gør det endeligt")
    assert "Lederen har svaret i mellemtiden." in words(again)
    assert not (await kept(database))[0].is_final
    assert REMARK in words(await birgit.presses(again, "Se resuméet"))
    assert "Tilsynsresumé 2026-1" in words(await birgit.presses(again, "Ja, gør det endeligt"))


async def test_an_answer_that_is_being_kept_is_read_before_it_is_final(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    """Whoever finishes it waits for a leader who is just answering, and is asked with what they have answered."""
    await sends(birgit, town)
    await mette.presses(await opens(mette), "Det passer")
    asked = await asks_final(birgit, await opens(birgit))
    (about,) = await kept(database)
    is_answering, is_to_end = threading.Event(), threading.Event()

    def answers(uow: UnitOfWork) -> None:
        uow.session.get_one(SavedSummary, about.id, with_for_update=True)
        given = uow.session.scalars(select(SummaryRemark)).one()
        given.write(Comment(remark=REMARK), NOW + timedelta(hours=1))
        uow.session.flush()
        is_answering.set()
        is_to_end.wait(10)

    answering = asyncio.create_task(database.write(answers))
    assert await asyncio.to_thread(is_answering.wait, 10)
    finishing = asyncio.create_task(birgit.presses(asked, "Ja, gør det endeligt"))
    await asyncio.sleep(0.3)
    is_to_end.set()
    await answering
    assert "Lederen har svaret i mellemtiden." in words(await finishing)


async def test_a_final_ones_file_says_who_reads_the_agreements_and_has_none_of_others(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    emil = Someone(database, await joins(database, town.school, person("Emil Ry")))
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    for someone in (mette, emil):
        someone.now = birgit.now
    await sends(birgit, town)
    await mette.presses(await opens(mette), "Det passer")
    await finishes(birgit)
    kaya = Someone(database, town.consultant, now=birgit.now)
    for someone, is_theirs in ((birgit, True), (mette, True), (emil, False), (kaya, False)):
        someone.municipality = REACHABLE
        card = await opens(someone, "2026-1")
        for title, of in (("Hent som Word", text_of_word), ("Hent som PDF", text_of_pdf)):
            file = await fetched(someone, links(card)[title])
            assert isinstance(file, Found)
            told = " ".join(of(file.body).split())
            above, _sentence, below = told.partition(ONLY_THEIRS)
            assert below, (someone.who.name, title)
            assert (AGREED["text"] in below, AGREED["text"] in above) == (is_theirs, False), (someone.who.name, title)


async def test_the_final_one_stands_once_in_the_chiefs_chat_and_once_in_the_leaders(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    """In the order in which they press: what stood there before says in short that it is final, and leads to it."""
    await birgit.presses(await saves(birgit, town), "Send til bemærkning", "draft")
    [summary] = await kept(database)
    await mette.presses(await mette.sees("saved_summary", summary.id), "Det passer", "asked")
    ready = await birgit.sees("saved_summary.ready", summary.id)
    asked = await birgit.presses(ready, "Gør resuméet endeligt", "ready")
    assert "Gør tilsynsresuméet endeligt?" in words(asked)
    assert "Det kan ikke fortrydes." in words(asked)
    assert not (await kept(database))[0].is_final, "nothing is final before it is asked about"
    final = await birgit.presses(asked, "Ja, gør det endeligt", "ready")
    assert "Børns, unges og forældres perspektiver" in words(final)

    def drawn_anew(uow: UnitOfWork) -> list[tuple[UUID, str, UUID]]:
        due = uow.session.scalars(select(Prompt).where(Prompt.kind == PromptKind.UPDATE)).all()  # type: ignore[arg-type]
        return [(each.person_id, each.view, each.subject_id) for each in due]

    renewed = await database.read(drawn_anew)
    assert {view for who, view, _subject in renewed if who == town.chief.id} == {"saved_summary"}
    for someone in (birgit, mette):
        for view in ("saved_summary", "saved_summary.ready"):
            before = await someone.gets(view, summary.id)
            assert before is not None
            assert "Tilsynsresumé 2026-1" in words(before)
            assert "Resuméet blev endeligt den 14. april 2026." in words(before)
            assert "Børns, unges og forældres perspektiver" not in words(before)
            assert words(await someone.presses(before, "Se resuméet")) == words(await someone.sees(FINAL, summary.id))
    assert "Børns, unges og forældres perspektiver" in words(await mette.sees(FINAL, summary.id))
    assert not await birgit.is_reminded("saved_summary.ready", summary.id)


async def test_its_file_has_no_agreement_on_two_pages_and_no_page_of_a_few_lines(birgit: Someone, town: Town) -> None:
    await plans(birgit)
    card = await shares(birgit)
    for number in range(14):
        agreed = " ".join(
            [f"Aftale{number:02}", *["vi ser på deltagelsen i timerne sammen"] * (1 + number % 3), "slut"]
        )
        card = await birgit.presses(card, "Tilføj en aftale mere", **{**AGREED, "text": agreed})
    birgit.municipality = REACHABLE
    draft = await saves(birgit, town)
    # Fewer read these than the second line of the card names.
    assert "En aftale fra en 1:1 er kun for den leder, den er indgået med" in words(draft)
    file = await fetched(birgit, links(draft)["Hent som PDF"])
    assert isinstance(file, Found)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(file.body)).pages]
    found = [
        re.findall(r"\d+\. Aftale(\d\d) .*? slut – åben, frist 21. maj 2026 Leder: Mette Holm \[\d+\]", page)
        for page in pages
    ]
    assert sorted(sum(found, [])) == [f"{number:02}" for number in range(14)]
    assert sum(map(bool, found)) > 1
    for page in lines_of_pages(file.body, foot="Tilsynsresumé ·"):
        assert len(page) >= 5


async def test_i27_it_is_final_only_after_seven_days_or_an_answer(birgit: Someone, mette: Someone, town: Town) -> None:
    """I27: "requires that the leader has had the summary for comment ≥ 7 days or answered"."""
    assert "Gør resuméet endeligt" not in buttons(await sends(birgit, town))
    birgit.now = NOW + WEEK - timedelta(minutes=1)
    assert "Gør resuméet endeligt" not in buttons(await opens(birgit))
    birgit.now = NOW + WEEK
    card = await opens(birgit)
    too_early = replace(birgit, now=NOW + timedelta(days=1))
    asked = await asks_final(birgit, card)
    for early, title in ((card, "Gør resuméet endeligt"), (asked, "Ja, gør det endeligt")):
        refused = await too_early.presses(early, title)
        assert words(refused).startswith("Ikke endnu")
        assert "Lederen har syv dage til en bemærkning" in words(refused)
    assert "Der står, at lederen ikke har haft bemærkninger." in words(asked)
    final = await birgit.presses(asked, "Ja, gør det endeligt")
    assert "Lederen havde det til bemærkning fra 14. april 2026 til 21. april 2026" in words(final)


async def test_i27_one_answer_of_several_leaders_ends_the_wait_and_each_may_remark(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    other = Someone(database, await joins(database, town.school, person("Emil Ry")))
    await sends(birgit, town)
    assert len([each for each in await planned(database) if each.view == "saved_summary"]) == 6
    assert "Det passer." in words(await mette.presses(await opens(mette), "Det passer"))
    assert await planned(database) == []
    form = await other.presses(await opens(other), "Tilføj en bemærkning")
    await other.presses(form, "Gem bemærkningen", remark=REMARK)
    final = words(await finishes(birgit))
    assert "Mette Holm" in final
    assert "Emil Ry" in final
    assert REMARK in final


async def test_its_file_is_in_the_language_it_was_printed_in_whoever_gets_it(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    await sends(birgit, town)
    await mette.presses(await opens(mette), "Det passer")
    await finishes(birgit)

    def speaks_english(uow: UnitOfWork) -> None:
        uow.session.get_one(Person, mette.who.id).language = Language.ENGLISH

    await database.write(speaks_english)
    mette.municipality = REACHABLE
    found = await mette.says("my summaries")
    card = await mette.presses(found, "Open", listed=next(iter(options(found, "listed").values())))
    for title, of in (("Get as Word", text_of_word), ("Get as PDF", text_of_pdf)):
        found_file = await fetched(mette, links(card)[title])
        assert isinstance(found_file, Found)
        told = " ".join(of(found_file.body).split())
        assert "Lavet den 14. april 2026 af Birgit Dam" in told
        assert "Børns, unges og forældres perspektiver" in told
        assert "Supervision summary" not in told


async def test_no_card_in_which_a_leader_types_a_remark_is_replaced_by_what_others_do(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    other = Someone(database, await joins(database, town.school, person("Emil Ry")))
    await sends(birgit, town)
    # The summary, and in its place the card in which she types.
    found = await mette.says("mine tilsynsresuméer")
    chosen = next(iter(options(found, "listed").values()))
    form = await mette.presses(
        await mette.presses(found, "Åbn", "typing", listed=chosen), "Tilføj en bemærkning", "typing"
    )
    await other.presses(await opens(other), "Det passer")
    updates = [each.replaces for each in await all_of(database, Prompt) if each.kind is PromptKind.UPDATE]
    assert "typing" not in updates
    await mette.presses(form, "Gem bemærkningen", "typing", remark=REMARK)
    await finishes(birgit)
    updates = [each.replaces for each in await all_of(database, Prompt) if each.kind is PromptKind.UPDATE]
    assert "typing" in updates, "the card of what was saved is drawn anew as it was"


async def joins(database: Database, where: Institution, who: Person, role: Role = Role.LEADER) -> Person:
    def work(uow: UnitOfWork) -> None:
        uow.add(who)
        uow.session.flush()
        reach = {"area_id": where.area_id} if role is Role.CHIEF else {"institution_id": where.id}
        uow.add(RoleAssignment(person_id=who.id, role=role, from_on=date(2026, 1, 1), **reach))

    await database.write(work)
    return who


async def leaves(database: Database, who: Person) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(RoleAssignment)):
            if each.person_id == who.id:
                each.to_on = NOW.date() - timedelta(days=1)

    await database.write(work)


async def test_i28_a_final_one_is_never_changed_and_a_change_makes_another_edition(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    """I28: "A final summary is immutable; a change makes a new version"."""
    await sends(birgit, town)
    await mette.presses(await opens(mette), "Det passer")
    final = await finishes(birgit)
    before = (await kept(database))[0]
    await tells(mette, "Vi vil gerne være mere ude.")
    later = NOW + timedelta(days=30)
    birgit.now = mette.now = later
    draft = await birgit.presses(final, "Lav en ny udgave")
    assert "Det er en ny udgave af 2026-1." in words(draft)
    await birgit.presses(draft, "Send til bemærkning")
    await mette.presses(await opens(mette), "Det passer")
    second = await finishes(birgit)
    assert "Tilsynsresumé 2026-2" in words(second)
    first = await opens(birgit, "2026-1")
    assert "Der er en nyere udgave: 2026-2." in words(first)
    assert "Lav en ny udgave" not in buttons(first)
    assert (await kept(database))[0].lines == before.lines
    with pytest.raises(Expired):
        before.make_final(year=2026, number=9, by=town.chief.id, now=later)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE saved_summary SET scope = 'x'",
        "UPDATE saved_summary SET state = 'kladde'",
        "DELETE FROM saved_summary",
        "UPDATE summary_remark SET remark = 'x'",
        "DELETE FROM summary_remark",
    ],
)
@pytest.mark.each_on_both
async def test_i28_the_database_refuses_a_change_by_whatever_code(
    database: Database, birgit: Someone, mette: Someone, town: Town, statement: str
) -> None:
    await sends(birgit, town)
    form = await mette.presses(await opens(mette), "Tilføj en bemærkning")
    await mette.presses(form, "Gem bemærkningen", remark=REMARK)
    await finishes(birgit)
    with pytest.raises((DBAPIError, DatabaseError)):
        await database.write(lambda uow: uow.session.execute(text(statement)))
    assert REMARK in words(await opens(mette, "2026-1"))


async def test_numbers_have_no_gap_however_many_are_made_final_at_once(database: Database, town: Town) -> None:
    await database.write(town.build)
    number = 6

    def work(uow: UnitOfWork) -> None:
        for each in range(number):
            uow.add(_place(town, each))

    await database.write(work)
    chief = Someone(database, town.chief)
    for each in range(number):
        place = _place(town, each)
        found = await database.read(
            lambda uow, name=place.name: uow.session.scalars(
                select(Institution).where(Institution.name == name)  # type: ignore[arg-type]
            ).one()
        )
        card = await ask(chief, Slots(institutions=(found.id,)))
        read = await chief.presses(card, "Gem som tilsynsresumé")
        await chief.presses(read, "Send til bemærkning")
    chief.now = NOW + WEEK
    cards = [await asks_final(chief, await opens(chief, f"Skole {each}")) for each in range(number)]
    await asyncio.gather(*[chief.presses(card, "Ja, gør det endeligt") for card in [*cards, *cards]])
    assert sorted(each.number or 0 for each in await kept(database)) == list(range(1, number + 1))


def _place(town: Town, number: int) -> Institution:
    return Institution(
        name=f"Skole {number}", type=town.school.type, age_range=town.school.age_range, area_id=town.north.id
    )


async def test_i25_every_kept_line_has_a_source_that_opens_or_is_told_to_be_gone(
    birgit: Someone, mette: Someone, town: Town
) -> None:
    await sends(birgit, town)
    for someone in (birgit, mette):
        card = await opens(someone)
        sources = await someone.presses(card, "Vis kilder")
        found = options(sources, "source")
        assert found
        for value in found.values():
            opened = await someone.presses(sources, "Åbn kilden", source=value)
            assert "Kilden kan ikke åbnes" not in words(opened), value
        back = await someone.presses(opened, "Tilbage til kilderne")
        assert "til bemærkning" in words(await someone.presses(back, "Tilbage")).lower()
        gone = await someone.presses(sources, "Åbn kilden", source=f"perspective:{town.school.id}")
        assert "Kilden kan ikke åbnes" in words(gone)


async def test_every_kept_line_names_its_source(database: Database, birgit: Someone, town: Town) -> None:
    await saves(birgit, town)
    found = (await kept(database))[0]
    assert found.lines
    assert all(line.sources for line in found.lines)


async def test_a_wider_one_asks_which_institution_and_says_why(database: Database, birgit: Someone, town: Town) -> None:
    await database.write(lambda uow: uow.add(_place(town, 7)))
    which = await birgit.presses(await ask(birgit), "Gem som tilsynsresumé")
    assert "Et gemt tilsynsresumé handler om ét tilbud" in words(which)
    assert list(options(which, "to_place")) == ["Elmeskolen", "Skole 7"]
    saved = await birgit.presses(which, "Gem som tilsynsresumé", to_place=str(town.school.id))
    assert "Elmeskolen" in words(saved)
    nothing = await birgit.presses(which, "Gem som tilsynsresumé", to_place="")
    assert "Vælg hvilket" in words(nothing)


async def test_administration_reads_final_ones_where_it_takes_part_and_nothing_live(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    """4.4: "final, if assigned"."""
    kaya, nis = Someone(database, town.consultant), Someone(database, town.administrator)
    for someone in (kaya, nis):
        kind = await someone.says("tilsynsresumé for Elmeskolen")
        assert "Når det er endeligt, kan du læse det" in words(kind)
        assert "Fokusområder" not in words(kind)
        none = await someone.presses(kind, "De endelige")
        assert "Ingen tilsynsresuméer er endelige endnu" in words(none)
    await sends(birgit, town)
    await mette.presses(await opens(mette), "Det passer")
    await finishes(birgit)
    assert "Tilsynsresumé 2026-1" in words(await opens(kaya))
    assert "Ingen tilsynsresuméer er endelige endnu" in words(await nis.says("mine tilsynsresuméer"))
    live = await ask(birgit, Slots(institutions=(town.school.id,)))
    carried = {"verb": "summary.open", "data": {"places": str(town.school.id)}}
    for someone in (kaya, nis):
        reply = await someone.does(Kind.PRESSED, **carried)
        assert "Det fortæller data" in words(live)
        assert reply.card is not None
        assert "Det fortæller data" not in words(reply.card)


async def test_saved_twice_it_is_the_one_that_is_on_its_way(database: Database, birgit: Someone, town: Town) -> None:
    await saves(birgit, town)
    again = await saves(birgit, town)
    assert "Der er allerede et på vej" in words(again)
    assert len(await kept(database)) == 1


async def test_a_draft_is_made_anew_or_deleted_and_only_what_was_read_is_sent(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    read = await saves(birgit, town)
    await tells(mette, "Vi vil gerne være mere ude.")
    birgit.now = NOW + timedelta(hours=1)
    anew = await birgit.presses(read, "Lav det på ny")
    assert len(words(anew)) > len(words(read))
    stale = await birgit.presses(read, "Send til bemærkning")
    assert "lavet på ny i mellemtiden" in words(stale)
    again = await birgit.presses(stale, "Se resuméet")
    assert "Kladden er slettet" in words(await birgit.presses(again, "Slet kladden"))
    assert await kept(database) == []
    assert "Det har du ikke adgang til" in words(await birgit.presses(read, "Slet kladden"))


async def test_nobody_but_those_it_belongs_to_sees_any_of_it(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    draft = await saves(birgit, town)
    others = [town.other_chief, town.other_leader, town.teacher, town.administrator]
    for state in ("draft", "sent", "final"):
        if state == "sent":
            await birgit.presses(draft, "Send til bemærkning")
        if state == "final":
            await mette.presses(await opens(mette), "Det passer")
            await finishes(birgit)
        summary_id = (await kept(database))[0].id
        not_yet = {"draft": [town.consultant, town.leader], "sent": [town.consultant], "final": []}[state]
        for who in [*others, *not_yet]:
            assert await Someone(database, who).gets("saved_summary", summary_id) is None, (state, who.name)
            assert isinstance(await forged(database, who, summary_id), Refused), (state, who.name)
    assert "Tilsynsresumé 2026-1" in words(await opens(Someone(database, town.consultant)))
    await leaves(database, town.leader)
    await leaves(database, town.chief)
    for who in (town.leader, town.chief):
        assert await Someone(database, who).gets("saved_summary", summary_id) is None
        assert isinstance(await forged(database, who, summary_id), Refused)


async def forged(database: Database, who: Person, summary_id: UUID) -> Found | Refused:
    """The PDF by an address as the bot would make it for this person, had they been let in."""

    def address(uow: UnitOfWork) -> str | None:
        turn = Turn.of(uow.session.get_one(Person, who.id), uow, NOW, REACHABLE)
        return turn.link_to("saved_summary.pdf", summary_id)

    link = await database.write(address)
    assert link
    return await fetched(Someone(database, who, municipality=REACHABLE), link)


async def test_a_new_chief_goes_on_with_it_and_a_new_leader_answers(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    await sends(birgit, town)
    form = await mette.presses(await opens(mette), "Tilføj en bemærkning")
    await leaves(database, town.chief)
    await leaves(database, town.leader)
    refused = await mette.presses(form, "Gem bemærkningen", remark=REMARK)
    assert REMARK in words(refused)
    leader = Someone(database, await joins(database, town.school, person("Emil Ry")))
    chief = Someone(database, await joins(database, town.school, person("Pia Bang"), Role.CHIEF))
    assert {each.person_id for each in await planned(database)} == {leader.who.id, chief.who.id}
    await leader.presses(await opens(leader), "Det passer")
    final = await finishes(chief)
    assert "Emil Ry" in words(final)


async def test_what_a_leader_wrote_is_not_lost_by_bad_input_stale_cards_or_a_final_meanwhile(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    await sends(birgit, town)
    card = await opens(mette)
    form = await mette.presses(card, "Tilføj en bemærkning")
    refused = await mette.presses(form, "Gem bemærkningen", remark=CPR)
    assert values(refused)["remark"] == CPR
    assert await all_of(database, SummaryRemark) == []
    assert "Skriv din bemærkning" in words(await mette.presses(form, "Gem bemærkningen", remark=" "))
    long = await mette.presses(form, "Gem bemærkningen", remark="a" * 1_001)
    assert values(long)["remark"] == "a" * 1_001
    await mette.presses(form, "Gem bemærkningen", remark=REMARK)
    overtaken = await mette.presses(form, "Gem bemærkningen", remark="Noget andet")
    assert REMARK in words(overtaken)
    assert values(overtaken)["remark"] == "Noget andet"
    assert REMARK in words(await mette.presses(card, "Det passer")), "a stale card takes no remark away"
    corrected = await mette.presses(await opens(mette), "Ret bemærkningen")
    await finishes(birgit)
    late = await mette.presses(corrected, "Gem bemærkningen", remark="For sent")
    assert "Resuméet er endeligt og ændres ikke" in words(late)
    assert "For sent" in words(late)
    assert [each.remark for each in await all_of(database, SummaryRemark)] == [REMARK]


async def test_both_at_once_lose_nothing(database: Database, birgit: Someone, mette: Someone, town: Town) -> None:
    await sends(birgit, town)
    birgit.now = mette.now = NOW + WEEK
    form = await mette.presses(await opens(mette), "Tilføj en bemærkning")
    card = await asks_final(birgit, await opens(birgit))
    hers, _his, _twice = await asyncio.gather(
        mette.presses(form, "Gem bemærkningen", remark=REMARK),
        birgit.presses(card, "Ja, gør det endeligt"),
        birgit.presses(card, "Ja, gør det endeligt"),
    )
    assert REMARK in words(hers)
    if "Resuméet er endeligt" not in words(hers):
        # Hers was first: the question comes again, with her remark to be read.
        assert not (await kept(database))[0].is_final
        await finishes(birgit)
    final = words(await opens(birgit, "2026-1"))
    assert (REMARK in final) == ("Resuméet er endeligt" not in words(hers))
    assert [each.number for each in await kept(database)] == [1]


async def test_reminders_come_on_the_third_and_sixth_day_until_somebody_answers(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    await sends(birgit, town)
    summary_id = (await kept(database))[0].id
    due = sorted((each.due_at - NOW).days for each in await planned(database) if each.person_id == town.leader.id)
    assert due == [0, 3, 6]
    assert [(each.due_at - NOW).days for each in await planned(database) if each.person_id == town.chief.id] == [7]
    assert await mette.is_reminded("saved_summary", summary_id)
    assert not await birgit.is_reminded("saved_summary.ready", summary_id)
    await mette.presses(await opens(mette), "Det passer")
    assert not await mette.is_reminded("saved_summary", summary_id)
    assert await birgit.is_reminded("saved_summary.ready", summary_id)
    await finishes(birgit)
    assert not await birgit.is_reminded("saved_summary.ready", summary_id)
    assert await mette.is_reminded("saved_summary.final", summary_id)


async def test_i33_every_read_but_the_authors_is_written_down(birgit: Someone, mette: Someone, town: Town) -> None:
    await sends(birgit, town)
    await opens(mette)
    assert "Mette Holm" in words(await birgit.says("hvem har set det"))


async def test_the_file_of_a_draft_is_no_leaders(
    database: Database, birgit: Someone, mette: Someone, town: Town
) -> None:
    birgit.municipality = REACHABLE
    read = await saves(birgit, town)
    assert isinstance(await fetched(birgit, links(read)["Hent som PDF"]), Found)
    await leaves(database, town.chief)
    assert isinstance(await fetched(birgit, links(read)["Hent som PDF"]), Refused)
    assert not [each for each in parts(read) if each.get("title") == "Det passer"]
