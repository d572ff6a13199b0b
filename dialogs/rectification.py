"""A person asks for a correction of what another wrote about them, and its author answers.

Buttons: *Bed om en rettelse* on *Mine data* shows the notes from 1:1s and the feedback that others have written,
*Send anmodningen* sends it to the author, *Gem rettelsen* makes a new version of the note, or adds to the feedback, and
*Behold, som det er* says why not. Clock: the author is reminded after one and three weeks. Nothing is ever
overwritten.
"""

from collections.abc import Iterable
from uuid import UUID

from cards import rectification as cards
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.rectification import AnswerForm
from cards.rectification_ask import AskForm
from dialogs import confirmation
from dialogs.copies import renew
from dialogs.feedback_sent import READ, tell_leader
from dialogs.flow import Button, Flow, Planning, Question
from dialogs.meeting import is_in_line
from dialogs.rectification_ask import ask, ask_again, ask_refused, asked, begin
from dialogs.rectification_sheet import ASKED, VIEW, open_it, sheet_of, tell
from dialogs.turn import Turn
from dialogs.visiting import leaders_of
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.feedback import FeedbackAddendum
from domain.note import Note, NoteVersion, Remark
from domain.one_on_one import OneOnOne
from domain.prompt import Occasion
from domain.rectification import ANSWER_WITHIN, REMINDED_AFTER, Matter, Rectification
from storage.feedback import feedback_for
from storage.note import note_of
from storage.one_on_one_line import pair_of
from storage.organisation import person_with_id
from storage.prompt import drop_reminders
from storage.rectification import open_rectifications, rectification_for


def correct(turn: Turn, form: AnswerForm) -> Card:
    """I17 and the note's own rule: another version or an addendum, and never another text in the same place."""
    request = _mine(turn, form.rectification_id)
    if not request.is_open:
        raise Expired("rectification_answered")
    if sheet_of(turn, request).is_gone:
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
    return cards.ask_author(turn._, sheet_of(turn, request), typed=form, problems=problems)


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
    tell(turn, request, VIEW, request.asked_by)
    renew(turn.uow, person_with_id(turn.uow, request.asked_by), VIEW, request.id, turn.now)
    turn.changes(ASKED, request.id)
    return cards.show(turn._, sheet_of(turn, request))


def _mine(turn: Turn, rectification_id: UUID) -> Rectification:
    request = rectification_for(turn.uow, turn.viewer, rectification_id)
    if request.author_id != turn.person.id:
        raise NotAllowed
    return request


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
