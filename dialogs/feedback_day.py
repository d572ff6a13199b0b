"""The days of a feedback: when it is reminded of, when the oral one was given, and a new deadline agreed on.

The table of their buttons and views stands with the flow, in dialogs/feedback.py.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from cards import feedback_day as cards
from cards.feedback_day import DayForm
from cards.kit import Card
from dialogs.flow import Planning
from dialogs.turn import Turn
from dialogs.visiting import moved_on, shown, tell_other, visit_of
from domain.errors import Expired, Problem, Problems
from domain.observation import Observation, ObservationState
from domain.organisation import Institution
from domain.period import local_moment
from domain.prompt import Occasion
from domain.quiet import Snooze, snooze
from domain.visit import deadline_asked_on, feedback_reminders
from storage.feedback import feedback_on, feedbacks_on, sent_without_oral, visits_without_feedback
from storage.observation import observation_for, observation_of_observer
from storage.prompt import drop_reminders, plan

VIEW, ORAL, DEADLINE, DUE = "feedback", "feedback.oral", "feedback.deadline", "feedback.due"
FOLLOWED_FOR = timedelta(days=120)
ORAL_AFTER = (timedelta(days=1), timedelta(days=5))
TOLD_FOR = timedelta(days=14)
MORNING = time(8)


def ask_oral(turn: Turn, form: DayForm) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    about.require_done()
    turn.shows(ORAL, about.id)
    return cards.ask_oral(turn._, visit_of(turn, about))


def set_oral(turn: Turn, form: DayForm) -> Card:
    """When the oral feedback was given, before or after the written one."""
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    about.require_done()
    if form.day is None:
        raise Problems({"oral_on": Problem("no_day")})
    about.give_oral(form.day, zone=turn.municipality.zone, today=turn.today)
    moved_on(turn, about)
    drop_reminders(turn.uow, ORAL, about.id)
    return shown(turn, about)


def oral_tomorrow(turn: Turn, form: DayForm) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    return cards.reminded(turn._, remind_of_oral(turn, about))


def oral_again(turn: Turn, form: DayForm, problems: Problems) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    return cards.ask_oral(turn._, visit_of(turn, about), typed=form, problems=problems)


def set_due(turn: Turn, form: DayForm) -> Card:
    """Either of the two agrees on a new deadline, and the other hears of it."""
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    if form.day is None:
        raise Problems({"due": Problem("no_day")})
    found = feedback_on(turn.uow, about)
    if found is not None:
        found.require_open()
    about.agree_due(form.day, revision=form.revision, zone=turn.municipality.zone, today=turn.today)
    moved_on(turn, about)
    tell_other(turn, about, DUE)
    return cards.due_agreed(turn._, visit_of(turn, about), by_me=True)


def due_again(turn: Turn, form: DayForm, problems: Problems) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    return cards.ask_due(turn._, visit_of(turn, about), typed=form, problems=problems)


def day_expired(turn: Turn, form: DayForm, why: Expired) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    return shown(turn, about, why=why, given=cards.written(turn._, form))


def show_oral(turn: Turn, observation_id: UUID) -> Card | None:
    about, _where = observation_of_observer(turn.uow, turn.viewer, observation_id)
    if about.state is not ObservationState.DONE or about.oral_on is not None:
        return None
    turn.shows(ORAL, about.id)
    return cards.ask_oral(turn._, visit_of(turn, about))


def show_deadline(turn: Turn, observation_id: UUID) -> Card | None:
    """The question to both; None once the feedback has come, or a deadline lies ahead."""
    about, _where = observation_for(turn.uow, turn.viewer, observation_id)
    is_sent, _is_read = feedbacks_on(turn.uow, [about.id]).get(about.id, (False, False))
    waits = about.state in (ObservationState.AGREED, ObservationState.DONE) and not is_sent
    if not waits or (about.feedback_due is not None and about.feedback_due >= turn.today):
        return None
    turn.shows(DEADLINE, about.id)
    return cards.ask_due(turn._, visit_of(turn, about))


def show_due(turn: Turn, observation_id: UUID) -> Card | None:
    about, _where = observation_for(turn.uow, turn.viewer, observation_id)
    if about.feedback_due is None or about.feedback_due < turn.today:
        return None
    return cards.due_agreed(turn._, visit_of(turn, about), by_me=False)


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds the observer of what is still missing, and asks both for a new deadline."""
    for about, where in visits_without_feedback(planning.uow, planning.now - FOLLOWED_FOR, planning.until):
        if about.ends_at is None or about.observer_id is None:
            continue
        if about.ends_at <= planning.until:
            yield from _until_written(planning, about, where)
    ends = (ORAL_AFTER[1], ORAL_AFTER[1] + TOLD_FOR)
    for given in sent_without_oral(planning.uow, planning.now - ends[-1]):
        assert given.feedback.submitted_at is not None
        for after, ends_after in zip(ORAL_AFTER, ends, strict=True):
            yield Occasion(
                key=f"feedback:{given.about.id}:oral:{after.days}_days",
                person_id=given.author.id,
                view=ORAL,
                subject_id=given.about.id,
                due_at=given.feedback.submitted_at + after,
                expires_at=given.feedback.submitted_at + ends_after,
            )


def _until_written(planning: Planning, about: Observation, where: Institution) -> Iterable[Occasion]:
    assert about.observer_id is not None
    assert about.starts_at is not None
    zone = planning.municipality.zone
    # A visit that is moved begins anew; a new deadline does not.
    visit = f"feedback:{about.id}:{about.starts_at.isoformat()}"
    for name, due_at, ends_at in feedback_reminders(about, zone):
        yield Occasion(
            key=f"{visit}:{name}",
            person_id=about.observer_id,
            view=VIEW,
            subject_id=about.id,
            due_at=due_at,
            expires_at=ends_at,
        )
    if about.feedback_due is not None:
        due_at = local_moment(about.feedback_due, MORNING, zone)
        yield Occasion(
            key=f"{visit}:due:{about.feedback_due}",
            person_id=about.observer_id,
            view=VIEW,
            subject_id=about.id,
            due_at=due_at,
            expires_at=due_at + timedelta(days=1),
        )
    asked_on = deadline_asked_on(about, zone)
    asked_at = local_moment(asked_on, MORNING, zone)
    for person_id in {about.observer_id, *(leader.id for leader in planning.staff.leaders(where))}:
        yield Occasion(
            key=f"{visit}:deadline:{asked_on}:{person_id}",
            person_id=person_id,
            view=DEADLINE,
            subject_id=about.id,
            due_at=asked_at,
            expires_at=asked_at + TOLD_FOR,
        )


def remind_of_oral(turn: Turn, about: Observation) -> datetime:
    due_at = snooze(Snooze.TOMORROW, turn.now, turn.municipality.quiet)
    plan(
        turn.uow,
        Occasion(
            key=f"feedback:{about.id}:oral:{due_at.date()}",
            person_id=turn.person.id,
            view=ORAL,
            subject_id=about.id,
            due_at=due_at,
            expires_at=due_at + TOLD_FOR,
        ),
    )
    return due_at
