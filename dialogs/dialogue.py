"""The life of a learning dialogue: planned, moved, cancelled, held, and closed by itself when it was recorded.

Clock: a recorded dialogue closes after 14 days, and its leaders have heard of it three days before.
Buttons: *Flyt samtalen* asks for the new time and place, *Aflys samtalen* asks once more, and the other participants
are told at once of either; *Samtalen er holdt* says so, by a leader or the chief; *Planlæg* plans an extra one.
Questions: `samtaler` shows where the dialogues of an institution are; `ekstra samtale` plans one.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from cards import dialogue as cards
from cards import dialogue_form as forms
from cards.dialogue import Life
from cards.dialogue_form import PlanForm
from cards.form import Subject
from cards.kit import Card
from cards.time_and_place import MoveForm, Moving
from cards.which import which_place
from dialogs import later
from dialogs.dialogue_clock import CLOSING, clock, closes_by_itself, show_closing
from dialogs.dialogue_news import (
    CANCELLED,
    MOVED,
    PLANNED,
    show_cancelled,
    show_moved,
    show_planned,
    takes_part,
    tell,
)
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.moment import meant, moment_of, told_of_days_off
from dialogs.places import led_by
from dialogs.preparation_sheet import is_there_to_read
from dialogs.turn import Turn
from domain.cycle import Cycle
from domain.dialogue import RECORDABLE, Dialogue, DialogueState, moved_up
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.organisation import Institution
from domain.period import HalfYear
from storage.cycle import cycle_in
from storage.dialogue import dialogue_with_id, dialogues_in_cycle, latest_begun_in
from storage.prompt import drop_reminders
from storage.reflection import dialogues_being_reflected_on
from storage.roles import institutions_led_by, institutions_of_chief

VIEW = "dialogue"
NEWS_FOR = timedelta(days=2)


def open_it(turn: Turn, subject: Subject) -> Card:
    """Where the dialogue is, for those who take part in it."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    _require_part(turn, where)
    turn.shows(VIEW, dialogue.id)
    return _life(turn, dialogue, where)


