"""A person asks for a correction of what another wrote about them, and its author answers.

Buttons: *Bed om en rettelse* on *Mine data* shows the notes from 1:1s and the feedback that others have written,
*Send anmodningen* sends it to the author, *Gem rettelsen* makes a new version of the note, or adds to the feedback, and
*Behold, som det er* says why not. Clock: the author is reminded after one and three weeks. Nothing is ever
overwritten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from cards import rectification as cards
from cards import rectification_ask
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.rectification import AnswerForm, Sheet
from cards.rectification_ask import AskForm, Written
from dialogs import confirmation
from dialogs.copies import renew
from dialogs.feedback_sent import READ, tell_leader
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.meeting import is_in_line
from dialogs.turn import Turn
from dialogs.visiting import leaders_of
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.feedback import Feedback, FeedbackAddendum
from domain.identity import new_id
from domain.municipality import Municipality
from domain.note import Note, NoteVersion, Remark
from domain.observation import Observation
from domain.one_on_one import OneOnOne
from domain.prompt import Occasion
from domain.rectification import ANSWER_WITHIN, REMINDED_AFTER, Matter, Rectification
from storage.feedback import feedback_for, given_to
from storage.note import note_of
from storage.one_on_one import begun_of, one_on_one_for, pair_of
from storage.organisation import institution_with_id, person_with_email, person_with_id
from storage.prompt import drop_reminders, plan
from storage.rectification import open_rectifications, rectification_for
from storage.roles import institutions_led_by
from storage.unit_of_work import UnitOfWork

VIEW, ASKED = "rectification", "rectification.asked"
# As many as a list can be chosen from on a phone; older ones are the municipality's to ask for.
MOST = 20
REACHES_BACK = timedelta(days=3 * 366)
TOLD_FOR = timedelta(days=14)


def begin(turn: Turn, _nothing: Nothing | None = None) -> Card:
    return rectification_ask.begin(turn._, _written_about(turn), new_id(), contact=turn.municipality.facts.contact)


def asked(turn: Turn, question: Asked) -> Card:
    return begin(turn)


def ask(turn: Turn, form: AskForm) -> Card:
    """Sends the request to its author; pressed twice it is one."""
    if (kept := turn.uow.get(Rectification, form.rectification_id)) is not None:
        return open_it(turn, Subject(kept.id))
    chosen = next((each for each in _written_about(turn) if each.value == form.what), None)
    if chosen is None:
        raise Problems({"what": Problem("not_chosen")})
    request = _send(turn, chosen, wanted=form.wanted, reason=form.reason, id=form.rectification_id)
    turn.shows(VIEW, request.id)
    return cards.show(turn._, _sheet(turn, request))


def ask_for(
    uow: UnitOfWork,
    email: str,
    subject_id: UUID,
    *,
    wanted: str,
    reason: str,
    case: str,
    now: datetime,
    municipality: Municipality,
) -> bool:
    """The same by the municipality for a person who has asked by letter; False where nobody has that e-mail.

    Raises `NotAllowed` where the person could not have asked for it in Teams.
    """
    someone = person_with_email(uow, email)
    if someone is None:
        return False
    turn = Turn.of(someone, uow, now, municipality)
    chosen = next((each for each in _written_about(turn) if each.subject_id == subject_id), None)
    if chosen is None:
        raise NotAllowed
    _send(turn, chosen, wanted=wanted, reason=reason, case=case)
    return True


def _send(
    turn: Turn, chosen: Written, *, wanted: str, reason: str, case: str = "", id: UUID | None = None
) -> Rectification:
    request = Rectification.ask(
        chosen.matter,
        chosen.subject_id,
        of=chosen.author.id,
        by=turn.person.id,
        wanted=wanted,
        reason=reason,
        now=turn.now,
        case=case,
    )
    request.id = id or request.id
    turn.uow.add(request)
    turn.uow.session.flush()
    _tell(turn, request, ASKED, request.author_id)
    return request


def ask_again(turn: Turn, form: AskForm, problems: Problems) -> Card:
    contact = turn.municipality.facts.contact
    return rectification_ask.begin(
        turn._, _written_about(turn), form.rectification_id, contact=contact, typed=form, problems=problems
    )


def ask_refused(turn: Turn, form: AskForm) -> Card:
    return cards.refused(turn._, (form.wanted, form.reason))


def open_it(turn: Turn, subject: Subject) -> Card:
    request = rectification_for(turn.uow, turn.viewer, subject.id)
    sheet = _sheet(turn, request)
    turn.shows(ASKED if request.author_id == turn.person.id else VIEW, request.id)
    return cards.ask_author(turn._, sheet) if sheet.is_asked else cards.show(turn._, sheet)


def correct(turn: Turn, form: AnswerForm) -> Card:
    """I17 and the note's own rule: another version or an addendum, and never another text in the same place."""
    request = _mine(turn, form.rectification_id)
    if not request.is_open:
        raise Expired("rectification_answered")
    if _sheet(turn, request).is_gone:
        raise Expired("rectification_gone")
    if request.matter is Matter.NOTE:
        _correct_note(turn, request, form)
    else:
        _add_to_feedback(turn, request, form)
    return _answered(turn, request)


