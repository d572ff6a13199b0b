"""When a preparation is opened, and when whom is reminded of it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from dialogs.flow import Planning
from domain.dialogue import Dialogue
from domain.organisation import Institution, Person
from domain.preparation import Preparation, reminders
from domain.prompt import Occasion
from storage.dialogue import dialogues_between, dialogues_to_open
from storage.preparation import preparations_of

VIEW, READ, AGENDA = "preparation", "preparation.read", "preparation.agenda"
PLANNED_AHEAD = timedelta(days=22)


def clock(planning: Planning) -> Iterable[Occasion]:
    """Opens the preparations whose time has come, and tells when whom is reminded."""
    uow = planning.uow
    for opening in dialogues_to_open(uow, planning.now):
        opening.open_preparation()
    coming = dialogues_between(uow, planning.now, planning.now + PLANNED_AHEAD)
    begun = preparations_of(uow, [dialogue.id for dialogue, _ in coming])
    for dialogue, where in coming:
        preparation = begun.get(dialogue.id)
        leaders = planning.staff.leaders(where)
        handed_to = preparation.handed_to if preparation else None
        if handed_to and not planning.staff.works_at(handed_to, where):
            handed_to = None
        yield from _reminders(planning, dialogue, preparation, leaders, handed_to)
        if preparation is not None and preparation.is_ready:
            yield from _reading(planning, dialogue, where, leaders)


def _reminders(
    planning: Planning,
    dialogue: Dialogue,
    preparation: Preparation | None,
    leaders: Sequence[Person],
    handed_to: UUID | None,
) -> Iterable[Occasion]:
    for reminder in reminders(dialogue.starts_at, planning.municipality.zone):
        is_agenda = reminder.name == "2_hours"
        if preparation is not None and preparation.is_ready and not is_agenda:
            continue
        people = {leader.id for leader in leaders}
        if handed_to and not is_agenda:
            # The one who fills it in is reminded; the leader hears of it once more, two days before.
            people = {handed_to} | (people if reminder.name == "2_days" else set())
        for person_id in people:
            yield Occasion(
                key=f"preparation:{dialogue.id}:{reminder.name}:{dialogue.revision}:{person_id}",
                person_id=person_id,
                view=AGENDA if is_agenda else VIEW,
                subject_id=dialogue.id,
                due_at=reminder.due_at,
                expires_at=reminder.expires_at,
            )


def _reading(
    planning: Planning, dialogue: Dialogue, where: Institution, leaders: Sequence[Person]
) -> Iterable[Occasion]:
    municipality = planning.municipality
    writers = {leader.id for leader in leaders}
    for person in planning.staff.participants(where):
        if person.id not in writers:
            yield Occasion(
                key=f"preparation:{dialogue.id}:read:{dialogue.revision}:{person.id}",
                person_id=person.id,
                view=READ,
                subject_id=dialogue.id,
                due_at=municipality.quiet.working_days_before(dialogue.starts_at, 2),
                expires_at=dialogue.starts_at,
            )
