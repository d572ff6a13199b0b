"""What was decided in learning dialogues, what it rests on, and where the measures are."""

from datetime import timedelta
from uuid import UUID

from domain.decision import Decision, DecisionKind, What, Who
from domain.dialogue import DialogueState
from domain.measure import Measure
from domain.organisation import Role
from domain.period import HalfYear
from domain.preparation import Source
from domain.reflection import Basis, Participant, Reflection, Understanding
from domain.slots import AskedStatus
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.asker import ask, refusal
from tests.test_summary import first
from tests.town import NOW, Someone, Town, buttons, options, words

INTENT = "decision_list"
HELD = NOW + timedelta(days=8)
DECIDED = "Vi prøver makkerpar i dansk."


async def with_measure(database: Database, *, saved: bool = True) -> tuple[Town, UUID]:
    """A dialogue that was held, and a measure that it decided."""
    town = Town()

    def work(uow: UnitOfWork) -> UUID:
        town.build(uow)
        town.dialogue.state = DialogueState.RECORDED
        uow.add(
            Reflection(
                dialogue_id=town.dialogue.id,
                basis=Basis(participants=(Participant.MANAGEMENT, Participant.STAFF), sources=(Source.YOUTH,)),
                understanding=Understanding(interpretation="Vi ser det tydeligt.", analysis="Det skyldes rammen."),
                written_by=town.leader.id,
                written_at=HELD,
                saved_at=HELD,
            )
        )
        decision = Decision(
            dialogue_id=town.dialogue.id,
            author_id=town.leader.id,
            what=What(kind=DecisionKind.MEASURE, text=DECIDED, sources=(Source.YOUTH,)),
            who=Who(owner="Teamet omkring 5. årgang", due=(HELD + timedelta(days=20)).date()),
            kind=DecisionKind.MEASURE,
            due=(HELD + timedelta(days=20)).date(),
            written_by=town.leader.id,
            written_at=HELD,
            saved_at=HELD if saved else None,
        )
        uow.add(decision)
        uow.session.flush()
        if saved:
            uow.add(Measure.of(decision, town.school))
        return decision.id

    return town, await database.write(work)


async def test_the_kind_the_words_what_it_rests_on_owner_and_date(database: Database) -> None:
    town, _decision_id = await with_measure(database)
    for someone in (town.chief, town.leader, town.administrator, town.consultant):
        reader = Someone(database, someone, now=HELD + timedelta(days=1))
        shown = words(await ask(reader, INTENT, institutions=(town.school.id,)))
        for told in ("Indsats", DECIDED, "Bygger på: de unges perspektiver", "Teamet omkring 5. årgang", "frist "):
            assert told in shown, (someone.name, told)
    coming = words(await ask(reader, INTENT, institutions=(town.school.id,), half_year=HalfYear(2031, 1)))
    assert "Perioden begynder" in coming
    assert DECIDED not in coming, "a measure that goes on today is none of a half-year that is only coming"
    mette = Someone(database, town.leader, now=HELD + timedelta(days=1))
    for typed in ("hvad er besluttet", "hvilke beslutninger har vi truffet"):
        asked = await mette.says(typed)
        assert DECIDED in words(asked)
        assert "Vis kilder" in buttons(asked), "a question is answered, and opens nothing to write in"


async def test_what_is_past_its_date_is_all_that_is_shown_when_asked_for(database: Database) -> None:
    town, _decision_id = await with_measure(database)
    chief = Someone(database, town.chief, now=HELD + timedelta(days=1))
    early = words(await ask(chief, INTENT, status=AskedStatus.OVERDUE))
    assert "Ingen indsats er over fristen." in early
    assert "i gang" in words(await ask(chief, INTENT, status=AskedStatus.OPEN))
    chief.now = HELD + timedelta(days=30)
    late = words(await ask(chief, INTENT, status=AskedStatus.OVERDUE))
    assert f"{DECIDED}\n – over fristen" in late
    assert "kun det, der er over fristen" in late


async def test_a_chief_asks_about_measures_by_the_words_of_the_leaders_command(database: Database) -> None:
    town, _decision_id = await with_measure(database)
    birgit = Someone(database, town.chief, now=HELD + timedelta(days=30))
    for typed in ("indsatser", "hvilke indsatser er der på Elmeskolen", "which measures are there"):
        card = words(await birgit.says(typed))
        assert f"{DECIDED}\n – over fristen" in card, typed
        assert "kun indsatserne" in card, typed
        assert "Bygger på: de unges perspektiver" not in card, typed
    late = words(await birgit.says("hvilke indsatser er over fristen på Elmeskolen"))
    assert "kun det, der er over fristen" in late
    assert DECIDED in late
    ole, anne = Someone(database, town.other_chief, now=birgit.now), Someone(database, town.teacher, now=birgit.now)
    assert "Der har ikke været nogen indsats i perioden." in words(await ole.says("indsatser"))
    assert "Det kan jeg ikke svare på" in words(await anne.says("indsatser"))
    mette = Someone(database, town.leader, now=birgit.now)
    assert "Gem" in buttons(await mette.says("vis mine indsatser"))


async def test_i20_a_draft_is_in_nobodys_answer(database: Database) -> None:
    town, _decision_id = await with_measure(database, saved=False)
    for someone in (town.chief, town.leader, town.administrator):
        reader = Someone(database, someone, now=HELD + timedelta(days=1))
        shown = words(await ask(reader, INTENT, institutions=(town.school.id,)))
        assert DECIDED not in shown
        assert "Der er ikke gemt nogen beslutninger i perioden." in shown


async def test_what_was_withdrawn_is_not_told_as_decided(database: Database) -> None:
    town, decision_id = await with_measure(database)

    def withdraw(uow: UnitOfWork) -> None:
        uow.session.get_one(Decision, decision_id).withdrawn_at = HELD

    await database.write(withdraw)
    reader = Someone(database, town.chief, now=HELD + timedelta(days=1))
    assert DECIDED not in words(await ask(reader, INTENT))


async def test_the_last_dialogue_and_one_by_its_number(database: Database) -> None:
    town, _decision_id = await with_measure(database)
    chief = Someone(database, town.chief, now=HELD + timedelta(days=1))
    latest = words(await ask(chief, INTENT, latest=True))
    assert DECIDED in latest
    assert "kun de seneste" in latest
    assert DECIDED in words(await ask(chief, INTENT, dialogue_no=2))
    assert DECIDED not in words(await ask(chief, INTENT, dialogue_no=1))


async def test_a_theme_leaves_out_what_is_about_something_else(database: Database) -> None:
    town, _decision_id = await with_measure(database)
    chief = Someone(database, town.chief, now=HELD + timedelta(days=1))
    assert DECIDED not in words(await ask(chief, INTENT, theme=town.theme.id))


async def test_i25_every_source_opens(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await ask(chief, INTENT), "Vis kilder")
    for value in options(sources, "source").values():
        assert "Kilden kan ikke åbnes" not in words(await chief.presses(sources, "Åbn kilden", source=value))


async def test_others_get_a_kind_no(database: Database) -> None:
    town, _decision_id = await with_measure(database)
    for someone in (town.other_leader, town.other_chief, town.teacher):
        assert (
            await refusal(Someone(database, someone), INTENT, institutions=(town.school.id,))
            == "outside_responsibility"
        )
