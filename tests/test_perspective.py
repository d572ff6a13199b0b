"""What children, young people and parents say is written down at any time, and what they recommend gets an answer."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import select, text

from cards.kit import Card
from dialogs import perspective as flow
from dialogs import recommendation as answers
from dialogs.conversation import Kind
from dialogs.flow import Planning
from domain.aims import FourAims
from domain.focus_area import FocusArea
from domain.focus_status import FocusStatus
from domain.organisation import Role, RoleAssignment
from domain.period import HalfYear
from domain.perspective import Count, FormalBody, Group, Perspective, Recommendation, Response, reminder_days
from domain.preparation import Preparation
from domain.prompt import Prompt, PromptState
from domain.reflection import Reflection
from scheduler.planner import Rounds, plan
from storage.database import Database
from storage.preparation import preparation
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER, all_of, change, chooses, decides, reflects
from tests.town import MUNICIPALITY, NOW, STARTS, Someone, Town, options, values, words

SAID = "Det er lettere at sige noget i små grupper."
WISH = "Flere små grupper i dansk"
GOOD = {"group": "unge", "via": "elevrådet", "count": "5-9", "said": SAID, "recommend": WISH}


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, a week before the dialogue."""
    await database.write(town.build)
    return Someone(database, town.leader)


async def test_r17_a_perspective_is_written_at_any_time_and_the_chief_reads_it(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await mette.says("perspektiv")
    assert set(options(card, "group").values()) == {"børn", "unge", "forældre", "medarbejdere"}
    card = await mette.presses(card, "Gem perspektivet", **GOOD)
    assert SAID in words(card)
    assert WISH in words(card)
    [kept] = await all_of(database, Perspective)
    assert (kept.group, kept.body, kept.count, kept.half_year) == (
        Group.YOUTH,
        FormalBody.STUDENT_COUNCIL,
        Count.SOME,
        HalfYear(2026, 1),
    )
    chief = Someone(database, town.chief)
    await mette.presses(
        await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "said": "Frikvarteret er for kort."}
    )
    seen = await chief.says("perspektiver")
    assert SAID in words(seen)
    # Of one day, body and group, they are told apart by what was said.
    listed = options(await mette.says("perspektiver"), "listed")
    assert len(listed) == 2
    assert any(each.endswith(": Frikvarteret er for kort.") for each in listed)
    assert "Unge" in words(seen)
    for someone in (town.other_chief, town.other_leader, town.deputy):
        assert await Someone(database, someone).gets("perspective", kept.id) is None


async def test_r43_the_youngest_have_no_youth_and_each_group_stands_for_itself(database: Database, town: Town) -> None:
    await database.write(town.build)
    ali = Someone(database, town.other_leader)
    assert "unge" not in options(await ali.says("perspektiv"), "group").values()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"group": ""}, "Vælg, hvis perspektiv det er."),
        ({"via": ""}, "Vælg, hvordan I har indhentet det."),
        ({"via": str(UUID(int=7))}, "Vælg, hvordan I har indhentet det."),
        ({"count": "12"}, "Vælg, hvor mange der cirka deltog."),
        ({"said": ""}, "Skriv, hvad de fortæller."),
        ({"recommend": "Spørg 010203-1234"}, "cpr-nummer"),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(
    mette: Someone, database: Database, typed: dict[str, str], sentence: str
) -> None:
    card = await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, **typed})
    assert sentence in words(card)
    stays = {name: value for name, value in GOOD.items() if name not in typed}
    assert {name: values(card)[name] for name in stays} == stays
    assert await all_of(database, Perspective) == []


async def test_few_are_warned_about_and_counts_are_bands(mette: Someone) -> None:
    card = await mette.says("perspektiv")
    assert list(options(card, "count")) == ["1–4", "5–9", "10–24", "25 eller flere"]
    card = await mette.presses(card, "Gem perspektivet", **{**GOOD, "count": "1-4"})
    assert "Vær ekstra opmærksom på, at ingen kan genkendes." in words(card)


