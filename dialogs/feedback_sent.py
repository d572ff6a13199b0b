"""A feedback that was sent is read by whoever may, and its author adds signed remarks to it."""

from uuid import UUID

from cards import feedback_sent as cards
from cards import remark
from cards.feedback_sent import AddForm
from cards.form import Subject
from cards.kit import Card
from dialogs.feedback_day import TOLD_FOR
from dialogs.turn import Turn
from dialogs.visiting import leaders_of, note_reading, visit_of
from domain.acknowledgement import Given
from domain.errors import NotAllowed, Problems
from domain.feedback import FeedbackAddendum
from domain.prompt import Occasion
from storage.feedback import (
    addenda_to,
    feedback_for,
)
from storage.prompt import plan
from storage.supervision_observations import brought

READ, ACKNOWLEDGE = "feedback.read", "acknowledgement"
# The author's own copy, which is drawn anew when it has been acknowledged; and the card in which a remark is typed, so
# that nothing ever takes its place.
MINE, REMARK = "feedback.mine", "feedback.remark"


def read(turn: Turn, subject: Subject, *, points_to_remark: bool = False) -> Card:
    """The feedback as it was sent, for whoever may read it; every read but its author's is kept (I33)."""
    given = feedback_for(turn.uow, turn.viewer, subject.id, turn.now)
    if not given.feedback.is_sent:
        raise NotAllowed
    note_reading(turn, given)
    is_mine = given.author.id == turn.person.id
    turn.shows(MINE if is_mine else READ, given.feedback.id)
    return cards.read(
        turn._,
        given,
        visit_of(turn, given.about),
        addenda_to(turn.uow, given.feedback),
        is_mine=is_mine,
        points_to_remark=points_to_remark and not is_mine,
        leads_home=turn.viewer.leads(given.home),
        brings="" if is_mine else brought(turn.uow, turn.viewer, given),
    )


def ask_remark(turn: Turn, subject: Subject) -> Card:
    given = _mine(turn, subject.id)
    turn.shows(REMARK, given.feedback.id)
    return cards.ask_remark(turn._, given, addenda_to(turn.uow, given.feedback))


def add(turn: Turn, form: AddForm) -> Card:
    """A signed remark by its author; the host hears that there is one."""
    given = _mine(turn, form.feedback_id)
    added = FeedbackAddendum.to(given.feedback, form.text, by=turn.person.id, now=turn.now)
    # The same words from the same card, days later, are the same remark.
    if added.text not in {each.text for each in addenda_to(turn.uow, given.feedback)}:
        turn.uow.add(added)
        turn.uow.session.flush()
        for leader in leaders_of(turn, given.host):
            # Whoever has not acknowledged the feedback gets it with the remark, to acknowledge both.
            tell_leader(turn, READ if given.acknowledged else ACKNOWLEDGE, given.feedback.id, leader.id)
        turn.changes(MINE, given.feedback.id)
    return read(turn, Subject(given.feedback.id))


def add_again(turn: Turn, form: AddForm, problems: Problems) -> Card:
    given = _mine(turn, form.feedback_id)
    return cards.ask_remark(turn._, given, addenda_to(turn.uow, given.feedback), typed=form, problems=problems)


def add_refused(turn: Turn, form: AddForm) -> Card:
    return remark.refused(turn._, form.text)


def show_read(turn: Turn, feedback_id: UUID) -> Card | None:
    """For whoever it is shown to, and for the leaders of the host when its author has added a remark."""
    return read(turn, Subject(feedback_id), points_to_remark=True)


def show_mine(turn: Turn, feedback_id: UUID) -> Card | None:
    """The author's copy as it stands now."""
    return read(turn, Subject(_mine(turn, feedback_id).feedback.id))


def _mine(turn: Turn, feedback_id: UUID) -> Given:
    given = feedback_for(turn.uow, turn.viewer, feedback_id, turn.now)
    if given.author.id != turn.person.id:
        raise NotAllowed
    return given


def tell_leader(turn: Turn, view: str, feedback_id: UUID, person_id: UUID) -> None:
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
