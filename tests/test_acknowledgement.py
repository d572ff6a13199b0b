"""The host acknowledges, which is not to agree, and the feedback is among the data of the next dialogue by itself."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from domain.acknowledgement import Acknowledgement
from domain.aims import FourAims
from domain.focus_area import FocusArea
from domain.organisation import Role, RoleAssignment
from domain.practice import Practice
from domain.prompt import Prompt, PromptKind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of, chooses, reflects
from tests.test_my_data import exported, page_of
from tests.town import STARTS, Someone, buttons, options, values, words
from tests.visits import HOME, SAW, WONDER, Neighbours, due, given, told
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town

BRING = "Vi vil prøve mindre kredse."
COMMENT = "Tak for spørgsmålet om kredsens størrelse."
LATER = datetime(2026, 5, 26, 7, 0, tzinfo=UTC)


async def moves_the_dialogue(database: Database, town: Neighbours, to: datetime = LATER) -> None:
    """The school's next dialogue comes after the visit."""
    from domain.dialogue import Dialogue

    def work(uow: UnitOfWork) -> None:
        uow.session.get_one(Dialogue, town.dialogue.id).starts_at = to

    await database.write(work)


async def test_c8_the_host_reads_acknowledges_and_the_observer_hears_of_it(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    card = await mette.sees("acknowledgement", kept.id)
    for said in (SAW, WONDER, HOME, "Kvittering betyder, at du har læst tilbagemeldingen – ikke at du er enig."):
        assert said in words(card)
    done = await mette.presses(card, "Jeg har læst den", bring=BRING, comment=COMMENT)
    assert "Kvitteret" in words(done)
    assert BRING in words(done)
    for each in (card, done):
        [seen_by] = [line for line in words(each).splitlines() if line.startswith("Ses af: ")]
        for reader in ("observatøren", "lederne fra Elmeskolen", "dem, I deler den med", "chef", "i forvaltningen"):
            assert reader in seen_by, reader
    assert (await told(database, town.rune))[-1] == "acknowledgement.news"
    news = await rune.sees("acknowledgement.news", kept.id)
    assert "Elmeskolen har læst din tilbagemelding." in words(news)
    assert COMMENT in words(news)
    assert BRING not in words(news)
    assert "Ingen tilbagemelding venter" in words(await mette.says("kvittér"))


async def test_no_card_of_the_two_goes_on_saying_that_it_waits_and_no_remark_that_is_typed_is_replaced(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    sent = await rune.sees("feedback.read", kept.id)
    asking = await rune.presses(sent, "Tilføj en bemærkning", "typing")
    again = await rune.presses(asking, "Tilbage", "receipt")
    assert "Afsluttet, ikke kvitteret endnu" in words(again)
    visit = await mette.presses(await mette.sees("visit.uninformed", kept.observation_id), "De er orienteret", "visit")
    assert "Afsluttet, ikke kvitteret endnu" in words(visit)
    await mette.presses(await mette.says("kvittér"), "Jeg har læst den", comment=COMMENT)
    updates = [each for each in await all_of(database, Prompt) if each.kind is PromptKind.UPDATE]
    assert {(each.person_id, each.replaces) for each in updates if each.due_at == mette.now} >= {
        (town.rune.id, "receipt"),
        (town.leader.id, "visit"),
    }
    assert "typing" not in {each.replaces for each in updates}
    for who in (mette, rune):
        assert "Afsluttet, ikke kvitteret endnu" not in words(await who.sees("visit", kept.observation_id))
    anew = words(await rune.sees("feedback.mine", kept.id))
    assert "Afsluttet, ikke kvitteret endnu" not in anew
    assert COMMENT in anew
    added = await rune.presses(asking, "Tilføj bemærkningen", "typing", addendum="Kredsen var om morgenen.")
    assert "Kredsen var om morgenen." in words(added)


async def test_thanks_are_said_once_and_with_the_reading_where_both_come_together(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    done = await mette.presses(await mette.says("kvittér"), "Kvittér og sig tak")
    assert "I har sagt tak." in words(done)
    assert "Sig tak" not in buttons(done)
    assert "De siger tak." in words(await rune.sees("acknowledgement.news", kept.id))
    assert (await told(database, town.rune)).count("acknowledgement.news") == 1


async def test_thanks_can_follow(mette: Someone, rune: Someone, database: Database) -> None:
    kept = await given(mette, rune)
    done = await mette.presses(await mette.says("kvittér"), "Jeg har læst den")
    assert "De siger tak." not in words(await rune.sees("acknowledgement.news", kept.id))
    await mette.presses(done, "Sig tak")
    await mette.presses(done, "Sig tak")
    assert "De siger tak." in words(await rune.sees("acknowledgement.news", kept.id))
    [acknowledged] = await all_of(database, Acknowledgement)
    assert acknowledged.thanked_at == mette.now


async def test_r01_the_host_says_which_of_the_four_aims_a_feedback_is_about(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    """R-01: "a fixed tag set on themes, focus areas, observations and perspectives (multi-select; not required)"."""
    kept = await given(mette, rune)
    card = await mette.says("kvittér")
    assert list(options(card, "aims")) == ["Læring", "Udvikling", "Trivsel", "Dannelse"]
    assert "Handler om" not in words(await rune.sees("feedback.read", kept.id))
    sharing = await mette.presses(card, "Del med mit team", aims="trivsel,læring,ukendt")
    card = await mette.presses(sharing, "Tilbage")
    assert values(card)["aims"] == "læring,trivsel"
    done = await mette.presses(card, "Jeg har læst den")
    assert "Handler om\nLæring · Trivsel" in words(done)
    [acknowledged] = await all_of(database, Acknowledgement)
    assert acknowledged.reply.aims == (FourAims.LEARNING, FourAims.WELL_BEING)
    for someone in (town.rune, town.chief):
        reader = Someone(database, someone, now=mette.now)
        assert "Handler om\nLæring · Trivsel" in words(await reader.sees("feedback.read", kept.id))
    await moves_the_dialogue(database, town)
    assert "Handler om\nLæring · Trivsel" in words(await mette.says("forbered"))


async def test_what_was_acknowledged_before_the_aims_could_be_chosen_names_none(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await given(mette, rune)
    await mette.presses(await mette.says("kvittér"), "Jeg har læst den", bring=BRING, aims="trivsel")

    def forget(uow: UnitOfWork) -> None:
        [(row_id, reply)] = uow.session.execute(text("SELECT id, reply FROM acknowledgement")).all()
        kept = json.loads(reply) if isinstance(reply, str) else dict(reply)
        del kept["aims"]
        uow.session.execute(
            text("UPDATE acknowledgement SET reply = :reply WHERE id = :id"), {"reply": json.dumps(kept), "id": row_id}
        )

    await database.write(forget)
    [acknowledged] = await all_of(database, Acknowledgement)
    assert (acknowledged.reply.bring, acknowledged.reply.aims) == (BRING, ())


@pytest.mark.parametrize("name", ["bring", "comment"])
async def test_what_must_not_be_kept_is_said_at_the_field_and_the_rest_stays(
    mette: Someone, rune: Someone, database: Database, name: str
) -> None:
    await given(mette, rune)
    typed = {"bring": BRING, "comment": COMMENT, name: "Spørg 010203-1234"}
    card = await mette.presses(await mette.says("kvittér"), "Jeg har læst den", **typed)
    assert "cpr-nummer" in words(card)
    assert {each: values(card)[each] for each in typed} == typed
    assert await all_of(database, Acknowledgement) == []


async def test_only_the_leaders_of_the_host_acknowledge(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await given(mette, rune)
    card = await mette.says("kvittér")
    for someone in (town.rune, town.chief, town.deputy, town.neighbour, town.administrator):
        other = Someone(database, someone, now=mette.now)
        refused = await other.presses(card, "Jeg har læst den", bring="Mine ord")
        assert "Det har du ikke adgang til" in words(refused)
        assert "Mine ord" in words(refused)
        assert SAW not in words(refused)
    assert await all_of(database, Acknowledgement) == []


async def test_two_leaders_at_the_same_moment_acknowledge_once_and_lose_nothing(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await given(mette, rune)

    def leads(uow: UnitOfWork) -> None:
        uow.add(
            RoleAssignment(
                person_id=town.deputy.id, role=Role.LEADER, from_on=date(2024, 8, 1), institution_id=town.school.id
            )
        )

    await database.write(leads)
    sara = Someone(database, town.deputy, now=mette.now)
    cards = [await mette.says("kvittér"), await sara.says("kvittér")]
    answers = await asyncio.gather(
        mette.presses(cards[0], "Jeg har læst den", bring="Mettes ord"),
        sara.presses(cards[1], "Jeg har læst den", bring="Saras ord"),
    )
    assert len(await all_of(database, Acknowledgement)) == 1
    assert "Mettes ord" in words(answers[0])
    assert "Saras ord" in words(answers[1])
    late = [each for each in answers if "En anden leder har kvitteret for den i mellemtiden." in words(each)]
    assert len(late) == 1
    assert "Kopiér" in words(late[0])


async def test_it_is_linked_to_a_focus_area_of_the_host(mette: Someone, rune: Someone, database: Database) -> None:
    mette.now = STARTS + timedelta(hours=1)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    mette.now = rune.now = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)
    await given(mette, rune)
    card = await mette.says("kvittér")
    chosen = options(card, "focus_area_id")["Flere stemmer i timerne"]
    done = await mette.presses(card, "Jeg har læst den", focus_area_id=chosen)
    assert "Flere stemmer i timerne" in words(done)
    [area] = await all_of(database, FocusArea)
    [acknowledged] = await all_of(database, Acknowledgement)
    assert acknowledged.reply.focus_area_id == area.id


async def test_the_focus_area_it_is_linked_to_shows_it_to_those_who_may_read_it(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    mette.now = STARTS + timedelta(hours=1)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    mette.now = rune.now = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)
    await given(mette, rune)
    birgit, nis = (Someone(database, each, now=mette.now) for each in (town.chief, town.administrator))
    assert SAW not in words(await mette.says("fokusområder"))
    card = await mette.says("kvittér")
    chosen = options(card, "focus_area_id")["Flere stemmer i timerne"]
    await mette.presses(card, "Jeg har læst den", focus_area_id=chosen)
    seen = words(await mette.says("fokusområder"))
    assert "Tilbagemeldinger fra observationer\n•\nFyrreskolen, besøg den 28. april 2026" in seen
    assert SAW in seen
    assert WONDER in seen
    [area] = await all_of(database, FocusArea)
    assert SAW in words(await birgit.sees("focus_area", area.id))
    # The administration reads the focus area, and no feedback.
    read = words(await nis.sees("focus_area", area.id))
    assert "Flere stemmer i timerne" in read
    assert SAW not in read
    assert "Birgit Dam" in words(await rune.says("hvem har set det"))


async def test_the_focus_area_of_the_invitation_shows_it_to_the_leaders_at_once_and_to_the_chief_after_fourteen_days(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    mette.now = STARTS + timedelta(hours=1)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    mette.now = rune.now = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)
    [area] = await all_of(database, FocusArea)
    kept = await given(mette, rune, focus_area_id=str(area.id))
    assert kept.submitted_at is not None
    assert "(ikke kvitteret)" in words(await mette.says("fokusområder"))
    birgit = Someone(database, town.chief)
    for days, is_there in ((13, False), (14, True)):
        birgit.now = kept.submitted_at + timedelta(days=days)
        assert (SAW in words(await birgit.sees("focus_area", area.id))) is is_there


async def test_r46_what_was_taken_home_is_shared_as_practice_by_an_observer_who_leads(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    anders = Someone(database, town.neighbour, now=mette.now)
    kept = await given(mette, anders)
    receipt = await anders.sees("feedback.read", kept.id)
    card = await anders.presses(receipt, "Del praksis")
    assert values(card)["did"] == HOME
    assert "Det er taget med hjem fra en observation." in words(card)
    shown = await anders.presses(card, "Vis som andre ser det", why="De stille kommer også til orde.")
    assert "Elmeskolen" not in words(shown)
    await anders.presses(shown, "Del praksis")
    found = words(await mette.says("praksis"))
    assert HOME in found
    assert "Fyrreskolen" in found
    assert "Del praksis" not in buttons(await mette.sees("feedback.read", kept.id))
    # It can be corrected as any practice, and what stands in the feedback stays.
    [practice] = await all_of(database, Practice)
    assert (practice.institution_id, practice.feedback_id) == (town.other_school.id, kept.id)
    await anders.presses(await anders.sees("practice", practice.id), "Træk tilbage")


async def test_r46_what_a_teacher_took_home_is_shared_by_those_who_lead_there_and_by_nobody_else(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    receipt = await rune.sees("feedback.read", kept.id)
    assert "Lederne fra Fyrreskolen kan dele det, du tager med hjem, som praksis." in words(receipt)
    assert "Del praksis" not in buttons(receipt)
    anders = Someone(database, town.neighbour, now=mette.now)
    card = await anders.says("del praksis")
    assert values(card)["did"] == HOME
    assert SAW not in words(card)
    assert "Anders Lyng" in words(await rune.says("hvem har set det"))
    for someone in (mette, rune, Someone(database, town.chief), Someone(database, town.other_chief)):
        refused = await someone.presses(card, "Gem kladde", did="Mine egne ord")
        assert "Det har du ikke adgang til" in words(refused)
        assert "Mine egne ord" in words(refused)
    assert await all_of(database, Practice) == []
    await anders.presses(card, "Gem kladde", did="Vi begynder to og to.")
    assert [each.draft.did for each in await all_of(database, Practice)] == ["Vi begynder to og to."]


async def test_the_leaders_are_reminded_after_three_and_seven_days(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    assert kept.submitted_at is not None
    for days in (3, 7):
        [reminded] = (await due(database, kept.submitted_at + timedelta(days=days)))["acknowledgement"]
        assert reminded.person_id == town.leader.id
    await mette.presses(await mette.says("kvittér"), "Jeg har læst den")
    assert "acknowledgement" not in await due(database, kept.submitted_at + timedelta(days=3))


async def test_nobody_is_reminded_of_what_another_leader_has_acknowledged(
    mette: Someone, rune: Someone, database: Database
) -> None:
    kept = await given(mette, rune)
    assert await mette.is_reminded("acknowledgement", kept.id)
    await mette.presses(await mette.says("kvittér"), "Jeg har læst den")
    assert not await mette.is_reminded("acknowledgement", kept.id)
    assert "Kvitteret" in words(await mette.sees("acknowledgement", kept.id))


async def test_r50_it_stands_in_the_next_preparation_by_itself_when_it_is_acknowledged(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    await moves_the_dialogue(database, town)
    before = await mette.says("forbered")
    assert "Tilbagemeldinger fra observationer" not in words(before)
    await mette.presses(await mette.says("kvittér"), "Jeg har læst den", bring=BRING)
    card = await mette.says("forbered")
    assert "Tilbagemeldinger fra observationer\n•\nFyrreskolen, besøg den 28. april 2026\n" in words(card)
    assert SAW in words(card)
    assert BRING in words(card)
    assert values(card)["sources"] == "observation"
    # What the host brings is seen with the preparation: until that is ready it is in no answer to the chief either.
    birgit = Someone(database, town.chief, now=mette.now)
    assert BRING not in words(await birgit.says("observationer"))
    card = await mette.presses(card, "Næste", interpretation="Flere elever siger noget end før.")
    card = await mette.presses(card, "Næste", children="Det er lettere", parents="Godt")
    await mette.presses(card, "Klar til samtalen")
    told_of = await birgit.says("observationer")
    assert f"Tages med til samtalen: {BRING}" in words(told_of)
    sources = await birgit.presses(told_of, "Vis kilder")
    [feedback] = [each for each in options(sources, "source").values() if each.startswith("feedback:")]
    assert BRING in words(await birgit.presses(sources, "Åbn kilden", source=feedback))
    assert BRING not in words(await rune.sees("feedback.read", kept.id)), "it is for who reads the preparation"
    # What is of no theme is not of the local development for that, and lacks no figures.
    summary = words(await birgit.says("tilsynsresumé for Elmeskolen"))
    assert "Uden tema\nKvalitative data\nObservationer\n – 1 tilbagemelding" in summary
    assert "om Uden tema" not in summary
    assert SAW in words(await birgit.sees("preparation.read", town.dialogue.id))
    # It goes on into the reflection and the decisions of the same dialogue, and not into the next one's.
    mette.now = birgit.now = LATER + timedelta(hours=1)
    reflection = await mette.says("refleksion")
    assert SAW in words(reflection)
    await reflects(mette)
    assert SAW in words(await birgit.says("refleksion"))
    assert SAW in words(await mette.says("beslutning"))
    # The administration of the whole municipality reads the reflection, and no feedback.
    nis = Someone(database, town.administrator, now=mette.now)
    assert SAW not in words(await nis.sees("reflection", town.dialogue.id))


async def test_i19_after_fourteen_days_it_is_attached_without_being_acknowledged(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    assert kept.submitted_at is not None
    await moves_the_dialogue(database, town)
    birgit = Someone(database, town.chief)
    for days, is_there in ((13, False), (14, True)):
        mette.now = birgit.now = kept.submitted_at + timedelta(days=days)
        assert ("(ikke kvitteret)" in words(await mette.says("forbered"))) is is_there
        assert (await birgit.gets("feedback.read", kept.id) is not None) is is_there
        sources = await birgit.presses(await birgit.says("observationer"), "Vis kilder")
        assert (f"feedback:{kept.id}" in options(sources, "source").values()) is is_there


async def test_i26_nothing_of_unacknowledged_feedback_is_in_a_supervision_summary_inside_its_fourteen_days(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    assert kept.submitted_at is not None
    birgit = Someone(database, town.chief)
    for days, is_there in ((13, False), (14, True)):
        mette.now = birgit.now = kept.submitted_at + timedelta(days=days)
        for summary in (await birgit.says("tilsynsresumé for Elmeskolen"), await mette.says("hvad kan min chef se")):
            assert ("1 tilbagemelding" in words(summary)) is is_there
            assert not any(said in words(summary) for said in (SAW, WONDER, HOME))
            sources = await (birgit if "Afgræns" in buttons(summary) else mette).presses(summary, "Vis kilder")
            assert (f"feedback:{kept.id}" in options(sources, "source").values()) is is_there


async def test_i19_what_comes_after_the_dialogue_has_begun_belongs_to_the_next(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await given(mette, rune)
    # The dialogue was a week before the visit.
    await mette.presses(await mette.says("kvittér"), "Jeg har læst den")
    card = await mette.says("refleksion")
    assert "Tilbagemeldinger fra observationer" not in words(card)


async def test_r46_what_the_observer_takes_home_stands_in_their_own_institutions_preparation(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await given(mette, rune)
    from domain.dialogue import Dialogue
    from domain.period import HalfYear

    def plans(uow: UnitOfWork) -> None:
        uow.add(
            Dialogue(
                institution_id=town.other_school.id,
                cycle_id=town.cycle.id,
                half_year=HalfYear(2026, 1),
                starts_at=LATER,
                number=2,
            )
        )

    await database.write(plans)
    anders = Someone(database, town.neighbour, now=mette.now)
    card = await anders.says("forbered")
    assert "Taget med hjem fra observationer" in words(card)
    assert HOME in words(card)
    assert "Rune Sol · Elmeskolen · besøg den 28. april 2026" in words(card)
    assert SAW not in words(card)
    assert WONDER not in words(card)


async def test_the_chief_reads_it_once_the_leader_has_and_sees_a_word_before(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    birgit = Someone(database, town.chief, now=mette.now)
    assert await birgit.gets("feedback.read", kept.id) is None
    assert SAW not in words(await birgit.says("observationer"))
    assert "afsluttet, ikke kvitteret endnu" in words(await birgit.says("min oversigt"))
    await mette.presses(await mette.says("kvittér"), "Jeg har læst den")
    sources = await birgit.presses(await birgit.says("observationer"), "Vis kilder")
    assert SAW in words(await birgit.presses(sources, "Åbn kilden", source=f"feedback:{kept.id}"))
    consultant, nis = Someone(database, town.consultant, now=mette.now), Someone(database, town.administrator)
    nis.now = mette.now
    assert await consultant.gets("feedback.read", kept.id) is not None
    for someone in (nis, Someone(database, town.other_chief, now=mette.now), Someone(database, town.teacher)):
        assert await someone.gets("feedback.read", kept.id) is None


async def test_a_leader_shares_it_with_the_team_and_what_was_typed_goes_along(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    jonas = Someone(database, town.teacher, now=mette.now)
    assert await jonas.gets("feedback.read", kept.id) is None
    card = await mette.presses(await mette.says("kvittér"), "Del med mit team", bring=BRING)
    assert "Vælg en kollega fra listen." in words(await mette.presses(card, "Del"))
    assert values(await mette.presses(card, "Tilbage"))["bring"] == BRING
    for stranger in (town.rune, town.chief):
        assert "Vælg en kollega fra listen." in words(await mette.presses(card, "Del", colleagues=str(stranger.id)))
    after = await mette.presses(card, "Del", colleagues=str(town.teacher.id))
    assert values(after)["bring"] == BRING
    assert (await told(database, town.teacher)) == ["feedback.read"]
    assert SAW in words(await jonas.sees("feedback.read", kept.id))
    assert await Someone(database, town.deputy, now=mette.now).gets("feedback.read", kept.id) is None
    again = await mette.presses(after, "Del med mit team")
    assert "Den kan læses af: Jonas Berg" in words(again)
    assert "Jonas Berg" not in options(again, "colleagues")


async def test_i33_every_read_but_the_authors_is_shown_to_the_person_it_concerns(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    assert "andre end dig har læst noget" in words(await rune.says("hvem har set det"))
    card = await mette.sees("acknowledgement", kept.id)
    assert "Mette Holm" in words(await rune.says("hvem har set det"))
    await mette.presses(card, "Jeg har læst den")
    mette.now += timedelta(hours=1)
    birgit = Someone(database, town.chief, now=mette.now)
    await birgit.sees("feedback.read", kept.id)
    await rune.sees("feedback.read", kept.id)
    for someone in (rune, mette):
        told_them = words(await someone.says("hvem har set det"))
        assert "Birgit Dam\nTilbagemelding på observationen den 28. april 2026 · Elmeskolen" in told_them
        assert "Rune Sol" not in told_them
    # Drawn again while one writes, it is the same reading.
    await moves_the_dialogue(database, town)
    mette.now += timedelta(hours=1)
    card = await mette.says("forbered")
    assert SAW in words(card)
    second = await mette.presses(card, "Næste")
    # What shows none of it is no reading of it.
    mette.now += timedelta(hours=1)
    saved = await mette.presses(second, "Gem kladde")
    for shown in (second, saved, await mette.sees("preparation.agenda", town.dialogue.id)):
        assert SAW not in words(shown)
    seen = words(await rune.says("hvem har set det"))
    assert "2 gange den dag" in seen
    assert "3 gange den dag" not in seen
    # In the preparation it stood folded, and nothing tells whether it was opened.
    assert "Det, der er foldet sammen på et kort, tæller med" in seen


async def test_nothing_of_it_stands_in_a_toast(mette: Someone, rune: Someone) -> None:
    kept = await given(mette, rune)
    for someone, view in ((mette, "acknowledgement"), (rune, "feedback.read")):
        card = await someone.sees(view, kept.id)
        for told_in in ("fallbackText", "speak"):
            assert SAW not in str(card[told_in])
            assert "Rune" not in str(card[told_in])


async def test_the_author_never_acknowledges_their_own_feedback_though_they_lead_the_host_by_now(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    assert kept.submitted_at is not None
    card = await mette.says("kvittér")
    leads = RoleAssignment(
        person_id=town.rune.id, role=Role.LEADER, from_on=date(2026, 4, 1), institution_id=town.school.id
    )
    await database.write(lambda uow: uow.add(leads))
    assert "Det har du ikke adgang til" in words(await rune.presses(card, "Jeg har læst den"))
    assert "Ingen tilbagemelding venter" in words(await rune.says("kvittér"))
    assert "Læs tilbagemeldingen på en observation" not in words(await rune.says("min oversigt"))
    [reminded] = (await due(database, kept.submitted_at + timedelta(days=3)))["acknowledgement"]
    assert reminded.person_id == town.leader.id
    assert await all_of(database, Acknowledgement) == []


async def test_the_observers_own_data_has_the_comment_and_not_what_the_host_brings(
    mette: Someone, rune: Someone, database: Database
) -> None:
    kept = await given(mette, rune)
    card = await mette.sees("acknowledgement", kept.id)
    await mette.presses(card, "Jeg har læst den", bring=BRING, comment=COMMENT, aims="trivsel")
    made = await exported(database, rune)
    for told_to_rune in (await page_of(rune), made.page.decode(), made.data.decode()):
        assert COMMENT in told_to_rune
        assert BRING not in told_to_rune
    assert BRING in (await exported(database, mette)).data.decode()