async def test_r20_methods_come_from_a_register_that_leaders_add_to(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await mette.says("metoder")
    assert "Klassens time" in words(card)
    assert "Tegninger og fotos" not in words(card)
    card = await mette.presses(card, "Tilføj en metode")
    assert "Der er allerede en metode" in words(
        await mette.presses(card, "Tilføj metoden", name="klassens time", how="Samtale")
    )
    wrong = await mette.presses(card, "Tilføj metoden", name="Gåtur", how="")
    assert "Skriv med få ord, hvordan man gør." in words(wrong)
    assert values(wrong)["name"] == "Gåtur"
    await mette.presses(wrong, "Tilføj metoden", how="To og to på en gåtur")
    card = await mette.says("perspektiv")
    via = options(card, "via")
    await mette.presses(card, "Gem perspektivet", **{**GOOD, "via": via["Gåtur"]})
    listed = await mette.says("metoder")
    assert "Brugt af Elmeskolen" in words(listed)
    one = await mette.presses(await mette.presses(listed, "Erfaringer"), "Vis", id=via["Gåtur"])
    told = await mette.presses(one, "Gem erfaringen", experience="God til de stille.")
    assert "God til de stille." in words(told)
    assert "Elmeskolen" in words(told)
    assert "Skriv" in words(await mette.presses(one, "Gem erfaringen", experience=""))
    deputy = Someone(database, town.deputy)
    assert "Det har du ikke adgang til" in words(await deputy.presses(listed, "Tilføj en metode"))


async def test_r18_it_comes_from_a_formal_body_or_from_an_informal_group(mette: Someone, database: Database) -> None:
    """R-18: "Perspective source = formal body or informal group"."""
    ways = options(await mette.says("perspektiv"), "via")
    bodies = {each for each in ways.values() if each in set(FormalBody)}
    informal = next(each for each in ways.values() if each not in bodies)
    assert FormalBody.STUDENT_COUNCIL in bodies
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    await mette.presses(
        await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "via": informal, "recommend": ""}
    )
    kept = await all_of(database, Perspective)
    assert {each.body for each in kept} == {FormalBody.STUDENT_COUNCIL, None}


async def test_r19_a_recommendation_waits_for_an_answer_and_a_report_back(
    mette: Someone, database: Database, town: Town
) -> None:
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    assert "Svar på en anbefaling" in words(await mette.says("min oversigt"))
    [waiting] = await all_of(database, Recommendation)

    async def asked(at: datetime) -> list[str]:
        def work(uow: UnitOfWork) -> list[str]:
            planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
            return [each.key.split(":")[2] for each in answers.clock(planning)]

        return await database.read(work)

    assert await asked(STARTS) == []
    assert await asked(STARTS + timedelta(days=1)) == ["answer"]
    mette.now = STARTS + timedelta(days=1)
    card = await mette.sees("recommendation", waiting.id)
    assert WISH in words(card)
    assert "Vælg, hvad I gør ved den." in words(await mette.presses(card, "Gem"))
    partly = await mette.presses(card, "Gem", response="delvist")
    assert "Skriv kort hvorfor." in words(partly)
    late = await mette.presses(card, "Gem", response="fulgt", reported_on="2026-12-24")
    assert "Vælg en dato, der ikke ligger i fremtiden." in words(late)
    early = await mette.presses(card, "Gem", response="fulgt", reported_on="2019-01-01")
    assert "De anbefalede det den 14. april 2026." in words(early)
    answered = await mette.presses(card, "Gem", response="delvist", reason="Vi begynder i dansk")
    assert "Vi begynder i dansk" in words(answered)
    assert "en tilbagemelding" in words(answered)
    assert await asked(mette.now + timedelta(days=13)) == []
    assert await asked(mette.now + timedelta(days=14)) == ["report"]
    assert await asked(mette.now + timedelta(days=140)) == ["report"]
    await mette.presses(await mette.says("anbefalinger"), "Gem", reported_on="2026-04-22")
    [closed] = await all_of(database, Recommendation)
    assert (closed.response, closed.reported_on) == (Response.PARTLY, date(2026, 4, 22))
    assert await asked(mette.now + timedelta(days=14)) == []
    assert await mette.gets("recommendation", waiting.id) is None
    assert "Ingen anbefalinger venter" in words(await mette.says("anbefalinger"))


async def test_nobody_is_asked_about_a_recommendation_that_was_taken_back(mette: Someone, database: Database) -> None:
    saved = await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    card, rounds = await mette.presses(saved, "Ret"), Rounds()

    async def waiting() -> list[Prompt]:
        found = await all_of(database, Prompt)
        return [each for each in found if each.view == "recommendation" and each.state is PromptState.PENDING]

    await plan(database, STARTS + timedelta(hours=3), MUNICIPALITY, rounds)
    assert await waiting()
    await mette.presses(card, "Gem perspektivet", recommend="")
    assert await waiting() == []
    # Nor by the next round, which goes by what it remembers.
    await plan(database, STARTS + timedelta(hours=3, minutes=1), MUNICIPALITY, rounds)
    assert await waiting() == []


