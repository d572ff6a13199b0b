"""The leader networks qualify the evidence base while the round is with them, and stand beside the figures after."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from cards.kit import Card
from dialogs import network as flow
from dialogs.conversation import Kind
from dialogs.flow import Planning
from domain.cycle import Cycle, Theme
from domain.network import Answer, NetworkStatement, Recognition
from domain.organisation import InstitutionType
from domain.period import HalfYear
from domain.perspective import Count
from domain.status import Status
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.across import Across, across, nis, to_networks, to_politicians  # noqa: F401
from tests.record import all_of, change
from tests.town import MUNICIPALITY, NOW, Someone, button, buttons, values, words

TELL = "Legen har det bedre, end tallene viser, fordi de yngste ikke er spurgt."
LACKING = "Hvad børnene selv siger om eftermiddagene."


@pytest_asyncio.fixture
async def tove(nis: Someone, database: Database, across: Across) -> Someone:  # noqa: F811
    """A facilitator of the day-care network, when the round has just come to the networks."""

    def work(uow: UnitOfWork) -> None:
        for number in range(4):
            across.works(uow, number, across.leg, Status.UNDER_WAY)
        across.measures(uow, "Børn med en legekammerat", [80, 82, 84], theme=across.leg)

    await database.write(work)
    await to_networks(nis)
    return Someone(database, across.facilitator)


async def statements(database: Database) -> dict[InstitutionType, NetworkStatement]:
    return {each.network: each for each in await all_of(database, NetworkStatement)}


async def gives(who: Someone, *, contributors: str = "10-24") -> Card:
    """Answers both themes and saves the statement."""
    card = await who.says("kvalificering")
    card = await who.presses(card, "Næste", recognition="delvist", tell=TELL, lacking=LACKING)
    return await who.presses(card, "Gem kvalificeringen", recognition="ja", contributors=contributors)


async def planned(database: Database, at: datetime) -> list[tuple[UUID, str]]:
    def work(uow: UnitOfWork) -> list[tuple[UUID, str]]:
        planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
        return [(each.person_id, each.key.split(":")[2]) for each in flow.clock(planning)]

    return await database.read(work)


async def test_r25_a_network_qualifies_the_evidence_theme_by_theme_and_stands_beside_the_figures(
    tove: Someone,
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    card = await tove.says("kvalificering")
    for line in (
        "Trin 1 af 2",
        " – Leg",
        "82\u00a0% · 3 tilbud",
        "4 tilbud",
        "Kan I genkende billedet?",
        "Hvad skal politikerne vide?",
    ):
        assert line in words(card)
    assert "Hvor mange har cirka bidraget?" not in words(card), "that is asked once, at the end"
    card = await gives(tove)
    assert TELL in words(card)
    given = (await statements(database))[InstitutionType.DAYCARE]
    assert given.theme_ids == (across.leg.id, across.sprog.id)
    assert [each.recognition for each in given.answers] == [Recognition.PARTLY, Recognition.YES]
    assert (given.contributors, given.written_by, given.saved_at) == (Count.MANY, across.facilitator.id, NOW)
    for someone in (across.chief, across.leader, across.administrator, across.of_schools):
        reader = Someone(database, someone)
        whole = await reader.says("videnbase 0-6")
        told = words(whole)
        beside = told[told.index("\nLeg\n") : told.index("\nSprog\n")]
        for line in ("Ledernetværket for dagtilbud.", "Kan genkende billedet: Delvist", TELL):
            assert line in beside
        theme = words(await reader.presses(whole, "Leg"))
        for line in ("Kan genkende billedet: Delvist", TELL, LACKING, "10–24 har bidraget"):
            assert line in theme
        assert across.facilitator.name not in theme
    assert "Ledernetværket for dagtilbud: har givet sin kvalificering" in words(await nis.says("politisk runde"))


async def test_a_draft_is_the_networks_own_and_the_administration_sees_a_word(
    tove: Someone,
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    card = await tove.presses(await tove.says("kvalificering"), "Gem kladde", recognition="nej", tell=TELL)
    assert "Din kladde er gemt" in words(card)
    draft = (await statements(database))[InstitutionType.DAYCARE]
    second = Someone(database, across.second)
    assert values(await second.says("kvalificering"))["tell"] == TELL, "the other facilitator of the same network"
    state = words(await nis.says("politisk runde"))
    assert "Ledernetværket for dagtilbud: er i gang" in state
    assert TELL not in state
    assert TELL not in words(await nis.presses(await nis.says("videnbase 0-6"), "Leg"))
    for someone in (across.of_schools, across.administrator, across.chief, across.leader, across.teacher):
        reader = Someone(database, someone)
        assert await reader.gets("network", draft.id) is None
        refused = await reader.presses(
            await tove.says("kvalificering"), "Gem kladde", tell="Mine ord", recognition="ja"
        )
        assert "Det har du ikke adgang til" in words(refused)
        assert "Mine ord" in words(refused)
        assert TELL not in words(refused)
    assert (await statements(database))[InstitutionType.DAYCARE].answers[0].tell == TELL


async def test_what_is_missing_is_said_at_the_field_of_the_first_such_theme_and_the_text_stays(tove: Someone) -> None:
    card = await tove.presses(await tove.says("kvalificering"), "Næste", lacking=LACKING)
    assert "Trin 2 af 2\n – Sprog" in words(card), "a draft may be half"
    card = await tove.presses(card, "Gem kvalificeringen", recognition="ja", contributors="5-9")
    assert "Trin 1 af 2\n – Leg" in words(card)
    assert "Vælg, om I kan genkende billedet." in words(card)
    assert values(card)["lacking"] == LACKING
    card = await tove.presses(card, "Næste", recognition="nej")
    card = await tove.presses(card, "Gem kvalificeringen")
    assert "Skriv kort, hvad politikerne skal vide, når I ikke genkender det hele." in words(card)
    card = await tove.presses(await tove.presses(card, "Næste", tell=TELL), "Gem kvalificeringen", contributors="")
    assert "Vælg, hvor mange der cirka har bidraget." in words(card)
    card = await tove.presses(card, "Gem kvalificeringen", contributors="1-4")
    assert "færre end 5 har bidraget" in words(card)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"tell": "Spørg 010203-1234"}, "cpr-nummer"),
        ({"lacking": "010203 1234"}, "cpr-nummer"),
        ({"tell": "x" * 1001}, "1.001 tegn"),
    ],
)
async def test_what_must_not_be_kept_is_not_kept_and_stays_in_the_card(
    tove: Someone, database: Database, typed: dict[str, str], sentence: str
) -> None:
    other = "lacking" if "tell" in typed else "tell"
    typed = {"recognition": "delvist", other: "Resten", **typed}
    card = await tove.presses(await tove.says("kvalificering"), "Gem kladde", **typed)
    assert sentence in words(card)
    assert {name: values(card)[name] for name in typed} == typed
    assert not (await statements(database))[InstitutionType.DAYCARE].is_begun


@pytest.mark.parametrize("step", ["7", "-1", "", "abc", "0 or 1"])
async def test_a_step_that_is_none_is_refused_with_the_words_given_back(
    tove: Someone, database: Database, step: str
) -> None:
    card = await tove.says("kvalificering")
    data = {**button(card, "Gem kladde")["data"], "step": step, "tell": TELL, "recognition": "ja"}
    reply = await tove.does(Kind.PRESSED, verb="network.draft", data=data)
    assert reply.card is not None
    assert TELL in words(reply.card)
    assert not (await statements(database))[InstitutionType.DAYCARE].is_begun


async def test_two_facilitators_at_once_lose_nothing_and_the_second_sees_what_the_first_wrote(
    tove: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    erik = Someone(database, across.second)
    first, second = await tove.says("kvalificering"), await erik.says("kvalificering")
    await tove.presses(first, "Gem kladde", recognition="ja", tell=TELL)
    card = await erik.presses(second, "Gem kladde", recognition="ja", tell="Erik ser det anderledes")
    assert "Tove Ask" in words(card)
    assert TELL in words(card)
    assert values(card)["tell"] == "Erik ser det anderledes"
    assert (await statements(database))[InstitutionType.DAYCARE].answers[0].tell == TELL
    await erik.presses(card, "Gem kladde")
    kept = (await statements(database))[InstitutionType.DAYCARE]
    assert (kept.answers[0].tell, kept.written_by) == ("Erik ser det anderledes", across.second.id)


async def test_a_saved_statement_is_corrected_until_the_round_is_discussed_and_stays_whole(
    tove: Someone,
    nis: Someone,  # noqa: F811
    database: Database,
) -> None:
    await gives(tove)
    card = await tove.presses(await tove.says("kvalificering"), "Ret")
    assert "Gem kladde" not in buttons(card)
    broken = await tove.presses(card, "Næste", tell="")
    assert "Skriv kort, hvad politikerne skal vide" in words(broken)
    card = await tove.presses(broken, "Næste", tell="Nu med flere ord")
    assert "Nu med flere ord" in words(await tove.presses(card, "Gem kvalificeringen"))
    card = await tove.presses(await tove.says("kvalificering"), "Ret")
    await to_politicians(nis)
    late = await tove.presses(card, "Næste", tell="For sent")
    assert "Runden er gået videre til politisk drøftelse. Jeres kvalificering står" in words(late)
    assert "For sent" in words(late)
    given = (await statements(database))[InstitutionType.DAYCARE]
    assert given.answers[0].tell == "Nu med flere ord"
    shown = await tove.sees("network", given.id)
    assert "Ret" not in buttons(shown)
    assert "Intet at kvalificere lige nu" in words(await tove.says("kvalificering"))


async def test_a_statement_after_the_round_was_discussed_is_not_taken_and_nothing_typed_is_lost(
    tove: Someone,
    nis: Someone,  # noqa: F811
    database: Database,
) -> None:
    await tove.presses(await tove.says("kvalificering"), "Gem kladde", recognition="nej", tell=TELL)
    card = await tove.says("kvalificering")
    draft = (await statements(database))[InstitutionType.DAYCARE]
    await to_politicians(nis)
    late = await tove.presses(card, "Næste", tell="Skrevet videre")
    assert "jeres netværk har ikke gemt en kvalificering" in words(late)
    assert "Skrevet videre" in words(late)
    reply = await tove.does(Kind.PRESSED, verb="network.open", data={"id": str(draft.id)})
    assert reply.card is not None
    assert TELL in words(reply.card), "the draft stays theirs to read"
    assert await tove.gets("network", draft.id) is None
    assert "Ledernetværket for dagtilbud: ingen kvalificering" in words(await nis.says("politisk runde"))
    assert TELL not in words(await nis.presses(await nis.says("videnbase 0-6"), "Leg"))


async def test_only_a_facilitator_of_the_network_writes(
    tove: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    for someone in (across.leader, across.chief, across.administrator, across.teacher):
        assert "Det har du ikke adgang til" in words(await Someone(database, someone).says("kvalificering"))
    pia = Someone(database, across.of_schools)
    assert "Ledernetværket for skole · 2026 · 0–6 år" in words(await pia.says("kvalificering"))
    unknown = await tove.does(Kind.PRESSED, verb="network.open", data={"id": str(UUID(int=7))})
    foreign = await pia.does(
        Kind.PRESSED,
        verb="network.open",
        data={"id": str((await statements(database))[InstitutionType.DAYCARE].id)},
    )
    assert unknown.card is not None
    assert foreign.card is not None
    assert words(unknown.card) == words(foreign.card)


async def test_a_facilitator_of_all_networks_chooses_which(
    tove: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    def of_all(uow: UnitOfWork) -> None:
        for held in across.roles():
            if held.person_id == across.facilitator.id:
                held.network = None
                uow.add(held)

    await database.write(of_all)
    card = await tove.says("kvalificering")
    for name in ("dagtilbud", "skole", "fritid"):
        assert f"Ledernetværket for {name}" in words(card)
    assert "Ledernetværket for skole" in words(await tove.presses(card, "Skole"))


async def test_the_facilitators_are_asked_at_once_and_after_7_and_21_days_until_they_have_given_it(
    tove: Someone,
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    async def due(days: float) -> dict[UUID, str]:
        return dict(await planned(database, NOW + timedelta(days=days)))

    everyone = {across.facilitator.id, across.second.id, across.of_schools.id}
    assert await due(0) == dict.fromkeys(everyone, "0_days")
    assert await due(7) == dict.fromkeys(everyone, "7_days")
    assert await due(21) == dict.fromkeys(everyone, "21_days")
    assert await due(43) == {}
    await gives(tove)
    assert await due(7) == {across.of_schools.id: "7_days"}
    given = (await statements(database))[InstitutionType.DAYCARE]
    assert "Gemt" in words(await Someone(database, across.second).sees("network", given.id))
    await to_politicians(nis)
    assert await due(7) == {}


async def test_a_card_is_put_off_and_keeps_what_was_typed(tove: Someone) -> None:
    card = await tove.presses(await tove.says("kvalificering"), "Ikke nu", recognition="delvist", tell=TELL)
    assert "Det, du har skrevet, er gemt." in words(card)
    assert values(await tove.says("kvalificering"))["tell"] == TELL


async def test_it_waits_in_the_overview_until_it_is_given(tove: Someone) -> None:
    card = await tove.says("min oversigt")
    assert "Kvalificér videnbasen" in words(card)
    assert "Trin 1 af 2\n – Leg" in words(await tove.presses(card, "Kvalificér"))
    await gives(tove)
    assert "Kvalificér videnbasen" not in words(await tove.says("min oversigt"))


async def test_pressed_twice_it_is_given_once(tove: Someone, database: Database) -> None:
    card = await tove.says("kvalificering")
    card = await tove.presses(card, "Næste", recognition="ja")
    for _ in range(2):
        await tove.presses(card, "Gem kvalificeringen", recognition="ja", contributors="25+")
    tove.now = NOW + timedelta(hours=1)
    await tove.presses(card, "Gem kvalificeringen", recognition="ja", contributors="25+")
    assert (await statements(database))[InstitutionType.DAYCARE].saved_at == NOW


async def test_where_there_were_no_themes_the_picture_is_qualified_as_a_whole(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await change(database, Theme, valid_from=HalfYear(2020, 1), valid_to=HalfYear(2020, 2))
    await to_networks(nis)
    tove = Someone(database, across.facilitator)
    card = await tove.says("kvalificering")
    assert "Trin 1 af 1\n – Billedet som helhed" in words(card)
    await tove.presses(card, "Gem kvalificeringen", recognition="nej", tell=TELL, contributors="5-9")
    assert TELL in words(await nis.says("videnbase 0-6"))


async def test_the_first_round_of_all_has_no_evidence_yet_and_says_so(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await change(database, Cycle, first_half_year=HalfYear(2027, 2))
    await to_networks(nis)
    card = await Someone(database, across.facilitator).says("kvalificering")
    assert "Der er endnu ingen videnbase fra en tidligere periode." in words(card)


def test_i29_the_statement_shows_none_of_its_words_in_an_error() -> None:
    statement = NetworkStatement(
        round_id=UUID(int=1), network=InstitutionType.SCHOOL, answers=(Answer(tell="Hemmeligt", lacking="Skjult"),)
    )
    assert "Hemmeligt" not in repr(statement) + repr(statement.answers[0])
    assert "Skjult" not in repr(statement.answers[0])
