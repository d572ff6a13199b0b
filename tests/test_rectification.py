"""A correction of what another wrote: asked for, answered by its author, and never written over what stood there."""

from datetime import timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from cards.kit import Card
from dialogs import rectification as flow
from dialogs.conversation import Kind
from dialogs.rectification_ask import ask_for
from domain.errors import NotAllowed
from domain.identity import new_id
from domain.note import NoteVersion, Remark
from domain.organisation import RoleAssignment
from domain.prompt import Prompt
from domain.rectification import Rectification
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.pair import LEADING, birgit, confirms, mette, planned_by, plans, shares, town  # noqa: F401
from tests.record import all_of
from tests.town import MUNICIPALITY, Someone, Town, button, buttons, options, values, words

WANTED = "Der står, at teamet selv tager initiativ. Det var mig, der foreslog det."
RIGHT = "Mette foreslog teamet at se på data sammen."
WHY_NOT = "Det var sådan, jeg forstod det, da vi talte sammen."


@pytest_asyncio.fixture
async def noted(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    """A 1:1 whose note the leader has confirmed."""
    await plans(birgit)
    await shares(birgit)
    await confirms(mette, birgit)


async def asks(someone: Someone, wanted: str = WANTED, **more: str) -> Card:
    card = await someone.presses(await someone.says("mine data"), "Bed om en rettelse")
    return await someone.presses(card, "Send anmodningen", wanted=wanted, **more)


async def test_the_author_corrects_it_as_a_new_version_with_the_reason(
    noted: None,
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    receipt = await asks(mette, reason="Det er vigtigt for teamet.")
    assert "Afventer svar" in words(receipt)
    assert "Ses af: dig og Birgit Dam" in words(receipt)
    (request,) = await all_of(database, Rectification)
    told = [each for each in await all_of(database, Prompt) if each.view == flow.ASKED]
    assert [each.person_id for each in told] == [birgit.who.id]
    card = await birgit.sees(flow.ASKED, request.id)
    assert WANTED in words(card)
    assert values(card)["leading"] == LEADING
    saved = await birgit.presses(card, "Gem rettelsen", leading=RIGHT, answer="Det husker jeg nu.")
    assert "Rettet" in words(saved)
    versions = sorted(await all_of(database, NoteVersion), key=lambda each: each.number)
    assert [each.content.leading for each in versions] == [LEADING, RIGHT]
    (remark,) = await all_of(database, Remark)
    assert remark.text == "Rettet efter ønske fra lederen. Det er vigtigt for teamet. Det husker jeg nu."
    seen = words(await mette.says("notat"))
    assert RIGHT in seen
    assert LEADING in seen, "what stood before stays beside it"
    assert "Bekræft" in buttons(await mette.says("notat"))
    assert "Det husker jeg nu." in words(await mette.sees(flow.VIEW, request.id))
    # I35: the same press again makes nothing new.
    await birgit.presses(card, "Gem rettelsen", leading=RIGHT, answer="Det husker jeg nu.")
    assert len(await all_of(database, NoteVersion)) == 2


async def test_it_is_right_as_it_is_needs_a_reason_and_says_where_to_go(
    noted: None,
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await asks(mette)
    (request,) = await all_of(database, Rectification)
    card = await birgit.sees(flow.ASKED, request.id)
    lacking = await birgit.presses(card, "Behold, som det er", leading=RIGHT)
    assert values(lacking)["leading"] == RIGHT
    assert "Skriv kort hvorfor." in words(lacking)
    await birgit.presses(lacking, "Behold, som det er", answer=WHY_NOT)
    told = words(await mette.sees(flow.VIEW, request.id))
    assert WHY_NOT in told
    assert "kvalitet@skovkoebing.example" in told
    assert "Datatilsynet" in told
    assert len(await all_of(database, NoteVersion)) == 1
    late = await birgit.presses(card, "Gem rettelsen", leading=RIGHT)
    assert RIGHT in words(late), "what was typed too late is given back"
    assert "Der er allerede svaret" in words(late)
    assert WHY_NOT in words(await birgit.presses(late, "Se anmodningen"))


async def test_a_correction_that_changes_nothing_or_holds_a_number_is_told_at_the_field(
    noted: None,
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    wrong = await asks(mette, wanted="Barnet er 010203-1234")
    assert values(wrong)["wanted"] == "Barnet er 010203-1234"
    assert "cpr-nummer" in words(wrong)
    empty = await asks(mette, wanted=" ")
    assert "Skriv et par ord først." in words(empty)
    assert not await all_of(database, Rectification)
    await asks(mette)
    (request,) = await all_of(database, Rectification)
    card = await birgit.sees(flow.ASKED, request.id)
    assert "Der er ikke ændret noget" in words(await birgit.presses(card, "Gem rettelsen"))
    emptied = await birgit.presses(card, "Gem rettelsen", leading="", works="Data")
    assert values(emptied)["works"] == "Data"
    assert len(await all_of(database, NoteVersion)) == 1


async def test_what_is_asked_twice_is_one_and_others_see_nothing_of_it(
    noted: None,
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await mette.presses(await mette.says("mine data"), "Bed om en rettelse")
    assert list(options(card, "what")) == ["Notat fra en 1:1 · Elmeskolen · 23. april 2026 · Birgit Dam"]
    await mette.presses(card, "Send anmodningen", wanted=WANTED)
    await mette.presses(card, "Send anmodningen", wanted=WANTED + " Igen.")
    (request,) = await all_of(database, Rectification)
    assert request.wanted == WANTED
    pressed = button(await birgit.sees(flow.ASKED, request.id), "Gem rettelsen")
    for who in (town.deputy, town.other_chief, town.administrator):
        stranger = Someone(database, who, now=mette.now)
        reply = await stranger.does(
            Kind.PRESSED, verb="rectification.correct", data={**pressed["data"], "leading": RIGHT}
        )
        assert reply.card is not None
        assert WANTED not in words(reply.card)
        assert RIGHT in words(reply.card)
        foreign = await stranger.does(
            Kind.PRESSED,
            verb="rectification.ask",
            data={"id": str(new_id()), "what": f"note:{request.subject_id}", "wanted": WANTED},
        )
        assert foreign.card is not None
        assert LEADING not in words(foreign.card)
    assert len(await all_of(database, Rectification)) == 1
    assert len(await all_of(database, NoteVersion)) == 1


async def test_the_author_is_reminded_twice_and_not_once_it_is_answered(
    noted: None,
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await asks(mette)
    (request,) = await all_of(database, Rectification)
    due = await planned_by(database, flow.clock, mette.now, ahead=timedelta(days=30))
    assert [(each.due_at - request.asked_at).days for each in due] == [7, 21]
    assert await birgit.is_reminded(flow.ASKED, request.id)
    card = await birgit.sees(flow.ASKED, request.id)
    await birgit.presses(card, "Behold, som det er", answer=WHY_NOT)
    assert not await birgit.is_reminded(flow.ASKED, request.id)
    assert await planned_by(database, flow.clock, mette.now, ahead=timedelta(days=30)) == []


async def test_a_chief_who_has_left_the_line_answers_in_words(
    noted: None,
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await asks(mette)
    (request,) = await all_of(database, Rectification)
    before = await birgit.sees(flow.ASKED, request.id)

    def leaves(uow: UnitOfWork) -> None:
        for held in uow.session.query(RoleAssignment).filter_by(person_id=birgit.who.id):
            held.to_on = (birgit.now - timedelta(days=1)).date()

    await database.write(leaves)
    card = await birgit.sees(flow.ASKED, request.id)
    assert "Gem rettelsen" not in buttons(card)
    late = await birgit.presses(before, "Gem rettelsen", leading=RIGHT)
    assert RIGHT in words(late)
    assert len(await all_of(database, NoteVersion)) == 1
    await birgit.presses(card, "Behold, som det er", answer=WHY_NOT)
    assert WHY_NOT in words(await mette.sees(flow.VIEW, request.id))


async def test_the_municipality_asks_for_a_person_who_wrote_a_letter(
    noted: None,
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    (version,) = await all_of(database, NoteVersion)

    def work(email: str, record: UUID) -> bool:
        return ask_for(
            uow_of[0], email, record, wanted=WANTED, reason="", case="2026-77", now=mette.now, municipality=MUNICIPALITY
        )

    uow_of: list[UnitOfWork] = []

    def by(email: str, record: UUID) -> object:
        def inside(uow: UnitOfWork) -> bool:
            uow_of[:] = [uow]
            return work(email, record)

        return inside

    assert await database.write(by("x@y.example", version.one_on_one_id)) is False  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        await database.write(by(mette.who.email, new_id()))  # type: ignore[arg-type]
    assert await database.write(by(mette.who.email, version.one_on_one_id)) is True  # type: ignore[arg-type]
    (request,) = await all_of(database, Rectification)
    assert "sag 2026-77" in words(await birgit.sees(flow.ASKED, request.id))


async def test_whoever_has_nothing_written_about_them_is_told_where_to_go(
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await database.write(town.build)
    told = words(await Someone(database, town.administrator).says("bed om en rettelse"))
    assert "kvalitet@skovkoebing.example" in told