async def test_a_correction_corrects_the_recommendation_and_loses_nothing(mette: Someone, database: Database) -> None:
    saved = await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    first = await mette.presses(saved, "Ret")
    [kept] = await all_of(database, Perspective)
    second = await mette.presses(await mette.sees("perspective", kept.id), "Ret")
    await mette.presses(first, "Gem perspektivet", said="Det ene", recommend="")
    assert await all_of(database, Recommendation) == []
    card = await mette.presses(second, "Gem perspektivet", said="Det andet")
    assert "Det ene" in words(card)
    assert values(card)["said"] == "Det andet"
    await mette.presses(card, "Gem perspektivet")
    [kept] = await all_of(database, Perspective)
    assert kept.said == "Det andet"


async def test_r22_the_overview_names_focus_areas_without_a_child_or_youth_perspective(
    mette: Someone, database: Database
) -> None:
    mette.now = AFTER
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    seen = words(await mette.says("min oversigt"))
    assert "Uden børne- eller ungeperspektiv endnu\nFlere stemmer i timerne" in seen
    saved = await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    card = await mette.presses(saved, "Knyt til fokusområde")
    await mette.presses(card, "Tilknyt")
    seen = words(await mette.says("min oversigt"))
    assert "Uden børne- eller ungeperspektiv endnu" not in seen
    assert "Perspektiver i halvåret\nUnge" in seen
    [area] = await all_of(database, FocusArea)
    [kept] = await all_of(database, Perspective)
    assert kept.focus_area_id == area.id


async def test_r43_the_leader_hears_twice_a_half_year_who_has_not_been_heard(
    mette: Someone, database: Database, town: Town
) -> None:
    first, second = reminder_days(HalfYear(2026, 1))
    assert (first, second) == (date(2026, 3, 5), date(2026, 4, 30))

    async def asked(day: date) -> set[UUID]:
        at = datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)

        def work(uow: UnitOfWork) -> set[UUID]:
            planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
            return {each.person_id for each in flow.clock(planning)}

        return await database.read(work)

    assert await asked(first) == {town.leader.id, town.other_leader.id}
    assert await asked(date(2026, 4, 10)) == set()
    card = await mette.sees("perspective.missing", town.school.id)
    for group in ("Børn", "Unge", "Forældre"):
        assert group in words(card)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "group": "børn"})
    left = words(await mette.sees("perspective.missing", town.school.id))
    assert "Børn" not in left
    assert "Unge" in left
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    left = words(await mette.sees("perspective.missing", town.school.id))
    assert "Unge" not in left
    assert "Forældre" in left
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "group": "forældre"})
    assert await mette.gets("perspective.missing", town.school.id) is None
    assert await asked(second) == {town.other_leader.id}


async def test_only_a_leader_writes_and_everyone_else_gets_their_words_back(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await mette.says("perspektiv")
    for someone in (town.chief, town.other_leader, town.deputy):
        refused = await Someone(database, someone, now=NOW).presses(card, "Gem perspektivet", **GOOD)
        assert "Det har du ikke adgang til" in words(refused)
        assert SAID in words(refused)
    assert await all_of(database, Perspective) == []


LINE = "Unge, 14. april 2026 (Elevrådet)"


async def files(mette: Someone) -> tuple[UUID, UUID]:
    """Two perspectives of the week before the dialogue: the young people's, and the parents'."""
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    parents = {**GOOD, "group": "forældre", "via": "bestyrelsen", "said": "De er trygge.", "recommend": ""}
    mette.now += timedelta(minutes=1)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **parents)
    found = {each.group: each.id for each in await all_of(mette.database, Perspective)}
    return found[Group.YOUTH], found[Group.PARENTS]


async def prepares(mette: Someone) -> Card:
    """The second step of the preparation."""
    data = {"interpretation": "Flere siger noget i timerne, end før.", "sources": "observation"}
    return await mette.presses(await mette.says("forbered"), "Næste", **data)


async def test_r22_what_was_filed_is_chosen_in_the_preparation_and_not_written_once_more(
    mette: Someone, town: Town
) -> None:
    young, parents = await files(mette)
    card = await prepares(mette)
    assert options(card, "chosen") == {LINE: str(young), "Forældre, 14. april 2026 (Bestyrelsen)": str(parents)}
    assert set(values(card)["chosen"].split(",")) == {str(young), str(parents)}
    assert (values(card)["children"], values(card)["parents"]) == ("", "")
    assert SAID in words(card)
    # Who leaves one out is asked for that group; nothing that was chosen is lost by it.
    card = await mette.presses(card, "Næste", chosen=str(young))
    card = await mette.presses(card, "Klar til samtalen")
    assert "Trin 2 af 3" in words(card)
    assert "skriv, hvad de siger" in words(card).lower()
    assert values(card)["chosen"] == str(young)
    card = await mette.presses(card, "Næste", chosen=f"{young},{parents}")
    ready = await mette.presses(card, "Klar til samtalen")
    assert "Forberedelsen er klar" in words(ready)
    read = await Someone(mette.database, town.chief, now=mette.now).sees("preparation.read", town.dialogue.id)
    assert LINE in words(read)
    assert SAID in words(read)


