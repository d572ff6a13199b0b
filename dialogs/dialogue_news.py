"""What those who take part in a learning dialogue are told at once: that it is planned, moved or cancelled."""

from datetime import datetime
from uuid import UUID

from cards import dialogue as cards
from cards.kit import Card
from dialogs.turn import Turn
from domain.dialogue import Dialogue, DialogueState
from domain.organisation import Institution
from domain.prompt import Occasion, PromptKind
from storage.dialogue import dialogue_with_id, participants
from storage.prompt import plan

MOVED, CANCELLED, PLANNED = "dialogue.moved", "dialogue.cancelled", "dialogue.planned"


def show_cancelled(turn: Turn, dialogue_id: UUID) -> Card | None:
    """That it is cancelled, for those who take part."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if not takes_part(turn, where) or dialogue.state is not DialogueState.CANCELLED:
        return None
    return cards.cancelled(turn._, dialogue, where, by_me=False)


def show_planned(turn: Turn, dialogue_id: UUID) -> Card | None:
    """That there is one more, for those who take part."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if not takes_part(turn, where) or not dialogue.can_be_prepared:
        return None
    return cards.planned(turn._, dialogue, where, by_me=False)


def show_moved(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The new time, for those who take part; None once the dialogue is past preparing."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if not takes_part(turn, where) or not dialogue.can_be_prepared:
        return None
    return cards.moved(turn._, dialogue, where, by_me=False)


def takes_part(turn: Turn, where: Institution) -> bool:
    """Whether the turn's person is one of those who take part in the institution's dialogues."""
    return turn.person.id in {each.id for each in participants(turn.uow, where, turn.today)}


def tell(turn: Turn, dialogue: Dialogue, where: Institution, view: str, *, until: datetime) -> None:
    """Tells the other participants at once what has become of the dialogue's time."""
    for person in participants(turn.uow, where, turn.today):
        if person.id != turn.person.id:
            plan(
                turn.uow,
                Occasion(
                    key=f"{view.replace('.', ':')}:{dialogue.id}:{dialogue.revision}:{person.id}",
                    person_id=person.id,
                    view=view,
                    subject_id=dialogue.id,
                    due_at=turn.now,
                    expires_at=until,
                    kind=PromptKind.URGENT,
                ),
            )
