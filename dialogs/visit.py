"""The visit: in both calendars, remembered the day before, noted in the chat while it goes on, and then done.

Clock: the working day before, both get the focus and the guide, and the host is asked once more about the staff if they
have not been informed, and again when it has taken place. At the end time the observer is asked how it went, by the
flow of the feedback.
Buttons: *Føj til min kalender*, *Medarbejderne ved det nu*, *Flyt besøget*, *Aflys*, *Gennemført*. What the observer
types meanwhile is in dialogs/visit_note.py.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from cards import visit as cards
from cards import visit_day as days
from cards import visit_news
from cards import visit_note as noted
from cards.form import Subject
from cards.invitation import written
from cards.kit import Card
from cards.time_and_place import Moving
from cards.visit_day import MoveForm, Press
from cards.visit_note import SaidForm, UndoForm
from dialogs import feedback, later
from dialogs import visit_note as notes
from dialogs.flow import Button, File, Flow, Planning, Question
from dialogs.moment import meant, told_of_days_off
from dialogs.turn import Turn
from dialogs.visiting import VIEW, moved_on, shown, tell_host, tell_other, unreached_of, visit_of
from domain.appointment import Slot, moments
from domain.errors import Expired, NotAllowed, Problems
from domain.observation import Observation, ObservationState
from domain.prompt import Occasion
from storage.observation import observation_for, observation_of_host, observation_of_observer
from storage.observer import require_fit
from storage.visit import forget_notes, notes_of, visits_since

COMING, AGREED, MOVED, CANCELLED = "visit.coming", "visit.agreed", "visit.moved", "visit.cancelled"
UNINFORMED = "visit.uninformed"
PLANNED_AHEAD = timedelta(days=15)


def open_it(turn: Turn, subject: Subject) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, subject.id)
    return shown(turn, about)


def to_calendar(turn: Turn, press: Press) -> Card:
    """The way to a calendar entry, or out of the calendar again, with a link that is made at this moment."""
    about, _where = observation_for(turn.uow, turn.viewer, press.observation_id)
    if about.starts_at is None or about.state not in (ObservationState.AGREED, ObservationState.CANCELLED):
        return shown(turn, about)
    return days.calendar(turn._, visit_of(turn, about), turn.link_to("visit.calendar", about.id))


def calendar_file(turn: Turn, observation_id: UUID) -> File:
    """The entry of a visit, for either of the two; a cancelled one takes itself out."""
    # Imported here: an entry is fetched now and then, and what makes it costs every start-up otherwise.
    from cards import calendar

    about, _where = observation_for(turn.uow, turn.viewer, observation_id)
    if about.starts_at is None:
        raise NotAllowed
    visit = visit_of(turn, about)
    return File(
        name=calendar.file_name(turn._),
        media_type=calendar.media_type(visit),
        content=lambda: calendar.entry(turn._, visit),
    )


def inform(turn: Turn, press: Press) -> Card:
    about, _where = observation_of_host(turn.uow, turn.viewer, press.observation_id)
    about.inform()
    turn.changes(VIEW, about.id)
    return shown(turn, about)


def done(turn: Turn, press: Press) -> Card:
    """It took place: the observer is led to the feedback. `gennemført` not before the agreed time (I16).

    Where the staff are not known to have been informed the host is asked; the visit and its feedback wait for nothing.
    """
    about, where = observation_of_observer(turn.uow, turn.viewer, press.observation_id)
    was_done = about.state is ObservationState.DONE
    if not was_done:
        require_fit(turn.uow, about, where, turn.today)
    about.do(turn.now)
    if not was_done:
        moved_on(turn, about)
        if not about.is_informed:
            tell_host(turn, about, UNINFORMED)
    return feedback.write(turn, Subject(about.id))


def ask_move(turn: Turn, moving: Moving) -> Card:
    """The form for another time, with what was written of it in words."""
    about, _where = observation_for(turn.uow, turn.viewer, moving.id)
    visit = visit_of(turn, about)
    if not visit.can_move:
        return shown(turn, about, why=Expired("visit_begun") if about.state is ObservationState.AGREED else None)
    new = meant(turn, moving.wanted, about.starts_at) if about.starts_at else None
    if new is None:
        return days.ask_move(turn._, visit)
    problems = new.problems and Problems({f"{name}1": each for name, each in new.problems.fields.items()})
    typed = MoveForm(observation_id=about.id, revision=about.revision, slots=(Slot(new.day, new.clock),))
    return days.ask_move(turn._, visit, typed=typed, problems=problems, above=new.said)


def move(turn: Turn, form: MoveForm) -> Card:
    """To the time that the two have agreed on; the other hears of it at once."""
    about, where = observation_for(turn.uow, turn.viewer, form.observation_id)
    require_fit(turn.uow, about, where, turn.today)
    if about.state is ObservationState.AGREED and not visit_of(turn, about).can_move:
        raise Expired("visit_begun")
    [starts_at] = moments(form.slots, now=turn.now, zone=turn.municipality.zone)
    about.move(starts_at, revision=form.revision, now=turn.now)
    moved_on(turn, about)
    tell_other(turn, about, MOVED, urgent=True, until=starts_at)
    turn.shows(VIEW, about.id)
    receipt = visit_news.moved(turn._, visit_of(turn, about), by_me=True, unreached=unreached_of(turn, about))
    return told_of_days_off(turn, receipt, starts_at)


def ask_cancel(turn: Turn, press: Press) -> Card:
    about, where = observation_for(turn.uow, turn.viewer, press.observation_id)
    if not _can_cancel(turn, about, leads=turn.viewer.leads(where)):
        return shown(turn, about)
    return days.ask_cancel(turn._, visit_of(turn, about), unreached=unreached_of(turn, about))


def cancel(turn: Turn, press: Press) -> Card:
    """Withdraws an invitation, or cancels the visit; the notes of a visit that never was go with it.

    Once it has begun only the observer's own word does away with the observer's notes.
    """
    about, where = observation_for(turn.uow, turn.viewer, press.observation_id)
    if about.is_unanswered and not turn.viewer.leads(where):
        raise NotAllowed
    until = about.starts_at if about.starts_at and about.starts_at > turn.now else None
    about.cancel(revision=press.revision, now=turn.now)
    if turn.person.id == about.observer_id or about.starts_at is None or turn.now < about.starts_at:
        forget_notes(turn.uow, about)
    moved_on(turn, about)
    tell_other(turn, about, CANCELLED, urgent=True, until=until)
    turn.shows(VIEW, about.id)
    return visit_news.cancelled(turn._, visit_of(turn, about))


def not_now(turn: Turn, press: Press) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, press.observation_id)
    return later.ask(turn, "feedback", about.id)


def move_again(turn: Turn, form: MoveForm, problems: Problems) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    return days.ask_move(turn._, visit_of(turn, about), typed=form, problems=problems)


def move_expired(turn: Turn, form: MoveForm, why: Expired) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    turn.shows(VIEW, about.id)
    return cards.show(turn._, visit_of(turn, about), why=why, given=written(turn._, form.slots))


def move_refused(turn: Turn, form: MoveForm) -> Card:
    return days.refused(turn._, form)


def expired(turn: Turn, press: Press, why: Expired) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, press.observation_id)
    return shown(turn, about, why=why)


def show(turn: Turn, observation_id: UUID) -> Card | None:
    return open_it(turn, Subject(observation_id))


def show_coming(turn: Turn, observation_id: UUID) -> Card | None:
    """The day before; None once it has begun, or is not to be."""
    about, _where = observation_for(turn.uow, turn.viewer, observation_id)
    if about.state is not ObservationState.AGREED or about.starts_at is None or turn.now >= about.starts_at:
        return None
    turn.shows(COMING, about.id)
    return days.coming(turn._, visit_of(turn, about))


def show_agreed(turn: Turn, observation_id: UUID) -> Card | None:
    about, _where = observation_for(turn.uow, turn.viewer, observation_id)
    if about.state is not ObservationState.AGREED:
        return None
    turn.shows(VIEW, about.id)
    return visit_news.agreed(turn._, visit_of(turn, about))


def show_moved(turn: Turn, observation_id: UUID) -> Card | None:
    about, _where = observation_for(turn.uow, turn.viewer, observation_id)
    if about.state is not ObservationState.AGREED:
        return None
    turn.shows(VIEW, about.id)
    return visit_news.moved(turn._, visit_of(turn, about), by_me=False)


def show_cancelled(turn: Turn, observation_id: UUID) -> Card | None:
    about, _where = observation_for(turn.uow, turn.viewer, observation_id)
    if about.state is not ObservationState.CANCELLED:
        return None
    turn.shows(VIEW, about.id)
    is_noted = turn.person.id == about.observer_id and bool(notes_of(turn.uow, turn.viewer, about))
    return visit_news.cancelled(turn._, visit_of(turn, about), has_notes=is_noted)


def show_uninformed(turn: Turn, observation_id: UUID) -> Card | None:
    """For the host after the visit; None once they have said that the staff know."""
    about, _where = observation_of_host(turn.uow, turn.viewer, observation_id)
    if about.state is not ObservationState.DONE or about.is_informed:
        return None
    turn.shows(UNINFORMED, about.id)
    return visit_news.uninformed(turn._, visit_of(turn, about))


def clock(planning: Planning) -> Iterable[Occasion]:
    """Both get the focus and the guide on the working day before the visit."""
    quiet = planning.municipality.quiet
    for about, where in visits_since(planning.uow, planning.now):
        if about.state is not ObservationState.AGREED or about.starts_at is None:
            continue
        if about.starts_at > planning.now + PLANNED_AHEAD:
            continue
        people = {leader.id for leader in planning.staff.leaders(where)}
        for person_id in people | ({about.observer_id} if about.observer_id else set()):
            yield Occasion(
                key=f"visit:{about.id}:coming:{about.revision}:{person_id}",
                person_id=person_id,
                view=COMING,
                subject_id=about.id,
                due_at=quiet.working_days_before(about.starts_at, 1),
                expires_at=about.starts_at,
            )


def _can_cancel(turn: Turn, about: Observation, *, leads: bool) -> bool:
    return about.state is ObservationState.AGREED or (leads and about.is_unanswered)


FLOW = Flow(
    name="visit",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.CALENDAR: Button(Press.read, to_calendar, only_shows=True),
        cards.INFORM: Button(Press.read, inform, expired=expired),
        days.DONE: Button(Press.read, done, expired=expired),
        cards.ASK_MOVE: Button(Moving.read, ask_move),
        days.MOVE: Button(MoveForm.read, move, again=move_again, expired=move_expired, refused=move_refused),
        cards.ASK_CANCEL: Button(Press.read, ask_cancel),
        days.CANCEL: Button(Press.read, cancel, expired=expired),
        days.LATER: Button(Press.read, not_now),
        noted.KEEP: Button(SaidForm.read, notes.keep, expired=notes.keep_expired, refused=notes.keep_refused),
        noted.UNDO: Button(UndoForm.read, notes.undo),
        cards.NOTES: Button(Subject.read, notes.show_notes, only_shows=True),
    },
    questions={
        "my_notes": Question(("mine noter", "mine notater", "noter", "my notes", "notes"), notes.asked_for_notes)
    },
    views={
        VIEW: show,
        COMING: show_coming,
        AGREED: show_agreed,
        MOVED: show_moved,
        CANCELLED: show_cancelled,
        UNINFORMED: show_uninformed,
    },
    files={"visit.calendar": calendar_file},
    clock=clock,
)
