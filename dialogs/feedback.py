"""The observer writes the feedback, in two steps, and the host gets it when it is sent.

Clock: at the end of the visit the observer is asked how it went, and then for the feedback: on the same day, and after
2, 5 and 10 days; after 14 days both are asked whether a new deadline shall be agreed, and on that day the observer is
reminded. A feedback that was sent without the oral one asks for that after 1 and 5 days.
Buttons: *Næste*, *Tilbage* and *Gem kladde* keep the half, with the notes of the visit in it to begin with; *Vis det,
modtageren ser*; *Send tilbagemelding* locks it. Its author may add signed remarks, and nobody changes it (I17).
Question: `feedback` opens what is to be written, or else the visits to come and what was sent.
"""

from uuid import UUID

from cards import feedback as cards
from cards import feedback_day as chosen
from cards import feedback_form, visit_list
from cards import feedback_sent as sent
from cards import visit as visits
from cards import visit_day as days
from cards.feedback import Form, Sheet, Shown
from cards.feedback_day import DayForm
from cards.feedback_sent import AddForm
from cards.form import Subject
from cards.kit import Card
from dialogs import feedback_day as dates
from dialogs import later, observation, recognised
from dialogs.feedback_day import DEADLINE, DUE, ORAL, VIEW
from dialogs.feedback_sent import (
    ACKNOWLEDGE,
    MINE,
    READ,
    add,
    add_again,
    add_refused,
    ask_remark,
    read,
    show_mine,
    show_read,
    tell_leader,
)
from dialogs.flow import Asked, Button, Flow, Question, form_buttons
from dialogs.turn import Turn
from dialogs.visiting import VIEW as VISIT
from dialogs.visiting import leaders_of, moved_on, shown, visit_of
from domain.draft import between, is_changed, opens_at
from domain.errors import Expired, NotAllowed, Problems
from domain.feedback import SAW, Curious, Feedback, FeedbackStep
from domain.observation import Observation, ObservationState
from domain.organisation import Institution
from domain.visit import carried_into, keep_carried
from storage.feedback import (
    done_without_feedback,
    feedback_for,
    feedback_on,
)
from storage.observation import observation_of_observer
from storage.visit import forget_notes, notes_of


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
    return feedback_form.ask(turn._, _sheet(turn, about, found or _begun_from(turn, about, where)))


def next_step(turn: Turn, form: Form) -> Card:
    return _go(turn, form, FeedbackStep.TAKEN)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, form, FeedbackStep.SEEN)


def keep_draft(turn: Turn, form: Form) -> Card:
    return cards.saved(turn._, _take(turn, form))


def preview(turn: Turn, form: Form) -> Card:
    """Keeps the half, and shows what the host will read."""
    sheet = _take(turn, form)
    return _with_new_notes(turn, sheet) or cards.preview(turn._, sheet, is_asked=True)


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
    if cards.mark(found) != press.was:
        return cards.preview(turn._, sheet)
    return _send(turn, sheet, is_asked=press.is_asked)


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks when the card shall come again."""
    return later.ask(turn, VIEW, _take(turn, form).visit.observation.id, was_kept=True)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same half with everything that was typed, and what is wrong with it."""
    about, where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    turn.shows(VIEW, about.id)
    found = feedback_on(turn.uow, about) or _begun_from(turn, about, where)
    return feedback_form.ask(turn._, _sheet(turn, about, found), typed=form, problems=problems)


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
    """`feedback`: the visit that waits for one, or which; where none does, the visits there are."""
    found = [
        (about, where)
        for about, where in done_without_feedback(turn.uow, turn.viewer)
        if about.state is ObservationState.DONE or (about.ends_at is not None and turn.now >= about.ends_at)
    ]
    if not found:
        return observation.own_visits(turn) or cards.none_to_write(turn._)
    if len(found) == 1:
        return write(turn, Subject(found[0][0].id))
    rows = [(about, where, about.progress(is_sent=False), False) for about, where in found]
    return visit_list.choose(turn._, rows, cards.OPEN)


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


