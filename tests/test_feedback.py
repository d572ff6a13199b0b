"""The observer writes what was seen, the host gets it, and nobody changes it after that."""

import asyncio
import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.access import Record, Relation
from domain.errors import Expired, Problems
from domain.feedback import Curious, Described, Feedback, FeedbackAddendum
from domain.identity import new_id
from domain.kept import readers_of
from domain.observation import Observation, ObservationState, Progress
from domain.organisation import Person
from scheduler.planner import plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of
from tests.town import MUNICIPALITY, Someone, buttons, values, words
from tests.visits import (
    ENDS,
    FIRST,
    HOME,
    SAW,
    SUPPORTS,
    TAKEN,
    WONDER,
    WRITTEN,
    Neighbours,
    agreed,
    due,
    feeds_back,
    given,
    observed,
    told,
    visited,
)
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town

# What each is called on the card that says who can read it.
READERS = {
    Relation.AUTHOR: "observatøren",
    Relation.OWN_LEADER: "lederne fra Elmeskolen",
    Relation.COLLEAGUE: "dem, de deler den med",
    Relation.CHIEF: "deres Børn og Unge-chef",
    Relation.PARTICIPATING_ADMINISTRATION: "tilknyttede medarbejdere i forvaltningen",
}


async def kept_of(database: Database) -> Feedback:
    [kept] = await all_of(database, Feedback)
    return kept


