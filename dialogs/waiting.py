"""What waits for a person: the work on the dialogues first, then what was gathered, then what is there to be read.

What several reminders of one day were gathered for is drawn of the reminders themselves: each by its card's own title,
as long as that card has something to say, and none that is a task already.
"""

from datetime import timedelta
from uuid import UUID

import dialogs
from cards.kit import Card, summary_of
from cards.task import Task
from dialogs.left import undecided_places
from dialogs.meeting import coming_meetings, meetings_to_confirm, meetings_to_note
from dialogs.turn import Turn
from domain.agreement import NUDGED_BEFORE
from domain.dialogue import Dialogue, DialogueState, last_reminder_at
from domain.errors import Refusal
from domain.observation import ObservationState
from domain.preparation import Preparation
from domain.prompt import Prompt
from storage.agreement import open_agreements_of
from storage.data_package import released_package
from storage.decision import pending_decisions
from storage.dialogue import next_dialogues_of
from storage.feedback import done_without_feedback, unread_feedback
from storage.gathered import gathered_for
from storage.network import statements_to_write
from storage.observation import observations_to_answer
from storage.preparation import preparations_handed_to, preparations_of
from storage.recommendation import open_recommendations
from storage.reflection import (
    dialogues_to_decide_on,
    dialogues_to_reflect_on,
    dialogues_to_take_notes_of,
    is_reflected_on,
)
from storage.roles import institutions_led_by

OBSERVED_WITHIN = timedelta(days=183)


def tasks_of(turn: Turn) -> list[Task]:
    """Everything that waits for the turn's person, in that order."""
    own = next_dialogues_of(turn.uow, turn.viewer, turn.now)
    kept = preparations_of(turn.uow, [dialogue.id for dialogue, _ in own])
    led = [where.id for where in institutions_led_by(turn.uow, turn.viewer)]
    tasks = [
        Task.reflect(dialogue, where, is_late=_is_late(turn, dialogue))
        for dialogue, where in dialogues_to_reflect_on(turn.uow, led, turn.now)
    ]
    tasks += [
        Task.decide(dialogue, where, is_late=_is_late(turn, dialogue))
        for dialogue, where in dialogues_to_decide_on(turn.uow, led, turn.now)
    ]
    noted = dialogues_to_take_notes_of(turn.uow, turn.viewer, turn.now)
    recorded = {dialogue.id for dialogue, _where in noted}
    tasks += [
        Task.follow(decision, dialogue, where)
        for decision, dialogue, where in pending_decisions(turn.uow, {*led, *(where.id for _dialogue, where in noted)})
        if where.id in led or dialogue.id in recorded
    ]
    for dialogue, where in noted:
        if where.id in led or dialogue.state is DialogueState.RECORDED:
            continue
        is_reflected = is_reflected_on(turn.uow, dialogue)
        tasks.append(Task.decide(dialogue, where) if is_reflected else Task.reflect(dialogue, where))
    tasks += [
        Task.prepare(dialogue, where)
        for dialogue, where in own
        if turn.now < dialogue.starts_at and _is_due(turn, dialogue, kept.get(dialogue.id))
    ]
    tasks += [
        Task.prepare(dialogue, where, handed=True)
        for _, dialogue, where in preparations_handed_to(turn.uow, turn.viewer)
        if dialogue.can_be_prepared and dialogue.starts_at > turn.now
    ]
    tasks += [
        Task.qualify(statement, about)
        for statement, about in statements_to_write(turn.uow, turn.viewer)
        if not statement.is_saved
    ]
    tasks += _tasks_of_meetings(turn)
    tasks += [Task.hand_over(where) for where in undecided_places(turn)]
    tasks += _observation_tasks(turn, led)
    calm = [Task.answer(each, where) for each, where in open_recommendations(turn.uow, led)]
    calm += [
        Task.read(package, where)
        for dialogue, where in own
        if (package := released_package(turn.uow, where, dialogue.half_year)) is not None
        and _is_due(turn, dialogue, kept.get(dialogue.id))
    ]
    return [*tasks, *_gathered(turn, {each.matter for each in (*tasks, *calm)}), *calm]


def card_of(turn: Turn, gathered: Prompt) -> Card | None:
    """The card of a reminder as it is now for the turn's person; None when there is nothing to say to them."""
    try:
        return dialogs.VIEWS[gathered.view](turn, gathered.subject_id)
    except Refusal:
        return None


def _tasks_of_meetings(turn: Turn) -> list[Task]:
    """What waits in 1:1s: notes and agendas, what is to be confirmed, and agreements whose date is near."""
    tasks = [Task.meet("note", "note.write", each) for each in meetings_to_note(turn)]
    tasks += [Task.meet("confirm", "confirmation.open", each) for each in meetings_to_confirm(turn)]
    tasks += [
        Task.meet("agenda", "agenda.open", each)
        for each in coming_meetings(turn)
        if turn.now >= each.one_on_one.agenda_opens_at and turn.person.id not in each.one_on_one.fine_by
    ]
    tasks += [
        # A list that comes by itself may come twice, which the words of a 1:1 must not.
        Task.follow_up(each, where, is_told=not turn.is_reminder)
        for each, where in open_agreements_of(turn.uow, turn.viewer)
        if each.due <= turn.today + NUDGED_BEFORE and each.is_done_by(turn.viewer, where)
    ]
    return tasks


def _observation_tasks(turn: Turn, led: list[UUID]) -> list[Task]:
    """Invitations to answer, feedback to write, and feedback to acknowledge."""
    tasks = [Task.invited(about, where) for about, where in observations_to_answer(turn.uow, turn.viewer, led)]
    tasks += [
        Task.give_feedback(about, where)
        for about, where in done_without_feedback(turn.uow, turn.viewer)
        if about.state is ObservationState.DONE or (about.ends_at is not None and turn.now >= about.ends_at)
    ]
    unread = unread_feedback(turn.uow, turn.now - OBSERVED_WITHIN, led)
    # Its author does not acknowledge it, whatever they lead by now.
    given = [each for each in unread if each.author.id != turn.person.id]
    return tasks + [Task.acknowledge(each.feedback.id, each.host, observation_id=each.about.id) for each in given]


def _gathered(turn: Turn, known: set[tuple[str, UUID]]) -> list[Task]:
    """What reminders were gathered for, each matter once and none that is a task already."""
    glance, found = turn.glance(), []
    for each in gathered_for(turn.uow, turn.person, turn.now):
        matter = (each.view, each.subject_id)
        if matter in known or (card := card_of(glance, each)) is None:
            continue
        known = known | {matter}
        found.append(Task.gathered(each.id, summary_of(card), each.view))
    return found


def _is_late(turn: Turn, dialogue: Dialogue) -> bool:
    """Whether it is the last reminder, of which the list says so, too."""
    return turn.now >= last_reminder_at(dialogue.starts_at, turn.municipality.quiet)


def _is_due(turn: Turn, dialogue: Dialogue, preparation: Preparation | None) -> bool:
    return dialogue.is_open(turn.now) and (preparation is None or not preparation.is_ready)
