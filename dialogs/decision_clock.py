"""When whoever records a dialogue is reminded that nothing is decided."""

from collections.abc import Iterable

from dialogs.flow import Planning
from domain.prompt import Occasion
from domain.reflection import reminders
from storage.decision import dialogues_with_decisions
from storage.reflection import dialogues_to_decide_on, note_takers, reflected_at

VIEW = "decision"
REMINDED = ("2_hours", "3_days", "10_days")


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds whoever records a dialogue that was reflected on, until something is decided."""
    zone, quiet = planning.municipality.zone, planning.municipality.quiet
    waiting = dialogues_to_decide_on(planning.uow, None, planning.now)
    begun = dialogues_with_decisions(planning.uow, [dialogue.id for dialogue, _ in waiting])
    reflected = reflected_at(planning.uow, [dialogue.id for dialogue, _ in waiting])
    note_taker = note_takers(planning.uow, [dialogue.id for dialogue, _ in waiting])
    for dialogue, where in waiting:
        people = planning.staff.recorders(where, note_taker.get(dialogue.id))
        for reminder in reminders(dialogue.starts_at, zone, quiet):
            is_soon = reminder.name == "2_hours"
            # Who has reflected after the two hours, or has begun to decide, is at it and needs no word.
            at_it = dialogue.id in begun or reflected[dialogue.id] > reminder.due_at
            if reminder.name not in REMINDED or (is_soon and at_it):
                continue
            for person_id in people:
                yield Occasion(
                    key=f"decision:{dialogue.id}:{reminder.name}:{dialogue.revision}:{person_id}",
                    person_id=person_id,
                    view=VIEW,
                    subject_id=dialogue.id,
                    due_at=reminder.due_at,
                    expires_at=reminder.expires_at,
                    appointment_on=reminder.due_at.astimezone(zone).date() if is_soon else None,
                )