def decline(turn: Turn, form: AnswerForm) -> Card:
    request = _mine(turn, form.rectification_id)
    request.decline(form.answer, turn.now)
    return _answered(turn, request)


def again(turn: Turn, form: AnswerForm, problems: Problems) -> Card:
    request = _mine(turn, form.rectification_id)
    return cards.ask_author(turn._, _sheet(turn, request), typed=form, problems=problems)


def expired(turn: Turn, form: AnswerForm, why: Expired) -> Card:
    """Answered in another place meanwhile: what was typed is given back."""
    return cards.over(turn._, why, form.rectification_id, written=cards.given(form.texts))


def refused(turn: Turn, form: AnswerForm) -> Card:
    return cards.refused(turn._, form.texts)


def show(turn: Turn, rectification_id: UUID) -> Card:
    return open_it(turn, Subject(rectification_id))


def show_asked(turn: Turn, rectification_id: UUID) -> Card | None:
    """As a reminder there is nothing to say once it is answered."""
    request = rectification_for(turn.uow, turn.viewer, rectification_id)
    if turn.is_reminder and not request.is_open:
        return None
    return open_it(turn, Subject(rectification_id))


def clock(planning: Planning) -> Iterable[Occasion]:
    """The author is reminded twice, while the month lasts."""
    for request in open_rectifications(planning.uow, planning.now - ANSWER_WITHIN):
        for after in REMINDED_AFTER:
            yield Occasion(
                key=f"rectification:{request.id}:{after.days}",
                person_id=request.author_id,
                view=ASKED,
                subject_id=request.id,
                due_at=request.asked_at + after,
                expires_at=request.answer_by,
                personal=True,
            )


def _correct_note(turn: Turn, request: Rectification, form: AnswerForm) -> None:
    about = turn.uow.session.get_one(OneOnOne, request.subject_id)
    version = note_of(turn.uow, turn.viewer, about, pair_of(turn.uow, about, turn.today))
    if version is None or not is_in_line(turn, about):
        raise Expired("rectification_no_line")
    kept = version.content
    note = Note(
        talked=kept.talked,
        leading=form.leading,
        works=form.works,
        attention=form.attention,
        counts=kept.counts,
    )
    if found := {**note.problems(), **note.missing()}:
        raise Problems(found)
    if form.was != version.number:
        raise Expired("rectification_note_changed")
    if note == kept:
        raise Problems({"leading": Problem("nothing_corrected")})
    about.correct(turn.now)
    request.correct(form.answer, turn.now)
    corrected = NoteVersion(
        one_on_one_id=about.id,
        number=version.number + 1,
        author_id=turn.person.id,
        content=note,
        written_at=turn.now,
    )
    words = cards.corrected_words(turn._, request)
    turn.uow.add(corrected, Remark(one_on_one_id=about.id, author_id=turn.person.id, text=words, written_at=turn.now))
    turn.uow.session.flush()
    confirmation.ask_leader(turn, about, corrected)


def _add_to_feedback(turn: Turn, request: Rectification, form: AnswerForm) -> None:
    given = feedback_for(turn.uow, turn.viewer, request.subject_id, turn.now)
    if given.author.id != turn.person.id:
        raise NotAllowed
    turn.uow.add(FeedbackAddendum.to(given.feedback, form.addendum, by=turn.person.id, now=turn.now))
    request.correct(form.answer, turn.now)
    turn.uow.session.flush()
    for leader in leaders_of(turn, given.host):
        if leader.id != request.asked_by:
            tell_leader(turn, READ, given.feedback.id, leader.id)


def _answered(turn: Turn, request: Rectification) -> Card:
    turn.uow.session.flush()
    drop_reminders(turn.uow, ASKED, request.id)
    _tell(turn, request, VIEW, request.asked_by)
    renew(turn.uow, person_with_id(turn.uow, request.asked_by), VIEW, request.id, turn.now)
    turn.changes(ASKED, request.id)
    return cards.show(turn._, _sheet(turn, request))


