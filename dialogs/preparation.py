"""A leader prepares a learning dialogue, in three steps that are kept as they are pressed.

Clock: 21, 7 and 2 days before the dialogue the leader gets the card, opened where it was left; 2 hours before, a
short agenda. Two working days before, the other participants get what is ready to be read.
Buttons: *Næste*, *Tilbage* and *Gem kladde* keep the step; *Klar til samtalen* shows it to the participants and turns
the card into a receipt, from which *Ret* leads back. *Bed en kollega udfylde* hands it to a colleague, and *Lokal
prioritering* keeps the step and leads to that of the half-year. *Del med kolleger* lets several of the house see it
and write in the draft (R-05).
Question: `forbered` opens the leader's next dialogue, or asks which.
"""

from dataclasses import replace
from uuid import UUID

from cards import preparation as cards
from cards import preparation_read, remark
from cards import preparation_receipt as receipts
from cards.dialogue import choose
from cards.dialogue_form import ask_move
from cards.form import Subject
from cards.kit import Card
from cards.preparation import Form, Sheet
from cards.preparation_receipt import AddendumForm
from cards.preparation_sharing import Hand, Shares
from cards.priority import About
from dialogs import later, priority
from dialogs import preparation_sharing as sharing
from dialogs.copies import renew
from dialogs.flow import Asked, Button, Flow, Question, form_buttons
from dialogs.preparation_clock import AGENDA, READ, VIEW, clock
from dialogs.preparation_handing import choose_colleague, hand_again, hand_over, take_back
from dialogs.preparation_sheet import (
    as_it_stands,
    as_read,
    ask,
    ask_before,
    current,
    ready_for_chief,
    receipt,
    require_leader,
    sheet_of,
    take,
)
from dialogs.turn import Turn
from domain.dialogue import Addendum, DialogueState
from domain.errors import Expired, Problems
from domain.focus_status import FocusStatus
from domain.organisation import Role
from domain.preparation import Step
from storage.dialogue import addenda_of, dialogue_with_id, next_dialogues_of, participants
from storage.preparation import (
    preparation_for,
    preparation_to_write,
    preparations_handed_to,
    preparations_shared_with,
)
from storage.prompt import drop_reminders


def begin(turn: Turn, subject: Subject) -> Card:
    """The card, at the step where it was left."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    return current(turn, dialogue, where)


def next_step(turn: Turn, form: Form) -> Card:
    """Keeps the step and goes on; a date that has passed is said at once, while it is before the person."""
    sheet = take(turn, form)
    if form.step is Step.PERSPECTIVES and not sheet.preparation.is_ready:
        passed = sheet.preparation.perspectives.passed(turn.today, sheet.groups_chosen)
        if passed:
            turn.changes(VIEW, sheet.dialogue.id)
            return ask(turn, sheet, problems=Problems(passed))
    if not sheet.preparation.is_ready and (card := ask_before(turn, sheet, form.step)):
        turn.changes(VIEW, sheet.dialogue.id)
        return card
    return _go(turn, sheet, form.step.next)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, take(turn, form), form.step.previous)


def keep_draft(turn: Turn, form: Form) -> Card:
    sheet = take(turn, form)
    turn.changes(VIEW, sheet.dialogue.id)
    return receipt(turn, sheet) if sheet.preparation.is_ready else receipts.saved(turn._, sheet)


def ready(turn: Turn, form: Form) -> Card:
    """Shows the preparation to the participants, or leads to the first step in which something is missing."""
    sheet = take(turn, form)
    turn.changes(VIEW, sheet.dialogue.id)
    preparation = sheet.preparation
    if card := ask_before(turn, sheet, form.step):
        return card
    try:
        preparation.mark_ready(now=turn.now, today=turn.today, heard=sheet.groups_chosen)
    except Problems as problems:
        preparation.step = cards.step_of(problems)
        return ask(turn, sheet, problems=problems)
    sheet.dialogue.mark_ready()
    _add_statuses(turn, sheet)
    drop_reminders(turn.uow, VIEW, sheet.dialogue.id)
    for reader in participants(turn.uow, sheet.institution, turn.today):
        renew(turn.uow, reader, READ, sheet.dialogue.id, turn.now)
    return receipt(turn, sheet_of(turn, sheet.dialogue, sheet.institution, preparation))


def correct(turn: Turn, subject: Subject) -> Card:
    """Back into the card while the dialogue has not begun; the participants do not see it meanwhile."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_preparable()
    if turn.now >= dialogue.starts_at:
        raise Expired("dialogue_begun")
    preparation.reopen()
    dialogue.reopen()
    turn.changes(VIEW, dialogue.id)
    return ask(turn, replace(sheet_of(turn, dialogue, where, preparation), was_ready=True))


def move(turn: Turn, form: Form) -> Card:
    """Keeps the step, and asks for the dialogue's new time."""
    sheet = take(turn, form)
    require_leader(turn, sheet.institution)
    if not sheet.can_move:
        raise Expired("dialogue_begun")
    turn.changes(VIEW, sheet.dialogue.id)
    return ask_move(turn._, sheet.dialogue, sheet.institution)


