"""What was reflected on together is decided, and nothing is decided before; whichever door is tried."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards import decision as cards
from cards.kit import Card
from dialogs import BUTTONS, decision_clock
from dialogs import decision as decisions
from dialogs.conversation import Kind
from dialogs.flow import Planning
from dialogs.turn import Turn
from domain.cycle import Cycle
from domain.decision import Decision, DecisionKind, Involvement, What, Who, require_reflection
from domain.dialogue import Dialogue, DialogueState
from domain.draft import digest
from domain.errors import NotAllowed, Problems, ReflectionMissing
from domain.focus_area import FocusArea
from domain.measure import Measure, MeasureState
from domain.organisation import AgeRange, RoleAssignment
from domain.period import HalfYear
from domain.preparation import Preparation, PreparationState, Source
from domain.reflection import Basis, Participant, Reflection, Understanding
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import (
    AFTER,
    WHO,
    all_of,
    change,
    chooses,
    decides,
    delivered,
    dialogue_of,
    mette,  # noqa: F401
    reflects,
    town,  # noqa: F401
)
from tests.town import MUNICIPALITY, NOW, STARTS, Someone, Town, button, buttons, options, parts, values, words

GATE = "Før I kan træffe beslutninger, skal den fælles refleksion være gemt."
CPR = "Det handler om 010203-1234"


async def test_i7_a_decision_is_refused_before_the_reflection_and_made_after_it(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await mette.says("beslutning")
    assert GATE in words(card)
    assert "Trin 1 af 2" in words(await mette.presses(card, "Skriv fælles refleksion"))
    card = await reflects(mette)
    assert "Hvad har I besluttet?" in words(card)
    card = await decides(mette, "indsats", "Makkerpar i dansk", card)
    assert "Makkerpar i dansk" in words(card)
    assert "Teamet på 5. årgang" in words(card)
    assert "Med til at fortolke".lower() in words(card)
    assert (await dialogue_of(database, town)).state is DialogueState.RECORDED
    [decision] = await all_of(database, Decision)
    assert decision.is_saved
    assert decision.what.sources == (Source.OBSERVATION,)
    [measure] = await all_of(database, Measure)
    assert (measure.text, measure.state) == ("Makkerpar i dansk", MeasureState.OPEN)


@pytest.mark.parametrize("verb", sorted(verb for verb in BUTTONS if verb.startswith(("decision.", "focus_area."))))
async def test_i7_no_button_leads_around_the_gate(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    verb: str,
) -> None:
    """Every verb of the flow, with a complete draft and all a card could carry, while the reflection is a draft."""
    begun = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,staff")
    await mette.presses(begun, "Gem kladde", interpretation="Tolket", analysis="Analyseret", cross="Netværket")
    drafts = [
        Decision(
            dialogue_id=town.dialogue.id,
            author_id=town.leader.id,
            kind=kind,
            what=What(kind=kind, text="Uden om", sources=(Source.OBSERVATION,)),
            who=Who(
                children=Involvement.HEARD,
                parents=Involvement.HEARD,
                owner="Ledelsen",
                due=AFTER.date() + timedelta(days=9),
            ),
            written_by=town.leader.id,
            written_at=AFTER,
        )
        for kind in (DecisionKind.MEASURE, DecisionKind.CHOOSE)
    ]
    await database.write(lambda uow: uow.add(*drafts))
    for draft in drafts:
        sent = {
            "d": str(draft.id),
            "v": digest(draft.who),
            "kind": draft.kind,
            "text": "Uden om",
            "based": "observation",
            "theme": str(town.theme.id),
            "title": "Uden om",
            "why": "Derfor",
            "signs": "Tegn",
            **WHO,
        }
        for step in ("what", "who"):
            for subject in (town.dialogue.id, draft.id):
                await mette.does(Kind.PRESSED, verb=verb, data={**sent, "step": step, "id": str(subject)})
    assert [each for each in await all_of(database, Decision) if each.is_saved] == []
    assert await all_of(database, FocusArea) == []
    assert await all_of(database, Measure) == []


@given(
    kind=st.sampled_from(DecisionKind),
    shared=st.booleans(),
    other_dialogue=st.booleans(),
    saved=st.booleans(),
    interpreted=st.booleans(),
    based=st.booleans(),
)
def test_i7_the_domain_saves_no_decision_without_a_whole_shared_reflection_of_the_same_dialogue(
    kind: DecisionKind, shared: bool, other_dialogue: bool, saved: bool, interpreted: bool, based: bool
) -> None:
    about = uuid4()
    reflection = Reflection(
        dialogue_id=uuid4() if other_dialogue else about,
        basis=Basis(
            participants=(Participant.MANAGEMENT, Participant.STAFF) if shared else (Participant.MANAGEMENT,),
            sources=(Source.OBSERVATION,) if based else (),
        ),
        understanding=Understanding(
            interpretation="Tolket" if interpreted else "", analysis="Analyseret", cross="Netværket"
        ),
        saved_at=NOW if saved else None,
    )
    decision = Decision(dialogue_id=about, author_id=uuid4(), kind=kind)
    decision.what = What(kind=kind, focus_area_id=uuid4(), text="Vi gør det", sources=(Source.OBSERVATION,))
    decision.who = Who(
        children=Involvement.HEARD, parents=Involvement.HEARD, owner="Lederen", due=NOW.date() + timedelta(days=9)
    )
    is_whole = shared and not other_dialogue and saved and interpreted and based
    if is_whole:
        decision.save(reflection, now=NOW, today=NOW.date())
        assert decision.is_saved
        return
    with pytest.raises(ReflectionMissing):
        decision.save(reflection, now=NOW, today=NOW.date())
    assert not decision.is_saved


def test_i7_no_reflection_at_all_is_no_way_through() -> None:
    with pytest.raises(ReflectionMissing):
        require_reflection(None, uuid4())


async def test_i9_a_focus_area_is_chosen_by_a_saved_decision_and_by_nothing_else(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    await decides(mette, "andet", "Vi tænker over det")
    [decision] = await all_of(database, Decision)
    sent = {
        "id": str(decision.id),
        "theme": str(town.theme.id),
        "title": "Uden beslutning",
        "why": "Derfor",
        "signs": "Tegn",
    }
    reply = await mette.does(Kind.PRESSED, verb="focus_area.describe", data=sent)
    assert reply.card is not None
    assert await all_of(database, FocusArea) == []
    with pytest.raises(NotAllowed):
        FocusArea.choose(
            Decision(dialogue_id=uuid4(), author_id=uuid4(), kind=DecisionKind.CHOOSE),
            cards_aim(town),
            where=town.school,
            themes=[town.theme],
            half_year=HalfYear(2026, 1),
            by=uuid4(),
            today=NOW.date(),
            now=NOW,
        )
    await chooses(mette, "Flere stemmer", await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning"))
    assert [each.title for each in await all_of(database, FocusArea)] == ["Flere stemmer"]


def cards_aim(town: Town):  # type: ignore[no-untyped-def]  # noqa: F811
    from domain.focus_area import Aim

    return Aim(theme_id=town.theme.id, title="Uden", why="Derfor", signs="Tegn")


async def test_i11_choosing_needs_knowledge_from_across_and_one_kind_of_data_only_gives_a_hint(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette, cross="")
    card = await decides(mette, "vælg fokusområde", "Flere stemmer")
    assert "hører viden på tværs også med" in words(card)
    assert "Trin 1 af 2" in words(card)
    assert [each for each in await all_of(database, Decision) if each.is_saved] == []
    assert values(card)["text"] == "Flere stemmer"
    again = await mette.presses(await mette.says("refleksion"), "Ret")
    again = await mette.presses(again, "Næste")
    await mette.presses(again, "Gem refleksionen", across="network")
    card = await mette.says("beslutning")
    assert "Den bygger kun på kvalitative data." in words(card)
    card = await mette.presses(card, "Næste")
    assert "Vælg fokusområde" in words(await mette.presses(card, "Gem beslutning", **WHO))


@pytest.mark.parametrize("kind", ["indsats", "vælg fokusområde"])
async def test_i12_a_measure_or_a_choice_states_involvement_or_a_dated_plan(
    mette: Someone,  # noqa: F811
    database: Database,
    kind: str,
) -> None:
    await reflects(mette)
    card = await decides(mette, kind, "Makkerpar", children="", parents="ikke endnu", involve_by="")
    assert "Vælg, hvordan de har været med." in words(card)
    assert "Vælg en dato, hvor I senest inddrager dem." in words(card)
    assert [each for each in await all_of(database, Decision) if each.is_saved] == []
    late = await mette.presses(card, "Gem beslutning", children="hørt", involve_by="2026-04-20")
    assert "Vælg en dato fra i dag og frem." in words(late)
    await mette.presses(late, "Gem beslutning", involve_by="2026-05-20")
    [decision] = await all_of(database, Decision)
    assert decision.is_saved
    assert decision.who.parents is Involvement.NOT_YET


async def test_no_new_decisions_takes_one_step_and_a_reason(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    card = await mette.presses(await mette.says("beslutning"), "Næste", kind="ingen nye beslutninger")
    assert "Skriv kort hvorfor." in words(card)
    card = await mette.presses(card, "Gem beslutning", text="Vi er midt i det.")
    assert "Vi er midt i det." in words(card)
    assert (await dialogue_of(database, town)).state is DialogueState.RECORDED


async def test_several_in_a_row_without_starting_over(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    card = await mette.presses(await mette.says("beslutning"), "Næste", kind="andet", text="Et", based="observation")
    card = await mette.presses(card, "Gem og tilføj en mere", **WHO)
    assert "Trin 1 af 2" in words(card)
    assert values(card)["text"] == ""
    card = await decides(mette, "indsats", "To", card)
    assert "Et" in words(card)
    assert "To" in words(card)
    assert len(await all_of(database, Decision)) == 2


async def test_a_draft_is_its_authors_own_and_opens_where_it_was_left(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    card = await mette.presses(await mette.says("beslutning"), "Gem kladde", text="Halvt tænkt")
    assert "Din kladde er gemt" in words(card)
    assert values(await mette.presses(card, "Fortsæt"))["text"] == "Halvt tænkt"
    chief = Someone(database, town.chief, now=AFTER)
    assert "Halvt tænkt" not in words(await chief.says("beslutninger"))
    assert "Det har du ikke adgang til" in words(await chief.presses(await mette.says("beslutning"), "Næste"))


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("due", "2026-04-20", "Vælg en dato fra i dag og frem."),
        ("due", "", "Vælg en dato fra i dag og frem."),
        ("owner", "", "Skriv, hvem der følger op"),
        ("owner", CPR, "cpr-nummer"),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(
    mette: Someone,  # noqa: F811
    database: Database,
    field: str,
    typed: str,
    sentence: str,
) -> None:
    await reflects(mette)
    card = await decides(mette, "andet", "Vi gør det", **{field: typed})
    assert sentence in words(card)
    others = {name: value for name, value in WHO.items() if name != field}
    assert {name: values(card)[name] for name in others} == others
    assert values(card)[field] == typed


async def test_a_cpr_number_in_the_decision_is_not_stored_and_stays_in_the_card(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    card = await mette.presses(await mette.says("beslutning"), "Næste", kind="andet", text=CPR, based="observation")
    assert "cpr-nummer" in words(card)
    assert values(card)["text"] == CPR
    assert all(CPR not in each.what.text for each in await all_of(database, Decision))


async def test_two_who_correct_the_same_decision_lose_nothing(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    saved = await decides(mette, "andet", "Vi gør det")
    first, second = await mette.presses(saved, "Ret"), await mette.presses(await mette.says("beslutning"), "Ret")
    await mette.presses(await mette.presses(first, "Næste", text="Det ene"), "Gem beslutning")
    card = await mette.presses(second, "Næste", text="Det andet")
    assert "Det ene" in words(card)
    assert values(card)["text"] == "Det andet"
    await mette.presses(await mette.presses(card, "Næste"), "Gem beslutning")
    [decision] = await all_of(database, Decision)
    assert decision.what.text == "Det andet"


async def test_two_who_record_at_once_both_keep_their_decision(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    first, second = await mette.says("beslutning"), await mette.says("beslutning")
    await decides(mette, "andet", "Det ene", first)
    card = await decides(mette, "andet", "Det andet", second)
    assert "Det ene" in words(card)
    assert "Det andet" in words(card)


async def test_the_kind_of_a_saved_decision_stays(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    card = await mette.presses(await decides(mette, "andet", "Vi gør det"), "Ret")
    assert list(options(card, "kind").values()) == ["andet"]
    refused = await mette.presses(card, "Næste", kind="indsats")
    assert "så typen kan ikke ændres" in words(refused)


async def test_i14_a_closed_dialogue_is_read_only_and_takes_signed_remarks(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    saved = await decides(mette, "andet", "Vi gør det")
    editing = await mette.presses(saved, "Ret")
    sure = await mette.presses(await mette.says("beslutning"), "Afslut opsamlingen")
    assert "Afslut opsamlingen?" in words(sure)
    closed = await mette.presses(sure, "Ja, afslut")
    assert (await dialogue_of(database, town)).state is DialogueState.CLOSED
    assert "Ret" not in buttons(closed)
    late = await mette.presses(editing, "Næste", text="For sent")
    assert "Samtalen er afsluttet" in words(late)
    assert "For sent" in words(late)
    [decision] = await all_of(database, Decision)
    assert decision.what.text == "Vi gør det"
    assert "Samtalen er afsluttet" in words(await mette.presses(saved, "Tilføj en beslutning"))
    remark = await mette.presses(closed, "Tilføj en bemærkning")
    await mette.presses(remark, "Tilføj bemærkningen", addendum="Vi så det også i SFO'en.")
    card = await mette.says("beslutninger")
    assert "Vi så det også i SFO'en." in words(card)
    assert "Mette Holm · 21. april 2026 kl. 10.00" in words(card), "I14: author and time"


async def test_nothing_is_closed_before_something_is_decided(mette: Someone, town: Town) -> None:  # noqa: F811
    await reflects(mette)
    reply = await mette.does(Kind.PRESSED, verb="decision.close", data={"id": str(town.dialogue.id)})
    assert reply.card is not None
    assert "Der er ingen beslutning endnu." in words(reply.card)


async def test_the_decisions_are_copied_as_clean_text(mette: Someone) -> None:  # noqa: F811
    await reflects(mette)
    saved = await decides(mette, "indsats", "Makkerpar i dansk")
    card = await mette.presses(saved, "Kopiér til referat")
    text = values(card)["minutes"]
    assert "1. Sætte en indsats i gang: Makkerpar i dansk" in text
    assert "Følger op: Teamet på 5. årgang, 12. juni 2026" in text
    assert "ikke længere internt" in words(card)


async def test_the_chief_reads_the_decisions_and_cannot_write(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    await decides(mette, "andet", "Vi gør det")
    chief = Someone(database, town.chief, now=AFTER)
    card = await chief.says("beslutninger")
    assert "Vi gør det" in words(card)
    assert {"Ret", "Tilføj en beslutning", "Afslut opsamlingen"} & set(buttons(card)) == set()
    for someone in (town.other_leader, town.other_chief, town.deputy):
        assert await Someone(database, someone, now=AFTER).gets("decision", town.dialogue.id) is None


async def test_r38_what_was_decided_stands_in_the_supervision_summary_by_itself_and_the_card_says_so(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    """R-38: "Closed dialogues feed the supervision summary automatically; no separate report. Say so on the card"."""
    await reflects(mette)
    birgit = Someone(database, town.chief, now=AFTER)
    assert "Makkerpar i dansk" not in words(await birgit.says("tilsynsresumé for Elmeskolen"))
    receipt = await decides(mette, "andet", "Makkerpar i dansk")
    assert "Beslutningerne indgår i tilsynet i ledelseslinjen." in words(receipt)
    assert "Makkerpar i dansk" in words(await birgit.says("tilsynsresumé for Elmeskolen"))


async def test_the_note_taker_writes_the_reflection_and_the_decisions(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    jonas = Someone(database, town.teacher, now=AFTER)
    assert "Det har du ikke adgang til" in words(await jonas.presses(await mette.says("refleksion"), "Næste"))
    card = await mette.presses(await mette.says("refleksion"), "Vælg en referent")
    card = await mette.presses(card, "Vælg referenten", colleague=str(town.teacher.id))
    assert "Jonas Berg" in words(card)
    assert "Skriv den fælles refleksion" in words(await jonas.says("min oversigt"))
    await reflects(jonas)
    assert "Skriv beslutningerne" in words(await jonas.says("min oversigt"))
    await decides(jonas, "andet", "Vi gør det")
    assert "Vi gør det" in words(await mette.says("beslutninger"))
    await change(database, Reflection, note_taker=None)
    assert "Vi gør det" not in words(await jonas.says("beslutninger"))


async def test_the_one_who_records_is_reminded_until_something_is_decided(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    def planned(uow: UnitOfWork) -> list[tuple[str, UUID]]:
        planning = Planning(uow=uow, now=AFTER, until=AFTER, municipality=MUNICIPALITY)
        return [(each.key.split(":")[2], each.person_id) for each in decision_clock.clock(planning)]

    assert await database.read(planned) == []
    await reflects(mette)
    names = [("2_hours", town.leader.id), ("3_days", town.leader.id), ("10_days", town.leader.id)]
    assert await database.read(planned) == names
    await mette.presses(await mette.says("beslutning"), "Gem kladde", text="Halvt tænkt")
    assert await database.read(planned) == names[1:]
    mette.now = STARTS + timedelta(days=10)
    card = await mette.sees("decision", town.dialogue.id)
    assert "ikke hvad du har skrevet" in words(card)
    await decides(mette, "andet", "Vi gør det")
    assert await database.read(planned) == []


async def test_the_chief_sees_a_word_for_what_is_missing_and_never_content(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    chief = Someone(database, town.chief, now=STARTS + timedelta(days=13))
    await reflects(mette)
    await mette.presses(await mette.says("beslutning"), "Gem kladde", text="Halvt tænkt")
    assert "Mangler opsamling" not in words(await chief.says("min oversigt"))
    chief.now = STARTS + timedelta(days=14)
    seen = words(await chief.says("min oversigt"))
    assert "Mangler opsamling" in seen
    assert "Halvt tænkt" not in seen
    mette.now = chief.now
    await decides(mette, "andet", "Nu", due="2026-07-01")
    assert "Mangler opsamling" not in words(await chief.says("min oversigt"))


async def test_the_overview_names_decisions_that_are_missing(mette: Someone) -> None:  # noqa: F811
    await reflects(mette)
    card = await mette.says("min oversigt")
    assert "Skriv beslutningerne" in words(card)
    assert "Trin 1 af 2" in words(await mette.presses(card, "Beslut"))


async def test_data_that_the_reflection_did_not_rest_on_cannot_be_chosen(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    card = await decides(mette, "andet", "Vi gør det", based=f"parents,{town.figures[1].id}")
    assert "Vælg mindst én af de data, I har reflekteret over." in words(card)


def test_every_field_of_both_steps_has_a_place() -> None:
    for problems in ({"owner": "x"}, {"focus_area_id": "x"}):
        assert cards.step_of(Problems(problems)) in list(cards.DecisionStep)  # type: ignore[arg-type, attr-defined]


async def test_an_open_dialogue_of_another_institution_is_no_way_in(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    def other(uow: UnitOfWork) -> UUID:
        cycle = Cycle(age_range=AgeRange.YOUNGER, first_half_year=HalfYear(2025, 1))
        uow.add(cycle)
        uow.session.flush()
        theirs = Dialogue(
            institution_id=town.day_care.id, cycle_id=cycle.id, half_year=HalfYear(2026, 1), starts_at=STARTS
        )
        uow.add(theirs)
        return theirs.id

    theirs = await database.write(other)
    await reflects(mette)
    card = await mette.says("beslutning")
    data = {**values(card), **button(card, "Næste")["data"], "id": str(theirs), "text": "Indtrængen"}
    reply = await mette.does(Kind.PRESSED, verb="decision.next", data=data)
    assert reply.card is not None
    assert "Det har du ikke adgang til" in words(reply.card)
    assert parts(reply.card)


async def test_a_saved_choice_can_be_corrected_once_it_is_described(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    card = await mette.presses(await mette.says("beslutning"), "Ret")
    assert "focus_area" not in values(card)
    card = await mette.presses(card, "Næste", text="Vi vil høre flere")
    await mette.presses(card, "Gem beslutning")
    [decision] = await all_of(database, Decision)
    [area] = await all_of(database, FocusArea)
    assert (decision.what.text, decision.focus_area_id) == ("Vi vil høre flere", area.id)


async def test_no_new_decisions_is_said_where_there_are_none(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    card = await mette.presses(await decides(mette, "andet", "Vi gør det"), "Tilføj en beslutning")
    assert "Ingen nye beslutninger" not in options(card, "kind")
    card = await mette.presses(card, "Næste", kind="ingen nye beslutninger", text="Alligevel ikke")
    assert "I har allerede besluttet noget andet." in words(card)
    assert len([each for each in await all_of(database, Decision) if each.is_saved]) == 1


async def test_what_a_decision_rests_on_stays_in_the_reflection(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    card = await mette.presses(await mette.says("refleksion"), "Ret")
    refused = await mette.presses(card, "Næste", sources="youth")
    assert "En gemt beslutning bygger på det" in words(refused)
    card = await mette.presses(card, "Næste")
    refused = await mette.presses(card, "Gem refleksionen", cross="", across="")
    assert "det bygger på viden på tværs" in words(refused)
    [reflection] = await all_of(database, Reflection)
    assert reflection.names_knowledge_across
    assert reflection.basis.sources == (Source.OBSERVATION, Source.YOUTH)


async def test_a_draft_is_found_beside_saved_decisions_and_read_after_closing(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    card = await mette.presses(await decides(mette, "andet", "Vi gør det"), "Tilføj en beslutning")
    card = await mette.presses(card, "Se beslutningerne", text="Halvt tænkt")
    assert "Du har en kladde til en beslutning" in words(card)
    assert values(await mette.presses(card, "Fortsæt kladden"))["text"] == "Halvt tænkt"
    sure = await mette.presses(await mette.says("beslutning"), "Afslut opsamlingen")
    assert "Halvt tænkt" in words(sure)
    assert "Halvt tænkt" in words(await mette.presses(sure, "Ja, afslut"))
    chief = await Someone(database, town.chief, now=AFTER).says("beslutninger")
    assert "Halvt tænkt" not in words(chief)
    assert "Tilføj en bemærkning" not in buttons(chief)
    assert "Du kan tilføje" not in words(chief)


async def test_the_leader_confirms_and_nobody_else_closes(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await reflects(mette)
    card = await mette.presses(await mette.says("beslutning"), "Vælg en referent")
    await mette.presses(card, "Vælg referenten", colleague=str(town.teacher.id))
    jonas = Someone(database, town.teacher, now=AFTER)
    card = await decides(jonas, "vælg fokusområde", "Flere stemmer", await jonas.says("beslutning"))
    receipt = await jonas.presses(card, "Gem fokusområdet", title="Flere stemmer", signs="Tegn")
    assert "refresh" not in receipt
    assert "Afslut opsamlingen" not in buttons(await jonas.says("beslutning"))
    await jonas.does(Kind.PRESSED, verb="decision.close", data={"id": str(town.dialogue.id)})
    assert (await dialogue_of(database, town)).state is DialogueState.RECORDED


async def test_the_second_half_is_reached_once_the_first_is_whole_and_what_was_typed_is_kept(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await reflects(mette)
    assert any(str(each.get("label", "")) == "Hvad bygger beslutningen på?\N{NO-BREAK SPACE}*" for each in parts(card))
    card = await mette.presses(card, "Næste", kind="andet", text="Vi gør det")
    assert "Vælg mindst én af de data, I har reflekteret over." in words(card)
    assert "Trin 1 af 2" in words(card)
    [kept] = await all_of(database, Decision)
    assert (kept.kind, kept.what.text) == (DecisionKind.OTHER, "Vi gør det")
    assert "Trin 2 af 2" in words(await mette.presses(card, "Næste", based="observation"))


async def test_that_there_are_no_new_decisions_is_withdrawn_when_there_is_one_and_stays_to_be_read(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await reflects(mette)
    none = await mette.presses(card, "Næste", kind="ingen nye beslutninger", text="Vi fortsætter, som vi gør")
    correct = button(none, "Ret")["data"]
    card = await decides(mette, "andet", "Alligevel et makkerpar", await mette.presses(none, "Tilføj en beslutning"))
    assert "Ingen nye beslutninger – trukket tilbage 21. april 2026, da der blev truffet en beslutning" in words(card)
    assert "Vi fortsætter, som vi gør" in words(card)
    assert "Vi fortsætter, som vi gør" not in words(await mette.presses(card, "Kopiér til referat"))
    stale = await mette.does(Kind.PRESSED, verb=cards.CORRECT, data=correct)
    assert "er trukket tilbage" in words(stale.card or {})
    by_kind = {each.kind: each for each in await all_of(database, Decision)}
    assert by_kind[DecisionKind.NONE].withdrawn_at is not None
    assert by_kind[DecisionKind.OTHER].withdrawn_at is None
    chief = Someone(database, town.chief, now=mette.now)
    opened = await chief.presses(await chief.says("samtaler"), "Åbn samtalen")
    assert "trukket tilbage" in words(await chief.presses(opened, "Til beslutningerne"))


async def test_nobody_is_reminded_of_what_is_decided(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    async def reminded() -> bool:
        def work(uow: UnitOfWork) -> bool:
            turn = Turn.of(town.leader, uow, mette.now, MUNICIPALITY, is_reminder=True)
            return decisions.show(turn, town.dialogue.id) is not None

        return await database.read(work)

    card = await reflects(mette)
    assert await reminded()
    card = await decides(mette, "andet", "Vi gør det", card)
    assert not await reminded()
    card = await mette.presses(await mette.presses(card, "Tilføj en beslutning"), "Gem kladde", text="Og måske mere")
    assert await reminded()


@pytest.mark.parametrize("is_prepared", [True, False])
async def test_r07_a_remark_says_that_it_is_seen_by_those_who_read_the_decisions(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    is_prepared: bool,
) -> None:
    if is_prepared:
        await change(database, Dialogue, state=DialogueState.READY)
        ready = Preparation(dialogue_id=town.dialogue.id, state=PreparationState.READY, written_by=town.leader.id)
        await database.write(lambda uow: uow.add(ready))
    card = await closes(mette)
    remark = await mette.presses(card, "Tilføj en bemærkning")
    line = "Bemærkninger ses af tilbuddets ledere, dets Børn og Unge-chef og forvaltningen"
    assert line in words(remark)
    assert "Afsluttet" in words(remark)
    assert line in words(await mette.presses(remark, "Tilføj bemærkningen", addendum="Det samme sker i SFO'en."))
    nis = Someone(database, town.administrator, now=mette.now)
    read = await nis.does(Kind.PRESSED, verb=cards.OPEN, data={"id": str(town.dialogue.id)})
    assert read.card is not None
    assert "Det samme sker i SFO'en." in words(read.card)


async def test_who_lost_the_role_gets_the_remark_back(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    remark = await mette.presses(await closes(mette), "Tilføj en bemærkning")
    await change(database, RoleAssignment, to_on=(AFTER - timedelta(days=1)).date())
    refused = words(await mette.presses(remark, "Tilføj bemærkningen", addendum="Det samme sker i SFO'en."))
    assert "Det har du ikke adgang til" in refused
    assert "Det samme sker i SFO'en." in refused
    assert "Elmeskolen" not in refused


@pytest.mark.parametrize("is_decided", [True, False])
async def test_a_note_taker_who_is_named_after_the_reflection_hears_of_the_decisions(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    is_decided: bool,
) -> None:
    jonas = Someone(database, town.teacher, now=mette.now)
    await jonas.says("hjælp")
    card = await reflects(mette)
    if is_decided:
        card = await mette.presses(await decides(mette, "andet", "Vi gør det", card), "Tilføj en beslutning")
    card = await mette.presses(card, "Vælg en referent")
    named = await mette.presses(card, "Vælg referenten", colleague=str(town.teacher.id))
    assert "Næste skridt: beslutningerne – Jonas Berg" in words(named)
    assert "den fælles refleksion" not in words(named)
    assert ("decision", town.teacher.id) in await delivered(database, mette.now + timedelta(minutes=1))
    card = await jonas.says("beslutning")
    assert "Gem kladde" in buttons(await jonas.presses(card, "Tilføj en beslutning") if is_decided else card)
    shown = await mette.presses(named, "Fortsæt")
    assert ("Vi gør det" in words(shown)) == is_decided


async def closes(someone: Someone) -> Card:
    """Records the dialogue and closes it."""
    await reflects(someone)
    await decides(someone, "andet", "Vi gør det")
    sure = await someone.presses(await someone.says("beslutning"), "Afslut opsamlingen")
    return await someone.presses(sure, "Ja, afslut")


@pytest.mark.parametrize(
    ("degree", "told"),
    [
        ("informeret", "informeret"),
        ("hørt", "hørt"),
        ("med til at fortolke", "med til at fortolke"),
        ("med til at beslutte", "med til at beslutte"),
    ],
)
async def test_r15_each_of_the_four_degrees_of_involvement_is_kept_and_shown(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    degree: str,
    told: str,
) -> None:
    """R-15: "informeret / hørt / med til at fortolke / med til at beslutte"."""
    await reflects(mette)
    card = await decides(mette, "indsats", "Makkerpar", children=degree, parents=degree)
    [kept] = await all_of(database, Decision)
    assert (kept.who.children, kept.who.parents) == (Involvement(degree), Involvement(degree))
    chief = Someone(database, town.chief, now=AFTER)
    for shown in (card, await chief.sees("decision", town.dialogue.id)):
        assert f"Børn og unge: {told} · Forældre: {told}" in words(shown)


async def test_r14_a_priority_names_the_data_it_rests_on_of_both_kinds(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    """R-14: "Priorities name the data they rest on, of both kinds": on the decision, and on the focus area after it."""
    card = await mette.says("refleksion")
    figure = options(card, "figures")
    number = next(value for title, value in figure.items() if title.startswith("Elevfravær"))
    card = await mette.presses(
        card, "Næste", participants="management,staff", sources="observation", figures=",".join(figure.values())
    )
    card = await mette.presses(
        card, "Gem og gå til beslutning", interpretation="Tolket", analysis="Analyseret", cross="Netværket"
    )
    card = await decides(mette, "vælg fokusområde", "Vi vælger", card, based=f"{number},observation")
    theme = options(card, "theme")["Overgange og deltagelse"]
    area = await mette.presses(card, "Gem fokusområdet", theme=theme, title="Flere med", signs="Flere")
    decided = await Someone(database, town.chief, now=AFTER).sees("decision", town.dialogue.id)
    assert "Bygger på\nElevfravær · Egne observationer af læringsmiljøet" in words(decided)
    for line in ("\nElevfravær: ", "\nEgne observationer af læringsmiljøet"):
        assert line in words(area)
    assert "Skoleskift" not in words(decided)


async def test_a_half_that_was_kept_as_a_draft_from_another_card_is_asked_about_before_it_is_saved(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    first = await mette.presses(
        await mette.says("beslutning"), "Næste", kind="andet", text="Vi deler", based="observation"
    )
    await mette.presses(await mette.presses(first, "Tilbage"), "Gem kladde", text="Emma fra 4.b får en makker")
    asked = await mette.presses(first, "Gem beslutning", **WHO)
    assert "Trin 1 af 2" in words(asked)
    assert "”Emma fra 4.b” kan pege på ét barn." in words(asked)
    assert not any(each.is_saved for each in await all_of(database, Decision))
    last = await mette.presses(asked, "Næste", unrecognised="true")
    await mette.presses(last, "Gem beslutning")
    assert [each.what.text for each in await all_of(database, Decision)] == ["Emma fra 4.b får en makker"]
