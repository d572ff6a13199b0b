"""The observer writes the feedback, in two steps, and the host gets it when it is sent.

Clock: at the end of the visit the observer is asked how it went, and then for the feedback: on the same day, and after
2, 5 and 10 days; after 14 days both are asked whether a new deadline shall be agreed, and on that day the observer is
reminded. A feedback that was sent without the oral one asks for that after 1 and 5 days.
Buttons: *Næste*, *Tilbage* and *Gem kladde* keep the half, with the notes of the visit in it to begin with; *Vis det,
modtageren ser*; *Send tilbagemelding* locks it. Its author may add signed remarks, and nobody changes it (I17).
Question: `feedback` opens what is to be written, or what was sent.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from cards import feedback as cards
from cards import visit as visits
from cards import visit_day as days
from cards.feedback import AddForm, DayForm, Form, Sheet, Shown
from cards.form import Subject
from cards.kit import Card
from dialogs import later
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.turn import Turn
from dialogs.visiting import VIEW as VISIT
from dialogs.visiting import leaders_of, moved_on, note_reading, shown, tell_other, visit_of
from domain.acknowledgement import Given
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.feedback import SAW, Curious, Described, Feedback, FeedbackAddendum, FeedbackStep
from domain.observation import Observation, ObservationState
from domain.organisation import Institution
from domain.period import local_moment
from domain.prompt import Occasion
from domain.quiet import Snooze, snooze
from domain.visit import deadline_asked_on, feedback_reminders, joined
from storage.feedback import (
    addenda_to,
    done_without_feedback,
    feedback_for,
    feedback_on,
    feedbacks_on,
    sent_without_oral,
)
from storage.observation import observation_for, observation_of_observer, visits_since
from storage.prompt import drop_reminders, plan
from storage.visit import forget_notes, notes_of

VIEW, READ, ORAL, DEADLINE, DUE = "feedback", "feedback.read", "feedback.oral", "feedback.deadline", "feedback.due"
ACKNOWLEDGE = "acknowledgement"
FOLLOWED_FOR = timedelta(days=120)
ORAL_AFTER = (timedelta(days=1), timedelta(days=5))
TOLD_FOR = timedelta(days=14)
MORNING = time(8)


def write(turn: Turn, subject: Subject) -> Card:
    """The card for whoever observed: how it went, the feedback to be written, or what was sent."""
    about, where = observation_of_observer(turn.uow, turn.viewer, subject.id)
    found = feedback_on(turn.uow, about)
    if found is not None and found.is_sent:
        return read(turn, Subject(found.id))
    if about.state is ObservationState.AGREED and about.ends_at is not None and turn.now >= about.ends_at:
        turn.shows(VIEW, about.id)
        return days.ask_how(turn._, visit_of(turn, about))
    if about.state is not ObservationState.DONE:
        return shown(turn, about)
    turn.shows(VIEW, about.id)
    return cards.ask(turn._, _sheet(turn, about, found or _begun_from(turn, about, where)))


def next_step(turn: Turn, form: Form) -> Card:
    return _go(turn, form, FeedbackStep.TAKEN)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, form, FeedbackStep.SEEN)


def keep_draft(turn: Turn, form: Form) -> Card:
    return cards.saved(turn._, _take(turn, form))


def preview(turn: Turn, form: Form) -> Card:
    """Keeps the half, and shows what the host will read."""
    return cards.preview(turn._, _take(turn, form))


def send(turn: Turn, form: Form) -> Card:
    """Gives it to the host, or leads to the first step in which something is missing; nothing typed is lost."""
    return _send(turn, _take(turn, form))


def send_shown(turn: Turn, press: Shown) -> Card:
    """Sends what the preview showed; what has been written since is shown first."""
    about, _where = observation_of_observer(turn.uow, turn.viewer, press.observation_id)
    found = feedback_on(turn.uow, about)
    about.require_done()
    if found is None:
        raise NotAllowed
    found.require_open()
    sheet = _sheet(turn, about, found)
    return _send(turn, sheet) if cards.mark(found) == press.was else cards.preview(turn._, sheet)


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks when the card shall come again."""
    return later.ask(turn, VIEW, _take(turn, form).visit.observation.id, was_kept=True)


def read(turn: Turn, subject: Subject) -> Card:
    """The feedback as it was sent, for whoever may read it; every read but its author's is kept (I33)."""
    given = feedback_for(turn.uow, turn.viewer, subject.id, turn.now)
    if not given.feedback.is_sent:
        raise NotAllowed
    note_reading(turn, given)
    turn.shows(READ, given.feedback.id)
    return cards.read(
        turn._,
        given,
        visit_of(turn, given.about),
        addenda_to(turn.uow, given.feedback),
        is_mine=given.author.id == turn.person.id,
    )


