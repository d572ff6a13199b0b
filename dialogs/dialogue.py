"""A leader moves a learning dialogue to another time.

Buttons: *Flyt samtalen* asks for the new time and place, *Flyt* moves it. What was planned for the old time falls
away with the dialogue's revision, and the other participants are told at once.
"""

from uuid import UUID

from cards import dialogue as cards
from cards.dialogue import MoveForm
from cards.form import Subject
from cards.kit import Card
from dialogs.flow import Button, Flow
from dialogs.turn import Turn
from domain.dialogue import Dialogue
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.organisation import Institution
from domain.period import local_moment
from domain.prompt import Occasion, PromptKind
from storage.dialogue import dialogue_with_id, participants
from storage.prompt import plan

MOVED = "dialogue.moved"


def ask_move(turn: Turn, subject: Subject) -> Card:
    dialogue, where = _mine(turn, subject.id)
    dialogue.require_preparable()
    return cards.ask_move(turn._, dialogue, where)


def move(turn: Turn, form: MoveForm) -> Card:
    """Moves the dialogue and tells everyone who takes part."""
    dialogue, where = _mine(turn, form.dialogue_id)
    dialogue.require_preparable()
    if form.revision != dialogue.revision:
        raise Problems({"day": Problem("moved_meanwhile", {"starts_at": dialogue.starts_at})})
    if form.day is None:
        raise Problems({"day": Problem("no_day")})
    if form.clock is None:
        raise Problems({"clock": Problem("no_clock")})
    try:
        starts_at = local_moment(form.day, form.clock, turn.municipality.zone)
    except ValueError:
        raise Problems({"clock": Problem("no_such_hour")}) from None
    before = dialogue.starts_at
    dialogue.move(starts_at, form.place, now=turn.now, zone_day=form.day)
    for person in participants(turn.uow, where, turn.today):
        if person.id != turn.person.id:
            plan(
                turn.uow,
                Occasion(
                    key=f"dialogue:{dialogue.id}:moved:{dialogue.revision}:{person.id}",
                    person_id=person.id,
                    view=MOVED,
                    subject_id=dialogue.id,
                    due_at=turn.now,
                    expires_at=min(before, starts_at) if before > turn.now else starts_at,
                    kind=PromptKind.URGENT,
                ),
            )
    turn.changes("preparation", dialogue.id)
    return cards.moved(turn._, dialogue, where, by_me=True)


def move_again(turn: Turn, form: MoveForm, problems: Problems) -> Card:
    dialogue, where = _mine(turn, form.dialogue_id)
    return cards.ask_move(turn._, dialogue, where, typed=form, problems=problems)


def move_expired(turn: Turn, form: MoveForm, why: Expired) -> Card:
    dialogue, where = _mine(turn, form.dialogue_id)
    return cards.over(turn._, dialogue, where, why)


def show_moved(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The new time, for those who take part; None once the dialogue is past preparing."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    takes_part = turn.person.id in {each.id for each in participants(turn.uow, where, turn.today)}
    if not takes_part or not dialogue.can_be_prepared:
        return None
    return cards.moved(turn._, dialogue, where, by_me=False)


def _mine(turn: Turn, dialogue_id: UUID) -> tuple[Dialogue, Institution]:
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if not turn.viewer.leads(where):
        raise NotAllowed
    return dialogue, where


FLOW = Flow(
    name="dialogue",
    buttons={
        cards.MOVE: Button(Subject.read, ask_move),
        cards.SET: Button(MoveForm.read, move, again=move_again, expired=move_expired),
    },
    views={MOVED: show_moved},
    without=frozenset({"questions", "clock"}),
)
