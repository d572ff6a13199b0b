"""What an institution gives priority to in a half-year is written once, and is data beside all other."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.files import Found
from cards.kit import Card
from dialogs.conversation import Kind
from domain.focus_area import FocusArea
from domain.organisation import Role, RoleAssignment
from domain.period import HalfYear
from domain.priority import LocalPriority
from storage.database import Database
from tests.record import AFTER, all_of, decides, mette, town
from tests.test_board import REACHABLE
from tests.test_document import text_of_pdf, text_of_word
from tests.test_summary import fetched
from tests.town import NOW, SPRING, Someone, Town, button, buttons, options, parts, values, words

__all__ = ["mette", "town"]

FIRST = "Vi begynder på mellemtrinnet, hvor færrest siger noget."
TOLKNING = "Flere elever siger noget i timerne, når de først har talt sammen to og to."
READ = "Læs prioriteringen"
LINE = "Lokal prioritering, forår 2026"
PERSPECTIVE = {
    "group": "unge",
    "via": "elevrådet",
    "count": "5-9",
    "said": "Vi tør mere, når vi er to.",
    "recommend": "",
}


async def the_one(database: Database) -> LocalPriority:
    [found] = await all_of(database, LocalPriority)
    assert isinstance(found, LocalPriority)
    return found


async def writes(someone: Someone, text: str = FIRST) -> Card:
    return await someone.presses(await someone.says("lokal prioritering"), "Gem prioriteringen", text=text)


async def test_r42_it_is_written_once_and_read_by_those_who_see_perspectives(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await mette.says("lokal prioritering")
    assert "Elmeskolen · forår 2026" in words(card)
    assert "Ses af: tilbuddets ledere, jeres Børn og Unge-chef og forvaltningen, når I gemmer" in words(card)
    card = await mette.presses(card, "Gem prioriteringen", text=FIRST)
    assert FIRST in words(card)
    assert "Mette Holm · 21. april 2026" in words(card)
    kept = await the_one(database)
    assert (kept.institution_id, kept.half_year, kept.text) == (town.school.id, SPRING, FIRST)
    assert FIRST in words(await mette.says("prioritering")), "it opens as it is, and is not asked for once more"
    for someone in (town.chief, town.consultant, town.administrator):
        reader = Someone(database, someone, now=AFTER)
        read = await reader.says("lokal prioritering Elmeskolen")
        assert FIRST in words(read)
        assert "Ret" not in buttons(read)
    for someone in (town.other_chief, town.other_leader, town.teacher, town.deputy):
        stranger = Someone(database, someone, now=AFTER)
        assert await stranger.gets("priority", kept.id) is None
        assert FIRST not in words(await stranger.says("lokal prioritering Elmeskolen"))
        refused = await stranger.presses(card, "Ret")
        assert "Det har du ikke adgang til" in words(refused)


async def test_r42_each_qualitative_kind_stands_with_its_content_at_equal_rank(
    mette: Someone, database: Database, town: Town
) -> None:
    """R-42: "lokalt perspektiv, lokal prioritering, observation"; R-10: "three kinds of equal weight"."""
    mette.now = NOW
    await writes(mette)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **PERSPECTIVE)
    first = await mette.says("forbered")
    assert values(first)["sources"] == "priority", "what was written is chosen to begin with"
    folded = {READ: FIRST}
    assert folds(first).items() >= folded.items()
    card = await mette.presses(first, "Næste", sources="observation,priority", interpretation=TOLKNING)
    card = await mette.presses(card, "Næste", parents="De er trygge.")
    await mette.presses(card, "Klar til samtalen")
    read = await Someone(database, town.chief).sees("preparation.read", town.dialogue.id)
    assert folds(read)[READ] == FIRST
    assert folds(read)["Læs perspektiverne"].startswith(PERSPECTIVE["said"])
    mette.now = AFTER
    card = await mette.says("refleksion")
    young = next(value for title, value in options(card, "sources").items() if title.startswith("Unge, "))
    for rank in ("observation", "priority", young):
        assert rank in values(card)["sources"].split(","), "all three are data of the same list"
    assert folds(card)[READ] == FIRST
    card = await mette.presses(card, "Næste", participants="management,staff")
    card = await mette.presses(card, "Gem og gå til beslutning", interpretation=TOLKNING, analysis=TOLKNING)
    assert {"Lokale prioriteringer", "Egne observationer af læringsmiljøet"} <= set(options(card, "based"))
    assert folds(card)[READ] == FIRST
    card = await decides(mette, "andet", "Makkerpar i alle fag", card, based=f"priority,observation,{young}")
    chief = Someone(database, town.chief, now=AFTER)
    for shown in (card, await chief.sees("decision", town.dialogue.id)):
        assert "Bygger på\nEgne observationer af læringsmiljøet · Lokale prioriteringer · Unge, " in words(shown)
        assert folds(shown)[READ] == FIRST
        assert folds(shown)["Læs perspektiverne"].startswith(PERSPECTIVE["said"])


async def test_i14_words_that_were_corrected_after_a_decision_say_so_where_it_rests_on_them(
    mette: Someone, database: Database, town: Town
) -> None:
    receipt = await writes(mette)
    card = await mette.says("refleksion")
    card = await mette.presses(card, "Næste", participants="management,staff", sources="priority,observation")
    card = await mette.presses(card, "Gem og gå til beslutning", interpretation=TOLKNING, analysis=TOLKNING)
    await decides(mette, "andet", "Makkerpar i alle fag", card, based="priority,observation")
    chief = Someone(database, town.chief, now=AFTER)
    before = await chief.sees("decision", town.dialogue.id)
    assert f"{LINE} (rettet" not in words(before)
    mette.now += timedelta(days=1)
    await mette.presses(await mette.presses(receipt, "Ret"), "Gem prioriteringen", text="Noget andet.")
    after = words(await chief.sees("decision", town.dialogue.id))
    assert "Noget andet." in after
    assert f"{LINE} (rettet den 22. april 2026)" in after


async def test_a_text_that_is_too_long_reaches_the_bot_which_says_so_and_is_not_cut_on_the_way(mette: Someone) -> None:
    card = await mette.says("lokal prioritering")
    (field,) = [each for each in parts(card) if each.get("id") == "text"]
    long = "x" * int(field["maxLength"])
    refused = await mette.presses(card, "Gem prioriteringen", text=long)
    assert "Der er plads til 1.000." in words(refused)
    assert values(refused)["text"] == long


def folds(card: Card) -> dict[str, str]:
    """What stands behind each button that only unfolds, by its title: the first words of it."""
    shown = {str(each.get("id")): words({"body": [each]}) for each in parts(card) if each.get("type") == "Container"}
    return {
        str(each["title"]): shown.get(str(each["targetElements"][0]), "").split("\n", 1)[0]
        for each in parts(card)
        if each.get("type") == "Action.ToggleVisibility"
    }


async def test_nothing_rests_on_a_priority_that_nobody_can_read(mette: Someone, database: Database) -> None:
    mette.now = NOW
    card = await mette.says("forbered")
    assert "priority" not in options(card, "sources").values()
    assert "I har ikke skrevet en lokal prioritering for foråret 2026 endnu" in words(card)
    card = await mette.presses(card, "Lokal prioritering", interpretation=TOLKNING, sources="observation,priority")
    saved = await mette.presses(card, "Gem prioriteringen", text=FIRST)
    card = await mette.presses(saved, "Forbered samtalen")
    assert values(card)["interpretation"] == TOLKNING, "the step was kept on the way"
    assert values(card)["sources"] == "observation"
    assert "priority" in options(card, "sources").values()
    assert "I har ikke skrevet" not in words(card)


async def test_r42_it_stands_in_the_supervision_summary_and_its_source_opens(
    mette: Someone, database: Database, town: Town
) -> None:
    await writes(mette)
    chief = Someone(database, town.chief, now=AFTER)
    summary = await chief.says("tilsynsresumé for Elmeskolen i foråret 2026")
    assert "Lokal udvikling" in words(summary)
    told = words(summary).partition("Lokal udvikling")[2]
    assert FIRST in told
    assert "Lokal prioritering · forår 2026" in told
    sources = await chief.presses(summary, "Vis kilder")
    source = next(value for title, value in options(sources, "source").items() if "Lokal prioritering" in title)
    opened = await chief.presses(sources, "Åbn kilden", source=source)
    assert FIRST in words(opened)
    assert "Tilbage til kilderne" in buttons(opened)
    own = await mette.says("hvad kan min chef se")
    assert FIRST in words(own)
    hers = Someone(database, town.other_chief, now=AFTER)
    assert FIRST not in words(await hers.says("tilsynsresumé for Elmeskolen i foråret 2026"))
    registered = await chief.presses(sources, "Åbn kilden", source=f"place:{town.school.id}")
    assert "Lokale prioriteringer\n1" in words(registered)


async def test_a_card_shortens_what_is_long_and_a_file_has_all_of_it(
    mette: Someone, database: Database, town: Town
) -> None:
    long = " ".join(f"Det er {number} gange, vi har talt om det." for number in range(1, 12))
    await mette.presses(await mette.says("lokal prioritering"), "Gem prioriteringen", text=long)
    chief = Someone(database, town.chief, now=AFTER, municipality=REACHABLE)
    summary = await chief.says("tilsynsresumé for Elmeskolen i foråret 2026")
    assert long not in words(summary)
    assert "Det er 1 gange, vi har talt om det. Det er 2 gange" in words(summary)
    for title, text_of in (("Hent som PDF", text_of_pdf), ("Hent som Word", text_of_word)):
        file = await fetched(chief, summary, title)
        assert isinstance(file, Found)
        assert long in " ".join(text_of(file.body).split())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Skriv, hvad I prioriterer."),
        ("  \n ", "Skriv, hvad I prioriterer."),
        ("Vi ser på 010203-1234", "cpr-nummer"),
        ("x" * 1_001, "Der er plads til 1.000."),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_the_text_stays(
    mette: Someone, database: Database, text: str, sentence: str
) -> None:
    card = await writes(mette, text)
    assert sentence in words(card)
    assert values(card)["text"] == text.strip()
    assert await all_of(database, LocalPriority) == []
    assert FIRST in words(await mette.presses(card, "Gem prioriteringen", text=FIRST))


async def test_it_is_corrected_until_the_half_year_is_over_and_goes_on_from_the_last_one(
    mette: Someone, database: Database
) -> None:
    receipt = await writes(mette)
    card = await mette.presses(receipt, "Ret")
    assert values(card)["text"] == FIRST
    mette.now += timedelta(minutes=5)
    corrected = await mette.presses(card, "Gem prioriteringen", text="Vi begynder i 4. klasse.")
    kept = await the_one(database)
    assert (kept.text, kept.written_at, kept.corrected_at) == ("Vi begynder i 4. klasse.", AFTER, mette.now)
    assert kept.corrected_by == mette.who.id
    old = card
    mette.now = datetime(2026, 8, 12, 8, 0, tzinfo=UTC)
    late = await mette.presses(old, "Gem prioriteringen", text="For sent skrevet")
    assert "Halvåret er slut, så den lokale prioritering står, som den var." in words(late)
    assert "For sent skrevet" in words(late)
    assert "Halvåret er slut" in words(await mette.presses(corrected, "Ret"))
    assert (await the_one(database)).text == "Vi begynder i 4. klasse."
    new = await mette.says("lokal prioritering")
    assert "Det skrev I for foråret 2026. Ret det, der er nyt." in words(new)
    assert values(new)["text"] == "Vi begynder i 4. klasse."
    shown = await mette.presses(new, "Gem prioriteringen", text="Nu hele skolen.")
    assert "Nu hele skolen." in words(shown)
    assert "Vi begynder i 4. klasse." in folds(shown)["Tidligere halvår"]
    assert len(await all_of(database, LocalPriority)) == 2


async def test_two_leaders_who_write_at_once_lose_nothing(mette: Someone, database: Database, town: Town) -> None:
    await database.write(
        lambda uow: uow.add(
            RoleAssignment(
                person_id=town.deputy.id, role=Role.LEADER, from_on=date(2026, 1, 1), institution_id=town.school.id
            )
        )
    )
    sara = Someone(database, town.deputy, now=AFTER)
    first, second = await mette.says("lokal prioritering"), await sara.says("lokal prioritering")
    await mette.presses(first, "Gem prioriteringen", text=FIRST)
    shown = await sara.presses(second, "Gem prioriteringen", text="Saras ord")
    assert "Mette Holm har ændret dette" in words(shown)
    assert FIRST in words(shown)
    assert values(shown)["text"] == "Saras ord"
    assert (await the_one(database)).text == FIRST
    await sara.presses(shown, "Gem prioriteringen")
    assert (await the_one(database)).text == "Saras ord"


async def test_i35_the_same_press_twice_is_one_record_and_the_role_is_asked_for_then(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await mette.says("lokal prioritering")
    found = button(card, "Gem prioriteringen")
    data = {**found["data"], "text": FIRST}
    first = await mette.does(Kind.PRESSED, verb=found["verb"], data=data)
    second = await mette.does(Kind.PRESSED, verb=found["verb"], data=data)
    assert first.card == second.card
    await the_one(database)

    def ends(uow: object) -> None:
        held = uow.session.scalars(  # type: ignore[attr-defined]
            select(RoleAssignment).where(RoleAssignment.person_id == town.leader.id)  # type: ignore[arg-type]
        ).one()
        held.to_on = date(2026, 4, 13)

    await database.write(ends)
    refused = await mette.presses(card, "Gem prioriteringen", text="Mine ord til sidst")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Mine ord til sidst" in words(refused)
    assert FIRST not in words(refused)


@pytest.mark.parametrize("code", ["2025H2", "2031H1", "1999H1", "nonsens"])
async def test_no_other_half_year_is_written_than_this_and_the_next(
    mette: Someone, database: Database, code: str
) -> None:
    found = button(await mette.says("lokal prioritering"), "Gem prioriteringen")
    data = {**found["data"], "text": FIRST, "h": code}
    answer = await mette.does(Kind.PRESSED, verb=found["verb"], data=data)
    assert answer.card is not None
    assert (FIRST in words(answer.card)) is (code != "nonsens")
    assert await all_of(database, LocalPriority) == []
    ahead = await mette.does(Kind.PRESSED, verb=found["verb"], data={**found["data"], "text": FIRST, "h": "2026H2"})
    assert "efterår 2026" in words(ahead.card or {})
    assert (await the_one(database)).half_year == HalfYear(2026, 2)


async def test_a_status_and_a_focus_area_show_the_priority_that_they_rest_on(
    mette: Someone, database: Database, town: Town
) -> None:
    await writes(mette)
    card = await mette.says("refleksion")
    card = await mette.presses(card, "Næste", participants="management,staff", sources="priority", figures="")
    card = await mette.presses(
        card, "Gem og gå til beslutning", interpretation=TOLKNING, analysis=TOLKNING, cross="Netværket"
    )
    card = await decides(mette, "vælg fokusområde", "Vi vælger flere stemmer", card, based="priority")
    theme = next(iter(options(card, "theme").values()))
    shown = await mette.presses(card, "Gem fokusområdet", theme=theme, title="Flere stemmer", signs="Flere siger noget")
    assert f"{FIRST}\n{LINE}" in words(shown)
    mette.now += timedelta(minutes=1)
    status = await mette.says("status")
    assert "Lokale prioriteringer" in options(status, "evidence")
    await mette.presses(status, "Gem status", status="på vej", seen="Flere svarer", evidence="priority")
    chief = Someone(database, town.chief, now=mette.now)
    [area] = await all_of(database, FocusArea)
    seen = await chief.sees("focus_area", area.id)
    assert "Bygger på: Lokale prioriteringer" in words(seen)
    assert folds(seen)[READ] == FIRST


async def test_the_board_and_the_minutes_have_it_with_the_decisions_that_rest_on_it(mette: Someone, town: Town) -> None:
    await writes(mette)
    card = await mette.presses(
        await mette.says("refleksion"), "Næste", participants="management,staff", sources="priority", figures=""
    )
    card = await mette.presses(card, "Gem og gå til beslutning", interpretation=TOLKNING, analysis=TOLKNING)
    await decides(mette, "andet", "Makkerpar", card, based="priority")
    board = await mette.says("bestyrelse")
    text = await mette.presses(board, "Kopiér som tekst")
    assert FIRST in words(text)


async def test_a_strange_id_is_answered_like_a_foreign_one(mette: Someone, database: Database, town: Town) -> None:
    kept = await writes(mette)
    assert FIRST in words(kept)
    found = await the_one(database)
    stranger = Someone(database, town.other_leader, now=AFTER)
    answers = []
    for each in (found.id, UUID(int=7)):
        for verb in ("priority.open", "priority.read", "priority.write"):
            reply = await stranger.does(Kind.PRESSED, verb=verb, data={"id": str(each)})
            answers.append(words(reply.card or {}))
    assert len(set(answers)) == 1
    assert "Det har du ikke adgang til" in answers[0]
