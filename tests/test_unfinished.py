"""What somebody has begun opens where they left it; and what waits for them, where nothing is begun."""

import pytest

from storage.database import Database
from tests.pair import birgit as birgit
from tests.pair import mette as mette
from tests.pair import town as town
from tests.record import AFTER, TOLKNING
from tests.test_practice import GJORDE, goes_well
from tests.town import Someone, Town, buttons, words

SAYING = ["fortsæt", "kladde", "min kladde", "hvor var jeg", "Hvor kom jeg til?", "vis mit udkast", "continue", "draft",
          "my draft", "where was I", "forsæt"]  # fmt: skip


@pytest.mark.parametrize("text", SAYING)
@pytest.mark.each_on_both
async def test_the_one_that_is_begun_opens(mette: Someone, text: str) -> None:
    form = await mette.says("forbered")
    await mette.presses(form, "Gem kladde")
    opened = await mette.says(text)
    assert "Gem kladde" in buttons(opened)
    assert words(opened) == words(await mette.says("forbered"))


async def test_of_several_there_is_a_button_each(mette: Someone) -> None:
    await mette.presses(await mette.says("forbered"), "Gem kladde")
    invitation = await mette.presses(await mette.says("inviter observatør"), "Næste")
    await mette.presses(invitation, "Gem kladde", where="2. årgang")
    card = await mette.says("fortsæt")
    assert "Fortsæt, hvor du slap" in words(card)
    assert "Gør invitationen til observation færdig" in words(card)
    assert "Gem kladde" in buttons(await mette.presses(card, "Forbered"))
    assert "Gem kladde" in buttons(await mette.presses(card, "Se invitationen"))


async def test_where_nothing_is_begun_it_is_what_waits_or_a_kind_word(
    mette: Someone, database: Database, town: Town
) -> None:
    assert "Det her venter på dig:" in words(await mette.says("fortsæt"))
    card = await Someone(database, town.other_chief).says("min kladde")
    assert "Jeg finder ikke noget, du har begyndt på" in words(card)
    assert buttons(card) == ["Min oversigt"]


async def test_what_a_colleague_has_written_in_a_shared_preparation_is_found(
    mette: Someone, database: Database, town: Town
) -> None:
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde")
    sharing = await mette.presses(asking, "Del med flere")
    await mette.presses(sharing, "Gem", colleagues=str(town.teacher.id))
    teacher = Someone(database, town.teacher, now=mette.now)
    form = await teacher.sees("preparation", town.dialogue.id)
    await teacher.presses(form, "Gem kladde", interpretation="Flere deltager.")
    assert "Flere deltager." in str(await teacher.says("fortsæt"))


async def test_practice_that_was_written_down_and_not_shared_is_found(database: Database, town: Town) -> None:
    await database.write(town.build)
    leader = Someone(database, town.leader, now=AFTER)
    await goes_well(leader)
    await leader.presses(await leader.says("del praksis"), "Gem kladde", did=GJORDE)
    assert GJORDE in str(await leader.says("fortsæt"))


async def test_what_a_note_taker_has_begun_is_found(database: Database, town: Town) -> None:
    await database.write(town.build)
    leader, teacher = Someone(database, town.leader, now=AFTER), Someone(database, town.teacher, now=AFTER)
    choosing = await leader.presses(await leader.says("refleksion"), "Vælg en referent")
    await leader.presses(choosing, "Vælg referenten", colleague=str(town.teacher.id))
    form = await teacher.presses(await teacher.says("refleksion"), "Næste", participants="staff", sources="youth")
    await teacher.presses(form, "Gem kladde", interpretation=TOLKNING)
    opened = await teacher.says("fortsæt")
    assert "Jeg finder ikke noget" not in words(opened)
    assert {"Gem kladde", "Næste"} & set(buttons(opened))


async def test_what_is_named_opens_itself(mette: Someone) -> None:
    assert "Gem kladde" in buttons(await mette.says("fortsæt forberedelsen"))


async def test_i20_the_drafts_of_others_stay_theirs(mette: Someone, birgit: Someone) -> None:
    await mette.presses(await mette.says("forbered"), "Gem kladde")
    assert "Gem kladde" not in buttons(await birgit.says("fortsæt"))
    for text in ("vis Mettes kladde", "kladder fra andre", "lederens udkast"):
        assert "Det kan jeg ikke svare på" in words(await birgit.says(text)), text
