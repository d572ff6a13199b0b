"""Agreements of 1:1s as their owners meet them, until they are closed.

Clock: three days before and on the day, to the owner only. Buttons: an owner presses *Gennemført*, *Giv den en
uge mere* (twice at most, then it goes on the agenda) or *Tag den op på 1:1*. Question: `aftaler`. How they are made in
the meeting stands beside it.
"""

from collections.abc import Iterable
from datetime import time, timedelta
from uuid import UUID

from cards import agreement as cards
from cards.agreement import Row
from cards.agreement_form import FinishForm
from cards.form import Subject
from cards.kit import Card
from dialogs import agreement_made
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.names import named_in_words
from dialogs.turn import Turn
from domain.agreement import NUDGED_BEFORE, Agreement, Owner
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.organisation import Institution, Role, a_to_aa
from domain.period import local_moment
from domain.prompt import Occasion
from storage.agreement import (
    agreement_for,
    agreements_due,
    open_agreements_of,
)
from storage.organisation import person_with_id
from storage.prompt import drop_reminders
from storage.roles import viewer_on

VIEW = agreement_made.VIEW
NUDGED_AT = time(8)
NUDGED_FOR = timedelta(days=4)


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


def named(turn: Turn, name: str) -> Card:
    """`Luk aftalen om netværket`: the open one whose words these are, or which."""
    rows = rows_of(turn)
    found = [row for row in rows if name and named_in_words(name, row.agreement.text)]
    if len(found) == 1:
        return open_it(turn, Subject(found[0].agreement.id))
    return cards.show_all(turn._, found or rows, is_chief=turn.viewer.has(Role.CHIEF))


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


def _mine(turn: Turn, agreement_id: UUID) -> tuple[Agreement, Institution]:
    agreement, where = agreement_for(turn.uow, turn.viewer, agreement_id)
    if not agreement.is_done_by(turn.viewer, where):
        raise NotAllowed
    return agreement, where


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
        is_own=leader.id == turn.person.id,
        has_left=not viewer_on(turn.uow, leader, turn.today).leads(where),
    )


def _keep_nothing_typed(form: FinishForm) -> None:
    """What came of it belongs to *Gennemført*: with another button it would be lost without a word."""
    if form.result:
        raise Problems({"result": Problem("result_without_end")})


FLOW = Flow(
    name="agreement",
    buttons={
        **agreement_made.BUTTONS,
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