async def test_r22_reflection_decision_and_status_name_the_perspectives_they_rest_on(
    mette: Someone, town: Town
) -> None:
    young, parents = await files(mette)
    card = await mette.presses(await prepares(mette), "Næste", chosen=f"{young},{parents}")
    await mette.presses(card, "Klar til samtalen")
    mette.now = AFTER
    card = await mette.says("refleksion")
    assert LINE in options(card, "sources")
    assert set(values(card)["sources"].split(",")) == {"observation", str(young), str(parents)}
    # Perspectives alone are data enough, with equal rank.
    card = await mette.presses(card, "Næste", participants="management,staff", sources=str(young), figures="")
    card = await mette.presses(card, "Gem og gå til beslutning", interpretation=SAID, analysis=SAID, cross="Netværket")
    assert set(options(card, "based")) == {LINE}
    card = await decides(mette, "andet", "Små grupper hver uge", card, based=str(young))
    assert f"Bygger på\n{LINE}" in words(card)
    assert SAID in words(card)
    minutes = await mette.presses(card, "Kopiér til referat")
    assert LINE in values(minutes)["minutes"]
    chief = await Someone(mette.database, town.chief, now=AFTER).says("refleksion Elmeskolen")
    assert LINE in words(chief)
    assert SAID in words(chief)
    # What a decision rests on stays in the reflection.
    card = await mette.presses(await mette.says("refleksion"), "Ret")
    assert "En gemt beslutning bygger på det" in words(await mette.presses(card, "Næste", sources="observation"))
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    card = await decides(mette, "vælg fokusområde", "Vi vælger flere stemmer", card, based=str(young))
    theme = next(iter(options(card, "theme").values()))
    await mette.presses(card, "Gem fokusområdet", theme=theme, title="Flere stemmer", signs="Flere siger noget")
    assert LINE in words(await mette.says("fokusområder"))
    asked = await mette.says("status")
    saved = await mette.presses(asked, "Gem status", status="på vej", seen="Flere siger noget", evidence=str(young))
    assert f"Bygger på: {LINE}" in words(saved)


async def test_a_perspective_of_another_institution_is_no_data(mette: Someone, town: Town) -> None:
    ali = Someone(mette.database, town.other_leader)
    theirs = {**GOOD, "group": "forældre", "via": "bestyrelsen", "said": "Fra et andet tilbud."}
    await ali.presses(await ali.says("perspektiv"), "Gem perspektivet", **theirs)
    [foreign] = [each.id for each in await all_of(mette.database, Perspective)]
    card = await mette.presses(await prepares(mette), "Næste", chosen=str(foreign), children="Godt", parents="Godt")
    await mette.presses(card, "Klar til samtalen")
    [kept] = await all_of(mette.database, Preparation)
    assert kept.perspectives.chosen == ()
    mette.now = AFTER
    card = await mette.says("refleksion")
    basis = {"participants": "management,staff", "sources": f"observation,{foreign}"}
    card = await mette.presses(card, "Næste", **basis)
    card = await mette.presses(card, "Gem og gå til beslutning", interpretation=SAID, analysis=SAID, cross="Netværket")
    [reflection] = await all_of(mette.database, Reflection)
    assert reflection.basis.perspectives == ()
    card = await chooses(mette, "Flere stemmer", card)
    asked = await mette.says("status")
    await mette.presses(asked, "Gem status", status="på vej", seen="Flere siger noget", evidence=str(foreign))
    [status] = await all_of(mette.database, FocusStatus)
    assert status.perspectives == ()
    assert "Fra et andet tilbud." not in words(await mette.says("fokusområder"))


async def test_what_was_written_before_perspectives_could_be_chosen_stays(mette: Someone, town: Town) -> None:
    card = await prepares(mette)
    await mette.presses(card, "Næste", children="De siger noget", parents="De er trygge")

    def older(uow: UnitOfWork) -> None:
        [(key, kept)] = uow.session.execute(select(preparation.c.id, preparation.c.perspectives)).all()
        document = {"children": kept.children, "children_by": None, "parents": kept.parents, "parents_by": None}
        raw = json.dumps({**document, "staff": "", "bodies": []})
        cast = "CAST(:raw AS JSONB)" if uow.dialect == "postgresql" else ":raw"
        uow.session.execute(text(f"UPDATE preparation SET perspectives = {cast}"), {"raw": raw})
        assert key is not None

    await mette.database.write(older)
    card = await mette.presses(await mette.says("forbered"), "Tilbage")
    assert (values(card)["children"], values(card)["parents"]) == ("De siger noget", "De er trygge")


