"""A focus area is chosen in a dialogue, close to a theme that is theirs, and ends by a decision as well."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from dialogs import dialogue as life
from dialogs import focus_area as flow
from dialogs.conversation import Kind
from dialogs.flow import Planning
from domain.aims import FourAims
from domain.cycle import PoliticalRound, RoundState, Theme
from domain.decision import Decision
from domain.dialogue import Dialogue, DialogueState
from domain.focus_area import Closing, FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.organisation import AgeRange
from domain.period import HalfYear
from domain.perspective import Perspective
from domain.status import Status
from domain.theme import DiscussedWith, Discussion, ThemeReceipt
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import (  # noqa: F401
    AFTER,
    ANALYSE,
    TOLKNING,
    WHO,
    all_of,
    change,
    chooses,
    decides,
    dialogue_of,
    mette,
    reflects,
    town,
)
from tests.town import MUNICIPALITY, Someone, Town, button, buttons, options, values, words


async def about_to_describe(someone: Someone) -> dict[str, object]:
    await reflects(someone)
    return await decides(someone, "vælg fokusområde", "Vi vil høre flere stemmer")


async def test_a_decision_leads_to_the_focus_area_and_its_text_is_the_reason(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await about_to_describe(mette)
    assert values(card)["why"] == "Vi vil høre flere stemmer"
    assert list(options(card, "theme")) == ["Overgange og deltagelse"]
    card = await mette.presses(card, "Gem fokusområdet", title="Flere stemmer", signs="Flere siger noget")
    assert "Flere stemmer" in words(card)
    assert "Overgange og deltagelse" in words(card)
    [area] = await all_of(database, FocusArea)
    [decision] = await all_of(database, Decision)
    assert (area.theme_id, area.decision_id, area.state) == (town.theme.id, decision.id, FocusAreaState.CHOSEN)
    assert "Flere stemmer" in words(await mette.presses(card, "Til beslutningerne"))
    assert "Flere stemmer" in words(await mette.says("fokusområder"))


async def test_what_is_missing_is_said_at_each_field_and_nothing_is_lost(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await about_to_describe(mette)
    card = await mette.presses(card, "Gem fokusområdet", title="", signs="", first_step_on="2026-04-01")
    for sentence in ("Giv fokusområdet en kort titel.", "Skriv, hvilke tegn I vil se efter.", "fra i dag og frem"):
        assert sentence in words(card)
    assert values(card)["why"] == "Vi vil høre flere stemmer"
    assert await all_of(database, FocusArea) == []
    cpr = await mette.presses(card, "Gem fokusområdet", title="T", signs="010203-1234", first_step_on="")
    assert "cpr-nummer" in words(cpr)
    assert values(cpr)["signs"] == "010203-1234"


@pytest.mark.parametrize(
    ("age_range", "valid_to", "sentence"),
    [
        (AgeRange.YOUNGER, HalfYear(2027, 1), "Temaet ”Leg” gælder 0–6 år. Jeres aktuelle temaer er: Overgange"),
        (AgeRange.OLDER, HalfYear(2025, 2), "Temaet ”Leg” gælder ikke i foråret 2026. Jeres aktuelle temaer er: Overg"),
    ],
)
async def test_i10_a_theme_of_another_age_range_or_no_longer_valid_cannot_be_chosen(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    age_range: AgeRange,
    valid_to: HalfYear,
    sentence: str,
) -> None:
    def other_theme(uow: UnitOfWork) -> UUID:
        of = PoliticalRound(year=2024, age_range=age_range, state=RoundState.SENT)
        uow.add(of)
        uow.session.flush()
        theme = Theme(
            round_id=of.id,
            title="Leg",
            title_en="Play",
            age_range=age_range,
            valid_from=HalfYear(2025, 1),
            valid_to=valid_to,
        )
        uow.add(theme)
        return theme.id

    theirs = await database.write(other_theme)
    card = await about_to_describe(mette)
    assert "Leg" not in options(card, "theme")
    card = await mette.presses(card, "Gem fokusområdet", theme=str(theirs), title="Leg mere", signs="Tegn")
    assert sentence in words(card)
    assert values(card)["title"] == "Leg mere"
    assert await all_of(database, FocusArea) == []


async def test_a_focus_area_is_described_once_however_often_it_is_pressed(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await about_to_describe(mette)
    data = {**values(card), **button(card, "Gem fokusområdet")["data"], "title": "Flere stemmer", "signs": "Tegn"}
    first = await mette.does(Kind.PRESSED, verb="focus_area.describe", data=data)
    again = await mette.does(Kind.PRESSED, verb="focus_area.describe", data={**data, "title": "Noget andet", "k": "x"})
    assert first.card is not None
    assert again.card is not None
    assert "Flere stemmer" in words(again.card)
    assert "Noget andet" in words(again.card)
    assert [each.title for each in await all_of(database, FocusArea)] == ["Flere stemmer"]


async def test_the_fourth_gives_a_warning_and_no_hindrance(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    card = await mette.says("beslutning")
    for title in ("Et", "To", "Tre"):
        card = await mette.presses(await chooses(mette, title, card), "Til beslutningerne")
        card = await mette.presses(card, "Tilføj en beslutning")
    card = await decides(mette, "vælg fokusområde", "Et mere", card)
    assert "I har allerede tre fokusområder." in words(card)
    await mette.presses(card, "Gem fokusområdet", title="Fire", signs="Tegn")
    assert len(await all_of(database, FocusArea)) == 4


async def test_adjusting_keeps_the_theme_and_closing_says_how_it_ended(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    [area] = await all_of(database, FocusArea)
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    missing = await decides(mette, "justér fokusområde", "Også i matematik", card)
    assert "Vælg, hvilket fokusområde det handler om." in words(missing)
    card = await decides(mette, "justér fokusområde", "Også i matematik", missing, focus_area=str(area.id))
    card = await mette.presses(card, "Gem fokusområdet", title="Flere stemmer i alle fag")
    [area] = await all_of(database, FocusArea)
    assert area.title == "Flere stemmer i alle fag"
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    card = await decides(mette, "afslut fokusområde", "Det sidder nu", card, focus_area=str(area.id))
    assert "Vælg, hvordan det endte." in words(await mette.presses(card, "Afslut fokusområdet"))
    card = await mette.presses(card, "Afslut fokusområdet", closing="forankret")
    assert "Forankret: Det er en del af hverdagen" in words(card)
    [area] = await all_of(database, FocusArea)
    assert (area.state, area.closing) == (FocusAreaState.CLOSED, Closing.ROOTED)
    assert "Skriv en status" not in buttons(card)


async def test_a_decision_whose_focus_area_waits_says_so_until_it_is_described(mette: Someone) -> None:  # noqa: F811
    await about_to_describe(mette)
    card = await mette.says("beslutning")
    assert "Beskriv fokusområdet" in buttons(card)
    card = await mette.presses(card, "Beskriv fokusområdet")
    await mette.presses(card, "Gem fokusområdet", title="Flere stemmer", signs="Tegn")
    assert "Beskriv fokusområdet" not in buttons(await mette.says("beslutning"))


async def test_a_closed_dialogue_chooses_nothing_more_and_gives_the_text_back(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await about_to_describe(mette)
    await change(database, Dialogue, state=DialogueState.CLOSED)
    late = await mette.presses(card, "Gem fokusområdet", title="For sent", signs="Tegn")
    assert "Samtalen er afsluttet" in words(late)
    assert "For sent" in words(late)
    assert await all_of(database, FocusArea) == []


async def test_who_else_sees_a_focus_area(mette: Someone, database: Database, town: Town) -> None:  # noqa: F811
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    [area] = await all_of(database, FocusArea)
    for someone in (town.chief, town.consultant, town.administrator):
        card = await Someone(database, someone, now=AFTER).sees("focus_area", area.id)
        assert "Flere stemmer" in words(card)
        assert "Skriv en status" not in buttons(card)
    for someone in (town.other_leader, town.other_chief, town.deputy):
        assert await Someone(database, someone, now=AFTER).gets("focus_area", area.id) is None
    assert "Flere stemmer" in words(await Someone(database, town.chief, now=AFTER).says("fokusområder"))


async def test_there_are_none_before_a_dialogue_has_chosen_one(mette: Someone) -> None:  # noqa: F811
    assert "Ingen fokusområder endnu" in words(await mette.says("fokusområder"))
    assert "Ingen fokusområder endnu" in words(await mette.says("status"))
    assert AFTER - timedelta(hours=1) < mette.now


async def test_i10_a_theme_that_was_not_sent_out_cannot_be_chosen(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    def decided_only(uow: UnitOfWork) -> UUID:
        waiting = PoliticalRound(year=2026, age_range=AgeRange.OLDER, state=RoundState.DECIDED)
        uow.add(waiting)
        uow.session.flush()
        theme = Theme(
            round_id=waiting.id,
            title="Leg",
            title_en="Play",
            age_range=AgeRange.OLDER,
            valid_from=HalfYear(2026, 1),
            valid_to=HalfYear(2027, 2),
        )
        uow.add(theme)
        return theme.id

    theirs = await database.write(decided_only)
    card = await about_to_describe(mette)
    card = await mette.presses(card, "Gem fokusområdet", theme=str(theirs), title="Leg mere", signs="Tegn")
    assert "Vælg det tema" in words(card)
    assert values(card)["title"] == "Leg mere"
    assert await all_of(database, FocusArea) == []


async def test_two_who_describe_the_same_choice_lose_nothing(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await about_to_describe(mette)
    first, second = [await mette.presses(await mette.says("beslutning"), "Beskriv fokusområdet") for _ in range(2)]
    await mette.presses(first, "Gem fokusområdet", title="Det ene", signs="Tegn")
    card = await mette.presses(second, "Gem fokusområdet", title="Det andet", signs="Andre tegn")
    for shown in ("Det har en anden allerede gjort", "Det ene", "Mette Holm", "Det andet", "Andre tegn"):
        assert shown in words(card)
    assert [each.title for each in await all_of(database, FocusArea)] == ["Det ene"]


async def test_two_who_adjust_are_shown_what_changed(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    [area] = await all_of(database, FocusArea)
    drawn = []
    for text in ("Det ene", "Det andet"):
        card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
        drawn.append(await decides(mette, "justér fokusområde", text, card, focus_area=str(area.id)))
    await mette.presses(drawn[0], "Gem fokusområdet", signs="De første tegn")
    card = await mette.presses(drawn[1], "Gem fokusområdet", title="Flere stemmer i alle fag")
    assert "De første tegn" in words(card)
    assert values(card)["title"] == "Flere stemmer i alle fag"
    await mette.presses(card, "Gem fokusområdet", signs="De første tegn")
    [area] = await all_of(database, FocusArea)
    assert (area.title, area.signs) == ("Flere stemmer i alle fag", "De første tegn")


async def test_a_second_decision_to_close_is_no_dead_end(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    [area] = await all_of(database, FocusArea)
    drawn = []
    for text in ("Det sidder", "Det sidder virkelig"):
        card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
        drawn.append(await decides(mette, "afslut fokusområde", text, card, focus_area=str(area.id)))
    await mette.presses(drawn[0], "Afslut fokusområdet", closing="forankret")
    card = await mette.presses(drawn[1], "Afslut fokusområdet", closing="nået", outcome="Mine ord")
    assert "Fokusområdet er afsluttet" in words(card)
    assert "Mine ord" in words(card)
    assert "Afslut opsamlingen" in buttons(await mette.says("beslutning"))


async def test_a_chosen_focus_area_is_asked_for_and_keeps_its_dialogue_open(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    """What was decided is not lost: it stands in the overview, is asked for, and nothing closes before it is done."""
    await about_to_describe(mette)
    [decision] = await all_of(database, Decision)
    assert "Beskriv fokusområdet" in words(await mette.says("min oversigt"))
    asked = await mette.does(Kind.PRESSED, verb="decision.close", data={"id": str(town.dialogue.id)})
    assert asked.card is not None
    assert "Gem fokusområdet" in buttons(asked.card)

    def planned(uow: UnitOfWork) -> list[str]:
        planning = Planning(uow=uow, now=mette.now, until=mette.now, municipality=MUNICIPALITY)
        assert list(life.clock(planning)) == []
        return [each.key.split(":")[3] for each in flow.clock(planning) if each.person_id == town.leader.id]

    for days, number in ((2, []), (3, ["0"]), (40, ["2"])):
        mette.now = AFTER + timedelta(days=days)
        assert await database.write(planned) == number
    assert (await dialogue_of(database, town)).state is DialogueState.RECORDED
    card = await mette.sees("focus_area.waits", decision.id)
    later = await mette.presses(card, "Ikke nu", title="Halvt tænkt")
    assert "Halvt tænkt" in words(later)
    await mette.presses(card, "Gem fokusområdet", title="Flere stemmer", signs="Tegn")
    assert await mette.gets("focus_area.waits", decision.id) is None
    mette.now += timedelta(days=11)
    assert await database.write(lambda uow: [each.key.split(":")[2] for each in life.clock(planning_at(uow, mette))])
    assert (await dialogue_of(database, town)).state is DialogueState.RECORDED


def planning_at(uow: UnitOfWork, someone: Someone) -> Planning:
    return Planning(uow=uow, now=someone.now, until=someone.now, municipality=MUNICIPALITY)


async def test_r01_the_four_aims_come_with_the_theme_and_can_be_changed(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await change(database, Theme, aims=(FourAims.WELL_BEING, FourAims.FORMATION))
    card = await about_to_describe(mette)
    assert values(card)["aims"] == "trivsel,dannelse"
    card = await mette.presses(card, "Gem fokusområdet", title="Flere stemmer", signs="Tegn", aims="trivsel")
    [area] = await all_of(database, FocusArea)
    assert area.aims == (FourAims.WELL_BEING,)
    assert "Skal styrke\nTrivsel" in words(card)
    assert area.owner == WHO["owner"]


async def test_r11_a_focus_area_is_traced_to_its_theme_and_to_what_it_rests_on(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    [area] = await all_of(database, FocusArea)
    for someone in (town.leader, town.chief, town.administrator):
        card = await Someone(database, someone, now=AFTER).sees("focus_area", area.id)
        for told in ("Bygger på", "Overgange og deltagelse", "Læringssamtale 2 af 4", TOLKNING, ANALYSE):
            assert told in words(card)
        assert "Egne observationer" in words(card)
        assert {"Se beslutningerne", "Se refleksionen"} <= set(buttons(card))


async def test_r13_the_chief_reads_and_never_edits(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await about_to_describe(mette)
    chief = Someone(database, town.chief, now=AFTER)
    refused = await chief.presses(card, "Gem fokusområdet", title="Chefens ord", signs="Tegn")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Chefens ord" in words(refused)
    assert await all_of(database, FocusArea) == []


async def test_r27_the_discussion_can_be_told_while_choosing(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    def sent(uow: UnitOfWork) -> None:
        uow.add(ThemeReceipt(round_id=town.round.id, institution_id=town.school.id, sent_at=AFTER))

    await database.write(sent)
    card = await about_to_describe(mette)
    assert "hvem I har drøftet temaerne med" in words(card)
    card = await mette.presses(card, "Gem fokusområdet", title="T", signs="Tegn", discussed="staff,nobody_yet")
    assert "Vælg enten" in words(card)
    await mette.presses(card, "Gem fokusområdet", discussed="staff")
    [receipt] = await all_of(database, ThemeReceipt)
    assert receipt.is_discussed


async def test_r27_whom_a_theme_was_discussed_with_is_added_to_and_never_written_over(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    """One of two themes was told of: the form says which one is lacking, and a tick leaves nobody out."""
    told = (DiscussedWith.STAFF, DiscussedWith.PARENTS)

    def sent(uow: UnitOfWork) -> None:
        other = Theme(
            round_id=town.round.id,
            title="Fællesskaber",
            title_en="Communities",
            age_range=town.theme.age_range,
            valid_from=town.theme.valid_from,
            valid_to=town.theme.valid_to,
        )
        uow.add(other)
        uow.session.flush()
        receipt = ThemeReceipt(round_id=town.round.id, institution_id=town.school.id, sent_at=AFTER)
        said = Discussion.of({town.theme.id: told})
        receipt.discuss(said, [town.theme.id, other.id], by=town.leader.id, now=AFTER)
        uow.add(receipt)

    await database.write(sent)
    card = await about_to_describe(mette)
    assert "I har skrevet, hvem I har drøftet nogle af temaerne med, men ikke endnu: Fællesskaber." in words(card)
    await mette.presses(
        card, "Gem fokusområdet", theme=str(town.theme.id), title="T", signs="Tegn", discussed="management"
    )
    [receipt] = await all_of(database, ThemeReceipt)
    assert receipt.talks[town.theme.id] == (DiscussedWith.STAFF, DiscussedWith.MANAGEMENT, DiscussedWith.PARENTS)
    assert not receipt.is_discussed, "the other theme is still asked about"
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    card = await decides(mette, "vælg fokusområde", "Et mere", card)
    await mette.presses(
        card, "Gem fokusområdet", theme=str(town.theme.id), title="T2", signs="Tegn", discussed="nobody_yet"
    )
    assert len(await all_of(database, FocusArea)) == 2
    [receipt] = await all_of(database, ThemeReceipt)
    assert receipt.talks[town.theme.id] == (DiscussedWith.STAFF, DiscussedWith.MANAGEMENT, DiscussedWith.PARENTS)


async def test_what_ended_is_still_found_and_administration_finds_it_too(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    await change(database, FocusArea, state=FocusAreaState.CLOSED, closing=Closing.REACHED, closed_at=AFTER)
    assert "Flere stemmer" in words(await mette.says("fokusområder"))
    for someone in (town.administrator, town.consultant):
        card = await Someone(database, someone, now=AFTER).says("fokusområder Elmeskolen")
        assert "Flere stemmer" in words(card)
        assert "Vi vælger: Flere stemmer" in words(await Someone(database, someone, now=AFTER).says("beslutninger"))


async def test_a_long_history_is_read_in_full_page_by_page(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    [area] = await all_of(database, FocusArea)
    texts = [f"Nummer {number}. ".ljust(990, "å") for number in range(9)]

    def write(uow: UnitOfWork) -> None:
        for number, text in enumerate(texts):
            uow.add(
                FocusStatus(
                    focus_area_id=area.id,
                    author_id=mette.who.id,
                    written_at=AFTER + timedelta(hours=number),
                    status=Status.UNDER_WAY,
                    seen=text,
                )
            )

    await database.write(write)
    card = await mette.says("fokusområder")
    read = words(card)
    while "Tidligere statusser" in buttons(card):
        card = await mette.presses(card, "Tidligere statusser")
        assert len(json.dumps(card, ensure_ascii=False).encode()) < 25_000
        read += words(card)
    assert all(text in read for text in texts)
    assert "De nyeste" in buttons(card)


async def test_a_successor_follows_one_that_was_to_go_on_in_an_earlier_cycle(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    await change(database, FocusArea, state=FocusAreaState.CLOSED, closing=Closing.CONTINUED, closed_at=AFTER)
    [area] = await all_of(database, FocusArea)
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    card = await decides(mette, "vælg fokusområde", "Videre i samme periode", card)
    assert "continues" not in values(card)
    card = await mette.presses(card, "Gem fokusområdet", title="Mere", signs="Tegn", continues=str(area.id))
    assert "Mere" in words(card)
    assert len(await all_of(database, FocusArea)) == 1


async def test_the_second_line_fits_whoever_reads_a_focus_area(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    [area] = await all_of(database, FocusArea)
    theirs_and_ours = "Ses af: tilbuddets ledere, dets Børn og Unge-chef og forvaltningen"
    assert theirs_and_ours in words(await mette.sees("focus_area", area.id))
    theirs = await Someone(database, town.chief, now=mette.now).sees("focus_area", area.id)
    assert theirs_and_ours in words(theirs)


async def test_an_extra_dialogue_is_none_of_the_four_on_the_way_to_the_council(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await change(database, Dialogue, number=None)
    await reflects(mette)
    way = words(await decides(mette, "vælg fokusområde", "Flere stemmer"))
    assert "Ekstra\u00a0læringssamtale" in way
    assert "1\u00a0af\u00a04" not in way


async def test_a_perspective_is_not_linked_to_what_was_closed_meanwhile(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    said = {"group": "unge", "via": "elevrådet", "count": "5-9", "said": "Vi vil tale mere"}
    kept = await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **said)
    asked = await mette.presses(kept, "Knyt til fokusområde")
    await change(database, FocusArea, state=FocusAreaState.CLOSED)
    assert "Fokusområdet er afsluttet" in words(await mette.presses(asked, "Tilknyt"))
    [perspective] = await all_of(database, Perspective)
    assert perspective.focus_area_id is None
