"""When the shared reflection is offered, and who is reminded of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from dialogs.flow import Planning
from domain.dialogue import RECORDABLE, Dialogue
from domain.municipality import Municipality
from domain.preparation import Reminder
from domain.prompt import Occasion, PromptKind
from domain.reflection import reminders
from storage.dialogue import dialogues_in_meeting
from storage.message import message_showing
from storage.organisation import institution_with_id
from storage.prompt import plan
from storage.reflection import dialogues_being_reflected_on, dialogues_to_reflect_on, is_reflected_on, note_takers
from storage.roles import staff_on
from storage.unit_of_work import UnitOfWork

VIEW, AGENDA = "reflection", "preparation.agenda"
PLANNED_AHEAD = timedelta(days=1)
OFFERED_FOR = timedelta(hours=4)


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds the leaders of a dialogue that has begun, until its reflection is saved."""
    uow = planning.uow
    waiting = dialogues_to_reflect_on(uow, None, planning.now + PLANNED_AHEAD)
    ids = [dialogue.id for dialogue, _ in waiting]
    note_taker, begun = note_takers(uow, ids), dialogues_being_reflected_on(uow, ids)
    for dialogue, where in waiting:
        people = {leader.id for leader in planning.staff.leaders(where)}
        named = note_taker.get(dialogue.id)
        if named and planning.staff.works_at(named, where):
            people = {named}
        for reminder in reminders(dialogue.starts_at, planning.municipality.zone, planning.municipality.quiet):
            if reminder.name == "2_hours" and dialogue.id in begun:
                continue
            # Not before the time itself is it known which message stands there.
            if reminder.name == "start" and planning.now < dialogue.starts_at:
                continue
            for person_id in people:
                yield _offer(planning, dialogue, reminder, person_id)


def _offer(planning: Planning, dialogue: Dialogue, reminder: Reminder, person_id: UUID) -> Occasion:
    """A reminder; at the beginning it takes the place of the agenda, where that stands in the person's chat."""
    is_start, day = reminder.name == "start", reminder.due_at.astimezone(planning.municipality.zone).date()
    agenda = message_showing(planning.uow, person_id, AGENDA, dialogue.id) if is_start else None
    return Occasion(
        key=f"reflection:{dialogue.id}:{reminder.name}:{dialogue.revision}:{person_id}",
        person_id=person_id,
        view=VIEW,
        subject_id=dialogue.id,
        due_at=reminder.due_at,
        expires_at=reminder.expires_at,
        kind=PromptKind.UPDATE if agenda else PromptKind.REMINDER,
        replaces=agenda,
        appointment_on=day if reminder.name == "2_hours" else None,
    )


def meeting_ended(uow: UnitOfWork, link: str, *, now: datetime, municipality: Municipality) -> None:
    """Offers the card to whoever records a dialogue that was held in the Teams meeting with this link.

    Nobody has asked for it, so it keeps to quiet times and pauses, and takes the place of the one two hours after.
    """
    if not link.startswith("https://"):
        return
    today = now.astimezone(municipality.zone).date()
    staff = staff_on(uow, today)
    for dialogue in dialogues_in_meeting(uow, link, now):
        if dialogue.state not in RECORDABLE or is_reflected_on(uow, dialogue):
            continue
        where = institution_with_id(uow, dialogue.institution_id)
        people = {leader.id for leader in staff.leaders(where)}
        named = note_takers(uow, [dialogue.id]).get(dialogue.id)
        if named and staff.works_at(named, where):
            people = {named}
        for person_id in people:
            plan(
                uow,
                Occasion(
                    key=f"reflection:{dialogue.id}:meeting:{dialogue.revision}:{person_id}",
                    person_id=person_id,
                    view=VIEW,
                    subject_id=dialogue.id,
                    due_at=now,
                    expires_at=municipality.quiet.next_open(now) + OFFERED_FOR,
                    appointment_on=today,
                ),
            )
