"""The host reads a feedback and acknowledges it: "læst", which is not to agree.

Clock: the leaders of the host get it when it is sent, and are reminded after 3 and 7 days. After 14 days it belongs to
the next preparation in any case, as *ikke kvitteret*; nobody presses for that.
Buttons: *Jeg har læst den*, with what is brought to the dialogue, a focus area and a comment for the observer; *Kvittér
og sig tak*; *Del med mit team*. Question: `kvittér` opens what waits.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import acknowledgement as cards
from cards import acknowledgement_share as sharing
from cards import visit_list
from cards.acknowledgement import Form, Sheet
from cards.acknowledgement_share import ShareForm
from cards.form import Subject
from cards.kit import Card
from dialogs.copies import renew
from dialogs.feedback_sent import MINE
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.turn import Turn
from dialogs.visiting import TOLD_FOR, both, note_reading
from dialogs.visiting import VIEW as VISIT
from domain.acknowledgement import Acknowledgement, FeedbackShare, Given, Reply
from domain.errors import NotAllowed, Problem, Problems
from domain.prompt import Occasion
from storage.acknowledgement import shared_with
from storage.feedback import addenda_to, feedback_for, unread_feedback
from storage.focus_area import focus_areas_of
from storage.prompt import drop_reminders, plan
from storage.roles import colleagues_at, institutions_led_by

VIEW, NEWS, READ = "acknowledgement", "acknowledgement.news", "feedback.read"
REMINDED_AFTER = (timedelta(days=3), timedelta(days=7))
WAITS = timedelta(days=14)


def open_it(turn: Turn, subject: Subject) -> Card:
    """The feedback to acknowledge, or what was acknowledged; for the leaders of the host."""
    given = _found(turn, subject.id)
    turn.shows(VIEW, given.feedback.id)
    return _card(turn, given)


def save(turn: Turn, form: Form) -> Card:
    return _acknowledge(turn, form, thanks=False)


def save_and_thank(turn: Turn, form: Form) -> Card:
    return _acknowledge(turn, form, thanks=True)


def thank(turn: Turn, subject: Subject) -> Card:
    """The observer hears that the host says thank you, once."""
    given = _found(turn, subject.id)
    acknowledged = given.acknowledged
    if acknowledged is None:
        return _card(turn, given)
    if acknowledged.thanked_at is None:
        acknowledged.thanked_at = turn.now
        _tell_observer(turn, given, "thanks")
    turn.changes(VIEW, given.feedback.id)
    return _card(turn, given)


def ask_share(turn: Turn, form: Form) -> Card:
    """Whom to show it to; what was typed goes along."""
    given = _found(turn, form.feedback_id)
    return sharing.ask(turn._, _sheet(turn, given), form.reply)


def share(turn: Turn, form: ShareForm) -> Card:
    """The colleagues get it to read; they are of the same institution, and are checked again whenever they read."""
    given = _found(turn, form.feedback_id)
    colleagues = {each.id for each in colleagues_at(turn.uow, given.host, turn.person, turn.today)}
    already = {each.id for each in shared_with(turn.uow, given.feedback)}
    if not form.colleague_ids or not set(form.colleague_ids) <= colleagues:
        raise Problems({"colleagues": Problem("choose_colleague")})
    for person_id in form.colleague_ids:
        if person_id in already:
            continue
        turn.uow.add(
            FeedbackShare(
                feedback_id=given.feedback.id, person_id=person_id, shared_by=turn.person.id, shared_at=turn.now
            )
        )
        _tell(turn, READ, given.feedback.id, person_id, "shared")
    turn.uow.session.flush()
    return _card(turn, given, typed=Form(feedback_id=given.feedback.id, reply=form.reply))


def share_back(turn: Turn, form: ShareForm) -> Card:
    given = _found(turn, form.feedback_id)
    turn.shows(VIEW, given.feedback.id)
    return _card(turn, given, typed=Form(feedback_id=given.feedback.id, reply=form.reply))


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    given = _found(turn, form.feedback_id)
    note_reading(turn, given)
    return cards.ask(turn._, _sheet(turn, given), typed=form, problems=problems)


def refused(turn: Turn, form: Form | ShareForm) -> Card:
    return cards.refused(turn._, form.reply)


def share_again(turn: Turn, form: ShareForm, problems: Problems) -> Card:
    given = _found(turn, form.feedback_id)
    return sharing.ask(turn._, _sheet(turn, given), form.reply, problems=problems)


def asked(turn: Turn, question: Asked) -> Card:
    """`kvittér`: the feedback that waits, or which."""
    led = [where.id for where in institutions_led_by(turn.uow, turn.viewer)]
    unread = unread_feedback(turn.uow, turn.now - timedelta(days=365), led)
    found = [each for each in unread if each.author.id != turn.person.id]
    if not found:
        return cards.none_waits(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0].feedback.id))
    return visit_list.choose_feedback(turn._, [(each.feedback.id, each.about, each.host) for each in found], cards.OPEN)


def show(turn: Turn, feedback_id: UUID) -> Card | None:
    """The card for delivery; an older copy is drawn anew with what was acknowledged, and nobody is reminded of that."""
    if turn.is_reminder and feedback_for(turn.uow, turn.viewer, feedback_id, turn.now).acknowledged is not None:
        return None
    return open_it(turn, Subject(feedback_id))


def show_news(turn: Turn, feedback_id: UUID) -> Card | None:
    """For the observer: that it was read."""
    given = feedback_for(turn.uow, turn.viewer, feedback_id, turn.now)
    if given.acknowledged is None or given.author.id != turn.person.id:
        return None
    turn.shows(NEWS, feedback_id)
    return cards.news(turn._, given)


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds the leaders of the host of what they have not acknowledged."""
    for given in unread_feedback(planning.uow, planning.now - WAITS):
        sent_at = given.feedback.submitted_at
        assert sent_at is not None
        for after, ends in zip(REMINDED_AFTER, (REMINDED_AFTER[1], WAITS), strict=True):
            for leader in planning.staff.leaders(given.host):
                if leader.id == given.author.id:
                    continue
                yield Occasion(
                    key=f"acknowledgement:{given.feedback.id}:{after.days}_days:{leader.id}",
                    person_id=leader.id,
                    view=VIEW,
                    subject_id=given.feedback.id,
                    due_at=sent_at + after,
                    expires_at=sent_at + ends,
                )