def add(turn: Turn, form: AddForm) -> Card:
    """A signed remark by its author; the host hears that there is one."""
    given = _mine(turn, form.feedback_id)
    turn.uow.add(FeedbackAddendum.to(given.feedback, form.text, by=turn.person.id, now=turn.now))
    turn.uow.session.flush()
    for leader in leaders_of(turn, given.host):
        _tell(turn, READ, given.feedback.id, leader.id)
    turn.changes(READ, given.feedback.id)
    return read(turn, Subject(given.feedback.id))


def add_again(turn: Turn, form: AddForm, problems: Problems) -> Card:
    given = _mine(turn, form.feedback_id)
    addenda = addenda_to(turn.uow, given.feedback)
    visit = visit_of(turn, given.about)
    return cards.read(turn._, given, visit, addenda, is_mine=True, typed=form, problems=problems)


def add_refused(turn: Turn, form: AddForm) -> Card:
    return cards.add_refused(turn._, form)


def ask_oral(turn: Turn, form: DayForm) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    about.require_done()
    turn.shows(ORAL, about.id)
    return cards.ask_oral(turn._, visit_of(turn, about))


def set_oral(turn: Turn, form: DayForm) -> Card:
    """When the oral feedback was given, before or after the written one."""
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    about.require_done()
    about.give_oral(form.day, zone=turn.municipality.zone, today=turn.today)
    moved_on(turn, about)
    drop_reminders(turn.uow, ORAL, about.id)
    return shown(turn, about)


def oral_tomorrow(turn: Turn, form: DayForm) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    return days.reminded(turn._, _remind_of_oral(turn, about))


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
    about.agree_due(form.day, revision=form.revision, today=turn.today)
    moved_on(turn, about)
    tell_other(turn, about, DUE)
    return cards.due_agreed(turn._, visit_of(turn, about), by_me=True)


def due_again(turn: Turn, form: DayForm, problems: Problems) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    return cards.ask_due(turn._, visit_of(turn, about), typed=form, problems=problems)