def prioritise(turn: Turn, form: Form) -> Card:
    """Keeps the step, and opens the local priority of the dialogue's half-year."""
    sheet = take(turn, form)
    require_leader(turn, sheet.institution)
    turn.changes(VIEW, sheet.dialogue.id)
    return priority.write(turn, About(institution_id=sheet.institution.id, half_year=sheet.dialogue.half_year))


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the step, and asks when the card shall come again."""
    sheet = take(turn, form)
    return later.ask(turn, VIEW, sheet.dialogue.id, was_kept=True)


def add(turn: Turn, form: AddendumForm) -> Card:
    """A signed addendum to a closed dialogue, whose own records are read-only (I14)."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    require_leader(turn, where)
    if dialogue.state is not DialogueState.CLOSED:
        raise Expired("dialogue_open")
    added = Addendum.to(dialogue, turn.person.id, form.text, turn.now)
    # The same words from the same card, days later, are the same addendum.
    if (added.author_id, added.text) not in {(each.author_id, each.text) for each, _ in addenda_of(turn.uow, dialogue)}:
        turn.uow.add(added)
        turn.uow.session.flush()
        for view in ("reflection", "decision"):
            renew(turn.uow, turn.person, view, dialogue.id, turn.now)
        turn.changes(VIEW, dialogue.id)
    return receipt(turn, as_it_stands(turn, dialogue, where))


def add_again(turn: Turn, form: AddendumForm, problems: Problems) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    sheet = as_it_stands(turn, dialogue, where)
    return receipt(turn, sheet, addendum=form.text, problems=problems)


def add_refused(turn: Turn, form: AddendumForm) -> Card:
    return remark.refused(turn._, form.text)


def asked(turn: Turn, question: Asked) -> Card:
    """`forbered`: the next dialogue of the one institution led, or a choice; a chief finds what is ready to be read."""
    own = next_dialogues_of(turn.uow, turn.viewer, turn.now)
    handed = [
        (dialogue, where)
        for _, dialogue, where in preparations_handed_to(turn.uow, turn.viewer)
        if dialogue.can_be_prepared and dialogue.starts_at > turn.now
    ]
    handed += [
        (dialogue, where)
        for dialogue, where in preparations_shared_with(turn.uow, turn.viewer)
        if dialogue.can_be_prepared and dialogue.starts_at > turn.now
    ]
    found = list({dialogue.id: (dialogue, where) for dialogue, where in [*own, *handed]}.values())
    found = found or ready_for_chief(turn)
    if not found:
        return receipts.nothing_to_prepare(turn._, leads=turn.viewer.has(Role.LEADER))
    if len(found) == 1:
        return current(turn, *found[0])
    return choose(turn._, sorted(found, key=lambda each: each[0].starts_at), cards.BEGIN)


def show(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The card for delivery; nobody is reminded of what is ready, or of a dialogue that is past preparing."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if turn.is_reminder and dialogue.state not in (DialogueState.PLANNED, DialogueState.OPEN):
        return None
    return current(turn, dialogue, where)


def show_to_participant(turn: Turn, dialogue_id: UUID) -> Card | None:
    """What the participants read two working days before; None while it is a draft."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    preparation = preparation_for(turn.uow, turn.viewer, dialogue, where)
    if preparation is None or not preparation.is_ready:
        return None
    turn.shows(READ, dialogue.id)
    return as_read(turn, sheet_of(turn, dialogue, where, preparation))


def show_agenda(turn: Turn, dialogue_id: UUID) -> Card | None:
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if not dialogue.can_be_prepared or turn.now >= dialogue.starts_at:
        return None
    turn.shows(AGENDA, dialogue.id)
    return preparation_read.agenda(turn._, as_it_stands(turn, dialogue, where))


def _add_statuses(turn: Turn, sheet: Sheet) -> None:
    """What the preparation says of the focus areas is added to their history, where it is something new."""
    for story in sheet.stories:
        told = sheet.preparation.focus.told(story.area.id)
        if told is not None and cards.says_news(told, story):
            turn.uow.add(FocusStatus.short(story.area, told.status, by=turn.person.id, now=turn.now))
    turn.uow.session.flush()


def _go(turn: Turn, sheet: Sheet, step: Step) -> Card:
    turn.changes(VIEW, sheet.dialogue.id)
    if sheet.preparation.is_ready:
        return receipt(turn, sheet)
    sheet.preparation.step = step
    return ask(turn, sheet)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same step with everything that was typed, and what is wrong with it."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    turn.shows(VIEW, dialogue.id)
    return ask(turn, as_it_stands(turn, dialogue, where), typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    """What became of the dialogue, the next one if there is one, and everything that was typed, to be copied."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    following = [each for each in next_dialogues_of(turn.uow, turn.viewer, turn.now) if each[1].id == where.id]
    return receipts.expired(turn._, dialogue, where, why, typed=form, following=following[0][0] if following else None)


def refused(turn: Turn, form: Form) -> Card:
    """For somebody who may no longer write it: what they typed, to be copied, and nothing of what is kept."""
    return receipts.refused(turn._, typed=form)


FLOW = Flow(
    name="preparation",
    buttons={
        cards.BEGIN: Button(Subject.read, begin, only_shows=True),
        **form_buttons(
            Form.read,
            {
                cards.NEXT: next_step,
                cards.BACK: back,
                cards.DRAFT: keep_draft,
                cards.READY: ready,
                cards.LATER: not_now,
                cards.MOVE: move,
                cards.PRIORITY: prioritise,
                cards.COLLEAGUE: choose_colleague,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.HAND: Button(Hand.read, hand_over, again=hand_again),
        cards.TAKE_BACK: Button(Subject.read, take_back),
        cards.SHARE: Button(Subject.read, sharing.choose),
        cards.SHARED: Button(Shares.read, sharing.share, again=sharing.again),
        cards.CORRECT: Button(Subject.read, correct),
        cards.ADD: Button(AddendumForm.read, add, again=add_again, refused=add_refused),
    },
    questions={
        "prepare": Question(
            ("forbered", "forbered samtalen", "forbered læringssamtalen", "forberedelse", "prepare", "preparation"),
            asked,
        )
    },
    views={VIEW: show, READ: show_to_participant, AGENDA: show_agenda},
    clock=clock,
)