async def test_another_body_gets_a_name_and_a_day_care_has_no_student_council(database: Database, town: Town) -> None:
    await database.write(town.build)
    ali = Someone(database, town.other_leader)
    card = await ali.says("perspektiv")
    assert "elevrådet" not in options(card, "via").values()
    typed = {**GOOD, "group": "forældre", "via": "andet", "recommend": ""}
    wrong = await ali.presses(card, "Gem perspektivet", **typed)
    assert "Skriv, hvem det var" in words(wrong)
    saved = await ali.presses(wrong, "Gem perspektivet", **{**typed, "body_name": "Forældrerådet"})
    assert "Forældrerådet" in words(saved)
    for hostile in ({"group": "unge"}, {"via": "elevrådet"}):
        await ali.presses(card, "Gem perspektivet", **{**typed, "body_name": "Ingen", **hostile})
    assert len(await all_of(database, Perspective)) == 1


async def test_the_administration_reads_perspectives_and_an_unknown_institution_is_a_polite_no(
    mette: Someone, database: Database, town: Town
) -> None:
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    nis = Someone(database, town.administrator)
    assert SAID in words(await nis.says("perspektiver Elmeskolen"))
    assert "Elmeskolen" in words(await nis.says("perspektiver"))
    reply = await nis.does(Kind.PRESSED, verb="perspective.list", data={"id": str(UUID(int=7))})
    assert "Det har du ikke adgang til" in words(reply.card or {})


async def test_the_same_press_gets_the_same_answer_for_as_long_as_the_same_roles_are_in_force(
    mette: Someone, database: Database
) -> None:
    drawn = await mette.says("perspektiv")
    saved = await mette.presses(drawn, "Gem perspektivet", **GOOD)
    assert await mette.presses(drawn, "Gem perspektivet", **GOOD) == saved
    await change(database, RoleAssignment, to_on=(NOW - timedelta(days=1)).date())
    assert "Det har du ikke adgang til" in words(await mette.presses(drawn, "Gem perspektivet", **GOOD))
    await change(database, RoleAssignment, to_on=None)
    assert await mette.presses(drawn, "Gem perspektivet", **GOOD) == saved
    assert len(await all_of(database, Perspective)) == 1


async def test_a_conflict_names_the_one_who_corrected_it_last(mette: Someone, database: Database, town: Town) -> None:
    await database.write(
        lambda uow: uow.add(
            RoleAssignment(
                person_id=town.deputy.id, role=Role.LEADER, from_on=date(2024, 8, 1), institution_id=town.school.id
            )
        )
    )
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    [kept] = await all_of(database, Perspective)
    later = NOW + timedelta(days=3)
    sara = Someone(database, town.deputy, now=later)
    mine = await mette.presses(await mette.sees("perspective", kept.id), "Ret")
    hers = await sara.presses(await sara.sees("perspective", kept.id), "Ret")
    await sara.presses(hers, "Gem perspektivet", said="Saras ord om de små grupper")
    mette.now = later
    card = await mette.presses(mine, "Gem perspektivet", said="Mettes ord om de små grupper")
    assert "Sara Lind" in words(card)
    assert "Saras ord om de små grupper" in words(card)
    assert values(card)["said"] == "Mettes ord om de små grupper"
    [kept] = await all_of(database, Perspective)
    assert (kept.author_id, kept.written_at) == (town.leader.id, NOW)
    assert kept.last_written == (town.deputy.id, later)


async def test_r01_a_perspective_says_which_of_the_four_aims_it_is_about(mette: Someone, database: Database) -> None:
    card = await mette.says("perspektiv")
    assert list(options(card, "aims")) == ["Læring", "Udvikling", "Trivsel", "Dannelse"]
    card = await mette.presses(card, "Gem perspektivet", **GOOD, aims="trivsel,læring,ukendt")
    assert "Læring · Trivsel" in words(card)
    [kept] = await all_of(database, Perspective)
    assert kept.aims == (FourAims.LEARNING, FourAims.WELL_BEING)
    card = await mette.presses(card, "Ret")
    assert values(card)["aims"] == "læring,trivsel"
    card = await mette.presses(card, "Gem perspektivet", aims="")
    assert "Trivsel" not in words(card)
