"""A measure goes on until somebody says what came of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio

from dialogs import measure as flow
from dialogs.flow import Planning
from domain.measure import Measure, MeasureState
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of, change, decides, mette, reflects, town  # noqa: F401
from tests.town import MUNICIPALITY, Someone, Town, values, words

DUE = datetime(2026, 6, 12, 7, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def measure(mette: Someone, database: Database) -> Measure:  # noqa: F811
    await reflects(mette)
    await decides(mette, "indsats", "Makkerpar i dansk")
    [found] = await all_of(database, Measure)
    return found


async def test_it_is_asked_about_on_the_day_it_is_due(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    measure: Measure,
) -> None:
    def planned(uow: UnitOfWork) -> list[datetime]:
        planning = Planning(uow=uow, now=DUE, until=DUE, municipality=MUNICIPALITY)
        return [each.due_at for each in flow.clock(planning) if each.person_id == town.leader.id]

    assert await database.read(planned) == [DUE]
    mette.now = DUE
    card = await mette.sees("measure", measure.id)
    assert "En indsats har frist" in words(card)
    assert values(card)["state"] == "", "nothing is said of it beforehand"
    card = await mette.presses(card, "Gem", state="gennemført", outcome="Det virker bedst i par.")
    assert "Det virker bedst i par." in words(card)
    [measure] = await all_of(database, Measure)
    assert (measure.state, measure.ended_at) == (MeasureState.DONE, DUE)
    assert await database.read(planned) == []
    assert await mette.gets("measure", measure.id) is None


@pytest.mark.parametrize(
    ("state", "outcome", "sentence"),
    [
        ("gennemført", "", "Skriv kort, hvad der kom ud af den."),
        ("bortfaldet", "", "Skriv kort hvorfor."),
        ("i gang", "Noget", "Vælg, hvad der blev af den."),
        ("gennemført", "010203-1234", "cpr-nummer"),
    ],
)
async def test_how_it_ended_is_said_in_words(
    mette: Someone,  # noqa: F811
    measure: Measure,
    state: str,
    outcome: str,
    sentence: str,
) -> None:
    card = await mette.presses(await mette.says("indsatser"), "Gem", state=state, outcome=outcome)
    assert sentence in words(card)
    assert values(card)["outcome"] == outcome


async def test_correcting_the_decision_corrects_the_measure(
    mette: Someone,  # noqa: F811
    database: Database,
    measure: Measure,
) -> None:
    card = await mette.presses(await mette.says("beslutning"), "Ret")
    card = await mette.presses(card, "Næste", text="Makkerpar i dansk og matematik")
    await mette.presses(card, "Gem beslutning", due="2026-06-20")
    [measure] = await all_of(database, Measure)
    assert measure.text == "Makkerpar i dansk og matematik"
    assert measure.due.day == 20


async def test_nobody_else_ends_it(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    measure: Measure,
) -> None:
    card = await mette.says("indsatser")
    for someone in (town.chief, town.other_leader, town.deputy):
        refused = await Someone(database, someone, now=mette.now).presses(card, "Gem", outcome="Mit ord")
        assert "Det har du ikke adgang til" in words(refused)
        assert "Mit ord" in words(refused)
    await mette.presses(card, "Gem", state="gennemført", outcome="Slut")
    late = await mette.presses(card, "Gem", outcome="Igen")
    assert "Indsatsen er afsluttet" in words(late)
    assert "Igen" in words(late)
    assert mette.now < DUE + timedelta(days=1)


async def test_there_are_none_before_a_decision(mette: Someone) -> None:  # noqa: F811
    assert "Ingen indsatser i gang" in words(await mette.says("indsatser"))


async def test_it_is_asked_about_twice_and_after_the_summer(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    measure: Measure,
) -> None:
    await change(database, Measure, due=date(2026, 7, 6))

    async def planned(at: datetime) -> list[tuple[int, int]]:
        def work(uow: UnitOfWork) -> list[tuple[int, int]]:
            planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
            return [(each.due_at.month, each.expires_at.month) for each in flow.clock(planning)]

        return await database.read(work)

    assert await planned(datetime(2026, 7, 7, tzinfo=UTC)) == [(7, 8)]
    assert await planned(datetime(2026, 8, 30, tzinfo=UTC)) == [(8, 9)]


async def test_what_came_of_it_is_found_later(mette: Someone, measure: Measure) -> None:  # noqa: F811
    card = await mette.says("indsatser")
    assert "Halvt" in words(await mette.presses(card, "Ikke nu", outcome="Halvt"))
    await mette.presses(card, "Gem", state="gennemført", outcome="Det virker bedst i par.")
    assert "Det virker bedst i par." in words(await mette.says("indsatser"))


async def test_a_measure_is_ended_and_told_of_in_ones_own_words(
    mette: Someone,  # noqa: F811
    database: Database,
    measure: Measure,
) -> None:
    card = await mette.says("makkerpar er gennemført")
    assert (values(card)["state"], values(card)["outcome"]) == ("gennemført", "")
    assert values(await mette.says("makkerpar i dansk er droppet"))["state"] == "bortfaldet"
    card = await mette.says("status på makkerparrene: to par er kommet i gang")
    assert (values(card)["state"], values(card)["outcome"]) == ("", "to par er kommet i gang")
    asks = ("status på indsats", "status på vores indsatser", "status på indsatsen makkerpar")
    for asked in (*asks, "indsatser der er gået i stå"):
        assert "outcome" in values(await mette.says(asked)), asked
    assert values(await mette.says("status på tiltaget: to par er i gang"))["outcome"] == "to par er i gang"
    assert "En indsats har frist" not in words(await mette.says("samtalen er gennemført"))
    for said, became in (
        ("indsatsen makkerpar er færdig", "gennemført"),
        ("luk indsatsen makkerpar", "gennemført"),
        ("vi har besluttet at droppe makkerpar", "bortfaldet"),
        ("lukke indsats", ""),
    ):
        assert values(await mette.says(said))["state"] == became, said
    assert "Jeres indsatser" in words(await mette.says("indsatsen frikvarter er færdig")), "it is not the one there is"
    more = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    await decides(mette, "indsats", "Makkerpar i matematik", more)
    which = await mette.says("makkerpar er gennemført")
    assert "Jeres indsatser" in words(which)
    assert values(await mette.presses(which, "Makkerpar i matematik"))["state"] == "gennemført"
