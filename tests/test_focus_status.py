"""Statuses are added every eight weeks or when somebody types it; none is ever changed, and one press is enough."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dialogs import focus_status as flow
from dialogs.conversation import Kind
from dialogs.flow import Planning
from domain.focus_area import FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.status import Status
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER, all_of, change, chooses, mette, reflects, town  # noqa: F401
from tests.town import MUNICIPALITY, Someone, Town, button, buttons, values, words

SEEN = "Flere siger noget, når de har talt sammen først."
LATER = AFTER + timedelta(days=20)


@pytest_asyncio.fixture
async def area(mette: Someone, database: Database) -> FocusArea:  # noqa: F811
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    mette.now = LATER
    [found] = await all_of(database, FocusArea)
    return found


async def statuses(database: Database) -> list[FocusStatus]:
    return sorted(await all_of(database, FocusStatus), key=lambda each: each.written_at)


async def test_a_status_is_added_and_the_focus_area_is_under_way(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    card = await mette.says("status")
    assert "Flere stemmer i timerne" in words(card)
    card = await mette.presses(
        card,
        "Gem status",
        status="på vej",
        seen=SEEN,
        meaning="De tør mere",
        learned="Vi skal vente",
        evidence="observation,youth",
        next_step="Matematik",
        next_on="2026-05-20",
    )
    assert "Status er gemt" in words(card)
    [status] = await statuses(database)
    assert (status.status, status.seen, status.author_id) == (Status.UNDER_WAY, SEEN, mette.who.id)
    [area] = await all_of(database, FocusArea)
    assert area.state is FocusAreaState.UNDER_WAY
    history = words(await mette.says("fokusområder"))
    for line in (SEEN, "De tør mere", "Vi skal vente", "Matematik · 20. maj 2026", "Egne observationer"):
        assert line in history


async def test_unchanged_is_one_press(mette: Someone, database: Database, area: FocusArea) -> None:  # noqa: F811
    await mette.presses(await mette.says("status"), "Gem status", status="går godt", seen=SEEN)
    mette.now = LATER + timedelta(weeks=8)
    card = await mette.presses(await mette.says("status"), "Uændret")
    assert "Uændret" in words(card)
    first, second = await statuses(database)
    assert (second.status, second.is_unchanged, second.seen) == (Status.GOING_WELL, True, "")
    assert first.seen == SEEN


async def test_unchanged_with_another_status_chosen_is_asked_about(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    card = await mette.presses(await mette.says("status"), "Uændret", status="går godt")
    assert "Du har valgt en anden status end sidst." in words(card)
    assert values(card)["status"] == "går godt"
    assert await statuses(database) == []
    await mette.presses(card, "Uændret", status="lige begyndt")
    [status] = await statuses(database)
    assert status.is_unchanged


async def test_unchanged_twice_from_the_same_card_is_once(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    card = await mette.says("status")
    await mette.presses(card, "Uændret")
    data = {**button(card, "Uændret")["data"], "k": "another"}
    await mette.does(Kind.PRESSED, verb="focus_status.unchanged", data=data)
    assert len(await statuses(database)) == 1


async def test_i13_a_status_is_never_edited_or_deleted_and_the_last_is_the_current_one(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    await mette.presses(await mette.says("status"), "Gem status", status="på vej", seen=SEEN)
    with pytest.raises(TypeError, match="never changed"):
        await change(database, FocusStatus, seen="Pyntet")

    def remove(uow: UnitOfWork) -> None:
        for each in uow.session.query(FocusStatus):
            uow.session.delete(each)
        uow.session.flush()

    with pytest.raises(TypeError, match="never changed"):
        await database.write(remove)
    mette.now += timedelta(days=1)
    await mette.presses(await mette.says("status"), "Gem status", status="går godt", seen="Mere endnu")
    assert [each.seen for each in await statuses(database)] == [SEEN, "Mere endnu"]
    assert values(await mette.says("status"))["status"] == "går godt"


@pytest.mark.parametrize("wanted", ["Ja, tag det med", "Nej"])
async def test_where_it_needs_attention_the_leader_decides_whether_the_chief_hears_of_it(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
    wanted: str,
) -> None:
    card = await mette.presses(await mette.says("status"), "Gem status", status="har brug for opmærksomhed", seen=SEEN)
    assert "Skriv det næste skridt" in words(card)
    assert values(card)["seen"] == SEEN
    card = await mette.presses(card, "Gem status", next_step="Tale med teamet")
    assert "Vil du tage det med på dagsordenen" in words(card)
    card = await mette.presses(card, wanted)
    [area] = await all_of(database, FocusArea)
    assert (area.bring_up_since is not None) == (wanted != "Nej")


@pytest.mark.parametrize(("pressed", "stands"), [("Ja, tag det med", False), ("Nej", True)])
async def test_an_old_answer_about_the_one_on_one_changes_nothing_that_was_said_since(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
    pressed: str,
    stands: bool,
) -> None:
    needs = {"status": "har brug for opmærksomhed", "next_step": "Tale med teamet"}
    asked = await mette.presses(await mette.says("status"), "Gem status", **needs, seen=SEEN)
    mette.now += timedelta(days=3)
    if stands:
        later = await mette.presses(await mette.says("status"), "Gem status", **needs, seen="Det samme igen")
        await mette.presses(later, "Ja, tag det med")
    else:
        await mette.presses(await mette.says("status"), "Gem status", status="går godt", seen="Nu går det")
    answered = words(await mette.presses(asked, pressed))
    assert ("Det samme igen" if stands else "Nu går det") in answered
    assert "dagsordenen til din næste 1:1" not in answered
    [area] = await all_of(database, FocusArea)
    assert (area.bring_up_since is not None) == stands


async def test_rooted_suggests_to_close_it_at_the_next_dialogue(mette: Someone, area: FocusArea) -> None:  # noqa: F811
    card = await mette.presses(await mette.says("status"), "Gem status", status="forankret", seen=SEEN)
    assert "Afslut det ved næste læringssamtale" in words(card)


async def test_two_who_write_at_once_both_stand_and_the_second_is_told(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    first, second = await mette.says("status"), await mette.says("status")
    await mette.presses(first, "Gem status", status="på vej", seen="Det ene")
    mette.now += timedelta(minutes=1)
    card = await mette.presses(second, "Gem status", status="går godt", seen="Det andet")
    assert "En anden har gemt en status i mellemtiden." in words(card)
    assert "Det ene" in words(card)
    assert values(card)["seen"] == "Det andet"
    await mette.presses(card, "Gem status")
    assert [each.seen for each in await statuses(database)] == ["Det ene", "Det andet"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"seen": ""}, "meaning", "Skriv, hvad I har set, eller tryk ”Uændret”."),
        ({"seen": "010203-1234"}, "seen", "cpr-nummer"),
        ({"seen": SEEN, "next_on": "2026-01-01"}, "seen", "fra i dag og frem"),
        ({"seen": SEEN, "status": "fantastisk"}, "seen", "Vælg, hvor I er nu."),
    ],
)
async def test_what_is_wrong_is_said_and_the_text_stays(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    typed = {"meaning": "De tør mere", **typed}
    card = await mette.presses(await mette.says("status"), "Gem status", **typed)
    assert sentence in words(card)
    assert values(card)[field] == typed[field]
    assert await statuses(database) == []


async def test_nobody_else_adds_a_status_and_gets_their_own_words_back(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    area: FocusArea,
) -> None:
    card = await mette.says("status")
    for someone in (town.chief, town.other_leader, town.deputy, town.administrator):
        refused = await Someone(database, someone, now=LATER).presses(card, "Gem status", seen=SEEN)
        assert "Det har du ikke adgang til" in words(refused)
        assert SEEN in words(refused)
    assert await statuses(database) == []


async def test_a_closed_focus_area_takes_no_status(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    card = await mette.says("status")
    await change(database, FocusArea, state=FocusAreaState.CLOSED)
    late = await mette.presses(card, "Gem status", seen=SEEN)
    assert "Fokusområdet er afsluttet" in words(late)
    assert SEEN in words(late)
    assert "Fokusområdet er afsluttet" in words(await mette.presses(card, "Uændret"))
    assert await mette.gets("focus_status", area.id) is None


async def test_it_is_asked_for_eight_weeks_after_the_last_word(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    area: FocusArea,
) -> None:
    async def due(days: int) -> list[tuple[UUID, timedelta]]:
        at = AFTER + timedelta(days=days)

        def work(uow: UnitOfWork) -> list[tuple[UUID, timedelta]]:
            planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
            return [(each.person_id, each.due_at - AFTER) for each in flow.clock(planning)]

        return await database.read(work)

    assert await due(55) == []
    assert await due(56) == [(town.leader.id, timedelta(weeks=8))]
    await mette.presses(await mette.says("status"), "Uændret")
    assert await due(56) == []
    assert await due(76) == [(town.leader.id, timedelta(weeks=8, days=20))]
    assert await mette.gets("focus_status", area.id) is not None


async def test_a_focus_area_can_be_named_and_several_are_asked_about(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    mette.now = AFTER
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    await chooses(mette, "En rolig start på dagen", card)
    card = await mette.says("status")
    assert {"Flere stemmer i timerne"} <= set(buttons(card))
    assert "En rolig start på dagen" in words(await mette.presses(card, "En rolig start på dagen"))
    assert "Hvordan går det?" in words(await mette.says("status rolig start"))
    assert "En rolig start på dagen" in words(await mette.says("status rolig start"))


async def test_what_is_typed_behind_the_word_stands_in_the_form_of_the_one_that_is_meant(
    mette: Someone,  # noqa: F811
    area: FocusArea,
) -> None:
    for typed in (f"status: {SEEN}", f"status {SEEN}", f"status på flere stemmer i timerne: {SEEN}"):
        card = await mette.says(typed)
        assert (values(card)["seen"], values(card)["status"]) == (SEEN, "lige begyndt"), typed
    for typed in (
        "status flere stemmer i timerne",
        "status på alle fokusområder i mit dagtilbud",
        "status på aftalerne med Birgit fra sidste gang",
    ):
        assert values(await mette.says(typed)).get("seen", "") == "", typed
    more = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    await chooses(mette, "En rolig start", more)
    which = await mette.says(f"status: {SEEN}")
    assert values(await mette.presses(which, "En rolig start"))["seen"] == SEEN


async def test_what_was_typed_outlives_not_now_and_unchanged(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    card = await mette.says("status")
    assert SEEN in words(await mette.presses(card, "Ikke nu", seen=SEEN))
    kept = await mette.presses(card, "Uændret", seen=SEEN)
    assert "Du har skrevet noget." in words(kept)
    assert values(kept)["seen"] == SEEN
    assert await statuses(database) == []


@pytest.mark.parametrize("statement", ["UPDATE focus_status SET seen = 'Pyntet'", "DELETE FROM focus_status"])
@pytest.mark.each_on_both
async def test_i13_the_database_itself_refuses_to_change_a_status(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
    statement: str,
) -> None:
    await mette.presses(await mette.says("status"), "Gem status", status="på vej", seen=SEEN)
    with pytest.raises(DBAPIError, match="only ever added to"):
        await database.write(lambda uow: uow.session.execute(text(statement)))
    assert [each.seen for each in await statuses(database)] == [SEEN]


async def test_it_is_asked_about_again_and_again_as_often_as_was_chosen_and_after_the_summer(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    area: FocusArea,
) -> None:
    async def asked(at: datetime) -> list[tuple[str, datetime, datetime]]:
        def work(uow: UnitOfWork) -> list[tuple[str, datetime, datetime]]:
            planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
            return [(each.key.split(":")[3], each.due_at, each.expires_at) for each in flow.clock(planning)]

        return await database.read(work)

    await change(database, FocusArea, chosen_at=datetime(2026, 5, 12, 8, 0, tzinfo=UTC))
    [(number, due_at, expires_at)] = await asked(datetime(2026, 7, 10, tzinfo=UTC))
    assert (number, due_at.month, expires_at.month) == ("1", 7, 8)
    [(number, _due, _end)] = await asked(datetime(2026, 9, 2, tzinfo=UTC))
    assert number == "2"
    await change(database, FocusArea, asked_every=4)
    [(number, _due, _end)] = await asked(datetime(2026, 9, 2, tzinfo=UTC))
    assert number == "4"
    await change(database, FocusArea, asked_every=0)
    assert await asked(datetime(2026, 9, 2, tzinfo=UTC)) == []


async def test_a_word_in_common_that_is_short_names_nothing(
    mette: Someone,  # noqa: F811
    database: Database,
    area: FocusArea,
) -> None:
    mette.now = AFTER
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    await chooses(mette, "Matematik i indskolingen", card)
    assert "Hvilket fokusområde?" in words(await mette.says("status på trivslen i udskolingen"))
    assert "Hvordan går det?" in words(await mette.says("status matematik"))