def hold(turn: Turn, subject: Subject) -> Card:
    """ "Samtalen er holdt" by leader or chief; after start time only."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    if not (turn.viewer.leads(where) or turn.viewer.is_chief_of(where)):
        raise NotAllowed
    dialogue.hold(turn.now)
    turn.changes(VIEW, dialogue.id)
    return _life(turn, dialogue, where)


def ask_cancel(turn: Turn, subject: Subject) -> Card:
    dialogue, where = _mine(turn, subject.id)
    _require_changeable(turn, dialogue)
    return cards.ask_cancel(turn._, dialogue, where)


def cancel(turn: Turn, subject: Subject) -> Card:
    """Cancels the dialogue and tells everyone who takes part."""
    dialogue, where = _mine(turn, subject.id)
    _require_changeable(turn, dialogue)
    dialogue.cancel()
    for view in ("preparation", "preparation.agenda", "preparation.read"):
        drop_reminders(turn.uow, view, dialogue.id)
    tell(turn, dialogue, where, CANCELLED, until=max(dialogue.starts_at, turn.now + NEWS_FOR))
    turn.changes("preparation", dialogue.id)
    turn.shows(VIEW, dialogue.id)
    return cards.cancelled(turn._, dialogue, where, by_me=True)


def not_now(turn: Turn, subject: Subject) -> Card:
    """The notice that it closes soon comes again."""
    dialogue, _where = _mine(turn, subject.id)
    return later.ask(turn, CLOSING, dialogue.id)


def ask_new(turn: Turn, form: PlanForm) -> Card:
    """When and where, with the kind that the button is for."""
    return forms.ask_plan(turn._, led_by(turn, form.institution_id), typed=form)


def plan_new(turn: Turn, form: PlanForm) -> Card:
    """Plans a dialogue, an extra one or one of the four, and tells everyone who takes part."""
    where = led_by(turn, form.institution_id)
    starts_at = moment_of(turn, form.day, form.clock)
    assert form.day is not None
    cycle = cycle_in(turn.uow, where.age_range, HalfYear.of(form.day))
    others = dialogues_in_cycle(turn.uow, where, cycle.id) if cycle else ()
    dialogue = Dialogue.plan(
        where.id,
        cycle,
        others,
        starts_at=starts_at,
        place=form.place,
        is_extra=form.is_extra,
        now=turn.now,
        zone_day=form.day,
    )
    for each, number in moved_up(dialogue, others):
        # One by one: no two may have the same number for a moment.
        each.number = number
        turn.uow.session.flush()
    turn.uow.add(dialogue)
    turn.uow.session.flush()
    tell(turn, dialogue, where, PLANNED, until=starts_at)
    turn.shows(VIEW, dialogue.id)
    receipt = cards.planned(turn._, dialogue, where, by_me=True, is_open=dialogue.is_open(turn.now))
    return told_of_days_off(turn, receipt, starts_at)


def plan_again(turn: Turn, form: PlanForm, problems: Problems) -> Card:
    return forms.ask_plan(turn._, led_by(turn, form.institution_id), typed=form, problems=problems)


def asked(turn: Turn, question: Asked) -> Card:
    """`samtaler`: the dialogues of the present cycle, to open one; a chief's are asked about by institution."""
    places = institutions_led_by(turn.uow, turn.viewer) or institutions_of_chief(turn.uow, turn.viewer)
    if question.slots.latest:
        # The first half-year of a cycle has none that has begun: the last one of the cycle before is meant.
        begun = latest_begun_in(turn.uow, [where.id for where in places], turn.now).values()
        last = max(begun, key=lambda each: each.starts_at, default=None)
        return open_it(turn, Subject(last.id)) if last else cards.none_begun(turn._)
    found = [(dialogue, where) for where in places for dialogue in _present(turn, where)]
    if question.slots.coming:
        coming = [each for each, _where in found if each.starts_at > turn.now and each.can_be_prepared]
        soonest = min(coming, key=lambda each: each.starts_at, default=None)
        return open_it(turn, Subject(soonest.id)) if soonest else cards.none_planned(turn._)
    if not found:
        return cards.none_planned(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return cards.choose(turn._, found, cards.OPEN)


def asked_new(turn: Turn, question: Asked) -> Card:
    """`ekstra samtale`: when and where, at the institution led, or which."""
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        raise NotAllowed
    if len(led) == 1:
        return forms.ask_plan(turn._, led[0])
    return which_place(turn._, led, cards.NEW)


def show(turn: Turn, dialogue_id: UUID) -> Card | None:
    return open_it(turn, Subject(dialogue_id))


def ask_move(turn: Turn, moving: Moving) -> Card:
    """The form for another time, with what was written of it in words."""
    dialogue, where = _mine(turn, moving.id)
    _require_changeable(turn, dialogue)
    new = meant(turn, moving.wanted, dialogue.starts_at)
    if new is None:
        return forms.ask_move(turn._, dialogue, where)
    typed = MoveForm(
        subject_id=dialogue.id, day=new.day, clock=new.clock, place=dialogue.place, revision=dialogue.revision
    )
    return forms.ask_move(turn._, dialogue, where, typed=typed, problems=new.problems, above=new.said)


def move(turn: Turn, form: MoveForm) -> Card:
    """Moves the dialogue and tells everyone who takes part."""
    dialogue, where = _mine(turn, form.subject_id)
    _require_changeable(turn, dialogue)
    if form.revision != dialogue.revision:
        raise Problems({"day": Problem("moved_meanwhile", {"starts_at": dialogue.starts_at})})
    starts_at = moment_of(turn, form.day, form.clock)
    assert form.day is not None
    before = dialogue.starts_at
    cycle = turn.uow.session.get_one(Cycle, dialogue.cycle_id)
    dialogue.move(starts_at, form.place, now=turn.now, zone_day=form.day, cycle=cycle)
    tell(turn, dialogue, where, MOVED, until=min(before, starts_at) if before > turn.now else starts_at)
    turn.changes("preparation", dialogue.id)
    return told_of_days_off(turn, cards.moved(turn._, dialogue, where, by_me=True), starts_at)


def move_again(turn: Turn, form: MoveForm, problems: Problems) -> Card:
    dialogue, where = _mine(turn, form.subject_id)
    return forms.ask_move(turn._, dialogue, where, typed=form, problems=problems)


def move_expired(turn: Turn, form: MoveForm, why: Expired) -> Card:
    dialogue, where = _mine(turn, form.subject_id)
    return cards.over(turn._, dialogue, where, why)


def changeable(turn: Turn) -> list[tuple[Dialogue, Institution]]:
    """The dialogues of the institutions the person leads that can be moved or cancelled, soonest first."""
    led = institutions_led_by(turn.uow, turn.viewer)
    found = [(each, where) for where in led for each in _present(turn, where) if each.can_be_prepared]
    begun = dialogues_being_reflected_on(turn.uow, [each.id for each, _where in found])
    return sorted(((each, where) for each, where in found if each.id not in begun), key=lambda one: one[0].starts_at)


def _mine(turn: Turn, dialogue_id: UUID) -> tuple[Dialogue, Institution]:
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if not turn.viewer.leads(where):
        raise NotAllowed
    return dialogue, where


def _require_part(turn: Turn, where: Institution) -> None:
    if not takes_part(turn, where):
        raise NotAllowed


def _require_changeable(turn: Turn, dialogue: Dialogue) -> None:
    """It can fall through on the day itself, too: until a reflection is begun it is moved or cancelled."""
    dialogue.require_preparable()
    if not _can_change(turn, dialogue):
        raise Expired("dialogue_closed")


def _can_change(turn: Turn, dialogue: Dialogue) -> bool:
    return dialogue.can_be_prepared and not dialogues_being_reflected_on(turn.uow, [dialogue.id])


def _present(turn: Turn, where: Institution) -> Sequence[Dialogue]:
    cycle = cycle_in(turn.uow, where.age_range, HalfYear.of(turn.today))
    return dialogues_in_cycle(turn.uow, where, cycle.id) if cycle else ()


def _life(turn: Turn, dialogue: Dialogue, where: Institution) -> Card:
    records = turn.viewer.leads(where) and dialogue.state in RECORDABLE
    return cards.show(
        turn._,
        Life(
            dialogue=dialogue,
            institution=where,
            leads=turn.viewer.leads(where),
            can_record=records,
            can_read_preparation=not turn.viewer.leads(where) and is_there_to_read(turn, dialogue, where),
            can_read=records or dialogue.state in (DialogueState.RECORDED, DialogueState.CLOSED),
            told=dialogue.told_state(turn.now),
            has_begun=turn.now >= dialogue.starts_at,
            can_change=turn.viewer.leads(where) and _can_change(turn, dialogue),
            closes_at=closes_by_itself(turn, dialogue, where),
        ),
    )


def subject_expired(turn: Turn, subject: Subject | Moving, why: Expired) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    return cards.over(turn._, dialogue, where, why)


FLOW = Flow(
    name="dialogue",
    buttons={
        cards.MOVE: Button(Moving.read, ask_move, expired=subject_expired),
        forms.SET: Button(MoveForm.read, move, again=move_again, expired=move_expired),
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.HELD: Button(Subject.read, hold, expired=subject_expired),
        cards.ASK_CANCEL: Button(Subject.read, ask_cancel, expired=subject_expired),
        cards.CANCEL: Button(Subject.read, cancel, expired=subject_expired),
        cards.LATER: Button(Subject.read, not_now),
        cards.NEW: Button(PlanForm.read, ask_new),
        forms.PLAN: Button(PlanForm.read, plan_new, again=plan_again),
    },
    questions={
        "dialogues": Question(("samtaler", "læringssamtaler", "dialogues", "learning dialogues"), asked),
        "new_dialogue": Question(("ekstra samtale", "ny samtale", "extra dialogue", "new dialogue"), asked_new),
    },
    views={
        VIEW: show,
        MOVED: show_moved,
        CANCELLED: show_cancelled,
        PLANNED: show_planned,
        CLOSING: show_closing,
    },
    clock=clock,
)
