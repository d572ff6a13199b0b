"""What waits for whoever asks what waits and names nothing else: `hvad mangler jeg`, `hvad skal jeg nå i dag`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from cards import attention_own as cards
from cards.answer import Part
from cards.more import first
from cards.move import Appointment
from dialogs.meeting import coming_meetings
from dialogs.turn import Turn
from dialogs.unfinished import begun_by
from dialogs.visiting import visit_of
from dialogs.waiting import tasks_of
from domain.dialogue import DialogueState
from domain.observation import ObservationState
from domain.scope import Bounds
from storage.dialogue import latest_begun_in, next_dialogues_in
from storage.observation import observations_of
from storage.roles import institutions_led_by, institutions_of_chief

MOST_TASKS, MOST_MET = 8, 5
WEEK = timedelta(days=8)


@dataclass(frozen=True, kw_only=True)
class Own:
    """What waits for the person themselves; `sources` are the records that its tasks are about."""

    parts: Sequence[Part] = ()
    sources: frozenset[UUID] = frozenset()


def is_of_all(bounds: Bounds) -> bool:
    """Whether nothing is named that would be asked of in place of what is one's own."""
    return replace(bounds, is_short=False, is_traced=False, first=None, last=None) == Bounds()


def own_of(turn: Turn) -> Own:
    """The person's tasks, what they have begun besides, and whom they meet today and in the seven days to come."""
    tasks, week = tasks_of(turn), _week(turn)
    known = {each.matter for each in tasks}
    tasks += [each for each in begun_by(turn) if each.matter not in known]
    shown, more = first(tasks, MOST_TASKS)
    return Own(
        parts=cards.parts(turn._, shown, more, *first(week, MOST_MET)),
        sources=frozenset(each.source_id or each.subject_id for each in shown),
    )


def _week(turn: Turn) -> list[Appointment]:
    """The 1:1s, learning dialogues and visits, soonest first; of a chief those of their area as well."""
    led = institutions_led_by(turn.uow, turn.viewer)
    places = {where.id: where for where in (*led, *institutions_of_chief(turn.uow, turn.viewer))}
    dialogues = {
        each.id: (each, places[where_id])
        for of in (latest_begun_in(turn.uow, places, turn.now), next_dialogues_in(turn.uow, places, turn.now))
        for where_id, each in of.items()
        if each.state is not DialogueState.CANCELLED
    }
    midnight = turn.municipality.quiet.start_of_day(turn.now)
    until = turn.municipality.quiet.start_of_day(turn.now + WEEK)
    visits = [
        visit_of(turn, about)
        for about, _where in observations_of(turn.uow, turn.viewer, led)
        if about.state is ObservationState.AGREED and about.starts_at and midnight <= about.starts_at < until
    ]
    found = [
        *(Appointment(meeting=each) for each in coming_meetings(turn)),
        *(Appointment(dialogue=each) for each in dialogues.values()),
        *(Appointment(visit=each) for each in visits),
    ]
    return sorted((each for each in found if midnight <= each.starts_at < until), key=lambda each: each.starts_at)
