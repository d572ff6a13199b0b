"""Agreements of 1:1s, from the meeting in which they are made until they are closed.

Clock: three days before and on the day, to the owner only. Buttons: after the note the chief goes through the open
ones, then writes new ones; an owner presses *Gennemført*, *Giv den en uge mere* (twice at most, then it goes on the
agenda) or *Tag den op på 1:1*. Question: `aftaler`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from uuid import UUID

from cards import agreement as cards
from cards import meeting as meetings
from cards.agreement import Became, CorrectForm, FinishForm, ReviewForm, Row, TermsForm
from cards.form import Subject
from cards.kit import Card
from cards.meeting import Meeting
from dialogs import confirmation
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.meeting import own_meeting, places_in_line
from dialogs.turn import Turn
from domain.agreement import NUDGED_BEFORE, Agreement, Owner, Terms
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.organisation import Institution, Role, a_to_aa
from domain.period import local_moment
from domain.prompt import Occasion
from storage.agreement import (
    agreement_for,
    agreements_due,
    agreements_in,
    open_agreements_of,
    open_agreements_with,
)
from storage.one_on_one import next_of_pair, rhythm_of
from storage.organisation import person_with_id, viewer_on
from storage.prompt import drop_reminders

VIEW = "agreement"
USUAL_WEEKS = 6
NUDGED_AT = time(8)
NUDGED_FOR = timedelta(days=4)


def begin(turn: Turn, subject: Subject) -> Card:
    """The open agreements from earlier, one by one; then a new one."""
    return _next(turn, _noted(turn, subject.id), ())


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
    _closed(turn, agreement)
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
    return cards.correct(turn._, meeting, agreement)


def correct(turn: Turn, form: CorrectForm) -> Card:
    agreement, meeting = _made_here(turn, form.agreement_id)
    agreement.write(form.terms, today=turn.today)
    turn.uow.session.flush()
    confirmation.agreed(turn, meeting.one_on_one, agreement)
    return confirmation.open_it(turn, Subject(meeting.one_on_one.id))


def open_it(turn: Turn, subject: Subject) -> Card:
    agreement, where = agreement_for(turn.uow, turn.viewer, subject.id)
    turn.shows(VIEW, agreement.id)
    return _show(turn, agreement, where)


def finish(turn: Turn, form: FinishForm) -> Card:
    agreement, where = _mine(turn, form.agreement_id)
    agreement.finish(form.result, by=turn.person.id, now=turn.now)
    return _changed(turn, agreement, where)


def extend(turn: Turn, form: FinishForm) -> Card:
    agreement, where = _mine(turn, form.agreement_id)
    _keep_nothing_typed(form)
    agreement.extend(turn.today)
    return _changed(turn, agreement, where)


def bring_up(turn: Turn, form: FinishForm) -> Card:
    agreement, where = agreement_for(turn.uow, turn.viewer, form.agreement_id)
    _keep_nothing_typed(form)
    agreement.bring_up(turn.now)
    return _changed(turn, agreement, where)


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
        written=cards.written(turn._, form.result),
        onward=cards.go_on(turn._, form.one_on_one_id),
    )


def review_refused(turn: Turn, form: ReviewForm) -> Card:
    return cards.refused(turn._, form.result)


def ask_again(turn: Turn, form: TermsForm, problems: Problems) -> Card:
    return _ask(turn, _noted(turn, form.one_on_one_id), typed=form, problems=problems)


def ask_expired(turn: Turn, form: TermsForm, why: Expired) -> Card:
    meeting = own_meeting(turn, form.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=cards.written(turn._, form.terms.text))


def ask_refused(turn: Turn, form: TermsForm) -> Card:
    return cards.refused(turn._, form.terms.text)


def correct_again(turn: Turn, form: CorrectForm, problems: Problems) -> Card:
    agreement, meeting = _made_here(turn, form.agreement_id)
    return cards.correct(turn._, meeting, agreement, typed=form, problems=problems)


def correct_expired(turn: Turn, form: CorrectForm, why: Expired) -> Card:
    found = turn.uow.get(Agreement, form.agreement_id)
    if found is None:
        raise NotAllowed
    meeting = own_meeting(turn, found.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=cards.written(turn._, form.terms.text))


def correct_refused(turn: Turn, form: CorrectForm) -> Card:
    return cards.refused(turn._, form.terms.text)


def edit_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    return correct_expired(turn, CorrectForm(agreement_id=subject.id, terms=Terms()), why)


def subject_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    return meetings.over(turn._, own_meeting(turn, subject.id), why)


def finish_again(turn: Turn, form: FinishForm, problems: Problems) -> Card:
    agreement, where = _mine(turn, form.agreement_id)
    return _show(turn, agreement, where, typed=form.result, problems=problems)


def finish_expired(turn: Turn, form: FinishForm, why: Expired) -> Card:
    """It was closed meanwhile: how, with what was typed given back."""
    agreement, where = agreement_for(turn.uow, turn.viewer, form.agreement_id)
    return _show(turn, agreement, where, given_back=form.result)


def finish_refused(turn: Turn, form: FinishForm) -> Card:
    return cards.refused(turn._, form.result)


def asked(turn: Turn, question: Asked) -> Card:
    """`aftaler`: the open ones of a leader by date, of a chief by leader from A to Å."""
    return cards.show_all(turn._, rows_of(turn), is_chief=turn.viewer.has(Role.CHIEF))


def show(turn: Turn, agreement_id: UUID) -> Card | None:
    """The nudge for delivery; None once the agreement is closed."""
    agreement, where = agreement_for(turn.uow, turn.viewer, agreement_id)
    if not agreement.is_open:
        return None
    turn.shows(VIEW, agreement.id)
    return _show(turn, agreement, where)


def clock(planning: Planning) -> Iterable[Occasion]:
    """ "−3 days and on the day, to its owner only"; what has had its weeks goes on the agenda, and nothing else."""
    zone = planning.municipality.zone
    today = planning.now.astimezone(zone).date()
    for agreement, where in agreements_due(planning.uow, today - NUDGED_FOR, today + NUDGED_BEFORE + timedelta(days=2)):
        if agreement.is_overdue(today) and not agreement.can_be_extended:
            agreement.bring_up(planning.now)
        for before in (NUDGED_BEFORE, timedelta()):
            due_at = local_moment(agreement.due - before, NUDGED_AT, zone)
            if due_at < agreement.made_at:
                continue
            for person_id in _owners(planning, agreement, where):
                yield Occasion(
                    key=f"agreement:{agreement.id}:{agreement.due}:{before.days}:{person_id}",
                    person_id=person_id,
                    view=VIEW,
                    subject_id=agreement.id,
                    due_at=due_at,
                    expires_at=due_at + (NUDGED_BEFORE if before else NUDGED_FOR),
                    personal=True,
                )


def rows_of(turn: Turn) -> list[Row]:
    """The open agreements the person is part of, ready to be shown."""
    rows = [_row(turn, agreement, where) for agreement, where in open_agreements_of(turn.uow, turn.viewer)]
    if turn.viewer.has(Role.CHIEF):
        rows.sort(key=lambda row: (a_to_aa(row.leader.name), row.agreement.due))
    return rows


def _owners(planning: Planning, agreement: Agreement, where: Institution) -> list[UUID]:
    leaders = [each.id for each in planning.staff.leaders(where) if each.id == agreement.leader_id]
    chiefs = [each.id for each in planning.staff.with_role(Role.CHIEF, where)]
    if agreement.chief_id in chiefs:
        chiefs = [agreement.chief_id]
    return {Owner.LEADER: leaders, Owner.CHIEF: chiefs}.get(agreement.owner, leaders + chiefs)


def _next(turn: Turn, meeting: Meeting, skipped: tuple[UUID, ...]) -> Card:
    waiting = _to_review(turn, meeting, skipped)
    if not waiting:
        return _ask(turn, meeting)
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


def _mine(turn: Turn, agreement_id: UUID) -> tuple[Agreement, Institution]:
    agreement, where = agreement_for(turn.uow, turn.viewer, agreement_id)
    if not agreement.is_done_by(turn.viewer, where):
        raise NotAllowed
    return agreement, where


def _suggested(turn: Turn, meeting: Meeting) -> date:
    """When to follow up: the next 1:1, or when the rhythm says, or in six weeks."""
    about = meeting.one_on_one
    coming = next_of_pair(turn.uow, about.chief_id, about.leader_id, turn.now)
    if coming:
        return coming.meets_on
    kept = rhythm_of(turn.uow, about.chief_id, about.leader_id)
    return turn.today + timedelta(weeks=kept.weeks if kept else USUAL_WEEKS)


def _changed(turn: Turn, agreement: Agreement, where: Institution) -> Card:
    turn.uow.session.flush()
    _closed(turn, agreement)
    turn.changes(VIEW, agreement.id)
    return _show(turn, agreement, where)


def _closed(turn: Turn, agreement: Agreement) -> None:
    drop_reminders(turn.uow, VIEW, agreement.id)


def _show(
    turn: Turn,
    agreement: Agreement,
    where: Institution,
    *,
    typed: str = "",
    problems: Problems | None = None,
    given_back: str = "",
) -> Card:
    return cards.show(
        turn._,
        _row(turn, agreement, where),
        days_left=(agreement.due - turn.today).days,
        is_mine=agreement.is_done_by(turn.viewer, where),
        typed=typed,
        problems=problems,
        given_back=given_back,
    )


def _row(turn: Turn, agreement: Agreement, where: Institution) -> Row:
    leader = person_with_id(turn.uow, agreement.leader_id)
    return Row(
        agreement=agreement,
        institution=where,
        leader=leader,
        is_overdue=agreement.is_overdue(turn.today),
        has_left=not viewer_on(turn.uow, leader, turn.today).leads(where),
    )


def _keep_nothing_typed(form: FinishForm) -> None:
    """What came of it belongs to *Gennemført*: with another button it would be lost without a word."""
    if form.result:
        raise Problems({"result": Problem("result_without_end")})


FLOW = Flow(
    name="agreement",
    buttons={
        cards.BEGIN: Button(Subject.read, begin, expired=subject_expired),
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
        cards.CHOOSE: Button(Subject.read, choose, expired=subject_expired),
        cards.EDIT: Button(Subject.read, edit, expired=edit_expired),
        cards.CORRECT: Button(
            CorrectForm.read, correct, again=correct_again, expired=correct_expired, refused=correct_refused
        ),
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        **form_buttons(
            FinishForm.read,
            {cards.FINISH: finish, cards.EXTEND: extend, cards.BRING_UP: bring_up},
            again=finish_again,
            expired=finish_expired,
            refused=finish_refused,
        ),
    },
    questions={"agreements": Question(("aftaler", "mine aftaler", "åbne aftaler", "agreements"), asked)},
    views={VIEW: show},
    clock=clock,
    personal=frozenset({VIEW}),
)