async def test_r46_a_feedback_is_written_in_two_steps_and_sent(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await visited(mette, rune)
    card = await rune.says("feedback")
    assert "Ses af: kun dig." in words(card)
    card = await rune.presses(card, "Næste", **WRITTEN)
    sent = await rune.presses(card, "Send tilbagemelding", **TAKEN)
    assert "Tilbagemeldingen er sendt" in words(sent)
    [seen_by] = [line for line in words(sent).splitlines() if line.startswith("Ses af: ")]
    assert set(READERS) == set(readers_of(Record.FEEDBACK))
    for relation, named in READERS.items():
        assert named in seen_by, relation
    for said in (SAW, SUPPORTS, WONDER, HOME):
        assert said in words(sent)
    kept = await kept_of(database)
    assert (kept.is_sent, kept.author_id, kept.home_id) == (True, town.rune.id, town.other_school.id)
    assert (await observed(database)).oral_on == date(2026, 4, 28)
    assert (await told(database, town.leader))[-1] == "acknowledgement"
    assert "Læs tilbagemeldingen på en observation" in words(await mette.says("min oversigt"))


async def test_i20_a_draft_is_its_authors_alone_and_opens_where_it_was_left(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await visited(mette, rune)
    card = await rune.presses(await rune.says("feedback"), "Næste", **WRITTEN)
    saved = await rune.presses(card, "Gem kladde", wonder=WONDER)
    assert "Din kladde er gemt" in words(saved)
    card = await rune.presses(saved, "Fortsæt")
    assert values(card)["wonder"] == WONDER
    kept = await kept_of(database)
    for someone in (town.leader, town.chief, town.neighbour, town.consultant, town.administrator, town.teacher):
        other = Someone(database, someone, now=rune.now)
        assert await other.gets("feedback.read", kept.id) is None
        assert await other.gets("acknowledgement", kept.id) is None
        assert SAW not in words(await other.says("observationer"))
        refused = await other.presses(card, "Gem kladde", wonder="Mine egne ord?")
        assert "Det har du ikke adgang til" in words(refused)
        assert "Mine egne ord?" in words(refused)
        assert WONDER not in words(refused)


@pytest.mark.parametrize(
    ("typed", "sentence", "step"),
    [
        ({"saw": ""}, "Skriv, hvad du så og hørte.", 1),
        ({"supports": ""}, "Skriv kort, hvad du så, som støttede det.", 1),
        ({"wonder": ""}, "Skriv mindst én ting, der gjorde dig nysgerrig, som et spørgsmål.", 2),
        ({"unnamed": "false"}, "Sæt flueben, når du har sikret dig, at ingen er nævnt ved navn.", 2),
        ({"oral_on": ""}, "Vælg datoen, eller sæt flueben ved ”Ikke endnu”.", 2),
        ({"oral_on": "2026-04-27"}, "Datoen ligger før besøget.", 2),
        ({"oral_on": "2026-04-29"}, "Vælg en dato, der ikke ligger i fremtiden.", 2),
        ({"wonder": "Hvem er 010203-1234?"}, "cpr-nummer", 2),
        ({"saw": "x" * 3001}, "3.001 tegn", 1),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(
    mette: Someone, rune: Someone, database: Database, typed: dict[str, str], sentence: str, step: int
) -> None:
    await visited(mette, rune)
    card = await rune.presses(await rune.says("feedback"), "Næste", **{**WRITTEN, **typed})
    if "Trin 2 af 2" in words(card):
        card = await rune.presses(card, "Send tilbagemelding", **{**TAKEN, **typed})
    assert f"Trin {step} af 2" in words(card)
    assert sentence in words(card)
    wanted = WRITTEN if step == 1 else TAKEN
    stays = {name: value for name, value in wanted.items() if name not in typed}
    assert {name: values(card)[name] for name in stays} == stays
    assert not any(each.is_sent for each in await all_of(database, Feedback))


async def test_what_may_be_of_one_child_is_asked_about_in_each_half_whatever_was_ticked_before(
    mette: Someone, rune: Someone, database: Database
) -> None:
    """The tick that everybody gives was given before anything was seen; the question takes its place, once."""
    await visited(mette, rune)
    card = await rune.presses(await rune.says("feedback"), "Næste", **{**WRITTEN, "saw": "Emma fra 4.b talte"})
    assert "”Emma fra 4.b” kan pege på ét barn." in words(card)
    card = await rune.presses(card, "Næste", unrecognised="true")
    assert "Trin 2 af 2" in words(card)
    wonder = "Hvad skal der til, for at Oliver fra 5.b kommer med?"
    for button in ("Vis det, modtageren ser", "Send tilbagemelding"):
        asked = await rune.presses(card, button, **{**TAKEN, "wonder": wonder})
        assert "”Oliver fra 5.b” kan pege på ét barn." in words(asked)
        assert {name: values(asked)[name] for name in ("wonder", "home")} == {"wonder": wonder, "home": HOME}
        assert ("unnamed" in values(asked), values(asked)["unrecognised"]) == (False, "false")
    still = await rune.presses(asked, "Send tilbagemelding", unrecognised="true", oral_on="")
    assert "Vælg datoen" in words(still)
    sent = await rune.presses(still, "Send tilbagemelding", oral_on="2026-04-28")
    assert "Tilbagemeldingen er sendt" in words(sent)
    assert (await kept_of(database)).curious.unnamed


async def test_a_half_that_was_kept_from_another_card_is_asked_about_before_it_is_sent(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await visited(mette, rune)
    first = await rune.says("feedback")
    second = await rune.presses(first, "Næste", **WRITTEN)
    shown = await rune.presses(second, "Vis det, modtageren ser", **TAKEN)
    await rune.presses(await rune.presses(second, "Tilbage", **TAKEN), "Gem kladde", saw="Emma fra 4.b talte")
    for asked in (
        await rune.presses(second, "Send tilbagemelding", **TAKEN),
        await rune.presses(await rune.presses(shown, "Send tilbagemelding"), "Send tilbagemelding"),
    ):
        assert "Trin 1 af 2" in words(asked)
        assert "”Emma fra 4.b” kan pege på ét barn." in words(asked)
    second = await rune.presses(asked, "Næste", unrecognised="true")
    shown = await rune.presses(second, "Vis det, modtageren ser")
    await rune.presses(second, "Gem kladde", wonder="Hvad siger Oliver fra 5.b?")
    asked = await rune.presses(await rune.presses(shown, "Send tilbagemelding"), "Send tilbagemelding")
    assert "”Oliver fra 5.b” kan pege på ét barn." in words(asked)
    assert not (await kept_of(database)).is_sent
    assert "Tilbagemeldingen er sendt" in words(await rune.presses(asked, "Send tilbagemelding", unrecognised="true"))


async def test_no_question_mark_gives_a_hint_and_no_hindrance(mette: Someone, rune: Someone) -> None:
    await visited(mette, rune)
    card = await rune.presses(await rune.says("feedback"), "Næste", **WRITTEN)
    card = await rune.presses(await rune.presses(card, "Tilbage", wonder="Mindre kredse"), "Næste")
    assert "Et spørgsmål åbner tit mere end et råd." in words(card)
    sent = await rune.presses(card, "Send tilbagemelding", **{**TAKEN, "wonder": "Mindre kredse"})
    assert "Tilbagemeldingen er sendt" in words(sent)


async def test_it_is_shown_as_the_host_will_read_it_before_it_is_sent(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await visited(mette, rune)
    card = await rune.presses(await rune.says("feedback"), "Næste", **WRITTEN)
    shown = await rune.presses(card, "Vis det, modtageren ser", **TAKEN)
    assert "Rune Sol, Fyrreskolen, skriver:" in words(shown)
    assert SAW in words(shown)
    assert "10." not in words(shown)
    # What is changed in another place is shown before it is sent.
    other = await rune.presses(await rune.presses(shown, "Ret"), "Gem kladde", wonder="Noget andet?")
    assert "Din kladde er gemt" in words(other)
    again = await rune.presses(shown, "Send tilbagemelding")
    assert "Noget andet?" in words(again)
    assert not (await kept_of(database)).is_sent
    assert "Tilbagemeldingen er sendt" in words(await rune.presses(again, "Send tilbagemelding"))


async def test_i16_no_feedback_before_the_visit_nor_after_it_was_cancelled(
    mette: Someone, rune: Someone, database: Database
) -> None:
    about = await agreed(mette, rune)
    assert "Skriv tilbagemelding" not in buttons(await rune.says("feedback"))
    mette.now = rune.now = ENDS + timedelta(hours=1)
    card = await rune.presses(await rune.sees("feedback", about.id), "Gennemført")

    async def state(value: ObservationState) -> None:
        def work(uow: UnitOfWork) -> None:
            uow.session.get_one(Observation, about.id).state = value

        await database.write(work)

    for value, sentence in (
        (ObservationState.AGREED, "Kortet er forældet, fordi der er aftalt et tidspunkt."),
        (ObservationState.CANCELLED, "Kortet er forældet, fordi observationen er aflyst."),
    ):
        await state(value)
        late = await rune.presses(card, "Næste", **WRITTEN)
        assert sentence in words(late)
        assert SAW in words(late)
        assert await all_of(database, Feedback) == []


async def test_i17_a_sent_feedback_is_never_changed_and_a_second_one_is_given_back(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await visited(mette, rune)
    first = await rune.says("feedback")
    second = await rune.says("feedback")
    await feeds_back(rune, first)
    late = await rune.presses(second, "Næste", saw="Noget helt andet", supports="x")
    assert "Tilbagemeldingen er sendt, så den står, som den er." in words(late)
    assert "Noget helt andet" in words(late)
    assert (await kept_of(database)).described == Described(**WRITTEN)

    def tamper(uow: UnitOfWork) -> None:
        kept = uow.session.query(Feedback).one()
        kept.described = Described(saw="Rettet bagefter", supports="x")

    with pytest.raises(TypeError, match="never changed"):
        await database.write(tamper)
    with pytest.raises(Expired, match="feedback_sent"):
        (await kept_of(database)).write(Described(saw="x"), rune.now)


async def test_i17_only_its_author_adds_signed_remarks(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    card = await rune.presses(await rune.sees("feedback.read", kept.id), "Tilføj en bemærkning")
    assert "Skriv et par ord først." in words(await rune.presses(card, "Tilføj bemærkningen", addendum=""))
    wrong = await rune.presses(card, "Tilføj bemærkningen", addendum="Se 010203-1234")
    assert values(wrong)["addendum"] == "Se 010203-1234"
    added = await rune.presses(card, "Tilføj bemærkningen", addendum="Kredsen var om morgenen.")
    assert "Rune Sol · 28. april 2026" in words(added)
    # Whoever has not acknowledged it gets it to acknowledge with the remark.
    assert (await told(database, town.leader))[-1] == "acknowledgement"
    assert "Kredsen var om morgenen." in words(await mette.sees("acknowledgement", kept.id))
    assert "Tilføj en bemærkning" not in buttons(await mette.sees("feedback.read", kept.id))
    refused = await mette.presses(card, "Tilføj bemærkningen", addendum="Mine ord")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Mine ord" in words(refused)
    rune.now += timedelta(days=9)
    await rune.presses(card, "Tilføj bemærkningen", addendum="Kredsen var om morgenen.")
    assert len(await all_of(database, FeedbackAddendum)) == 1


async def test_what_a_remark_is_about_is_read_beside_it_and_nothing_typed_is_lost(
    mette: Someone, rune: Someone
) -> None:
    kept = await given(mette, rune)
    card = await rune.presses(await rune.sees("feedback.read", kept.id), "Tilføj en bemærkning")
    assert WRITTEN["saw"] in words(card)
    assert "Læs tilbagemeldingen" in words(card)
    assert "Læs tilbagemeldingen" not in buttons(card), "it is unfolded, and takes nothing away"
    wrong = await rune.presses(card, "Tilføj bemærkningen", addendum="Se 010203-1234")
    assert WRITTEN["saw"] in words(wrong)
    await rune.presses(card, "Tilføj bemærkningen", addendum="Kredsen var om morgenen.")
    again = await rune.presses(await rune.sees("feedback.read", kept.id), "Tilføj en bemærkning")
    assert "Kredsen var om morgenen." in words(again)


async def test_a_remark_that_comes_after_the_acknowledgement_is_pointed_to(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)
    await mette.presses(await mette.says("kvittér"), "Jeg har læst den")
    asking = await rune.presses(await rune.sees("feedback.read", kept.id), "Tilføj en bemærkning")
    card = await rune.presses(asking, "Tilføj bemærkningen", addendum="Og om morgenen.")
    assert "har tilføjet en bemærkning" not in words(card)
    assert (await told(database, town.leader))[-1] == "feedback.read"
    news = words(await mette.sees("feedback.read", kept.id))
    assert "Rune Sol har tilføjet en bemærkning. Den står længere nede." in news
    assert "Og om morgenen." in news


async def test_r49_i18_it_is_complete_with_both_the_oral_and_the_written_feedback(
    mette: Someone, rune: Someone, database: Database
) -> None:
    about = await visited(mette, rune)
    card = await rune.presses(await rune.says("feedback"), "Næste", **WRITTEN)
    await rune.presses(card, "Send tilbagemelding", **{**TAKEN, "oral_on": "", "oral_later": "true"})
    assert "afventer mundtlig feedback" in words(await mette.sees("visit", about.id)).lower()
    found = await due(database, rune.now + timedelta(days=5))
    assert [each.person_id for each in found["feedback.oral"]] == [rune.who.id]
    asked = await rune.sees("feedback.oral", about.id)
    assert values(asked)["oral_on"] == "2026-04-28"
    assert "Vælg en dato." in words(await rune.presses(asked, "Gem datoen", oral_on=""))
    early = await rune.presses(asked, "Gem datoen", oral_on="2026-04-20")
    assert "Datoen ligger før besøget." in words(early)
    await rune.presses(asked, "Gem datoen")
    assert (await observed(database)).oral_on == date(2026, 4, 28)
    assert await rune.gets("feedback.oral", about.id) is None
    assert "Afsluttet, ikke kvitteret endnu" in words(await mette.sees("visit", about.id))


def test_i18_an_observation_is_complete_when_oral_date_and_sent_feedback_both_exist_and_only_then() -> None:
    about = Observation(institution_id=new_id(), host_id=new_id(), guide_id=new_id(), state=ObservationState.DONE)
    for oral_on, is_sent in itertools.product((None, FIRST.date()), (False, True)):
        about.oral_on = oral_on
        is_complete = about.progress(is_sent=is_sent) is Progress.COMPLETE
        assert is_complete is (oral_on is not None and is_sent)
    assert about.progress(is_sent=False) is Progress.AWAITS_FEEDBACK
    about.oral_on = None
    assert about.progress(is_sent=True) is Progress.AWAITS_ORAL
    for state in set(ObservationState) - {ObservationState.DONE}:
        about.state, about.oral_on = state, FIRST.date()
        assert about.progress(is_sent=True) is not Progress.COMPLETE


async def test_the_oral_feedback_is_asked_about_tomorrow(mette: Someone, rune: Someone, database: Database) -> None:
    about = await visited(mette, rune)
    card = await rune.presses(await rune.says("feedback"), "Næste", **WRITTEN)
    await rune.presses(card, "Send tilbagemelding", **{**TAKEN, "oral_on": "", "oral_later": "true"})
    assert "feedback.oral" in await told(database, rune.who)
    card = await rune.sees("feedback.oral", about.id)
    assert "Du hører fra mig" in words(await rune.presses(card, "Mind mig i morgen"))


@pytest.mark.parametrize("days", [0, 2, 5, 10])
async def test_the_observer_is_reminded_until_it_is_sent(
    mette: Someone, rune: Someone, database: Database, days: int
) -> None:
    about = await agreed(mette, rune)
    at = ENDS + timedelta(days=days)
    [reminded] = (await due(database, at))["feedback"]
    assert (reminded.person_id, reminded.subject_id) == (rune.who.id, about.id)
    mette.now = rune.now = at
    await rune.presses(await rune.sees("feedback", about.id), "Gennemført")
    assert "Hvad så og hørte du?" in words(await rune.sees("feedback", about.id))
    await feeds_back(rune)
    assert "feedback" not in await due(database, at)
    assert await rune.gets("feedback", about.id) is None


async def test_after_fourteen_days_both_are_asked_for_a_new_deadline(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await visited(mette, rune)
    at = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)
    found = (await due(database, at))["feedback.deadline"]
    assert {each.person_id for each in found} == {town.leader.id, town.rune.id}
    mette.now = rune.now = at
    mine, theirs = await rune.sees("feedback.deadline", about.id), await mette.sees("feedback.deadline", about.id)
    for due_on in ("", "2026-05-12", "2026-08-01"):
        wrong = await mette.presses(theirs, "Aftal fristen", due=due_on)
        assert "Vælg en dato" in words(wrong)
        assert values(wrong)["due"] == due_on
    put_off = words(await rune.presses(mine, "Ikke nu", due="2026-06-01"))
    assert "Ny frist\n1. juni 2026" in put_off, "a date that was chosen is given back"
    await mette.presses(theirs, "Aftal fristen", due="2026-05-20")
    assert (await told(database, town.rune))[-1] == "feedback.due"
    assert "20. maj 2026" in words(await rune.sees("feedback.due", about.id))
    late = await rune.presses(mine, "Aftal fristen", due="2026-06-01")
    assert "Kortet er forældet, fordi noget er ændret." in words(late)
    assert "1. juni 2026" in words(late)
    assert await rune.gets("feedback.deadline", about.id) is None
    on_the_day = await due(database, datetime(2026, 5, 20, 7, 0, tzinfo=UTC))
    assert [each.person_id for each in on_the_day["feedback"]] == [town.rune.id]
    after = await due(database, datetime(2026, 5, 21, 7, 0, tzinfo=UTC))
    assert {each.person_id for each in after["feedback.deadline"]} == {town.leader.id, town.rune.id}
    seen = words(await Someone(database, town.chief, now=rune.now).says("min oversigt"))
    assert "afventer skriftlig tilbagemelding" in seen
    assert "20. maj" not in seen


async def test_a_new_deadline_is_never_before_the_visit_and_a_visit_that_is_moved_has_none(
    mette: Someone, rune: Someone, database: Database
) -> None:
    about = await agreed(mette, rune)
    at = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)
    mette.now = rune.now = at
    asked = await mette.sees("feedback.deadline", about.id)
    await mette.presses(asked, "Aftal fristen", due="2026-05-20")
    how = await rune.sees("feedback", about.id)
    card = await rune.presses(how, "Flyttet")
    await rune.presses(card, "Flyt", day1="2026-06-09", clock1="09:00")
    kept = await observed(database)
    assert kept.feedback_due is None
    early = await mette.presses(asked, "Aftal fristen", due="2026-06-08", r=str(kept.revision))
    assert "Kortet er forældet" in words(early)
    asked = await mette.sees("feedback.deadline", about.id)
    early = await mette.presses(asked, "Aftal fristen", due="2026-06-08")
    assert "Datoen ligger før besøget." in words(early)
    assert values(early)["due"] == "2026-06-08"
    await mette.presses(early, "Aftal fristen", due="2026-06-09")
    assert (await observed(database)).feedback_due == date(2026, 6, 9)


async def test_two_places_at_once_lose_nothing(mette: Someone, rune: Someone) -> None:
    await visited(mette, rune)
    card = await rune.says("feedback")
    await rune.presses(card, "Gem kladde", saw="Det ene", supports="x")
    again = await rune.presses(card, "Gem kladde", saw="Det andet", supports="x")
    assert "Det ene" in words(again)
    assert values(again)["saw"] == "Det andet"


async def test_sending_twice_at_the_same_moment_sends_once(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await visited(mette, rune)
    card = await rune.presses(await rune.says("feedback"), "Næste", **WRITTEN)
    await asyncio.gather(
        rune.presses(card, "Send tilbagemelding", **TAKEN),
        rune.presses(card, "Send tilbagemelding", **{**TAKEN, "home": "En anden tanke"}),
    )
    assert (await told(database, town.leader)).count("acknowledgement") == 1


async def test_i32_whoever_has_left_writes_nothing_and_their_own_feedback_stays_readable(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    kept = await given(mette, rune)

    def ends(uow: UnitOfWork) -> None:
        from domain.organisation import RoleAssignment

        for each in uow.session.query(RoleAssignment).all():
            if each.person_id == town.rune.id:
                each.to_on = date(2026, 4, 1)

    await database.write(ends)
    assert SAW in words(await rune.sees("feedback.read", kept.id))
    assert "Ingen tilbagemelding at skrive" in words(await rune.says("feedback"))


async def test_nothing_is_planned_twice_and_nothing_of_it_holds_words(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await visited(mette, rune)
    for hours in (0, 1, 50):
        await plan(database, ENDS + timedelta(hours=hours), MUNICIPALITY)
    from domain.prompt import Prompt

    keys = [each.occasion for each in await all_of(database, Prompt)]
    assert len(keys) == len(set(keys))
    card = await rune.presses(await rune.says("feedback"), "Næste", **WRITTEN)
    assert SAW not in str(card["fallbackText"])
    assert "Rune" not in str(card["fallbackText"])


@pytest.mark.parametrize(
    ("half", "codes"),
    [
        (Described(), {"saw", "supports"}),
        (Curious(), {"wonder", "oral_on", "unnamed"}),
        (Curious(wonder="?", oral_later=True, unnamed=True), set()),
    ],
)
def test_what_is_missing_in_the_domain(half: Any, codes: set[str]) -> None:
    assert set(half.missing()) == codes


def test_a_draft_takes_no_remark() -> None:
    kept = Feedback(observation_id=new_id(), institution_id=new_id(), home_id=new_id(), author_id=new_id())
    with pytest.raises(Expired, match="feedback_open"):
        FeedbackAddendum.to(kept, "x", by=kept.author_id, now=FIRST)
    with pytest.raises(Problems):
        kept.send(FIRST)


__all__ = ["Person"]
