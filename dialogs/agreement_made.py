"""Agreements in the 1:1 in which they are made: after the note come the open ones from earlier, and then the new ones.

Until the leader has confirmed one, the chief can correct it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cards import agreement as agreements
from cards import agreement_made as cards
from cards import meeting as meetings
from cards.agreement_form import Became, CorrectForm, ReviewForm, TermsForm
from cards.form import Subject
from cards.kit import Card
from cards.meeting import Meeting
from dialogs import confirmation
from dialogs.flow import Button, form_buttons
from dialogs.meeting import own_meeting, places_in_line
from dialogs.turn import Turn
from domain.agreement import Agreement, Terms
from domain.errors import Expired, NotAllowed, Problem, Problems
from storage.agreement import agreement_for, agreements_in, open_agreements_with
from storage.one_on_one import next_of_pair
from storage.prompt import drop_reminders
from storage.reach import is_unreached
from storage.rhythm import rhythm_of

# What is typed here stands on a card that is on record as a view of its own, so that nothing ever takes its place.
VIEW, MADE = "agreement", "agreement.made"
USUAL_WEEKS = 6


def begin(turn: Turn, subject: Subject) -> Card:
    """The open agreements from earlier, one by one; then a new one."""
    return _next(turn, _noted(turn, subject.id), ())


def after_sharing(turn: Turn, subject: Subject) -> Card:
    """The same, with the receipt for the note that was shared just now."""
    meeting = _noted(turn, subject.id)
    return cards.noted(turn._, begin(turn, subject), meeting, is_unreached=is_unreached(turn.uow, meeting.leader.id))


def review(turn: Turn, form: ReviewForm) -> Card:
    """What became of one of them: "done, continues, dropped with a reason"."""
    meeting = _noted(turn, form.one_on_one_id)
    agreement = _of_pair(turn, meeting, form.agreement_id)
    about = meeting.one_on_one
    match form.became:
        case Became.DONE:
            agreement.finish(form.result, by=turn.person.id, now=turn.now, during=about.id)
        case Became.DROPPED:
            agreement.drop(form.result, by=turn.person.id, now=turn.now, during=about.id)
        case Became.CONTINUES:
            following = agreement.carry_on(
                form.result, form.due, one_on_one_id=about.id, by=turn.person.id, now=turn.now, today=turn.today
            )
            turn.uow.session.flush()
            turn.uow.add(following)
            turn.uow.session.flush()
            confirmation.agreed(turn, about, following)
        case None:
            raise Problems({"became": Problem("nothing_became")})
    drop_reminders(turn.uow, VIEW, agreement.id)
    return _next(turn, meeting, form.skipped)


def skip(turn: Turn, form: ReviewForm) -> Card:
    """It stays as it is, and stands on the next agenda again."""
    return _next(turn, _noted(turn, form.one_on_one_id), (*form.skipped, form.agreement_id))


def save(turn: Turn, form: TermsForm) -> Card:
    meeting = _noted(turn, form.one_on_one_id)
    _make(turn, meeting, form)
    return confirmation.open_it(turn, Subject(meeting.one_on_one.id))


def save_and_add(turn: Turn, form: TermsForm) -> Card:
    meeting = _noted(turn, form.one_on_one_id)
    _make(turn, meeting, form)
    return _ask(turn, meeting)


def done(turn: Turn, form: TermsForm) -> Card:
    """No more; what stands in the fields is an agreement all the same, since nothing that is typed is lost."""
    meeting = _noted(turn, form.one_on_one_id)
    if form.terms.text:
        _make(turn, meeting, form)
    return confirmation.open_it(turn, Subject(meeting.one_on_one.id))


def choose(turn: Turn, subject: Subject) -> Card:
    """Which of those that the leader has not confirmed."""
    meeting = _noted(turn, subject.id)
    found = [each for each in agreements_in(turn.uow, meeting.one_on_one) if each.is_open and not each.confirmed_at]
    if not found:
        return confirmation.open_it(turn, subject)
    return edit(turn, Subject(found[0].id)) if len(found) == 1 else cards.choose(turn._, found)


def edit(turn: Turn, subject: Subject) -> Card:
    agreement, meeting = _made_here(turn, subject.id)
    agreement.require_unconfirmed()
    turn.shows(MADE, meeting.one_on_one.id)
    return cards.correct(turn._, meeting, agreement)


def correct(turn: Turn, form: CorrectForm) -> Card:
    agreement, meeting = _made_here(turn, form.agreement_id)
    agreement.write(form.terms, today=turn.today)
    turn.uow.session.flush()
    confirmation.agreed(turn, meeting.one_on_one, agreement)
    return confirmation.open_it(turn, Subject(meeting.one_on_one.id))


def review_again(turn: Turn, form: ReviewForm, problems: Problems) -> Card:
    meeting = _noted(turn, form.one_on_one_id)
    agreement = _of_pair(turn, meeting, form.agreement_id)
    left = len(_to_review(turn, meeting, form.skipped))
    return cards.review(
        turn._,
        meeting,
        agreement,
        left=left,
        due=_suggested(turn, meeting),
        skipped=form.skipped,
        typed=form,
        problems=problems,
    )


def review_expired(turn: Turn, form: ReviewForm, why: Expired) -> Card:
    meeting = own_meeting(turn, form.one_on_one_id)
    return meetings.over(
        turn._,
        meeting,
        why,
        written=agreements.written(turn._, form.result),
        onward=cards.go_on(turn._, form.one_on_one_id),
    )


def review_refused(turn: Turn, form: ReviewForm) -> Card:
    return agreements.refused(turn._, form.result)


def ask_again(turn: Turn, form: TermsForm, problems: Problems) -> Card:
    return _ask(turn, _noted(turn, form.one_on_one_id), typed=form, problems=problems)


def ask_expired(turn: Turn, form: TermsForm, why: Expired) -> Card:
    meeting = own_meeting(turn, form.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=agreements.written(turn._, form.terms.text))


def ask_refused(turn: Turn, form: TermsForm) -> Card:
    return agreements.refused(turn._, form.terms.text)


def correct_again(turn: Turn, form: CorrectForm, problems: Problems) -> Card:
    agreement, meeting = _made_here(turn, form.agreement_id)
    return cards.correct(turn._, meeting, agreement, typed=form, problems=problems)


def correct_expired(turn: Turn, form: CorrectForm, why: Expired) -> Card:
    found = turn.uow.get(Agreement, form.agreement_id)
    if found is None:
        raise NotAllowed
    meeting = own_meeting(turn, found.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=agreements.written(turn._, form.terms.text))


def correct_refused(turn: Turn, form: CorrectForm) -> Card:
    return agreements.refused(turn._, form.terms.text)


def edit_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    return correct_expired(turn, CorrectForm(agreement_id=subject.id, terms=Terms()), why)


def subject_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    return meetings.over(turn._, own_meeting(turn, subject.id), why)


def _next(turn: Turn, meeting: Meeting, skipped: tuple[UUID, ...]) -> Card:
    waiting = _to_review(turn, meeting, skipped)
    if not waiting:
        return _ask(turn, meeting)
    turn.shows(MADE, meeting.one_on_one.id)
    return cards.review(turn._, meeting, waiting[0], left=len(waiting), due=_suggested(turn, meeting), skipped=skipped)


def _to_review(turn: Turn, meeting: Meeting, skipped: Sequence[UUID]) -> list[Agreement]:
    """The leader's open agreements from before this 1:1, but for those that were left open."""
    about = meeting.one_on_one
    return [
        each
        for each in open_agreements_with(turn.uow, about.leader_id, meeting.places)
        if each.one_on_one_id != about.id and each.id not in skipped
    ]