def _acknowledge(turn: Turn, form: Form, *, thanks: bool) -> Card:
    """The first of the host's leaders acknowledges it; what a second one typed is given back, and nothing replaced."""
    given = _found(turn, form.feedback_id)
    if given.acknowledged is not None:
        turn.shows(VIEW, given.feedback.id)
        note_reading(turn, given)
        return cards.done(turn._, _sheet(turn, given), written=_left_over(given.acknowledged, form.reply))
    areas = {each.id for each in focus_areas_of(turn.uow, given.host)}
    reply = form.reply if form.reply.focus_area_id in areas else replace(form.reply, focus_area_id=None)
    acknowledged = Acknowledgement.of(given.feedback, reply, by=turn.person.id, now=turn.now)
    acknowledged.thanked_at = turn.now if thanks else None
    turn.uow.add(acknowledged)
    turn.uow.session.flush()
    drop_reminders(turn.uow, VIEW, given.feedback.id)
    given = feedback_for(turn.uow, turn.viewer, given.feedback.id, turn.now)
    _tell_observer(turn, given, "read")
    # No card goes on saying that it awaits acknowledgement, but one in which another leader of the host may be typing.
    renew(turn.uow, given.author, MINE, given.feedback.id, turn.now)
    for someone in both(turn, given.about):
        renew(turn.uow, someone, VISIT, given.about.id, turn.now)
    turn.changes(VIEW, given.feedback.id)
    return _card(turn, given)


def _left_over(acknowledged: Acknowledgement, reply: Reply) -> Reply | None:
    """What was typed and is not kept, since another leader was first."""
    mine = Reply(bring=reply.bring, comment=reply.comment)
    kept = Reply(bring=acknowledged.reply.bring, comment=acknowledged.reply.comment)
    return mine if mine not in (kept, Reply()) else None


def _card(turn: Turn, given: Given, typed: Form | None = None) -> Card:
    """The whole feedback, which is read by that (I33)."""
    note_reading(turn, given)
    sheet = _sheet(turn, given)
    return cards.ask(turn._, sheet, typed=typed) if given.acknowledged is None else cards.done(turn._, sheet)


def _sheet(turn: Turn, given: Given) -> Sheet:
    return Sheet(
        given=given,
        addenda=addenda_to(turn.uow, given.feedback),
        focus_areas=focus_areas_of(turn.uow, given.host),
        shared_with=shared_with(turn.uow, given.feedback),
        colleagues=colleagues_at(turn.uow, given.host, turn.person, turn.today),
    )


def _found(turn: Turn, feedback_id: UUID) -> Given:
    """The feedback, as a leader of the host may read it; `NotAllowed` for everybody else, and for its author."""
    given = feedback_for(turn.uow, turn.viewer, feedback_id, turn.now)
    is_author = given.author.id == turn.person.id
    if is_author or not turn.viewer.leads(given.host) or not given.feedback.is_sent:
        raise NotAllowed
    return given


def _tell_observer(turn: Turn, given: Given, why: str) -> None:
    """One message for the reading and the thanks, where both come before it is sent."""
    drop_reminders(turn.uow, NEWS, given.feedback.id)
    _tell(turn, NEWS, given.feedback.id, given.author.id, why)


def _tell(turn: Turn, view: str, feedback_id: UUID, person_id: UUID, why: str) -> None:
    plan(
        turn.uow,
        Occasion(
            key=f"{view.replace('.', ':')}:{feedback_id}:{why}:{person_id}",
            person_id=person_id,
            view=view,
            subject_id=feedback_id,
            due_at=turn.now,
            expires_at=turn.now + TOLD_FOR,
        ),
    )


FLOW = Flow(
    name="acknowledgement",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.SAVE: Button(Form.read, save, again=again, refused=refused),
        cards.SAVE_AND_THANK: Button(Form.read, save_and_thank, again=again, refused=refused),
        cards.THANK: Button(Subject.read, thank),
        cards.ASK_SHARE: Button(Form.read, ask_share, refused=refused),
        sharing.SHARE: Button(ShareForm.read, share, again=share_again, refused=refused),
        sharing.BACK: Button(ShareForm.read, share_back),
    },
    questions={
        "acknowledge": Question(
            ("kvittér", "kvittér for tilbagemelding", "læs tilbagemelding", "acknowledge", "acknowledge feedback"),
            asked,
        )
    },
    views={VIEW: show, NEWS: show_news},
    clock=clock,
)
