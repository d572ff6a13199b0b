"""*Fortsæt*: what the person has begun and not finished, where they left it.

Question: `kladde`, `hvor var jeg`. One that was begun opens at once, of several there is a button each; where nothing
was, it is what waits for them. I20: only their own, or what their institution writes together.
"""

import dialogs
from cards import unfinished as cards
from cards.form import carried
from cards.kit import Card
from cards.task import Task
from dialogs.flow import Asked, Flow, Question
from dialogs.meeting import meetings_to_note
from dialogs.turn import Turn
from dialogs.waiting import tasks_of
from domain.dialogue import DialogueState
from domain.one_on_one import OneOnOneState
from storage.decision import draft_of as decision_begun
from storage.dialogue import next_dialogues_of
from storage.feedback import done_without_feedback, feedback_on
from storage.network import statements_to_write
from storage.observation import draft_of as invitation_begun
from storage.practice import practices_begun
from storage.preparation import preparations_handed_to, preparations_of, preparations_shared_with
from storage.reflection import (
    dialogues_being_reflected_on,
    dialogues_to_decide_on,
    dialogues_to_reflect_on,
    dialogues_to_take_notes_of,
    is_reflected_on,
)
from storage.roles import institutions_led_by, institutions_of_chief
from storage.saved_summary import summaries_seen


def asked(turn: Turn, question: Asked) -> Card:
    begun = begun_by(turn)
    if len(begun) == 1:
        button = dialogs.BUTTONS[begun[0].verb]
        card: Card = button.handle(turn, button.read(carried(begun[0].subject_id)))
        return card
    if begun:
        return cards.choose(turn._, begun, are_begun=True)
    waiting = tasks_of(turn)
    return cards.choose(turn._, waiting, are_begun=False) if waiting else cards.nothing(turn._)


def begun_by(turn: Turn) -> list[Task]:
    """What has been written in and is not finished, in the order of the work."""
    uow, viewer = turn.uow, turn.viewer
    led = institutions_led_by(uow, viewer)
    ids = [where.id for where in led]
    own = next_dialogues_of(uow, viewer, turn.now)
    kept = preparations_of(uow, [dialogue.id for dialogue, _where in own])
    to_reflect = dialogues_to_reflect_on(uow, ids, turn.now)
    reflected = dialogues_being_reflected_on(uow, [dialogue.id for dialogue, _where in to_reflect])
    noted = [each for each in dialogues_to_take_notes_of(uow, viewer, turn.now) if each[1].id not in ids]
    of_notes = dialogues_being_reflected_on(uow, [dialogue.id for dialogue, _where in noted])
    shared = preparations_shared_with(uow, viewer)
    of_team = preparations_of(uow, [dialogue.id for dialogue, _where in shared])
    return [
        *(Task.reflect(dialogue, where) for dialogue, where in to_reflect if dialogue.id in reflected),
        *(
            Task.reflect(dialogue, where)
            for dialogue, where in noted
            if dialogue.id in of_notes and not is_reflected_on(uow, dialogue)
        ),
        *(
            Task.decide(dialogue, where)
            for dialogue, where in noted
            if dialogue.state is not DialogueState.RECORDED and decision_begun(uow, viewer, dialogue)
        ),
        *(
            Task.decide(dialogue, where)
            for dialogue, where in dialogues_to_decide_on(uow, ids, turn.now)
            if decision_begun(uow, viewer, dialogue)
        ),
        *(
            Task.prepare(dialogue, where)
            for dialogue, where in own
            if (found := kept.get(dialogue.id)) and found.is_begun and not found.is_ready
            if turn.now < dialogue.starts_at
        ),
        *(
            Task.prepare(dialogue, where, handed=True)
            for found, dialogue, where in preparations_handed_to(uow, viewer)
            if found.is_begun and dialogue.can_be_prepared and turn.now < dialogue.starts_at
        ),
        *(
            Task.prepare(dialogue, where)
            for dialogue, where in shared
            if (found := of_team.get(dialogue.id)) and found.is_begun and not found.is_ready
            if found.handed_to != viewer.person_id and where.id not in ids
            if dialogue.can_be_prepared and turn.now < dialogue.starts_at
        ),
        *(
            Task.meet("note", "note.write", each)
            for each in meetings_to_note(turn)
            # Held is one of whose note a draft is kept.
            if each.one_on_one.state is OneOnOneState.HELD
        ),
        *(
            Task.give_feedback(about, where)
            for about, where in done_without_feedback(uow, viewer)
            if (written := feedback_on(uow, about)) and written.is_begun and not written.is_sent
        ),
        *(
            Task.invite(draft, where)
            for where in led
            if (draft := invitation_begun(uow, viewer, where)) and draft.written_at is not None
        ),
        *(
            Task.qualify(statement, about)
            for statement, about in statements_to_write(uow, viewer)
            if statement.is_begun and not statement.is_saved
        ),
        *(Task.practice(each.id, where) for where in led for each in practices_begun(uow, [where.id])),
        *_summaries(turn),
    ]


def _summaries(turn: Turn) -> list[Task]:
    """The supervision summaries that the chief has saved and not sent."""
    places = {where.id: where for where in institutions_of_chief(turn.uow, turn.viewer)}
    found = summaries_seen(turn.uow, turn.viewer, places.values())
    return [Task.summary(each.id, places[each.institution_id]) for each in found if each.is_with_chief]


FLOW: Flow = Flow(
    name="unfinished",
    questions={
        "continue": Question(
            (
                "fortsæt", "kladde", "kladder", "min kladde", "mine kladder", "mit udkast", "hvor var jeg",
                "hvor kom jeg til", "skriv videre", "continue", "draft", "drafts", "my draft", "my drafts",
                "where was i",
            ),
            asked,
        )
    },
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)  # fmt: skip