def day_expired(turn: Turn, form: DayForm, why: Expired) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    return shown(turn, about, why=why)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same half with everything that was typed, and what is wrong with it."""
    about, where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    turn.shows(VIEW, about.id)
    found = feedback_on(turn.uow, about) or _begun_from(turn, about, where)
    return cards.ask(turn._, _sheet(turn, about, found), typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    """It was sent from another place, or the visit was cancelled: how it stands, and everything that was typed."""
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    turn.shows(VISIT, about.id)
    return visits.show(turn._, visit_of(turn, about), why=why, given=cards.written(turn._, form))


def shown_expired(turn: Turn, press: Shown, why: Expired) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, press.observation_id)
    return shown(turn, about, why=why)


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def asked(turn: Turn, question: Asked) -> Card:
    """`feedback`: the visit that waits for one, or which."""
    found = [
        (about, where)
        for about, where in done_without_feedback(turn.uow, turn.viewer)
        if about.state is ObservationState.DONE or (about.ends_at is not None and turn.now >= about.ends_at)
    ]
    if not found:
        return cards.none_to_write(turn._)
    if len(found) == 1:
        return write(turn, Subject(found[0][0].id))
    rows = [(about, where, about.progress(is_sent=False, is_acknowledged=False)) for about, where in found]
    return visits.choose(turn._, rows, cards.OPEN)


def show(turn: Turn, observation_id: UUID) -> Card | None:
    """The card for delivery, to the observer; None once there is nothing to write."""
    about, _where = observation_of_observer(turn.uow, turn.viewer, observation_id)
    found = feedback_on(turn.uow, about)
    if found is not None and found.is_sent:
        return None
    over = about.ends_at is not None and turn.now >= about.ends_at
    if about.state is not ObservationState.DONE and not (about.state is ObservationState.AGREED and over):
        return None
    return write(turn, Subject(about.id))


def show_read(turn: Turn, feedback_id: UUID) -> Card | None:
    return read(turn, Subject(feedback_id))


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
    visits_of = visits_since(planning.uow, planning.now - FOLLOWED_FOR)
    sent = feedbacks_on(planning.uow, [about.id for about, _where in visits_of])
    for about, where in visits_of:
        if sent.get(about.id, (False, False))[0] or about.ends_at is None or about.observer_id is None:
            continue
        if about.ends_at <= planning.until:
            yield from _until_written(planning, about, where)
    for given in sent_without_oral(planning.uow, planning.now - FOLLOWED_FOR):
        assert given.feedback.submitted_at is not None
        ends = (ORAL_AFTER[1], ORAL_AFTER[1] + TOLD_FOR)
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


def _send(turn: Turn, sheet: Sheet) -> Card:
    kept, about = sheet.feedback, sheet.visit.observation
    curious = kept.curious
    try:
        found = {**kept.described.missing(), **curious.missing()}
        if wrong := about.problem_with_oral(curious.oral_on, zone=turn.municipality.zone, today=turn.today):
            found["oral_on"] = wrong
        if found:
            raise Problems(found)
        kept.send(turn.now)
    except Problems as problems:
        kept.step = cards.step_of(problems)
        return cards.ask(turn._, sheet, problems=problems)
    about.give_oral(curious.oral_on, zone=turn.municipality.zone, today=turn.today)
    # They were working notes: what was meant to be kept of them stands in the feedback.
    forget_notes(turn.uow, about)
    moved_on(turn, about)
    if about.oral_on is None:
        _remind_of_oral(turn, about)
    given = feedback_for(turn.uow, turn.viewer, kept.id, turn.now)
    for leader in leaders_of(turn, given.host):
        _tell(turn, ACKNOWLEDGE, kept.id, leader.id)
    turn.shows(READ, kept.id)
    return cards.read(turn._, given, visit_of(turn, about), (), is_mine=True, just_sent=True)


def _go(turn: Turn, form: Form, step: FeedbackStep) -> Card:
    sheet = _take(turn, form)
    sheet.feedback.step = step
    return cards.ask(turn._, sheet)


def _take(turn: Turn, form: Form) -> Sheet:
    """Keeps what was typed in a half, complete or not.

    Raises `Expired` before the visit has taken place, after it was cancelled, and once the feedback is sent.
    """
    about, where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    about.require_done()
    found = feedback_on(turn.uow, about)
    kept = found or _begun_from(turn, about, where)
    kept.require_open()
    changed = is_changed(form.content, kept.content(form.step), form.was)
    if changed or not kept.is_begun:
        kept.write(form.content, turn.now)
    if found is None:
        turn.uow.add(kept)
        turn.uow.session.flush()
    kept.step = form.step
    turn.changes(VIEW, about.id)
    return _sheet(turn, about, kept)


def _begun_from(turn: Turn, about: Observation, where: Institution) -> Feedback:
    """A new feedback, with the notes of the visit in it: nobody writes a thing twice."""
    if about.observer_institution_id is None:
        raise NotAllowed
    notes = notes_of(turn.uow, turn.viewer, about)
    return Feedback(
        observation_id=about.id,
        institution_id=where.id,
        home_id=about.observer_institution_id,
        author_id=turn.person.id,
        described=Described(saw=joined(notes, turn.municipality.zone, SAW)),
        curious=Curious(oral_on=about.oral_on),
    )


def _sheet(turn: Turn, about: Observation, kept: Feedback) -> Sheet:
    return Sheet(
        visit=visit_of(turn, about),
        feedback=kept,
        viewer=turn.person,
        notes=notes_of(turn.uow, turn.viewer, about),
    )


def _mine(turn: Turn, feedback_id: UUID) -> Given:
    given = feedback_for(turn.uow, turn.viewer, feedback_id, turn.now)
    if given.author.id != turn.person.id:
        raise NotAllowed
    return given


def _remind_of_oral(turn: Turn, about: Observation) -> datetime:
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


def _tell(turn: Turn, view: str, feedback_id: UUID, person_id: UUID) -> None:
    plan(
        turn.uow,
        Occasion(
            key=f"{view.replace('.', ':')}:{feedback_id}:{turn.now.isoformat()}:{person_id}",
            person_id=person_id,
            view=view,
            subject_id=feedback_id,
            due_at=turn.now,
            expires_at=turn.now + TOLD_FOR,
        ),
    )


FLOW = Flow(
    name="feedback",
    buttons={
        cards.OPEN: Button(Subject.read, write),
        **form_buttons(
            Form.read,
            {
                cards.NEXT: next_step,
                cards.BACK: back,
                cards.DRAFT: keep_draft,
                cards.PREVIEW: preview,
                cards.SEND: send,
                cards.LATER: not_now,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.SEND_SHOWN: Button(Shown.read, send_shown, expired=shown_expired),
        cards.READ: Button(Subject.read, read, only_shows=True),
        cards.ADD: Button(AddForm.read, add, again=add_again, refused=add_refused),
        cards.ASK_ORAL: Button(DayForm.read, ask_oral, expired=day_expired),
        cards.SET_ORAL: Button(DayForm.read, set_oral, again=oral_again, expired=day_expired),
        cards.ORAL_TOMORROW: Button(DayForm.read, oral_tomorrow),
        cards.SET_DUE: Button(DayForm.read, set_due, again=due_again, expired=day_expired),
    },
    questions={
        "feedback": Question(
            ("feedback", "tilbagemelding", "skriv tilbagemelding", "giv feedback", "write feedback"), asked
        )
    },
    views={VIEW: show, READ: show_read, ORAL: show_oral, DEADLINE: show_deadline, DUE: show_due},
    clock=clock,
)
