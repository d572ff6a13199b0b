"""From a rhythm the bot suggests the next 1:1 to the chief, with a day and a time to correct; it plans none itself.

Clock: two weeks before the next one is due, as long as none is planned. Buttons: *Rytme* on a 1:1, *Gem rytmen*.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from cards import one_on_one_plan as plans
from cards import rhythm as cards
from cards.form import Subject
from cards.kit import Card
from cards.one_on_one_plan import PlanForm
from cards.rhythm import RhythmForm
from dialogs import later
from dialogs.flow import Button, Flow, Planning
from dialogs.meeting import own_meeting
from dialogs.turn import Turn
from domain.errors import NotAllowed
from domain.prompt import Occasion
from domain.rhythm import Rhythm
from storage.one_on_one import last_of_pair, next_of_pair
from storage.one_on_one_line import places_between
from storage.organisation import person_with_id
from storage.rhythm import all_rhythms, rhythm_of

VIEW = "rhythm"
SUGGESTED_FOR = timedelta(days=21)


def ask(turn: Turn, subject: Subject) -> Card:
    meeting = own_meeting(turn, subject.id)
    kept = rhythm_of(turn.uow, turn.person.id, meeting.leader.id)
    return cards.ask(turn._, meeting, kept.weeks if kept else 0)


def set_it(turn: Turn, form: RhythmForm) -> Card:
    meeting = own_meeting(turn, form.one_on_one_id)
    kept = rhythm_of(turn.uow, turn.person.id, meeting.leader.id)
    if kept is None and form.weeks:
        turn.uow.add(Rhythm(chief_id=turn.person.id, leader_id=meeting.leader.id, weeks=form.weeks, set_at=turn.now))
    elif kept is not None and form.weeks:
        kept.set_to(form.weeks, turn.now)
    elif kept is not None:
        turn.uow.session.delete(kept)
    turn.uow.session.flush()
    return cards.saved(turn._, meeting, form.weeks)


def not_now(turn: Turn, subject: Subject) -> Card:
    return later.ask(turn, VIEW, _own(turn, subject.id).id)


def show(turn: Turn, rhythm_id: UUID) -> Card | None:
    """The suggestion for delivery; None once the next one is planned, or they are not in one line."""
    kept = _own(turn, rhythm_id)
    if next_of_pair(turn.uow, kept.chief_id, kept.leader_id, turn.now):
        return None
    places = places_between(turn.uow, kept.chief_id, kept.leader_id, turn.today)
    if not places:
        return None
    last = last_of_pair(turn.uow, kept.chief_id, kept.leader_id, turn.now)
    due_at = max(kept.next_from(last.starts_at if last else None), turn.now + timedelta(days=1))
    turn.shows(VIEW, kept.id)
    return plans.ask_plan(
        turn._,
        person_with_id(turn.uow, kept.leader_id),
        places,
        _suggested(turn, kept, due_at, last.starts_at if last else None),
        weeks=kept.weeks,
        later=cards.not_now(turn._, kept.id),
    )


def clock(planning: Planning) -> Iterable[Occasion]:
    """Suggests to the chief what no 1:1 is planned for."""
    today = planning.now.astimezone(planning.municipality.zone).date()
    for kept in all_rhythms(planning.uow):
        if next_of_pair(planning.uow, kept.chief_id, kept.leader_id, planning.now):
            continue
        last = last_of_pair(planning.uow, kept.chief_id, kept.leader_id, planning.now)
        due_at = kept.suggested_at(last.starts_at if last else None)
        if due_at > planning.until or not places_between(planning.uow, kept.chief_id, kept.leader_id, today):
            continue
        yield Occasion(
            key=f"rhythm:{kept.id}:{last.id if last else 'first'}:{kept.weeks}",
            person_id=kept.chief_id,
            view=VIEW,
            subject_id=kept.id,
            due_at=due_at,
            expires_at=planning.municipality.quiet.next_open(due_at) + SUGGESTED_FOR,
        )


def _suggested(turn: Turn, kept: Rhythm, due_at: datetime, last: datetime | None) -> PlanForm:
    """The working day on which it is due, at the time of day of the last one."""
    zone = turn.municipality.zone
    day = turn.municipality.quiet.morning_of(due_at.astimezone(zone).date()).astimezone(zone).date()
    return PlanForm(leader_id=kept.leader_id, day=day, clock=last.astimezone(zone).time() if last else None)


def _own(turn: Turn, rhythm_id: UUID) -> Rhythm:
    found = turn.uow.get(Rhythm, rhythm_id)
    if found is None or found.chief_id != turn.person.id:
        raise NotAllowed
    return found


FLOW = Flow(
    name="rhythm",
    buttons={
        cards.OPEN: Button(Subject.read, ask),
        cards.SET: Button(RhythmForm.read, set_it),
        cards.LATER: Button(Subject.read, not_now),
    },
    views={VIEW: show},
    clock=clock,
    without=frozenset({"questions"}),
)