def _send(turn: Turn, sheet: Sheet, *, is_asked: bool = True) -> Card:
    """`is_asked` is whether its author was asked about the second half; the first is left by *Næste*, or a draft."""
    kept, about = sheet.feedback, sheet.visit.observation
    curious = kept.curious
    try:
        found = {**kept.described.missing(), **curious.missing()}
        if wrong := about.problem_with_oral(curious.oral_on, zone=turn.municipality.zone, today=turn.today):
            found["oral_on"] = wrong
        if found:
            raise Problems(found)
        if shown := _with_new_notes(turn, sheet):
            return shown
        left = between(kept.step, FeedbackStep.TAKEN)
        if asked := recognised.unasked(turn, left if is_asked else [*left, FeedbackStep.TAKEN], kept.content):
            kept.step, found_in = asked
            return recognised.with_question(turn._, feedback_form.ask(turn._, sheet, problems=found_in), found_in)
        kept.send(turn.now)
    except Problems as problems:
        kept.step = cards.step_of(problems)
        return feedback_form.ask(turn._, sheet, problems=problems)
    about.give_oral(curious.oral_on, zone=turn.municipality.zone, today=turn.today)
    # They were working notes, and stood in the field. Those that found no room in it stay their author's.
    forget_notes(turn.uow, about, but=[each.id for each in sheet.notes if not each.carried])
    moved_on(turn, about)
    if about.oral_on is None:
        dates.remind_of_oral(turn, about)
    given = feedback_for(turn.uow, turn.viewer, kept.id, turn.now)
    for leader in leaders_of(turn, given.host):
        if leader.id != given.author.id:
            tell_leader(turn, ACKNOWLEDGE, kept.id, leader.id)
    turn.shows(MINE, kept.id)
    return sent.read(
        turn._,
        given,
        visit_of(turn, about),
        (),
        is_mine=True,
        just_sent=True,
        leads_home=turn.viewer.leads(given.home),
    )


def _with_new_notes(turn: Turn, sheet: Sheet) -> Card | None:
    """The half with the notes that were typed since it was kept: nothing is sent that its author has not seen there."""
    if sheet.carried.last is None:
        return None
    sheet.feedback.step = FeedbackStep.SEEN
    return feedback_form.ask(turn._, sheet)


def _go(turn: Turn, form: Form, step: FeedbackStep) -> Card:
    sheet = _take(turn, form)
    sheet.feedback.step = step
    return feedback_form.ask(turn._, sheet)


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
    kept.step = opens_at(kept.step, form.step)
    if form.step is FeedbackStep.SEEN:
        keep_carried(notes_of(turn.uow, turn.viewer, about), form.last, form.fits)
    turn.changes(VIEW, about.id)
    return _sheet(turn, about, kept)


def _begun_from(turn: Turn, about: Observation, where: Institution) -> Feedback:
    """A new feedback; its card has the notes of the visit in it, since nobody writes a thing twice."""
    if about.observer_institution_id is None:
        raise NotAllowed
    return Feedback(
        observation_id=about.id,
        institution_id=where.id,
        home_id=about.observer_institution_id,
        author_id=turn.person.id,
        curious=Curious(oral_on=about.oral_on),
    )


def _sheet(turn: Turn, about: Observation, kept: Feedback) -> Sheet:
    notes = notes_of(turn.uow, turn.viewer, about)
    return Sheet(
        visit=visit_of(turn, about),
        feedback=kept,
        viewer=turn.person,
        notes=notes,
        carried=carried_into(
            kept.described.saw,
            notes,
            turn.municipality.zone,
            SAW,
            visit=about,
            afterwards=visits.afterwards(turn._),
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
        sent.READ: Button(Subject.read, read, only_shows=True),
        sent.ASK_REMARK: Button(Subject.read, ask_remark, only_shows=True),
        sent.ADD: Button(AddForm.read, add, again=add_again, refused=add_refused),
        chosen.ASK_ORAL: Button(DayForm.read, dates.ask_oral, expired=dates.day_expired),
        chosen.SET_ORAL: Button(DayForm.read, dates.set_oral, again=dates.oral_again, expired=dates.day_expired),
        chosen.ORAL_TOMORROW: Button(DayForm.read, dates.oral_tomorrow),
        chosen.SET_DUE: Button(DayForm.read, dates.set_due, again=dates.due_again, expired=dates.day_expired),
    },
    questions={
        "feedback": Question(
            ("feedback", "tilbagemelding", "skriv tilbagemelding", "giv feedback", "write feedback"), asked
        )
    },
    views={
        VIEW: show,
        READ: show_read,
        MINE: show_mine,
        ORAL: dates.show_oral,
        DEADLINE: dates.show_deadline,
        DUE: dates.show_due,
    },
    clock=dates.clock,
)
