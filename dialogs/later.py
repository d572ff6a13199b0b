"""*Ikke nu*: the same card again tomorrow, on Monday or next week, whichever suits.

Nothing is lost by it. A flow that keeps a draft, or looks first whether the matter still waits, has a button of its own
and then asks when (`ask`); any other reminder carries the button of this flow, which gives back what was typed
(`put_off`). Question: `ikke nu` is about the newest card that waits for an answer.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import dialogs
from cards import later as cards
from cards.focus_area import given_back
from cards.kit import Card
from cards.layout import Element
from cards.questions import question_of
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from domain.errors import NotAllowed
from domain.prompt import Occasion
from domain.quiet import Snooze, snooze
from storage.dialogue import start_of
from storage.observation import observation_for
from storage.one_on_one_line import one_on_one_for
from storage.prompt import open_prompts_of, plan

WAITS = timedelta(days=14)


def ask(turn: Turn, view: str, subject_id: UUID, *, was_kept: bool = False, written: Sequence[Element] = ()) -> Card:
    """Asks when the view of the subject shall come again.

    `was_kept` says that a form was kept before; `written` is what was typed where there is no draft to keep it.
    """
    # What is given back has been kept nowhere, nor is it in an answer.
    turn.was_refused = turn.was_refused or bool(written)
    latest = _latest(turn, subject_id)
    offered = [each for each in Snooze if _due_at(turn, each) < latest]
    return cards.ask(turn._, view, subject_id, offered=offered, was_kept=was_kept, written=written)


def asked(turn: Turn, question: Asked) -> Card:
    waiting = open_prompts_of(turn.uow, turn.person)
    if not waiting:
        return cards.nothing_waits(turn._)
    return ask(turn, waiting[0].view, waiting[0].subject_id)


def put_off(turn: Turn, form: cards.PutOff) -> Card:
    """*Ikke nu* on a reminder without a draft: what was typed is given back, question and words."""
    if form.view not in dialogs.VIEWS:
        raise NotAllowed
    table = form.view.partition(".")[0]
    typed = {**form.typed, **{name: turn._.date(day) for name, day in form.days.items()}}
    written = [(question_of(turn._, table, name), words) for name, words in typed.items()]
    return ask(turn, form.view, form.subject_id, written=given_back(turn._, written))


def choose(turn: Turn, form: cards.LaterForm) -> Card:
    """Plans the card again; who may see it is decided anew when it is drawn."""
    if form.view not in dialogs.VIEWS:
        raise NotAllowed
    due_at = _due_at(turn, form.when or Snooze.TOMORROW)
    if due_at >= _latest(turn, form.subject_id):
        return ask(turn, form.view, form.subject_id)
    plan(
        turn.uow,
        Occasion(
            key=f"later:{form.subject_id}:{turn.person.id}:{form.view}:{due_at.date()}",
            person_id=turn.person.id,
            view=form.view,
            subject_id=form.subject_id,
            due_at=due_at,
            expires_at=due_at + WAITS,
            personal=form.view in dialogs.PERSONAL,
        ),
    )
    turn.shows(form.view, form.subject_id)
    return cards.saved(turn._, due_at)


def _due_at(turn: Turn, when: Snooze) -> datetime:
    return snooze(when, turn.now, turn.municipality.quiet)


def _latest(turn: Turn, subject_id: UUID) -> datetime:
    """A card about a coming dialogue, 1:1 or visit is not put off past its beginning.

    Of one that the person may not see no more is told than of none.
    """
    starts_at = start_of(turn.uow, turn.viewer, subject_id) or _start_of_meeting(turn, subject_id)
    return starts_at if starts_at and starts_at > turn.now else datetime.max.replace(tzinfo=UTC)


def _start_of_meeting(turn: Turn, subject_id: UUID) -> datetime | None:
    """When the 1:1 or the visit begins; None where the person has no part in one of that id."""
    with suppress(NotAllowed):
        about, _pair = one_on_one_for(turn.uow, turn.viewer, subject_id)
        return about.starts_at
    with suppress(NotAllowed):
        visit, _where = observation_for(turn.uow, turn.viewer, subject_id)
        return visit.starts_at
    return None


FLOW = Flow(
    name="later",
    buttons={
        cards.ASK: Button(cards.PutOff.read, put_off),
        cards.CHOOSE: Button(cards.LaterForm.read, choose),
    },
    questions={
        "later": Question(
            ("ikke nu", "senere", "mind mig om det", "husk mig på det", "not now", "later", "remind me of it"), asked
        )
    },
    without=frozenset({"views", "clock", "domain", "storage"}),
)