def _mine(turn: Turn, rectification_id: UUID) -> Rectification:
    request = rectification_for(turn.uow, turn.viewer, rectification_id)
    if request.author_id != turn.person.id:
        raise NotAllowed
    return request


def _sheet(turn: Turn, request: Rectification) -> Sheet:
    """The request with where it belongs; the note itself only for its author, who is to correct it."""
    asker, author = (person_with_id(turn.uow, each) for each in (request.asked_by, request.author_id))
    sheet = Sheet(
        request=request,
        asker=asker,
        author=author,
        viewer=turn.person,
        place="",
        at=request.asked_at,
        contact=turn.municipality.facts.contact,
    )
    if request.matter is Matter.FEEDBACK:
        feedback = turn.uow.get(Feedback, request.subject_id)
        if feedback is None:
            return replace(sheet, can_correct=False, is_gone=True)
        host = institution_with_id(turn.uow, feedback.institution_id)
        visit = turn.uow.session.get_one(Observation, feedback.observation_id)
        return replace(sheet, place=host.name, at=visit.starts_at or request.asked_at)
    about = turn.uow.get(OneOnOne, request.subject_id)
    if about is None:
        return replace(sheet, can_correct=False, is_gone=True)
    pair = pair_of(turn.uow, about, turn.today)
    sheet = replace(sheet, place=turn._.join(each.name for each in pair.places), at=about.starts_at)
    if not sheet.is_asked:
        return sheet
    version = note_of(turn.uow, turn.viewer, about, pair)
    if version is None or not is_in_line(turn, about):
        return replace(sheet, can_correct=False)
    return replace(sheet, kept=version.content, number=version.number)


def _written_about(turn: Turn) -> Sequence[Written]:
    """What others have written about the person and may be read by them today, newest first; at most `MOST`.

    Where the author has left there is nobody to ask: the person adds a remark, or asks the municipality.
    """
    return sorted((*_notes(turn), *_feedbacks(turn)), key=lambda each: each.at, reverse=True)[:MOST]


def _notes(turn: Turn) -> Iterable[Written]:
    for about in begun_of(turn.uow, turn.person.id, turn.now - REACHES_BACK, turn.now):
        if about.leader_id != turn.person.id or not about.is_noted:
            continue
        try:
            _about, pair = one_on_one_for(turn.uow, turn.viewer, about.id)
            version = note_of(turn.uow, turn.viewer, about, pair)
        except NotAllowed:
            continue
        author = person_with_id(turn.uow, version.author_id) if version else None
        if author is not None and author.is_active(turn.today):
            place = turn._.join(each.name for each in pair.places)
            yield Written(matter=Matter.NOTE, subject_id=about.id, place=place, at=about.starts_at, author=author)


def _feedbacks(turn: Turn) -> Iterable[Written]:
    led = [each.id for each in institutions_led_by(turn.uow, turn.viewer)]
    for given in given_to(turn.uow, led, turn.now - REACHES_BACK) if led else ():
        visited_at = given.about.starts_at
        if visited_at and given.author.id != turn.person.id and given.author.is_active(turn.today):
            yield Written(
                matter=Matter.FEEDBACK,
                subject_id=given.feedback.id,
                place=given.host.name,
                at=visited_at,
                author=given.author,
            )


def _tell(turn: Turn, request: Rectification, view: str, person_id: UUID) -> None:
    plan(
        turn.uow,
        Occasion(
            key=f"{view.replace('.', ':')}:{request.id}:{request.state.value}:{person_id}",
            person_id=person_id,
            view=view,
            subject_id=request.id,
            due_at=turn.now,
            expires_at=max(request.answer_by, turn.now + TOLD_FOR),
            personal=True,
        ),
    )


FLOW = Flow(
    name="rectification",
    buttons={
        cards.BEGIN: Button(Nothing.read, begin, only_shows=True),
        cards.ASK: Button(AskForm.read, ask, again=ask_again, refused=ask_refused),
        cards.OPEN: Button(Subject.read, open_it),
        cards.CORRECT: Button(AnswerForm.read, correct, again=again, expired=expired, refused=refused),
        cards.DECLINE: Button(AnswerForm.read, decline, again=again, expired=expired, refused=refused),
    },
    questions={
        "rectification": Question(
            ("bed om en rettelse", "bed om rettelse", "ret mine data", "ask for a correction"), asked
        )
    },
    views={VIEW: show, ASKED: show_asked},
    clock=clock,
    personal=frozenset({VIEW, ASKED}),
)
