"""What waits, by its kind and then by how long: words for what it is, for the chief and for the leader themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from dialogs.scope import OutsideResponsibility
from domain.dialogue import Dialogue, DialogueState, unrecorded_before, unrecorded_from
from domain.focus_area import FocusArea
from domain.period import HalfYear
from domain.quiet import QuietTimes
from domain.slots import AskedStatus
from storage.database import Database
from tests.asker import ask, opens_every_source, refusal
from tests.pair import AGREED, LEADING, agrees, plans
from tests.record import AFTER, all_of, change, chooses, mette, reflects, town  # noqa: F401
from tests.test_perspective import GOOD
from tests.town import COPENHAGEN, NOW, Someone, Town, buttons, words

INTENT = "attention_list"
SEEN = "Kanariefugl i status"
MEETS_THEN = datetime(2026, 4, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def birgit(mette: Someone, database: Database, town: Town) -> Someone:  # noqa: F811
    """The chief of the area, a fortnight after the dialogue was to be held."""
    return Someone(database, town.chief, now=AFTER)


async def needs_attention(mette: Someone, title: str) -> None:  # noqa: F811
    card = await mette.presses(
        await mette.says("status"), "Gem status", status="har brug for opmærksomhed", seen=SEEN, next_step="Vi taler"
    )
    assert title in words(card)


async def test_a_focus_area_that_needs_attention_waits_since_that_was_said(
    mette: Someone,  # noqa: F811
    birgit: Someone,
    database: Database,
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    mette.now = AFTER + timedelta(days=20)
    await needs_attention(mette, "Flere stemmer i timerne")
    [_area] = await all_of(database, FocusArea)
    birgit.now = mette.now + timedelta(days=3)
    card = await ask(birgit, INTENT)
    said = words(card)
    assert "Fokusområder, der har brug for opmærksomhed" in said
    assert "Flere stemmer i timerne" in said
    assert SEEN not in said
    assert await opens_every_source(birgit, card) >= 1
    mette.now = birgit.now
    await mette.presses(await mette.says("status"), "Gem status", status="på vej", seen="Det går bedre")
    assert "Flere stemmer i timerne" not in words(await ask(birgit, INTENT))


async def test_a_dialogue_is_told_as_not_prepared_and_then_as_not_recorded(
    birgit: Someone,
    database: Database,
) -> None:
    [dialogue] = await all_of(database, Dialogue)
    await change(database, Dialogue, state=DialogueState.OPEN)
    birgit.now = dialogue.starts_at - timedelta(days=3)
    assert "ikke er forberedt" not in words(await ask(birgit, INTENT))
    birgit.now = dialogue.starts_at - timedelta(days=1)
    card = await ask(birgit, INTENT)
    assert "Læringssamtaler, der ikke er forberedt" in words(card)
    await opens_every_source(birgit, card)
    birgit.now = dialogue.starts_at + timedelta(days=5)
    assert "Læringssamtaler, der" not in words(await ask(birgit, INTENT))
    birgit.now = dialogue.starts_at + timedelta(days=20)
    assert "Læringssamtaler, der mangler opsamling" in words(await ask(birgit, INTENT))


async def test_a_recommendation_waits_until_it_is_answered_and_each_group_until_it_is_heard(
    mette: Someone,  # noqa: F811
    birgit: Someone,
) -> None:
    before = words(await ask(birgit, INTENT))
    assert before.count("Forår 2026") >= 3
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    waits = words(await ask(birgit, INTENT))
    assert "Anbefalinger uden svar" in waits
    assert "Flere små grupper i dansk" in waits
    for typed in ("hvilke anbefalinger er ikke besvaret", "mangler der svar på anbefalinger på Elmeskolen?"):
        alone = words(await birgit.says(typed))
        assert "Flere små grupper i dansk" in alone, typed
        assert "kun anbefalinger uden svar" in alone, typed
        assert "Grupper uden perspektiv" not in alone, typed
    for typed in ("anbefalinger", "anbefalinger, der ikke er blevet fulgt"):
        assert "Anbefaling: " in words(await birgit.says(typed)), typed
    assert "Gem" in buttons(await mette.says("hvilke anbefalinger venter på svar"))
    await mette.presses(await mette.says("anbefalinger"), "Gem", response="delvist", reason="Vi begynder i dansk")
    assert "Anbefalinger uden svar" not in words(await ask(birgit, INTENT))
    assert "Der er ikke noget, der venter" in words(await birgit.says("hvilke anbefalinger er ikke besvaret"))


async def test_only_what_is_past_its_date(birgit: Someone) -> None:
    card = await ask(birgit, INTENT, status=AskedStatus.OVERDUE)
    assert "Der er ikke noget, der venter lige nu." in words(card)
    assert "kun det, der er over fristen" in words(card)


async def test_another_half_year_holds_only_what_has_waited_since_then(birgit: Someone) -> None:
    card = words(await ask(birgit, INTENT, half_year=HalfYear(2025, 2)))
    assert "efterår 2025" in card
    assert "14. april 2026" not in card
    coming = words(await ask(birgit, INTENT, half_year=HalfYear(2026, 2)))
    assert "Der er ikke noget, der venter lige nu." in coming


async def test_a_leader_sees_what_waits_at_their_own_place_and_others_get_a_kind_no(
    mette: Someone,  # noqa: F811
    birgit: Someone,
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    chiefs = words(await ask(birgit, INTENT, institutions=(town.school.id,)))
    own = "Det, du selv kan gøre nu, står i din oversigt.\n"
    mine = words(await ask(mette, INTENT, institutions=(town.school.id,)))
    assert own in mine
    assert mine.replace(own, "").splitlines()[5:] == chiefs.replace("Afgræns\n", "").splitlines()[5:]
    all_of_it = words(await ask(mette, INTENT))
    assert all_of_it.index("Skriv den fælles refleksion") < all_of_it.index("Grupper uden perspektiv")
    for who in (town.other_leader, town.teacher):
        stranger = Someone(database, who, now=NOW)
        assert await refusal(stranger, INTENT, institutions=(town.school.id,)) == "outside_responsibility"
    other = Someone(database, town.other_chief, now=NOW)
    with pytest.raises(OutsideResponsibility) as no:
        await ask(other, INTENT, institutions=(town.school.id,))
    assert "videnbase" in words(no.value.card or {}).lower()


def test_the_earliest_unrecorded_start_is_where_the_chief_begins_to_be_told() -> None:
    """A word in the list and in the overview, on the same minute, whatever holidays lie between."""
    quiet = QuietTimes(zone=COPENHAGEN)
    for days in range(0, 365, 9):
        now = NOW + timedelta(days=days)
        found = unrecorded_before(now, quiet)
        assert unrecorded_from(found - timedelta(minutes=2), quiet) <= now
        assert unrecorded_from(found + timedelta(minutes=2), quiet) > now


async def test_whoever_asks_what_waits_sees_their_own_first_and_whom_they_meet(database: Database) -> None:
    here = Town()
    await database.write(here.build)
    birgit, leader, teacher = (Someone(database, who, now=NOW) for who in (here.chief, here.leader, here.teacher))
    await plans(birgit, "1:1 med Mette den 16. april kl. 10")
    await leader.presses(await leader.says("forbered"), "Gem kladde", interpretation="Hemmelig kladde")
    mine = await leader.says("hvad skal jeg nå i denne uge")
    assert "Det venter på dig" in words(mine)
    assert {"Forbered", "Se jeres 1:1", "Se samtalen"} <= set(buttons(mine))
    assert "Trin 1 af 3" in words(await leader.presses(mine, "Forbered"))
    chiefs = await birgit.says("hej birgit her hva skal jeg nå i dag")
    assert {"Se jeres 1:1", "Se samtalen"} <= set(buttons(chiefs))
    assert "Hemmelig" not in words(chiefs)
    assert "I dag og de næste" not in words(await birgit.says("hvad haster på elmeskolen"))
    birgit.now = MEETS_THEN
    await agrees(
        birgit, await birgit.presses(await birgit.says("notat"), "Gem og del", leading=LEADING), due="2026-04-20"
    )
    leader.now = MEETS_THEN + timedelta(days=6)
    overdue = await leader.says("hvad mangler jeg")
    assert "Følg op" in buttons(overdue)
    assert words(overdue).count(AGREED["text"]) == 1
    assert words(await leader.says("hvad haster på elmeskolen")).count(AGREED["text"]) == 1
    assert "Min oversigt" in words(await teacher.says("hvad mangler jeg"))
