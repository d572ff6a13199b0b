"""Every reminder can be put off: "always with `Ikke nu`". A view that is new is placed here, among one or the other."""

import pytest

import dialogs
from cards.language import Translator
from dialogs.conversation import Kind
from domain.identity import new_id
from domain.observation import Observation
from storage.database import Database
from tests.cards.flow_examples import EXAMPLES
from tests.record import all_of
from tests.town import Someone, buttons, words
from tests.visits import Neighbours, agreed, given
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town

# What is asked of somebody who has not asked for it, with its card.
REMINDERS = {
    "acknowledgement": "acknowledge",
    "agenda": "agenda_ask",
    "agreement": "agreement_due",
    "confirmation": "confirmation_ask",
    "data_package": "data_package_released",
    "decision": "decision_first",
    "dialogue.closing": "dialogue_closing",
    "feedback": "feedback_seen",
    "feedback.deadline": "feedback_deadline",
    "feedback.oral": "feedback_oral",
    "focus_area.waits": "focus_area_describe",
    "focus_status": "focus_status_next",
    "handover": "handover_ask",
    "invitation": "invitation_asked",
    "measure": "measure_due",
    "network": "network_first",
    "note": "note_first",
    "perspective.missing": "perspective_remind",
    "preparation": "prepare_first",
    "recommendation": "recommendation_open",
    "reflection": "reflection_first",
    "rhythm": "one_on_one_suggested",
    "saved_summary": "saved_summary_leader",
    "theme": "theme_new",
    "visit": "visit_how",
    "visit.coming": "visit_coming_observer",
}
# What is told once, or shown to whoever asks: there is nothing to put off. `visit.uninformed` and `preparation.agenda`
# come hours before what they are about, and the Monday list is a list.
TOLD = frozenset(
    [
        "acknowledgement.news",
        "anonymisation",
        "anonymisation.asked",
        "anonymisation.gone",
        "board",
        "dialogue",
        "dialogue.cancelled",
        "dialogue.moved",
        "dialogue.planned",
        "feedback.due",
        "feedback.mine",
        "feedback.read",
        "focus_area",
        "focus_remark",
        "invitation.unanswered",
        "monday",
        "new_leader",
        "new_leader.agreements",
        "one_on_one",
        "one_on_one.broken",
        "one_on_one.cancelled",
        "one_on_one.moved",
        "one_on_one.planned",
        "overview",
        "perspective",
        "political_report.final",
        "practice",
        "preparation.agenda",
        "preparation.read",
        "priority",
        "rectification",
        "rectification.asked",
        "saved_summary.final",
        "saved_summary.ready",
        "visit.agreed",
        "visit.cancelled",
        "visit.moved",
        "visit.uninformed",
    ]
)


def test_every_view_is_placed_among_reminders_or_what_is_told_once() -> None:
    assert set(REMINDERS) | TOLD == set(dialogs.VIEWS)
    assert not set(REMINDERS) & TOLD


@pytest.mark.parametrize("view", REMINDERS)
def test_every_reminder_has_not_now(view: str) -> None:
    # The oral feedback has words of its own for it in the framework.
    titles = {"Ikke nu", "Mind mig i morgen"} if view == "feedback.oral" else {"Ikke nu"}
    assert titles & set(buttons(EXAMPLES[REMINDERS[view]](Translator.of("da"))))


async def test_what_was_typed_in_a_reminder_without_a_draft_is_given_back(
    mette: Someone, rune: Someone, town: Neighbours
) -> None:
    feedback = await given(mette, rune)
    card = await mette.sees("acknowledgement", feedback.id)
    asked = await mette.presses(card, "Ikke nu", bring="Vi tager makkerpar med.", comment="Det genkender vi.")
    for said in ("Hvornår skal jeg komme", "Vi tager makkerpar med.", "Det genkender vi.", "Bemærkning"):
        assert said in words(asked)
    assert "Du hører fra mig" in words(await mette.presses(asked, "I morgen"))


async def test_a_visit_is_not_put_off_past_its_beginning_and_an_unknown_view_is_refused(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    [kept] = await all_of(database, Observation)
    assert kept.starts_at is not None
    rune.now = kept.starts_at.replace(hour=0)
    asked = await rune.presses(await rune.sees("visit.coming", about.id), "Ikke nu")
    assert not {"I morgen", "På mandag", "I næste uge"} & set(buttons(asked))
    stranger = Someone(database, town.teacher, now=rune.now)
    foreign, unknown = [
        await stranger.does(
            Kind.PRESSED, verb="later.ask", data={"id": str(of), "k": "k", "view": "visit.coming", "fields": ""}
        )
        for of in (about.id, new_id())
    ]
    assert foreign.card is not None
    assert unknown.card is not None
    assert buttons(foreign.card) == buttons(unknown.card), "the day of another's visit is not told"
    data = {"id": str(about.id), "k": "k", "view": "nowhere", "fields": ""}
    reply = await rune.does(Kind.PRESSED, verb="later.ask", data=data)
    assert reply.card is not None
    assert "Det har du ikke adgang til." in words(reply.card)