def _ask(turn: Turn, meeting: Meeting, *, typed: TermsForm | None = None, problems: Problems | None = None) -> Card:
    turn.shows(MADE, meeting.one_on_one.id)
    made = [each for each in agreements_in(turn.uow, meeting.one_on_one) if each.is_open]
    return cards.ask(turn._, meeting, made, due=_suggested(turn, meeting), typed=typed, problems=problems)


def _make(turn: Turn, meeting: Meeting, form: TermsForm) -> None:
    about = meeting.one_on_one
    places = {where.id: where for where in meeting.places}
    where = places.get(form.institution_id, meeting.places[0]) if form.institution_id else meeting.places[0]
    made = Agreement.of(
        form.terms,
        one_on_one_id=about.id,
        institution_id=where.id,
        chief_id=about.chief_id,
        leader_id=about.leader_id,
        now=turn.now,
        today=turn.today,
    )
    turn.uow.add(made)
    turn.uow.session.flush()
    confirmation.agreed(turn, about, made)


def _noted(turn: Turn, one_on_one_id: UUID) -> Meeting:
    """The 1:1 for its chief, once its note is shared and while the two are in one line."""
    meeting = own_meeting(turn, one_on_one_id)
    meeting.one_on_one.require_noted()
    places_in_line(turn, meeting.one_on_one)
    return meeting


def _of_pair(turn: Turn, meeting: Meeting, agreement_id: UUID) -> Agreement:
    agreement, where = agreement_for(turn.uow, turn.viewer, agreement_id)
    if agreement.leader_id != meeting.leader.id or where.id not in {each.id for each in meeting.places}:
        raise NotAllowed
    return agreement


def _made_here(turn: Turn, agreement_id: UUID) -> tuple[Agreement, Meeting]:
    """An agreement with the 1:1 in which it was made, for its chief."""
    agreement, _where = agreement_for(turn.uow, turn.viewer, agreement_id)
    return agreement, _noted(turn, agreement.one_on_one_id)


def _suggested(turn: Turn, meeting: Meeting) -> date:
    """When to follow up: the next 1:1, or when the rhythm says, or in six weeks."""
    about = meeting.one_on_one
    coming = next_of_pair(turn.uow, about.chief_id, about.leader_id, turn.now)
    if coming:
        return coming.meets_on
    kept = rhythm_of(turn.uow, about.chief_id, about.leader_id)
    return turn.today + timedelta(weeks=kept.weeks if kept else USUAL_WEEKS)


BUTTONS: dict[str, Button[Any]] = {
    cards.BEGIN: Button(Subject.read, begin, expired=subject_expired, only_shows=True),
    **form_buttons(
        ReviewForm.read,
        {cards.REVIEW: review, cards.SKIP: skip},
        again=review_again,
        expired=review_expired,
        refused=review_refused,
    ),
    **form_buttons(
        TermsForm.read,
        {cards.SAVE: save, cards.MORE: save_and_add, cards.DONE: done},
        again=ask_again,
        expired=ask_expired,
        refused=ask_refused,
    ),
    cards.CHOOSE: Button(Subject.read, choose, expired=subject_expired, only_shows=True),
    cards.EDIT: Button(Subject.read, edit, expired=edit_expired, only_shows=True),
    cards.CORRECT: Button(
        CorrectForm.read, correct, again=correct_again, expired=correct_expired, refused=correct_refused
    ),
}
