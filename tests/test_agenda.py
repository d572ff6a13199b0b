"""The two build an agenda: what is on it by itself, what they add, and what stays one's own until the meeting."""

from datetime import date, timedelta

import pytest

from cards.kit import summary_of
from dialogs import agenda as flow
from domain.agenda import AgendaItem
from domain.focus_area import FocusArea
from domain.one_on_one import OneOnOne, OneOnOneState
from domain.organisation import AgeRange, Institution, InstitutionType, Role, RoleAssignment
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.pair import (  # noqa: F401
    AFTER,
    MEETS,
    agrees,
    birgit,
    mette,
    planned_by,
    plans,
    shares,
    town,
)
from tests.record import AFTER as AFTER_DIALOGUE
from tests.record import all_of, chooses, reflects
from tests.town import Someone, Town, buttons, options, person, values, words

OPENS = MEETS - timedelta(days=5)


async def test_both_get_it_five_days_before(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    assert await planned_by(database, flow.clock, OPENS - timedelta(minutes=1)) == []
    due = await planned_by(database, flow.clock, OPENS)
    assert {each.person_id for each in due} == {town.leader.id, town.chief.id}
    assert all(each.personal and each.due_at == OPENS and each.expires_at == MEETS for each in due)
    [kept] = await all_of(database, OneOnOne)
    assert kept.state is OneOnOneState.AGENDA_OPEN
    await birgit.presses(await birgit.says("dagsorden"), "Det ser fint ud")
    assert {each.person_id for each in await planned_by(database, flow.clock, OPENS)} == {town.leader.id}


async def test_one_that_is_planned_late_is_told_with_the_plan(birgit: Someone, database: Database) -> None:  # noqa: F811
    birgit.now = OPENS + timedelta(hours=2)
    card = await plans(birgit)
    assert "Se dagsordenen" in buttons(card)
    assert await planned_by(database, flow.clock, birgit.now) == []


async def test_a_moved_one_brings_it_anew_five_days_before(birgit: Someone, database: Database) -> None:  # noqa: F811
    await plans(birgit)
    asking = await birgit.presses(await birgit.says("dagsorden"), "Flyt mødet")
    await birgit.presses(asking, "Flyt", day="2026-05-07")
    assert await planned_by(database, flow.clock, OPENS + timedelta(days=1)) == []
    later = OPENS + timedelta(days=14)
    assert len(await planned_by(database, flow.clock, later)) == 2


async def test_r52_it_is_built_from_what_the_leader_brings_open_agreements_and_dialogues(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    mette.now = AFTER_DIALOGUE + timedelta(days=3)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    await chooses(mette, "En rolig start", await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning"))
    areas = {each.title: each for each in await all_of(database, FocusArea)}
    typed = {"status": "har brug for opmærksomhed", "seen": "Det er gået i stå", "next_step": "Vi taler om det"}
    card = await mette.presses(await mette.says("status Flere stemmer i timerne"), "Gem status", **typed)
    birgit.now = mette.now + timedelta(days=1)
    await plans(birgit, "1:1 med Mette den 20. maj kl. 10")
    seen = words(await birgit.says("dagsorden"))
    assert "Mette inviterer til en observation" in seen
    assert "Lederen gør det · frist 21. maj 2026" in seen
    assert "Læringssamtale 2 af 4" in seen
    assert "Flere stemmer i timerne" not in seen
    await mette.presses(card, "Ja, tag det med")
    seen = words(await birgit.says("dagsorden"))
    assert "Fokusområder, som lederen tager med\nFlere stemmer i timerne" in seen
    assert "Fokusområder, du tager med\nFlere stemmer i timerne" in words(await mette.says("dagsorden"))
    assert "En rolig start" not in seen
    birgit.now = birgit.now + timedelta(days=30)
    note = await birgit.says("notat")
    talked = options(note, "talked")
    await birgit.presses(note, "Gem og del", leading="Godt", talked=talked["Flere stemmer i timerne"])
    kept = {each.id: each for each in await all_of(database, FocusArea)}
    assert kept[areas["Flere stemmer i timerne"].id].bring_up_since is None


async def test_what_is_private_is_the_authors_alone_until_the_meeting_begins(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    card = await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Min egen rolle", seen="private")
    assert "Min egen rolle" in words(card)
    assert "kun dig indtil mødet" in words(card)
    assert values(card)["text"] == ""
    await mette.presses(card, "Tilføj", text="Nye klasser", seen="shared")
    seen = words(await birgit.says("dagsorden"))
    assert "Nye klasser" in seen
    assert "Min egen rolle" not in seen
    birgit.now = MEETS - timedelta(seconds=1)
    assert "Min egen rolle" not in words(await birgit.says("dagsorden"))
    birgit.now = MEETS
    assert "Min egen rolle" in words(await birgit.says("notat"))


@pytest.mark.parametrize(
    "typed",
    [
        "husk til 1:1 at tale om legepladsen",
        "sæt på dagsordenen til 1:1: tale om legepladsen",
        "dagsorden: tale om legepladsen",
        "sæt tale om legepladsen på dagsordenen",
        "remember for my 1:1 with Birgit to tale om legepladsen",
    ],
)
async def test_what_is_typed_for_the_agenda_stands_in_the_field(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    typed: str,
) -> None:
    none_yet = await mette.says(typed)
    assert "Der er ikke planlagt en 1:1" in words(none_yet)
    assert "tale om legepladsen" in words(none_yet)
    await plans(birgit)
    card = await mette.says(typed)
    assert values(card)["text"] == "tale om legepladsen"
    assert "tale om legepladsen" in words(await mette.presses(card, "Tilføj"))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("sæt budget på dagsordenen med Mette", "budget"),
        ("husk til 1:1 med Mette Holm på Elmeskolen at tale om budget", "tale om budget"),
        ("dagsorden med mette: budget", "budget"),
        ("dagsorden mette: fravær", "fravær"),
        ("husk at spørge mette om fravær", "spørge mette om fravær"),
        ("aftale med mette: hun sender tal", "hun sender tal"),
        ("jeg aftalte med mette i dag at hun sender tal", "jeg aftalte med mette i dag at hun sender tal"),
        ("husk 1:1 med Mette om 14 dage", ""),
        ("husk mit 1:1 med mette om tirsdagen", ""),
        ("dagsorden til næste 1:1 med Mette", ""),
    ],
)
async def test_a_line_stands_in_the_agenda_of_whoever_is_named(
    birgit: Someone,  # noqa: F811
    typed: str,
    line: str,
) -> None:
    await plans(birgit)
    await plans(birgit, "1:1 med Mette den 28. april kl. 10")
    card = await birgit.says(typed)
    assert "Dagsorden til 1:1" in words(card)
    assert "Mette Holm" in words(card)
    assert values(card)["text"] == line


async def test_a_line_is_put_on_nobodys_agenda_by_a_guess(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    sofie, namesake = person("Sofie Rask"), person("Mette Bang")

    def more(uow: UnitOfWork) -> None:
        for someone in (sofie, namesake):
            where = Institution(
                name=f"{someone.name.split()[1]}skolen",
                type=InstitutionType.SCHOOL,
                age_range=AgeRange.OLDER,
                area_id=town.north.id,
            )
            uow.add(where, someone)
            uow.session.flush()
            uow.add(
                RoleAssignment(
                    person_id=someone.id, role=Role.LEADER, institution_id=where.id, from_on=date(2024, 8, 1)
                )
            )

    await database.write(more)
    await plans(birgit, "1:1 med Mette Holm den 23. april kl. 10")
    for typed in (
        "sæt budget på dagsordenen med Sofie",
        "sæt budget med Sofie på dagsordenen",
        "husk til 1:1 med Mette og Sofie at tale om budget",
    ):
        card = await birgit.says(typed)
        assert "Hvilken 1:1?" in words(card), typed
        assert "budget" in words(card), typed
        assert "text" not in values(card), typed
    assert "Jeg finder ingen kommende 1:1, der passer." in words(await birgit.says("dagsorden Sofie"))
    a_leader = Someone(database, town.leader)
    for someone, typed in (
        (birgit, "aftale med Ole: han sender budget"),
        (birgit, "vi har aftalt med Sofie, at hun sender budget"),
        (birgit, "vi har aftalt med Mette Holm, at hendes sygemelding og budget forlænges"),
        (a_leader, "aftale med Sofie: hun sender budget"),
        (a_leader, "vi har aftalt med Ole at han sender budget"),
    ):
        card = await someone.says(typed)
        assert "budget" in words(card), typed
        assert "text" not in values(card), typed
    assert values(await a_leader.says("aftale med Birgit: hun sender budget"))["text"] == "hun sender budget"
    await plans(birgit, "1:1 med Mette Bang den 24. april kl. 10")
    for typed in ("sæt budget på dagsordenen med Mette", "sæt budget på dagsordenen"):
        card = await birgit.says(typed)
        assert {"Mette Holm", "Mette Bang"} <= set(buttons(card)), typed
        chosen = await birgit.presses(card, "Mette Bang")
        assert "Mette Bang" in words(chosen)
        assert values(chosen)["text"] == "budget"
    assert "Mette Bang" in words(await birgit.says("dagsorden til mødet den 24. april"))


async def test_five_items_each_and_one_at_a_time(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    card = await mette.says("dagsorden")
    for number in range(5):
        card = await mette.presses(card, "Tilføj", text=f"Punkt {number}")
    card = await mette.presses(card, "Tilføj", text="Punkt 6")
    assert "Du har allerede tilføjet 5 punkter." in words(card)
    assert values(card)["text"] == "Punkt 6"
    await birgit.presses(await birgit.says("dagsorden"), "Tilføj", text="Også mit")
    assert len(await all_of(database, AgendaItem)) == 6


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Skriv et par ord først."), ("Om 010203-1234", "cpr-nummer"), ("x" * 301, "Der er plads til 300.")],
)
async def test_what_is_wrong_is_said_at_the_field_and_stays(
    mette: Someone,  # noqa: F811
    birgit: Someone,  # noqa: F811
    database: Database,
    typed: str,
    sentence: str,
) -> None:
    await plans(birgit)
    card = await mette.presses(await mette.says("dagsorden"), "Tilføj", text=typed, seen="private")
    assert sentence in words(card)
    assert (values(card)["text"], values(card)["seen"]) == (typed, "private")
    assert await all_of(database, AgendaItem) == []


@pytest.mark.parametrize("title", ["Det ser fint ud", "Ikke nu", "Flyt mødet"])
async def test_what_stands_in_the_field_is_added_whichever_button_is_pressed(
    mette: Someone,  # noqa: F811
    birgit: Someone,  # noqa: F811
    title: str,
) -> None:
    await plans(birgit)
    await mette.presses(await mette.says("dagsorden"), title, text="Nye klasser")
    assert "Nye klasser" in words(await birgit.says("dagsorden"))


async def test_both_answer_at_the_same_moment_and_both_lines_stand(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    one, other = await birgit.says("dagsorden"), await mette.says("dagsorden")
    await birgit.presses(one, "Tilføj", text="Budgettet")
    card = await mette.presses(other, "Tilføj", text="Nye klasser")
    assert "Budgettet" in words(card)
    assert "Nye klasser" in words(card)
    again = await mette.presses(other, "Tilføj", text="Nye klasser")
    assert words(again).count("Nye klasser") == 1


async def test_ones_own_items_are_corrected_and_taken_off_and_nobody_elses(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    card = await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Nye klaser")
    editing = await mette.presses(card, "Mine punkter")
    assert "Skriv et par ord først." in words(await mette.presses(editing, "Gem punktet", text=""))
    card = await mette.presses(editing, "Gem punktet", text="Nye klasser", seen="private")
    assert "Nye klasser" in words(card)
    for title, typed in (("Gem punktet", {"text": "Mit"}), ("Fjern punktet", {})):
        answer = await birgit.presses(editing, title, **typed)
        assert "Det har du ikke adgang til" in words(answer)
    assert "Mine punkter" not in buttons(await birgit.says("dagsorden"))
    card = await mette.presses(card, "Tilføj", text="Et punkt mere")
    choosing = await mette.presses(card, "Mine punkter")
    editing = await mette.presses(choosing, "Et punkt mere")
    card = await mette.presses(editing, "Fjern punktet")
    assert "Et punkt mere" not in words(card)
    [kept] = await all_of(database, AgendaItem)
    assert (kept.text, kept.is_private) == ("Nye klasser", True)


async def test_a_shared_note_closes_it_and_gives_back_what_was_typed(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    card = await mette.says("dagsorden")
    await shares(birgit)
    mette.now = AFTER
    answer = await mette.presses(card, "Tilføj", text="For sent")
    assert "Notatet er delt, så dagsordenen er lukket." in words(answer)
    assert "For sent" in words(answer)
    assert "Se notatet" in buttons(answer)


async def test_the_toast_names_nobody_and_nothing(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await birgit.presses(await birgit.says("dagsorden"), "Tilføj", text="Budgettet")
    [kept] = await all_of(database, OneOnOne)
    mette.now = OPENS
    card = await mette.sees("agenda", kept.id)
    assert summary_of(card) == "Dagsorden: 1:1 torsdag den 23. april"
    mette.now = MEETS
    assert await mette.gets("agenda", kept.id) is None


async def test_it_is_not_put_off_past_the_meeting(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    mette.now = MEETS - timedelta(hours=3)
    card = await mette.presses(await mette.says("dagsorden"), "Ikke nu")
    assert "I morgen" not in buttons(card)
