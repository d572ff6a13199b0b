"""A preparation note of one's own: off unless chosen, nobody else's, and gone 30 days after the meeting."""

from datetime import timedelta

import pytest

from dialogs import personal_note as flow
from dialogs.conversation import Kind
from domain.personal_note import PersonalNote
from storage.database import Database
from tests.pair import AFTER, MEETS, birgit, mette, planned_by, plans, shares, town  # noqa: F401
from tests.record import all_of
from tests.town import Someone, Town, button, buttons, values, words

MINE = "Husk at spørge til overgangen."


async def test_it_is_off_until_it_is_chosen_and_says_what_it_is(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    assert "Mit forberedelsesnotat" not in buttons(await mette.says("dagsorden"))
    card = await mette.says("forberedelsesnotat")
    assert "Slået fra" in words(card)
    for sentence in ("Kun du ser det.", "Det slettes 30 dage efter mødet.", "retten til indsigt"):
        assert sentence in words(card)
    on = await mette.presses(card, "Slå til")
    writing = await mette.presses(on, "Skriv notatet")
    assert (
        "Mit forberedelsesnotat – kun dig. Slettes 30 dage efter mødet. Kan være omfattet af retten til indsigt."
        in words(writing)
    )
    saved = await mette.presses(writing, "Gem notatet", text=MINE)
    assert values(saved)["text"] == MINE
    opened = await mette.presses(await mette.says("dagsorden"), "Mit forberedelsesnotat")
    assert values(opened)["text"] == MINE
    assert "Mit forberedelsesnotat" not in buttons(await birgit.says("dagsorden"))
    # A note that is typed stands at its end; the chief's is the note from the 1:1.
    noted = await mette.says("note: og til vikarerne")
    assert (values(noted)["text"], "Gem notatet" in buttons(noted)) == (f"{MINE}\nog til vikarerne", True)
    assert "Mit forberedelsesnotat" not in words(await birgit.says("note: og til vikarerne"))
    # An agreement is made by the two, so that it waits on the agenda.
    agreed = await mette.says("aftale: vi besøger Byskolen")
    assert values(agreed)["text"] == "vi besøger Byskolen"
    assert "Aftaler laver I sammen i jeres 1:1." in words(agreed)


async def test_i20_nobody_else_sees_it(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await mette.presses(await mette.says("forberedelsesnotat"), "Slå til")
    writing = await mette.presses(await mette.says("dagsorden"), "Mit forberedelsesnotat")
    saved = await mette.presses(writing, "Gem notatet", text=MINE)
    pressed = button(saved, "Gem notatet")
    await birgit.presses(await birgit.says("forberedelsesnotat"), "Slå til")
    for someone in (birgit, Someone(database, town.deputy, now=birgit.now)):
        reply = await someone.does(Kind.PRESSED, verb="personal_note.write", data=pressed["data"])
        assert reply.card is not None
        assert MINE not in words(reply.card)
    await birgit.presses(
        await birgit.presses(await birgit.says("dagsorden"), "Mit forberedelsesnotat"), "Gem notatet", text="Birgits"
    )
    assert sorted(each.text for each in await all_of(database, PersonalNote)) == ["Birgits", MINE]
    refused = await Someone(database, town.deputy, now=birgit.now).presses(saved, "Gem notatet", text="Saras")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Saras" in words(refused)
    await shares(birgit)
    mette.now = AFTER
    for word in ("notat", "dagsorden", "min oversigt"):
        assert MINE not in words(await birgit.says(word))


async def test_it_is_deleted_thirty_days_after_the_meeting_wherever_that_was_moved(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await mette.presses(await mette.says("forberedelsesnotat"), "Slå til")
    writing = await mette.presses(await mette.says("dagsorden"), "Mit forberedelsesnotat")
    await mette.presses(writing, "Gem notatet", text=MINE)
    moving = await mette.presses(await mette.says("dagsorden"), "Flyt mødet")
    await mette.presses(moving, "Flyt", day="2026-04-30")
    moved = MEETS + timedelta(days=7)
    await planned_by(database, flow.clock, moved + timedelta(days=30) - timedelta(seconds=1))
    assert len(await all_of(database, PersonalNote)) == 1
    await planned_by(database, flow.clock, moved + timedelta(days=30))
    assert await all_of(database, PersonalNote) == []
    mette.now = moved + timedelta(days=30)
    late = await mette.presses(writing, "Gem notatet", text="For sent")
    assert "For sent" in words(late)
    assert await all_of(database, PersonalNote) == []


async def test_turned_off_what_is_written_stays_until_it_is_deleted(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    card = await mette.presses(await mette.says("forberedelsesnotat"), "Slå til")
    writing = await mette.presses(card, "Skriv notatet")
    await mette.presses(writing, "Gem notatet", text=MINE)
    off = await mette.presses(await mette.says("forberedelsesnotat"), "Slå fra")
    assert "Slået fra" in words(off)
    assert "Mit forberedelsesnotat" not in buttons(await mette.says("dagsorden"))
    assert len(await all_of(database, PersonalNote)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"), [("Om 010203-1234", "cpr-nummer"), ("x" * 1001, "Der er plads til 1.000.")]
)
async def test_what_must_not_be_kept_stays_in_the_card(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    typed: str,
    sentence: str,
) -> None:
    await plans(birgit)
    await mette.presses(await mette.says("forberedelsesnotat"), "Slå til")
    writing = await mette.presses(await mette.says("dagsorden"), "Mit forberedelsesnotat")
    card = await mette.presses(writing, "Gem notatet", text=typed)
    assert sentence in words(card)
    assert values(card)["text"] == typed
    assert await all_of(database, PersonalNote) == []


async def test_two_places_of_one_person_lose_nothing(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    await mette.presses(await mette.says("forberedelsesnotat"), "Slå til")
    one = await mette.presses(await mette.says("dagsorden"), "Mit forberedelsesnotat")
    other = await mette.presses(await mette.says("dagsorden"), "Mit forberedelsesnotat")
    await mette.presses(one, "Gem notatet", text="Det ene")
    card = await mette.presses(other, "Gem notatet", text="Det andet")
    assert "Det ene" in words(card)
    assert values(card)["text"] == "Det andet"
    assert values(await mette.presses(card, "Gem notatet"))["text"] == "Det andet"


async def test_turned_off_meanwhile_none_is_begun_and_what_was_typed_is_given_back(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    on = await mette.presses(await mette.says("forberedelsesnotat"), "Slå til")
    writing = await mette.presses(on, "Skriv notatet")
    await mette.presses(await mette.says("forberedelsesnotat"), "Slå fra")
    card = await mette.presses(writing, "Gem notatet", text=MINE)
    assert "Slået fra" in words(card)
    assert MINE in words(card)
    assert "Slå til" in buttons(card)
    assert await all_of(database, PersonalNote) == []
